"""Names of a document's own surroundings, found by the tables where no rule and no model sees them.

The townships of its county (漠沙 beside “8·4”) and the counties of its prefecture (宣威、会泽、马龙), for short, too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from extractor.entities.division_names import short_forms, township_stem
from extractor.entities.found import FoundEntity
from extractor.entities.gazetteer import Division
from extractor.text.expression import expression

RULE = "place.local"

_KIND = expression(r"街道(?:办事处)?|人民公社|公社|民族乡|乡(?!村|镇|亲|下|土)|镇(?!区|长|上)|苏木")
BOUNDARY = expression(
    r"[\s、，。；：,;:!?！？（）()“”\"《》和及与至到在由从自向往赴对给经沿距离属辖住驻去抵划于是年月日时县市区]"
)
_BEHIND = expression(r"[\s、，。；：,;:（）()“”\"和及与至到等两三四五六七八九十\d遭发受降境]|一带|地区|乡镇|$")
_COUNTED = expression(r"等?(?:[两三四五六七八九十]|\d+)?个?(?:乡镇|县)")
_TITLE = expression(r"《[^《》\n]{0,200}》?")
_REACH = 12


class Local(Protocol):
    """The divisions of one place, by their names."""

    @property
    def stems(self) -> Mapping[str, bool]:
        """Names without suffix, and whether each is a common word, too."""

    def called(self, name: str) -> Division | None:
        """The one of that name, with suffix or without; None where there is none, or several."""


class Counties:
    """The counties of one prefecture. Their short names are taken for names only where they stand in a list."""

    def __init__(self, counties: Sequence[Division]) -> None:
        self._called = {name: county for county in counties for name in (county.name, *short_forms(county.name))}
        self.stems = {short_forms(county.name)[-1]: True for county in counties if short_forms(county.name)}

    def called(self, name: str) -> Division | None:
        """The county of that name."""
        return self._called.get(name)


def local_names(
    text: str,
    local: Local,
    taken: Sequence[FoundEntity],
    span: tuple[int, int] | None = None,
    *,
    listed: bool = False,
) -> list[FoundEntity]:
    """The ``local`` divisions named in ``text[span]`` outside 《》 and outside the names ``taken``, in order of start.

    A place taken that is but a part of such a name (黑山 of 大黑山) gives way. A name that is a common word (水塘)
    counts in full (水塘镇), in a list with another one, or counted as a township; with ``listed`` so does every name.
    """
    low, high = span or (0, len(text))
    named = [stem for stem in local.stems if len(stem) > 1 and text.find(stem, low, high) >= 0]
    if not named:
        return []
    titles = [match.span() for match in _TITLE.finditer(text)]
    found: list[FoundEntity] = []
    for start, end in sorted(span for stem in named for span in _spans(text, stem, local, (low, high), listed)):
        free = not any(opened <= start < closed for opened, closed in titles)
        if free and not _clashes(start, end, taken) and not (found and found[-1].end > start):
            found.append(FoundEntity(start, end, "place", RULE, text[start:end]))
    return found


def together(taken: Sequence[FoundEntity], more: Sequence[FoundEntity]) -> list[FoundEntity]:
    """Both in order of their start, without those taken that overlap one of ``more``."""
    starts = [name.start for name in more]
    ends = [name.end for name in more]
    kept = (e for e in taken if bisect_left(ends, e.start + 1) == bisect_left(starts, e.end))
    return sorted([*kept, *more], key=lambda entity: entity.start)


def in_list_or_full(text: str, name: FoundEntity) -> bool:
    """Whether a township is named with its 乡 or 镇, or in a list."""
    full = township_stem(name.name) != name.name
    return full or text[name.end : name.end + 1] == "、" or text[max(0, name.start - 1) : name.start] == "、"


def _clashes(start: int, end: int, taken: Sequence[FoundEntity]) -> bool:
    at = bisect_left(taken, end, key=lambda entity: entity.start)
    while at and taken[at - 1].end > start:
        at -= 1
        other = taken[at]
        within = start <= other.start and other.end <= end and other.end - other.start < end - start
        if other.label != "place" or not within:
            return True
    return False


def _spans(text: str, stem: str, local: Local, span: tuple[int, int], listed: bool) -> Iterator[tuple[int, int]]:
    for match in re.compile(re.escape(stem)).finditer(text, *span):
        start, end = match.span()
        if start and not BOUNDARY.match(text, start - 1):
            continue
        kind = _KIND.match(text, end)
        if kind and local.called(text[start : kind.end()]) is not None:
            end = kind.end()
        elif not _BEHIND.match(text, end):
            continue
        in_doubt = listed or (end == match.end() and local.stems[stem])
        if not in_doubt or _listed(text, start, end, local):
            yield start, end


def _listed(text: str, start: int, end: int, local: Local) -> bool:
    before = text[max(0, start - _REACH) : start]
    behind = text[end : end + _REACH]
    beside = [re.split("[、，,年月日的]", before[:-1])[-1]] if before.endswith("、") else []
    beside += [re.split("[、，,等]", behind[1:])[0]] if behind.startswith("、") else []
    known = any(name in local.stems or local.called(name) is not None for name in beside)
    return known or _COUNTED.match(behind) is not None
