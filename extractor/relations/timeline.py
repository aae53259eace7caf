"""Years carried over: a month and day take their year from the text before them, else from the document's date."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.patterns import Patterns
from extractor.records.codes import DateRole, YearSource
from extractor.rules.dates import FoundDate, Point

_COMPARED = re.compile(r"(?:比|较|同|与|跟|超过|自从?)\s?$")
_SUPERLATIVE = re.compile(r"[\u4e00-\u9fff]{0,8}(?:最|罕见|少有|未有|首次|第一)")
_SINCE = re.compile(r"(?:以来|起|始)$")
_DEADLINE = re.compile(r"前$")
_LINE_AROUND_ISSUED = re.compile(r"[\s（()）〔〕\[\]—－\-]*")
_LABEL_OF_ISSUED = re.compile(r"(?:成文日期|报送时间|发布时间|发布日期|印发日期|日期|时间)\s?[:：]?\s?$")
_CLOCK_BEHIND = re.compile(r"[\s\d:：时分）)]*")
_MEETING = re.compile(r"[\s—－\-]*$")
_HEAD_LINES = 10


@dataclass(slots=True)
class DateFact:
    """A date with its year settled: ``iso`` is null where the text does not settle it."""

    found: FoundDate
    iso: str | None
    year_source: YearSource | None
    role: DateRole = "point"
    impossible: bool = False
    """Whether the calendar has no such day; ``iso`` is then null and ``written`` holds what stands there."""
    written: str | None = None

    @property
    def start(self) -> int:
        """Where it begins in the repaired text."""
        return self.found.start

    @property
    def end(self) -> int:
        """Where it ends in the repaired text."""
        return self.found.end


class Timeline:
    """The dates of one document in order, and the year and month that hold at each place of its text."""

    def __init__(self, facts: list[DateFact], issued: DateFact | None, contexts: list[tuple[int, Point]]) -> None:
        self.facts = facts
        self.issued = issued
        self._contexts = contexts
        self._starts = [position for position, _ in contexts]

    def context(self, position: int) -> Point | None:
        """The year and month that the text before ``position`` speaks of."""
        i = bisect_right(self._starts, position) - 1
        return self._contexts[i][1] if i >= 0 else None

    def year_at(self, position: int, month: int | None, day: int | None) -> tuple[int | None, YearSource | None]:
        """The year for a month and day that stand at ``position`` without one."""
        context = self.context(position)
        if context is not None and context.year is not None:
            return context.year, "inherited"
        year = _year_before(self.issued, month, day)
        return (year, "document") if year is not None else (None, None)


class TimelineReader:
    """Settles years by the tables of ``patterns/dates.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        self._from_context: Mapping[str, int] = patterns.table("dates", "from_context")
        self._from_document: Mapping[str, int] = patterns.table("dates", "from_document")

    def read(self, text: str, found: Sequence[FoundDate]) -> Timeline:
        """The timeline of ``text``; expressions that only repeat a year which nothing settles are left out."""
        facts: list[DateFact] = []
        contexts: list[tuple[int, Point]] = []
        issued = _issued(text, found)
        timeline = Timeline(facts, issued, contexts)
        for date in found:
            fact = issued if issued is not None and date is issued.found else self._settle(text, date, timeline)
            if fact is None:
                continue
            facts.append(fact)
            self._carry(text, fact, timeline, contexts)
        return timeline

    def _carry(self, text: str, fact: DateFact, timeline: Timeline, contexts: list[tuple[int, Point]]) -> None:
        """Let the text behind ``fact`` speak of its year, unless it is only compared with or looked back to."""
        point = _whole(fact)
        if point is None or fact.role == "issued" and fact.start > len(text) // 2:
            return
        if fact.found.first.year is not None:
            if _COMPARED.search(text, max(0, fact.start - 4), fact.start):
                return
            if _SINCE.search(text, fact.start, fact.end) and _SUPERLATIVE.match(text, fact.end):
                return
        contexts.append((fact.end, point))
        timeline._starts.append(fact.end)

    def _settle(self, text: str, date: FoundDate, timeline: Timeline) -> DateFact | None:
        first, last = date.first, date.last
        source: YearSource | None = "stated"
        if date.relative is not None:
            year, source = self._relative(date, timeline)
            if year is None:
                return None
            first = replace(first, year=year)
        elif first.year is None:
            if first.month is None:
                context = timeline.context(date.start)
                if context is None or context.month is None:
                    return None
                first = replace(first, month=context.month)
            year, source = timeline.year_at(date.start, first.month, first.day)
            if year is None and timeline.issued is not None and _DEADLINE.search(text, date.start, date.end):
                year, source = timeline.issued.found.first.year, "document"
            first = replace(first, year=year)
            if last is not None and last.year is None:
                last = replace(last, year=year)
        written = _interval(first, last)
        impossible = written is not None and not (_exists(first) and (last is None or _exists(last)))
        period = last is not None or _SINCE.search(text, date.start, date.end) is not None
        return DateFact(
            date,
            None if impossible else written,
            source if written else None,
            "period" if period else "point",
            impossible,
            written,
        )

    def _relative(self, date: FoundDate, timeline: Timeline) -> tuple[int | None, YearSource | None]:
        word = date.relative or ""
        if word in self._from_context:
            context = timeline.context(date.start)
            if context is None or context.year is None:
                return None, None
            return context.year + self._from_context[word], "inherited"
        if timeline.issued is None or timeline.issued.found.first.year is None:
            return None, None
        return timeline.issued.found.first.year + self._from_document[word], "document"


