"""Townships of a document's own county, found by the table where no rule and no model sees them: 漠沙 beside “8·4”."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractor.entities.division_names import township_stem
from extractor.entities.found import FoundEntity
from extractor.entities.townships import Townships

RULE = "place.township"

_KIND = re.compile(r"街道(?:办事处)?|人民公社|公社|民族乡|乡(?!村|镇|亲|下|土)|镇(?!区|长|上)|苏木")
_BEFORE = re.compile(
    r"[\s、，。；：,;:!?！？（）()“”\"《》和及与至到在由从自向往赴对给经沿距离属辖住驻去抵划于是年月日时县市区]"
)
_BEHIND = re.compile(r"[\s、，。；：,;:（）()“”\"和及与至到等两三四五六七八九十\d遭发受降境]|一带|地区|乡镇|$")
_COUNTED = re.compile(r"等?(?:[两三四五六七八九十]|\d+)?个?乡镇")
_TITLE = re.compile(r"《[^《》\n]{0,200}》?")


def township_names(
    text: str,
    townships: Townships,
    taken: Sequence[FoundEntity],
    span: tuple[int, int] | None = None,
    *,
    listed: bool = False,
) -> list[FoundEntity]:
    """The townships named in ``text[span]`` outside the names ``taken`` (in order of their start) and outside 《》.

    A name that is a common word (水塘) counts in full (水塘镇), in a list with another one, or counted as a township;
    with ``listed`` that is asked of every name.
    """
    low, high = span or (0, len(text))
    named = [stem for stem in townships.stems if len(stem) > 1 and text.find(stem, low, high) >= 0]
    if not named:
        return []
    titles = [match.span() for match in _TITLE.finditer(text)]
    starts = [entity.start for entity in taken]
    found: list[FoundEntity] = []
    spans = (span for stem in named for span in _spans(text, stem, townships, low, high, listed))
    for start, end in sorted(spans):
        at = bisect_left(starts, end)
        clashes = (at and taken[at - 1].end > start) or (found and found[-1].end > start)
        if not clashes and not any(opened <= start < closed for opened, closed in titles):
            found.append(FoundEntity(start, end, "place", RULE, text[start:end]))
    return found


def _spans(text: str, stem: str, townships: Townships, low: int, high: int, listed: bool) -> Iterator[tuple[int, int]]:
    for match in re.compile(re.escape(stem)).finditer(text, low, high):
        start, end = match.span()
        if start and not _BEFORE.match(text, start - 1):
            continue
        kind = _KIND.match(text, end)
        if kind and townships.called(text[start : kind.end()]) is not None:
            end = kind.end()
        elif not _BEHIND.match(text, end):
            continue
        in_doubt = listed or (end == match.end() and townships.stems[stem])
        if not in_doubt or _listed(text, start, end, townships):
            yield start, end


def _listed(text: str, start: int, end: int, townships: Townships) -> bool:
    before = text[max(0, start - 12) : start]
    behind = text[end : end + 12]
    beside = [before[:-1].rsplit("、", 1)[-1]] if before.endswith("、") else []
    beside += [re.split("[、等]", behind[1:])[0]] if behind.startswith("、") else []
    return any(township_stem(name) in townships.stems for name in beside) or _COUNTED.match(behind) is not None
