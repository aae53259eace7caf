"""Townships found in part or not at all, whose whole name the table has: 山镇 of 龙头山镇, 高村 of 高村乡."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from extractor.entities.found import FoundEntity
from extractor.entities.local_names import BOUNDARY, together
from extractor.entities.townships import counties_with
from extractor.text.expression import expression

RULE = "place.township"

_KIND = expression(r"人民公社|公社|街道|乡(?![村镇亲下土])|镇(?![区长上])")
_DIVISION = expression(r"[省市县区州旗盟]$")
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
    return together(names, made) if made else names


def _start(text: str, end: int) -> int | None:
    """Where the longest name begins that ends at ``end`` and is a township's; None where there is none."""
    for length in range(_LONGEST, _SHORTEST - 1, -1):
        stem = text[max(0, end - length) : end]
        if len(stem) == length and not stem.endswith(_COMMON) and counties_with(stem):
            return end - length
    return None
