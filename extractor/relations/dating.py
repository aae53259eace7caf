"""The date or stretch of time of each figure: from its clause, its sentence, the text before, a heading, the document.

A date that opens a clause holds for what follows; one inside a clause may only describe a thing (1993年所建的水库) or
be compared with (比1995年多), and then holds for the figure beside it or for none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.patterns import Patterns
from extractor.records.codes import Confidence, DateSource
from extractor.relations.figures import HARM, AmountFact, Figure, Scene
from extractor.relations.reasons import Reason
from extractor.relations.time_marks import Mark, MarkReader
from extractor.relations.timeline import Timeline

_CLAUSE_MARK = re.compile(r"[，,。；;：:！？!?\n]")
_LEADING = re.compile(
    r"(?:(?P<compared>比|较|同|与|跟|超过|高于|低于|多于|少于|相当于)|(?P<from>[由从])|[（(]\s?(?:截至|截止|至)?)\s?$"
)
"""What stands before a time that does not simply hold for what follows it."""
_LOOKED_BACK_ON = re.compile(r"[^，,。；;：:\d]{0,12}相比")
"""和2014年建档初期相比: what the figures behind it are compared with."""
_BESIDE = re.compile(r"\s?(?:的|为|是)?[^，,。；;：:！？!?\n\d比]{0,8}$")
_BESIDE_IT = re.compile(r"\s?(?:的|为|是)?\s?$")
_DESCRIBING = re.compile(
    r"所|(?=[^，,。；;\d]+的)"  # without a 的 in the clause there is nothing to try
    r"[^，,。；;\d一二三四五六七八九十]{0,8}(?:[建批成设创兴投修]+|[^，,。；;\d]{1,8})的"
)
_ONLY_IN_BRACKET = re.compile(r"\s?(?:数据?|价|统计)?\s?[）)]")
_HEADING = re.compile(r"\s*(?![图表]\s?\d)[^。；;！？!?\t\n]{2,48}\n?")
"""A line that heads a section; a caption (图1：2011—2015年产量) tells of its picture alone."""
_COMMAS = ("，", ",")
_SPACES = re.compile(r"[\s■]*$")

_SURE: Mapping[str, Confidence] = {
    "date.stated": "certain",
    "date.sentence": "certain",
    "date.inside": "likely",
    "date.relative": "likely",
    "date.earlier": "likely",
    "date.paragraph": "guess",
    "date.heading": "likely",
    "date.document": "guess",
}
_WHOLE_DOCUMENT = Mark(0, 0, None, False)
_FIRST_YEAR_CARRIED = "1949"
"""A year before it is not carried into the next paragraph: what stands there is seldom so old."""


class _Held(NamedTuple):
    """A mark that holds, until ``until``."""

    mark: Mark
    until: int
    opening: bool


class _Carried(NamedTuple):
    """A time that the text before speaks of, on a line that ends at ``line_end``."""

    mark: Mark
    line_end: int


class FigureDater:
    """Dates figures by the tables of ``patterns/periods.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        self._marks = MarkReader(patterns)

    def read(self, scene: Scene, masked: str, timeline: Timeline) -> None:
        """Set the date of every figure that has none; ``masked`` is the text without what it does not state itself."""
        _Reading(self._marks, scene, masked, timeline).read()


