"""Dates and words for a time (上年, 上半年, 五年来, “十五”期间) as marks: where they stand, which time they tell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from operator import attrgetter
from typing import NamedTuple

from extractor.patterns import Patterns, RuleMatch
from extractor.relations.timeline import DateFact, Timeline, opens_clause
from extractor.rules.numerals import parse_quantity

_VAGUE = frozenset({"date.era_range", "date.decade"})
_OTHER_YEARS = frozenset({"次年", "翌年", "去年", "前年"})


class Mark(NamedTuple):
    """Words that tell a time; ``iso`` is None where nothing settles which."""

    start: int
    end: int
    iso: str | None
    lasting: bool
    opens: bool = False
    """Whether it opens its sentence or clause."""

    relative: RuleMatch | None = None
    vague: bool = False
    """Whether it tells a reign, a decade or another year (次年), of which the next sentence need not speak."""

    back: bool = False
    """Whether it looks back from the year that the text speaks of (上年, 去年同期)."""

    @property
    def carries(self) -> bool:
        """Whether the sentences behind it may speak of its time, too."""
        return not (self.vague or self.back or (self.relative is not None and self.lasting))


class MarkReader:
    """Reads marks by the tables of ``patterns/periods.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        self._family = patterns.family("periods")
        self._years_on: Mapping[str, int] = patterns.table("periods", "years_on")
        self._months: Mapping[str, Sequence[str]] = patterns.table("periods", "months")
        self._plans: Mapping[str, str] = patterns.table("periods", "plan")

    def read(self, text: str, timeline: Timeline) -> list[Mark]:
        """Every date and word for a time, in order; of two that overlap the date."""
        issued = timeline.issued.iso if timeline.issued else None
        found = [
            self._mark_of(text, fact, issued)
            for fact in timeline.facts
            if fact.role != "issued" and not fact.impossible and not _is_same_of_last_year(text, fact)
        ]
        ends = [mark.end for mark in found]
        words = []
        for hit in self._family.finditer(text):
            start, end = hit.match.span()
            at = bisect_right(ends, start)
            if at == len(found) or end <= found[at].start:
                words.append(self._mark(text, hit))
        return _joined(merge(found, words, key=attrgetter("start")), issued) if words else found

    def _mark_of(self, text: str, fact: DateFact, issued: str | None) -> Mark:
        """A date as a mark; 2009年以来 lasts until the document was written."""
        iso, lasting = fact.iso, fact.role == "period"
        start, end = fact.start, fact.end
        half = self._months.get(text[end - 3 : end]) if text[end - 1] == "年" else None
        if half and iso and len(iso) == 4:
            iso, lasting = f"{iso}-{half[0]}/{iso}-{half[1]}", True
        elif lasting and iso and "/" not in iso:
            iso = _interval(iso, issued)
        vague = fact.found.rule in _VAGUE or fact.found.relative in _OTHER_YEARS
        return Mark(start, end, iso, lasting, fact.opens, None, vague)

    def _mark(self, text: str, hit: RuleMatch) -> Mark:
        start, end = hit.match.span()
        lasting = hit.rule.id in ("period.plan", "period.lasting")
        back = self._years_on.get(hit.values().get("shift", ""), 0) < 0
        return Mark(start, end, None, lasting, opens_clause(text, start), hit, back=back)

    def settle(self, mark: Mark, base: str | None, issued: str | None) -> Mark:
        """``mark`` with its time, where it is counted from ``base`` or from the document."""
        if mark.relative is None:
            return mark
        iso, lasting = self._iso(mark.relative, base, issued), mark.lasting
        return mark._replace(iso=iso, lasting=lasting or bool(iso and "/" in iso))

    def _iso(self, hit: RuleMatch, base: str | None, issued: str | None) -> str | None:
        groups = hit.values()
        match hit.rule.id:
            case "period.plan":
                return self._plans[groups["plan"]]
            case "period.today":
                return issued if "today" in groups else None
            case "period.until_now":
                return None
            case "period.lasting":
                return base if base is not None and _lasts(base, groups.get("years")) else None
        if base is None:
            return None
        year = int(base.split("/")[-1][:4]) + self._years_on.get(groups.get("shift", ""), 0)
        if "part" in groups:
            first, last = self._months[groups["part"].removeprefix("第").translate(_HAN)]
            return f"{year}-{first}/{year}-{last}"
        if "same" in groups:
            on = self._years_on[groups["shift"]]
            return "/".join(f"{int(end[:4]) + on}{end[4:]}" for end in base.split("/"))
        return str(year)


_HAN = str.maketrans("1234", "一二三四")


def _is_same_of_last_year(text: str, fact: DateFact) -> bool:
    """去年同期 counts from the time that the text speaks of, not from the document's date."""
    return fact.found.relative in _OTHER_YEARS and text.startswith("同期", fact.end)


def _joined(marks: Iterator[Mark], issued: str | None) -> list[Mark]:
    """``marks`` with 1998年 and 至今 behind it as one."""
    joined: list[Mark] = []
    for mark in marks:
        if mark.relative is None or mark.relative.rule.id != "period.until_now":
            joined.append(mark)
        elif joined and joined[-1].end == mark.start and joined[-1].relative is None:
            before = joined.pop()
            joined.append(before._replace(end=mark.end, iso=_interval(before.iso, issued), lasting=True))
    return joined


def _interval(first: str | None, last: str | None) -> str | None:
    if first is None or last is None:
        return first
    begin = first.split("/")[0]
    return f"{begin}/{last}" if begin <= last and begin != last[: len(begin)] else first


def _lasts(iso: str, years: str | None) -> bool:
    """Whether the stretch ``iso`` lasts the number of years written."""
    first, _, last = iso.partition("/")
    quantity = parse_quantity(years) if years and last else None
    return quantity is not None and quantity.value == int(last[:4]) - int(first[:4]) + 1