def _whole(fact: DateFact) -> Point | None:
    """The settled year and month at the end of ``fact``."""
    if fact.iso is None:
        return None
    parts = fact.iso.split("/")[-1].split("-")
    return Point(int(parts[0]), int(parts[1]) if len(parts) > 1 else None)


def _interval(first: Point, last: Point | None) -> str | None:
    if first.iso is None or last is None:
        return first.iso
    return None if last.iso is None else f"{first.iso}/{last.iso}"


def _exists(point: Point) -> bool:
    if point.year is None or point.month is None:
        return True
    try:
        datetime.date(point.year, point.month, point.day or 1)
    except ValueError:
        return False
    return True


def _year_before(issued: DateFact | None, month: int | None, day: int | None) -> int | None:
    """The document's own year, for a month and day not later than the document itself."""
    if issued is None:
        return None
    point = issued.found.first
    if point.year is None or month is None or point.month is None:
        return None
    return point.year if (month, day or 1) <= (point.month, point.day or 31) else None


def _issued(text: str, found: Sequence[FoundDate]) -> DateFact | None:
    """The 成文日期: alone on the last such line, or near the head in brackets or behind a dash."""
    tail: FoundDate | None = None
    head: FoundDate | None = None
    for date in found:
        if date.first.year is None or date.first.month is None or date.last is not None or date.relative:
            continue
        line_start = text.rfind("\n", 0, date.start) + 1
        line_end = text.find("\n", date.end)
        before = text[line_start : date.start]
        after = text[date.end : line_end if line_end >= 0 else len(text)]
        label = _LABEL_OF_ISSUED.search(before)
        alone = _LINE_AROUND_ISSUED.fullmatch(before) and _LINE_AROUND_ISSUED.fullmatch(after)
        lines_before = text.count("\n", 0, line_start)
        if alone or (label and _CLOCK_BEHIND.fullmatch(after)):
            if date.start > len(text) // 2:
                tail = date
            elif head is None and lines_before < _HEAD_LINES:
                head = date
        elif head is None and lines_before < _HEAD_LINES and "—" in before and _MEETING.fullmatch(before):
            head = date
    date = tail or head
    if date is None:
        return None
    return DateFact(date, date.first.iso if _exists(date.first) else None, "stated", "issued")
