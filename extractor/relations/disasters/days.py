"""Days that an ISO date or interval covers, to tell which dates can be one."""

from __future__ import annotations

import calendar
import datetime
from typing import NamedTuple

PRECISION_OF_YEAR, PRECISION_OF_DAY = 1, 3


class Days(NamedTuple):
    """First and last day as ordinals, and how precise the date is: 1 a year, 2 a month, 3 a day."""

    first: int
    last: int
    precision: int

    def overlap(self, other: Days) -> bool:
        """Whether some day is in both."""
        return self.first <= other.last and other.first <= self.last

    def apart(self, other: Days) -> int:
        """Days between the two; 0 where they overlap."""
        return max(0, self.first - other.last, other.first - self.last)


def days_of(iso: str) -> Days:
    """The days of a date as records state it: ``2002-08``, ``1996-08-03/1996-08-10``."""
    begin, _, end = iso.partition("/")
    return Days(_day(begin, last=False), _day(end or begin, last=True), begin.count("-") + 1)


def _day(iso: str, *, last: bool) -> int:
    year, month, day = (*(int(part) for part in iso.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    longest = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(day or (longest if last else 1), longest)).toordinal()
