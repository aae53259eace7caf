"""Years carried over: a month and day take their year from the text before them, else from the document's date.

Not every year that is named is the year that the text speaks of. A date that opens a sentence or clause is
(1998年，…); one that stands inside may look back (该厂1993年所建) or ahead (通过1999年预算), and holds at most
to the end of its sentence; one that is compared with (比1958年) never holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.patterns import Patterns
from extractor.records.codes import DateRole, YearSource
from extractor.relations.figures import Placed
from extractor.relations.letterhead import issue_date
from extractor.rules.dates import FoundDate, Point

_COMPARED = re.compile(r"(?:比|较|同|与|跟|超过)\s?$")
_SUPERLATIVE = re.compile(r"[\u4e00-\u9fff]{0,8}(?:最|罕见|少有|未有|首次|第一)")
_SINCE = ("以来", "起", "始")
_DEADLINE = "前"
_OPENING = re.compile(
    r"(?:^|[\s。；;！？!?，,：:、.“”\"）)】\]])(?:截至|截止到?|直到|直至|至|到|自|从|在|于|始建于|建于|据|当地时间|北京时间)?\s?$"
)
_PLACED = re.compile(r"[于在自从至到由迄]\s?$")
_OF_A_PLAN = re.compile(r"度?(?:计划|预算|决算|规划|总结|工作|国民经济|财政|任务|目标|年会|表彰)")
_THIS_DAY = re.compile(r"[今昨明][天日晨晚早]?\s?[（(]\s?$")
_SENTENCE_END = re.compile(r"[。！？\n]")
_LONGEST_SENTENCE = 1500


@dataclass(slots=True)
class DateFact(Placed):
    """A date with its year settled: ``iso`` is null where the text does not settle it."""

    found: FoundDate
    iso: str | None
    year_source: YearSource | None
    last: Point
    """The day, month or year that it ends with, as far as the text settles it."""
    role: DateRole = "point"
    impossible: bool = False
    """Whether the calendar has no such day; ``iso`` is then null and ``written`` holds what stands there."""
    written: str | None = None
    aside: bool = False
    """Whether it is only compared with (比1958年) or looked back to (1958年以来最大)."""
    opens: bool = False
    """Whether it opens its sentence or clause."""


class Timeline:
    """The dates of one document in order, and the year and month that hold at each place of its text."""

    def __init__(self, issued: DateFact | None) -> None:
        self.facts: list[DateFact] = []
        self.issued = issued
        self.reign: int | None = None
        """The first year of the reign that the text has named last."""
        self._starts: list[int] = []
        self._contexts: list[Point] = []

    def hold(self, position: int, point: Point) -> None:
        """Let the text from ``position`` on speak of ``point``; positions come in order."""
        self._starts.append(position)
        self._contexts.append(point)

    def context(self, position: int) -> Point | None:
        """The year, month and day that the text before ``position`` speaks of."""
        i = bisect_right(self._starts, position) - 1
        return self._contexts[i] if i >= 0 else None

    def year_at(self, position: int, month: int | None, day: int | None) -> tuple[int | None, YearSource | None]:
        """The year for a month and day that stand at ``position`` without one."""
        context = self.context(position)
        if context is not None and context.year is not None:
            return context.year, "inherited"
        return self.year_of_document(month, day)

    def year_of_document(self, month: int | None, day: int | None) -> tuple[int | None, YearSource | None]:
        """The document's own year, for a month and day not later than the document itself."""
        point = self.issued.found.first if self.issued is not None else None
        if point is None or point.year is None or month is None or point.month is None:
            return None, None
        return (point.year, "document") if (month, day or 1) <= (point.month, point.day or 31) else (None, None)


_LONGEST_REIGN = 62
"""Years: 康熙 had 61."""
_NEXT = frozenset({"次年", "翌年", "下年"})
_THIS_YEAR = "本年"
"""In a chronicle, which has no date of its own, the year of its entry."""


