"""Townships found in part or not at all, whose whole name the table has: 山镇 of 龙头山镇, 高村 of 高村乡."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from extractor.entities.found import FoundEntity
from extractor.entities.local_names import BOUNDARY, together
from extractor.entities.townships import counties_with
from extractor.records.codes import EntityLabel
from extractor.text.expression import expression

RULE = "place.township"

_KIND = expression(r"人民公社|公社|街道|乡(?![村镇亲下土])|镇(?![区长上])")
_DIVISION = expression(r"[省市县区州旗盟]$")
_TOWNSHIP = expression(r"(?:[乡镇]|街道)$")
_VILLAGE = expression(
    r"(?![农山乡渔邻驻进入到出]村)(?:(?![的和与及在至从向是有各等发受遭于了将对为被全所该本辖下内因共计两几])[\u4e00-\u9fff]){1,3}?"
    r"(?:村(?![民委级里长干支医组党小庄两])|社区)"
)
"""A village right behind its township, which is one place with it."""
_BODY = expression(
    r"(?:党委|人民政府|政府|人大|纪委|武装部|派出所|卫生院|财政所|司法所|敬老院|中心(?:小学|学校|卫生院|校)|中学|小学)(?!生)"
)
_FOLLOWING: tuple[tuple[re.Pattern[str], EntityLabel], ...] = ((_VILLAGE, "place"), (_BODY, "organization"))
_LONGEST, _SHORTEST = 4, 2
"""Characters of a township's name without its kind."""
_COMMON = ("城", "乡", "镇", "民族", "中心", "建制")
"""Behind these 乡 and 镇 make words: 小城镇, 民族乡."""


def whole_townships(text: str, sentences: Iterable[tuple[int, int]], names: list[FoundEntity]) -> list[FoundEntity]:
    """``names`` with every township in ``sentences`` that the table knows in full; only a place gives way to one."""
    ends = [name.end for name in names]
    made: list[FoundEntity] = []
    for kind in (kind for sentence in sentences for kind in _KIND.finditer(text, *sentence)):
        first = bisect_right(ends, kind.start() - 1)
        before = names[first] if first < len(names) else None
        if before is not None and before.start <= kind.start() - _SHORTEST and kind.end() <= before.end:
            continue
        start = _start(text, kind.start())
        if start is None or (made and made[-1].end > start):
            continue
        over = [name for name in names[bisect_right(ends, start) :] if name.start < kind.end()]
        if over:
            low, high = min(start, over[0].start), max(kind.end(), over[-1].end)
            lies_in = low == start or _DIVISION.search(text, low, start) is not None
            start, end = (low if lies_in else start), high
        else:
            end = kind.end()
        bounded = over or start == 0 or BOUNDARY.match(text, start - 1) or start in ends
        if bounded and all(name.label == "place" and name.end <= end for name in over):
            made.append(FoundEntity(start, end, "place", RULE, text[start:end]))
    return _with_what_follows(text, together(names, made) if made else names)


def _with_what_follows(text: str, names: list[FoundEntity]) -> list[FoundEntity]:
    """``names`` with the village or the body right behind a township as one name with it (普洒社区, 党委)."""
    whole: list[FoundEntity] = []
    for at, name in enumerate(names):
        if whole and whole[-1].end > name.start:
            continue
        if name.label == "place" and _TOWNSHIP.search(name.name):
            behind = names[at + 1] if at + 1 < len(names) else None
            for pattern, label in _FOLLOWING:
                match = pattern.match(text, name.end)
                if match and (behind is None or behind.start >= match.end() or behind.end == match.end()):
                    name = FoundEntity(name.start, match.end(), label, name.rule, name.name + match[0])
                    break
        whole.append(name)
    return whole


def _start(text: str, end: int) -> int | None:
    """Where the longest name begins that ends at ``end`` and is a township's; None where there is none."""
    for length in range(_LONGEST, _SHORTEST - 1, -1):
        stem = text[max(0, end - length) : end]
        if len(stem) == length and not stem.endswith(_COMMON) and counties_with(stem):
            return end - length
    return None
