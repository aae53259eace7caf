"""Calendar expressions as parts: which year, month and day are written, and which have to come from elsewhere."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.patterns import Patterns, RuleMatch, Span
from extractor.rules.numerals import parse_quantity

_CENTURY_OF_SHORT_YEARS = 1900
_YEAR_FIRST = 100
_YEAR = "date.year"
_YEARS = "date.range_of_years"
_REIGN_YEAR = "date.reign_year"
_OLDER_ERA = "date.older_era"
"""Found by the year behind the reign's name, which is much rarer than the characters of the names."""


class Point(NamedTuple):
    """A year, month and day, as far as they are written."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str | None:
        """ISO 8601, as precise as the parts allow; None without a year."""
        year, month, day = self
        if year is None:
            return None
        if month is None:
            return f"{year:04d}"
        return f"{year:04d}-{month:02d}" if day is None else f"{year:04d}-{month:02d}-{day:02d}"

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a month or day, as far as they are written."""
        if self.year is None or self.month is None:
            return True
        try:
            datetime.date(self.year, self.month, self.day or 1)
        except ValueError:
            return False
        return True

    def after(self, other: Point) -> bool:
        """Whether it surely lies behind ``other``, as far as both are written."""
        for mine, theirs in zip((self.year, self.month, self.day), (other.year, other.month, other.day), strict=True):
            if mine is None or theirs is None:
                return False
            if mine != theirs:
                return mine > theirs
        return False


class FoundDate(NamedTuple):
    """A calendar expression in repaired text; ``last`` is the end of a stretch.

    ``relative`` is a word such as 同年 or 去年 that counts years from the text's or the document's own,
    ``month`` or ``day`` for 同月 and 该日, or ``reign`` for a year of the reign named last. ``years_on`` is how many
    years a stretch without years runs on, or which year of the reign it is. ``reign`` is the first year of its own.
    """

    start: int
    end: int
    rule: str
    first: Point
    last: Point | None = None
    relative: str | None = None
    years_on: int = 0
    reign: int | None = None


class DateFinder:
    """Finds dates with the rules of one :class:`Patterns`."""

    def __init__(self, patterns: Patterns) -> None:
        self._family = patterns.family("dates")
        self._eras: Mapping[str, int] = patterns.table("dates", "era")

    def find(self, text: str, sentences: Sequence[Span], given_up: list[Span]) -> list[FoundDate]:
        """Dates in each of ``sentences``; those that take too long are added to ``given_up``."""
        found = []
        for hit, _ in self._family.in_sentences(text, sentences, given_up):
            if not hit.rule.reject and (date := self._read(hit)) is not None:
                found += _years_apart(hit, date)
        return found

    def _read(self, hit: RuleMatch) -> FoundDate | None:
        rule, match, groups = hit.rule.id, hit.match, hit.values()
        year = int(groups["ad"]) if "ad" in groups else _year(groups.get("y"))
        first = Point(year, _part(groups.get("m")), _part(groups.get("d")))
        last: Point | None = None
        era = groups.get("era")
        if era and first.year is None:
            first = first._replace(year=self._era_year(era, groups["era_year"]))
            if groups.get("era_year2"):
                last = Point(self._era_year(era, groups["era_year2"]))
        elif rule == "date.decade":
            first, last = _decade(first, groups)
        elif "range" in rule:
            last, years_on = _end_of_range(first, groups)
            if last is None:
                return None
            return FoundDate(match.start(), match.end(), rule, first, last, None, years_on)
        in_reign = _year_of_reign(groups.get("era_year"))
        if rule == _REIGN_YEAR:
            return FoundDate(match.start(), match.end(), rule, first, None, "reign", in_reign or 0)
        reign = first.year - in_reign + 1 if in_reign and first.year else None
        start = hit.span("era")[0] if rule == _OLDER_ERA else match.start()
        relative = "month" if groups.get("same_month") else "day" if groups.get("same_day") else groups.get("relative")
        return FoundDate(start, match.end(), rule, first, last, relative, 0, reign)

    def _era_year(self, era: str, surface: str) -> int | None:
        number = _year_of_reign(surface)
        return None if number is None else self._eras[era] + number - 1


def _years_apart(hit: RuleMatch, date: FoundDate) -> list[FoundDate]:
    """1949、1954年 are two years; 1994、1995年 are one stretch, as every other date is one."""
    if date.rule != _YEARS or "、" not in hit.match.group() or date.first.year is None or date.last is None:
        return [date]
    if date.last.year is None or date.last.year - date.first.year <= 1:
        return [date]
    (start, end), (start2, _) = hit.span("y"), hit.span("y2")
    return [FoundDate(start, end, _YEAR, date.first), FoundDate(start2, date.end, _YEAR, date.last)]


def _end_of_range(first: Point, groups: Mapping[str, str]) -> tuple[Point | None, int]:
    """The end of a stretch, and how many years it runs on where no year is written.

    What the end leaves out it shares with the beginning; months that run backwards run into the next year
    (12月至2月). None when it ends before it begins.
    """
    year = _year(groups.get("y2"))
    if year is not None and year < _YEAR_FIRST and first.year is not None:
        year += first.year // 100 * 100
    month, day = _part(groups.get("m2")), _part(groups.get("d2"))
    backwards = year is None and month is not None and first.month is not None and month < first.month
    years_on = 1 if groups.get("next") or backwards else 0
    if month is None and day is not None:
        month = first.month
    if year is None and first.year is not None:
        year = first.year + years_on
    last = Point(year, month, day)
    if last.month is None and first.month is not None and groups.get("y2") is None:
        return None, 0
    begin = (first.year or 0, first.month or 0, first.day or 0)
    end = (last.year if last.year is not None else years_on, last.month or 12, last.day or 31)
    return (last, years_on) if end >= begin else (None, 0)


def _year_of_reign(surface: str | None) -> int | None:
    """Which year of a reign; 元年 is the first."""
    return 1 if surface == "元" else _part(surface)


@functools.lru_cache(maxsize=4096)
def _part(surface: str | None) -> int | None:
    """A month or day; 元月 is January, 正月 the first month of the old calendar."""
    if surface is None:
        return None
    if surface in ("元", "正"):
        return 1
    surface = surface.replace("廿", "二十") if surface[0] == "廿" and len(surface) > 1 else surface
    quantity = parse_quantity(surface)
    return None if quantity is None or quantity.value is None else int(quantity.value)


@functools.lru_cache(maxsize=4096)
def _year(surface: str | None) -> int | None:
    """A year of four digits, or of two in the twentieth century (98年7月, 八五年)."""
    if surface is None:
        return None
    digits = "".join(_DIGIT.get(c, c) for c in surface)
    if not digits.isdigit():
        return None
    year = int(digits)
    return year + _CENTURY_OF_SHORT_YEARS if len(digits) == 2 and year >= 50 else year


def _decade(first: Point, groups: Mapping[str, str]) -> tuple[Point, Point]:
    """The first and last year of a decade, or of two (六七十年代)."""
    begin = first.year
    if begin is None:
        century = (_part(groups.get("century") or "20") or 20) * 100 - 100
        begin = century + _tens(groups["decade"])
        if groups.get("decade2"):
            return Point(begin), Point(century + _tens(groups["decade2"]) + 9)
    return Point(begin), Point(begin + 9)


def _tens(surface: str | None) -> int:
    number = _part(surface) or 0
    return number if number >= 10 else number * 10


_DIGIT = {**dict.fromkeys("〇○零0", "0"), **{c: str(n) for n, c in enumerate("一二三四五六七八九", start=1)}}