class _Reading:
    """The figures of one document being dated, sentence by sentence."""

    def __init__(self, marks: MarkReader, scene: Scene, masked: str, timeline: Timeline) -> None:
        self._reader = marks
        self._scene = scene
        self._text = masked
        self._issued = timeline.issued.iso if timeline.issued else None
        self._marks = marks.read(masked, timeline)
        self._carried: _Carried | None = None
        self._heading: Mark | None = None

    def read(self) -> None:
        """Date every figure."""
        figures, marks, end = self._scene.figures, self._marks, len(self._text)
        mark_starts = [*(mark.start for mark in marks), end]
        figure_starts = [*(figure.start for figure in figures), end]
        i = j = 0
        for low, high in self._scene.sentences:
            first_mark, first_figure = i, j
            while mark_starts[i] < high:
                i += 1
            while figure_starts[j] < high:
                j += 1
            if i == first_mark:
                for figure in figures[first_figure:j]:
                    self._date_from_before(figure)
            elif j == first_figure and self._is_heading(low, high):
                self._head(marks[first_mark:i])
            else:
                self._sentence(low, high, marks[first_mark:i], figures[first_figure:j])

    def _is_heading(self, low: int, high: int) -> bool:
        begins = low == 0 or self._text[low - 1] == "\n"
        return begins and _HEADING.fullmatch(self._text, low, high) is not None

    def _head(self, marks: Sequence[Mark]) -> None:
        """A heading's year or stretch of years holds for its section; its day is no more than the next date."""
        mark = self._settled(marks[0])
        if mark.iso is None or len(marks) > 2:
            return
        if "/" in mark.iso or len(mark.iso) <= 7:
            self._heading, self._carried = mark, None
        else:
            self._carry(mark, mark.end)

    def _carry(self, mark: Mark, position: int) -> None:
        """Let the line that ``position`` is on, and perhaps those behind it, speak of the time of ``mark``."""
        line_end = self._text.find("\n", position)
        self._carried = _Carried(mark, line_end if line_end >= 0 else len(self._text))

    def _sentence(self, low: int, high: int, marks: Sequence[Mark], figures: Sequence[Figure]) -> None:
        held: _Held | None = None
        inside: _Held | None = None
        own: Mark | None = None
        j = 0
        for mark in marks:
            while j < len(figures) and figures[j].start < mark.end:
                self._date(figures[j], held, inside)
                j += 1
            upcoming = figures[j].start if j < len(figures) else None
            settled = self._settled(mark, held)
            reach = self._reach(settled, low, high, upcoming, figures[j - 1].end if j else None)
            if reach is None:
                continue
            until, opening = reach
            if until < 0:
                self._tell_again(figures[j - 1], settled)
            elif until < high:
                inside = _Held(settled, until, opening)
            else:
                held, inside = _Held(settled, until, opening), None
                if opening or not self._looks_back(settled):
                    own = settled
        for figure in figures[j:]:
            self._date(figure, held, inside)
        if own is not None and own.iso is not None and own.carries:
            self._carry(own, high - 1)

    def _tell_again(self, figure: Figure, mark: Mark) -> None:
        """A date in brackets behind a figure is its own, whatever the text before told."""
        figure.date = None
        figure.reasons = [reason for reason in figure.reasons if reason.field != "date"]
        self._set(figure, mark, mark.iso, "stated", "date.stated")

    def _settled(self, mark: Mark, held: _Held | None = None) -> Mark:
        if mark.relative is None:
            return mark
        base = held.mark.iso if held else None
        return self._reader.settle(mark, base or self._standing(mark.start), self._issued)

    def _standing(self, position: int) -> str | None:
        """The time that holds where a sentence tells none."""
        if self._carried is not None and (self._heading is None or position < self._carried.line_end):
            return self._carried.mark.iso
        if self._heading is not None:
            return self._heading.iso
        return self._issued[:4] if self._issued else None

    def _reach(
        self, mark: Mark, low: int, high: int, upcoming: int | None, passed: int | None
    ) -> tuple[int, bool] | None:
        """How far a mark holds, and whether it opens its clause; -1 for the figure before it, None for nothing."""
        text, start, end = self._text, mark.start, mark.end
        leading = _LEADING.search(text, max(low, start - 5), start)
        if leading is not None:
            if leading["compared"]:
                close = upcoming is not None and _BESIDE_IT.match(text, end, upcoming)
                return (upcoming + 1, False) if close and upcoming is not None else None
            if not leading["from"]:  # a bracket
                if passed is not None and _ONLY_IN_BRACKET.match(text, end):
                    return -1, False
                close_at = min(at for at in (text.find("）", end, high), text.find(")", end, high), high) if at >= 0)
                return (close_at if close_at < high else end, False)
            if upcoming is not None and _BESIDE.match(text, end, upcoming):
                return upcoming + 1, False
        if _LOOKED_BACK_ON.match(text, end, high):
            return None
        if (mark.opens or self._begins(low, start)) and (not mark.back or text[end : end + 1] in _COMMAS):
            return high, True
        if mark.back or _DESCRIBING.match(text, end, upcoming or high):
            stop = _CLAUSE_MARK.search(text, end, high)
            return (stop.start() if stop else high - 1, False)
        return high, False

    def _begins(self, low: int, start: int) -> bool:
        return _SPACES.match(self._text, low, start) is not None

    def _looks_back(self, mark: Mark) -> bool:
        standing = self._carried.mark.iso if self._carried else None
        return bool(standing and mark.iso and mark.iso[:4] < standing[:4])

    def _date(self, figure: Figure, held: _Held | None, inside: _Held | None) -> None:
        for one in (inside, held):
            if one is not None and figure.start < one.until:
                mark = one.mark
                same_clause = _CLAUSE_MARK.search(self._text, mark.end, figure.start) is None
                source: DateSource = "stated" if same_clause else "sentence"
                why = "date.stated" if same_clause else "date.sentence" if one.opening else "date.inside"
                self._set(figure, mark, mark.iso, source, "date.relative" if mark.relative else why)
                return
        self._date_from_before(figure)

    def _date_from_before(self, figure: Figure) -> None:
        carried, heading = self._carried, self._heading
        if carried is not None and figure.start < carried.line_end:
            mark = (
                carried.mark
            )  # the day of an event holds on for the harm it did; of other things only the year is sure
            harm = figure.role == "loss" if isinstance(figure, AmountFact) else figure.status in HARM
            self._set(figure, mark, mark.iso if harm else _year_of(mark.iso), "earlier", "date.earlier")
        elif carried is not None and _carries_on(carried.mark.iso, heading):
            self._set(figure, carried.mark, _year_of(carried.mark.iso), "earlier", "date.paragraph")
        elif heading is not None:
            self._set(figure, heading, heading.iso, "heading", "date.heading")
        elif self._issued is not None:
            self._set(figure, _WHOLE_DOCUMENT, self._issued[:4], "document", "date.document")

    def _set(self, figure: Figure, mark: Mark, iso: str | None, source: DateSource, why: str) -> None:
        if figure.date is not None:
            return  # a table's column has told it
        if mark.lasting:
            figure.period = self._scene.text[mark.start : mark.end]
        if iso is not None:
            figure.date, figure.date_source = iso, source
            figure.reasons.append(Reason("date", _SURE[why], why, mark.start, mark.end))


def _carries_on(iso: str | None, heading: Mark | None) -> bool:
    """Whether a time that an earlier line told holds on under ``heading``."""
    if (iso or "") < _FIRST_YEAR_CARRIED:
        return False
    return heading is None or _narrows(iso, heading.iso)


def _narrows(iso: str | None, heading: str | None) -> bool:
    """Whether the years of ``iso`` lie among those of ``heading`` and tell more than it does."""
    if heading is None or iso is None:
        return True
    first, _, last = heading.partition("/")
    return first[:4] <= iso[:4] <= (last or first)[:4] and _year_of(iso) != _year_of(heading)


@functools.lru_cache(maxsize=1024)
def _year_of(iso: str | None) -> str | None:
    if iso is None:
        return None
    years = [end[:4] for end in iso.split("/")]
    return "/".join(dict.fromkeys(years))