class TimelineReader:
    """Settles years by the tables of ``patterns/dates.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        self._from_context: Mapping[str, int] = patterns.table("dates", "from_context")
        self._from_document: Mapping[str, int] = patterns.table("dates", "from_document")

    def read(self, text: str, found: Sequence[FoundDate]) -> Timeline:
        """The timeline of ``text``; expressions that only repeat a year which nothing settles are left out."""
        issued = _issued(text, found)
        timeline = Timeline(issued)
        carrier = _Carrier(text, timeline)
        for date in found:
            carrier.enter(date.start)
            fact = issued if issued is not None and date is issued.found else self._settle(text, date, timeline)
            if date.reign is not None:
                timeline.reign = date.reign
            if fact is not None:
                fact.aside = _stands_aside(text, fact)
                fact.opens = opens_clause(text, fact.start)
                timeline.facts.append(fact)
                carrier.carry(fact)
        carrier.enter(len(text))
        return timeline

    def _settle(self, text: str, date: FoundDate, timeline: Timeline) -> DateFact | None:
        first, last = date.first, date.last
        source: YearSource | None = "stated"
        if date.relative in ("month", "day"):
            context = timeline.context(date.start)
            wanted = context and (context.month if date.relative == "month" else context.day)
            if context is None or context.year is None or wanted is None:
                return None
            first, source = context._replace(day=context.day if date.relative == "day" else None), "inherited"
        elif date.relative is not None:
            year, source = self._relative(date, timeline)
            if year is None and first.month is None:
                return None
            first = first._replace(year=year)
        elif first.year is None:
            if first.month is None:
                context = timeline.context(date.start)
                if context is None or context.month is None:
                    return None
                first = first._replace(month=context.month)
                last = last and last._replace(month=context.month)
            if _THIS_DAY.search(text, max(0, date.start - 6), date.start):
                year, source = timeline.year_of_document(first.month, first.day)
            else:
                year, source = timeline.year_at(date.start, first.month, first.day)
            if year is None and timeline.issued is not None and text.endswith(_DEADLINE, date.start, date.end):
                year, source = timeline.issued.found.first.year, "document"
            first = first._replace(year=year)
        if last is not None and last.year is None and first.year is not None:
            last = last._replace(year=first.year + date.years_on)
        written = first.iso
        if last is not None and written is not None:
            written = None if last.iso is None else f"{written}/{last.iso}"
        impossible = written is not None and not (first.exists and (last is None or last.exists))
        period = last is not None or text.endswith(_SINCE, date.start, date.end)
        return DateFact(
            date,
            None if impossible else written,
            source if written else None,
            last or first,
            "period" if period else "point",
            impossible,
            written,
        )

    def _relative(self, date: FoundDate, timeline: Timeline) -> tuple[int | None, YearSource | None]:
        word = date.relative or ""
        if word == "reign":
            return self._of_reign(date, timeline)
        if word in self._from_context:
            context = timeline.context(date.start)
            if context is None or context.year is None:
                return None, None
            return context.year + self._from_context[word], "inherited"
        if timeline.issued is None or timeline.issued.found.first.year is None:
            context = timeline.context(date.start) if word == _THIS_YEAR else None
            return (None, None) if context is None else (context.year, "inherited")
        return timeline.issued.found.first.year + self._from_document[word], "document"

    @staticmethod
    def _of_reign(date: FoundDate, timeline: Timeline) -> tuple[int | None, YearSource | None]:
        """The year of the reign named last, in a text that speaks of its years in order."""
        context, reign = timeline.context(date.start), timeline.reign
        if reign is None or context is None or context.year is None or not date.years_on:
            return None, None
        year = reign + date.years_on - 1
        return (year, "inherited") if reign <= context.year <= year < reign + _LONGEST_REIGN else (None, None)


class _Carrier:
    """Carries years on through a text, date by date."""

    def __init__(self, text: str, timeline: Timeline) -> None:
        self._text = text
        self._timeline = timeline
        self._sentence_end = 0
        self._opened = False
        """Whether a date has opened this sentence."""
        self._after_sentence: Point | None = None
        """What holds again when this sentence ends."""

    def enter(self, position: int) -> None:
        """Leave the sentence that ended before ``position``, and what held in it alone."""
        if position < self._sentence_end:
            return
        if self._after_sentence is not None:
            self._timeline.hold(self._sentence_end, self._after_sentence)
            self._after_sentence = None
        mark = _SENTENCE_END.search(self._text, position, position + _LONGEST_SENTENCE)
        self._sentence_end = mark.end() if mark else min(len(self._text), position + _LONGEST_SENTENCE)
        self._opened = False

    def carry(self, fact: DateFact) -> None:
        """Let the text behind ``fact`` speak of its year, as far as its place in the sentence allows."""
        text, start, end = self._text, fact.start, fact.end
        point, opening = fact.last, fact.opens
        if fact.impossible or (point.year is None and point.month is None):
            return
        if (fact.role == "issued" and start > len(text) // 2) or fact.found.rule == "date.decade":
            return
        if fact.found.first.year is None:
            if fact.found.relative in _NEXT and (self._opened or not opening) and self._ends_paragraph():
                self._after_sentence = self._after_sentence or self._timeline.context(start)
                self._timeline.hold(end, point)
            else:
                self._hold(end, point)
        elif fact.aside or _OF_A_PLAN.match(text, end):
            return
        elif opening or not self._looks_back(point, start):
            self._hold(end, point)
        elif not self._opened or _PLACED.search(text, max(0, start - 2), start):
            self._after_sentence = self._after_sentence or self._timeline.context(start)
            self._timeline.hold(end, point)
        self._opened = self._opened or opening

    def _ends_paragraph(self) -> bool:
        """Whether nothing behind this sentence goes on from it: the next entry of a chronicle is of the old year."""
        return "\n" in self._text[self._sentence_end - 1 : self._sentence_end + 1]

    def _hold(self, position: int, point: Point) -> None:
        self._after_sentence = None
        self._timeline.hold(position, point)

    def _looks_back(self, point: Point, position: int) -> bool:
        """Whether a date inside a clause is not the text's own: earlier than what holds, or beside an opening one."""
        if self._opened and not _PLACED.search(self._text, max(0, position - 2), position):
            return True
        standing = self._timeline.context(position)
        if standing is None or standing.year is None or point.year is None:
            return False
        return point.year < standing.year


def opens_clause(text: str, position: int) -> bool:
    """Whether the time told at ``position`` opens its sentence or clause."""
    return _OPENING.search(text, max(0, position - 8), position) is not None


def _stands_aside(text: str, fact: DateFact) -> bool:
    if fact.found.first.year is None:
        return False
    if _COMPARED.search(text, max(0, fact.start - 4), fact.start):
        return True
    return text.endswith(_SINCE, fact.start, fact.end) and _SUPERLATIVE.match(text, fact.end) is not None


def _issued(text: str, found: Sequence[FoundDate]) -> DateFact | None:
    date = issue_date(text, found)
    if date is None:
        return None
    iso = date.first.iso if date.first.exists else None
    return DateFact(date, iso, "stated" if iso else None, date.first, "issued", iso is None, date.first.iso)
