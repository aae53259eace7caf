"""When an event struck: the date before it, behind it, in its name, of the sentence before, or counted from today."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from extractor.records.codes import YearSource
from extractor.relations.timeline import DateFact, Timeline
from extractor.rules.dates import Point
from extractor.rules.disasters import DisasterFinder, FoundDisaster
from extractor.text.expression import expression

_BETWEEN_YEAR_AND_NAME = expression(r"[\s\u4e00-\u9fff]{0,12}")
_AS_OF = expression(r"(?:截至|截止到?|至|到)\s?$")
_TIMED_BEHIND = expression(r"(?:(?:发生|暴发|爆发)(?:时间)?[在于为是]?|[”\"]?已?[于在])\s?(?:当地时间|北京时间)?\s?")
_RELATIVE_DAY = expression(
    r"(?P<today>今[天日晨早晚])|(?P<yesterday>昨[天日晚夜晨])|当[天晚]|前[天晚日夜]"
    r"|(?<![\d每第.月二三十])(?:[12]\d|3[01]|[1-9]|三十一?|二?十[一二三四五六七八九]?)日(?![常报本程均产])"
)
_REPORTED_ON = expression(r"[\u4e00-\u9fff]{0,6}?(?:透露|表示|通报|报告|介绍|获悉|发布|宣布|证实|[说称电讯])")
"""Behind a day on which an event was told of, not on which it struck."""
_SINCE_A_YEAR = expression(r"年以来$")
_BACKGROUND = expression(r"受[\u4e00-\u9fff]{0,6}$")
_STOP = expression(r"[。！？]")
_SEASON = expression(r"\s*(?:[春夏秋冬]{1,2}季?|入[春夏秋冬]以?后?)[\s，,]?")
OTHER_TIME = expression(
    r"[明清民]末|民[国初]|清[朝代初]|历史上"
    r"|当时|过去|以前|[解放国]前|年间|近年|往年|以往|每逢|每年|常年|历年|早年"
)
_HEADING_BEFORE = expression(r"(?:^|\n)[^\S\n]*[\u4e00-\u9fff·]{0,6}$")
_HEADING_BEHIND = expression(r"[）)：:]?[^\S\n]*\n")
_SENTENCES_ON = 2
_REACH_OF_DATE = 400


class When(NamedTuple):
    """The time of an event: ``key`` tells it from other times, the words from ``start`` to ``end`` tell it."""

    iso: str | None
    source: YearSource | None
    key: str
    start: int
    end: int
    carried: bool = False
    """Whether a sentence before told it."""


class Calendar:
    """The dates of one document on which an event may have struck."""

    def __init__(self, text: str, timeline: Timeline, finder: DisasterFinder) -> None:
        self._text = text
        self._timeline = timeline
        self._finder = finder
        self._dates = [
            date for date in timeline.facts if date.role != "issued" and not date.aside and not self._only_told(date)
        ]
        self._starts = [date.start for date in self._dates]

    def _only_told(self, date: DateFact) -> bool:
        """Whether something is counted up to ``date`` or since it, or told on it: nothing need have struck then."""
        told = _REPORTED_ON.match(self._text, date.end) or _SINCE_A_YEAR.search(self._text, date.start, date.end)
        return told is not None or is_as_of(self._text, date.start)

    def within(self, low: int, high: int) -> Sequence[DateFact]:
        """The dates that begin in ``low:high``."""
        return self._dates[bisect_left(self._starts, low) : bisect_left(self._starts, high)]

    def when(
        self,
        event: FoundDisaster,
        dates: Sequence[DateFact],
        sentence: tuple[int, int],
        told: dict[str, set[str]],
    ) -> When | None:
        """When ``event`` struck; ``dates`` are those of its sentence, ``told`` the categories told of each time."""
        before = [date for date in dates if date.end <= event.start]
        behind = _TIMED_BEHIND.match(self._text, event.end)
        for date in dates:
            if behind and date.start == behind.end() and (not before or event.named):
                return self._told_by(date)._replace(start=sentence[0], end=sentence[0])
        if before:
            return self._told_by(before[-1])
        if _BACKGROUND.search(self._text, sentence[0], event.start) and self._text.startswith("影响", event.end):
            return None
        relative = list(_RELATIVE_DAY.finditer(self._text, sentence[0], event.start))
        for match in reversed(relative):
            if not is_as_of(self._text, match.start()) and not _REPORTED_ON.match(self._text, match.end(), event.start):
                iso = self._relative(match)
                return When(iso, "document" if iso else None, match.group(), *match.span())
        return self._heading(sentence) or self._carried(event, sentence, told)

    def _told_by(self, date: DateFact) -> When:
        key = date.iso or self._text[date.start : date.end]
        return When(date.iso, date.year_source, key, date.start, date.end)

    def _heading(self, sentence: tuple[int, int]) -> When | None:
        """The year or month that alone makes the line above, as chronicles have it (隆庆三年（1569年）)."""
        i = bisect_left(self._starts, sentence[0]) - 1
        date = self._dates[i] if i >= 0 else None
        if date is None or date.found.first.day is not None or sentence[0] - date.end > _REACH_OF_DATE:
            return None
        behind = _HEADING_BEHIND.match(self._text, date.end)
        if behind is None or "\n" in self._text[behind.end() : sentence[0]].strip():
            return None
        if _HEADING_BEFORE.search(self._text, max(0, date.start - 12), date.start) is None:
            return None
        return self._told_by(date)._replace(start=sentence[0], end=sentence[0])

    def _relative(self, match: re.Match[str]) -> str | None:
        """The day of 今天 or 昨天, counted from the document's own."""
        issued = self._timeline.issued
        back = 0 if match["today"] else 1 if match["yesterday"] else None
        if back is None or issued is None or issued.iso is None or issued.found.first.day is None:
            return None
        return (datetime.date.fromisoformat(issued.iso) - datetime.timedelta(days=back)).isoformat()

    def _carried(self, event: FoundDisaster, sentence: tuple[int, int], told: dict[str, set[str]]) -> When | None:
        """The date of the sentence before, on the same line, for a disaster of another kind than it has told."""
        if event.named or self._finder.is_weather(event):
            return None
        i = bisect_left(self._starts, sentence[0]) - 1
        if i < 0:
            return None
        date = self._dates[i]
        if sentence[0] - date.end > _REACH_OF_DATE or self._text.find("\n", date.end, sentence[0]) >= 0:
            return None
        passed = len(_STOP.findall(self._text, date.end, sentence[0]))
        when = self._told_by(date)
        if OTHER_TIME.search(self._text, *sentence):
            return None
        if _SEASON.match(self._text, *sentence) and when.iso:
            year = when.iso.split("/")[0][:4]
            when = when._replace(iso=year, key=year)
        if passed > _SENTENCES_ON or told.get(when.key, set()) & set(event.categories):
            return None
        return when._replace(start=sentence[0], end=sentence[0], carried=True)

    def of_name(
        self, event: FoundDisaster, dates: Sequence[DateFact], previous: tuple[str | None, YearSource | None]
    ) -> tuple[str | None, YearSource | None]:
        """The date of a quoted day: its year stands right before it, or is that of the event or date before it.

        ``dates`` are those of its sentence, ``previous`` is the date of the event before it there.
        """
        day, timeline = event.day, self._timeline
        assert day is not None
        if day.year is not None:
            return day.iso, "stated"
        source: YearSource | None
        before = [date for date in dates if date.end <= event.start]
        date = before[-1] if before else None
        if date is not None and date.iso and _BETWEEN_YEAR_AND_NAME.fullmatch(self._text, date.end, event.start - 1):
            year, source = int(date.iso.split("/")[-1][:4]), "stated"
        elif previous[0] is not None and previous[1] != "document":
            year, source = int(previous[0][:4]), "inherited"
        else:
            issued = timeline.issued.found.first if timeline.issued else None
            found_year, source = timeline.year_at(event.start, day.month, day.day)
            if found_year is None and issued is not None:
                found_year, source = issued.year, "document"
            if found_year is None:
                return None, None
            year = found_year
            if issued is not None and Point(year, day.month, day.day).after(issued):
                year -= 1  # a report tells of what has been
        named = Point(year, day.month, day.day)
        return (named.iso, source) if named.exists else (None, None)


def is_as_of(text: str, start: int) -> bool:
    """Whether the date that begins at ``start`` is one up to which something is counted (截至9月5日)."""
    return _AS_OF.search(text, max(0, start - 4), start) is not None
