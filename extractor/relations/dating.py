"""The date or stretch of time of each figure: from its clause, its sentence, the text before, a heading, the document.

A date that opens a clause holds for what follows; one inside a clause may only describe a thing (1993年所建的水库) or
be compared with (比1995年多), and then holds for the figure beside it or for none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from typing import NamedTuple

from extractor.patterns import Patterns, RuleMatch
from extractor.records.codes import Confidence, DateSource
from extractor.relations.figures import HARM, AmountFact, Figure, Scene
from extractor.relations.reasons import Reason
from extractor.relations.timeline import OPENING, DateFact, Timeline
from extractor.rules.numerals import parse_quantity

_CLAUSE_MARK = re.compile(r"[，,。；;：:！？!?\n]")
_COMPARED = re.compile(r"(?:比|较|同|与|跟|超过|高于|低于|多于|少于|相当于)\s?$")
_FROM = re.compile(r"(?:由|从)\s?$")
_PLACED = re.compile(r"[于在自]\s?$")
_BESIDE = re.compile(r"\s?(?:的|为|是)?[^，,。；;：:！？!?\n\d比]{0,8}$")
_BESIDE_IT = re.compile(r"\s?(?:的|为|是)?\s?$")
_DESCRIBING = re.compile(
    r"所|(?=[^，,。；;\d]+的)"  # without a 的 in the clause there is nothing to try
    r"[^，,。；;\d一二三四五六七八九十]{0,8}(?:[建批成设创兴投修]+|[^，,。；;\d]{1,8})的"
)
_BRACKET = re.compile(r"[（(]\s?(?:截至|截止|至)?\s?$")
_ONLY_IN_BRACKET = re.compile(r"\s?(?:数据?|价|统计)?\s?[）)]")
_HEADING = re.compile(r"\s*(?![图表]\s?\d)[^。；;！？!?\t\n]{2,48}\n?")
"""A line that heads a section; a caption (图1：2011—2015年产量) tells of its picture alone."""
_COMMAS = ("，", ",")
_SPACES = re.compile(r"[\s■]*$")

_VAGUE = frozenset({"date.era_range", "date.decade"})
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
_OTHER_YEARS = frozenset({"次年", "翌年", "去年", "前年"})
_FIRST_YEAR_CARRIED = "1949"
"""A year before it is not carried into the next paragraph: what stands there is seldom so old."""


class Mark(NamedTuple):
    """Words that tell a time; ``iso`` is None where nothing settles which."""

    start: int
    end: int
    iso: str | None
    lasting: bool
    relative: RuleMatch | None = None
    vague: bool = False
    """Whether it tells a reign, a decade or another year (次年), of which the next sentence need not speak."""

    back: bool = False
    """Whether it looks back from the year that the text speaks of (上年, 去年同期)."""

    @property
    def carries(self) -> bool:
        """Whether the sentences behind it may speak of its time, too."""
        return not (self.vague or self.back or (self.relative is not None and self.lasting))


class _Held(NamedTuple):
    """A mark that holds, until ``until``."""

    mark: Mark
    until: int
    opening: bool


class _Carried(NamedTuple):
    """A time that the text before speaks of."""

    mark: Mark
    paragraph: int


class FigureDater:
    """Dates figures by the tables of ``patterns/periods.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        self._family = patterns.family("periods")
        self._years_on: Mapping[str, int] = patterns.table("periods", "years_on")
        self._months: Mapping[str, Sequence[str]] = patterns.table("periods", "months")
        self._plans: Mapping[str, str] = patterns.table("periods", "plan")

    def read(self, scene: Scene, masked: str, timeline: Timeline) -> None:
        """Set the date of every figure that has none; ``masked`` is the text without what it does not state itself."""
        _Reading(self, scene, masked, timeline).read()

    def marks(self, text: str, timeline: Timeline) -> list[Mark]:
        """Every date and word for a time, in order; of two that overlap the date."""
        issued = timeline.issued.iso if timeline.issued else None
        found = [
            self._mark_of(text, fact, issued)
            for fact in timeline.facts
            if fact.role != "issued" and not fact.impossible and not _is_same_of_last_year(text, fact)
        ]
        taken = {offset for mark in found for offset in (mark.start, mark.end - 1)}
        words = [self._mark(hit) for hit in self._family.finditer(text) if taken.isdisjoint(range(*hit.match.span()))]
        return _joined(merge(found, words, key=lambda mark: mark.start), issued) if words else found

    def _mark_of(self, text: str, fact: DateFact, issued: str | None) -> Mark:
        """A date as a mark; 2009年以来 lasts until the document was written."""
        iso, lasting = fact.iso, fact.role == "period"
        start, end = fact.found.start, fact.found.end
        half = self._months.get(text[end - 3 : end]) if text[end - 1] == "年" else None
        if half and iso and len(iso) == 4:
            iso, lasting = f"{iso}-{half[0]}/{iso}-{half[1]}", True
        elif lasting and iso and "/" not in iso:
            iso = _interval(iso, issued)
        vague = fact.found.rule in _VAGUE or fact.found.relative in _OTHER_YEARS
        return Mark(start, end, iso, lasting, None, vague)

    def _mark(self, hit: RuleMatch) -> Mark:
        lasting = hit.rule.id in ("period.plan", "period.lasting")
        back = self._years_on.get(hit.values().get("shift", ""), 0) < 0
        return Mark(*hit.match.span(), None, lasting, hit, back=back)

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


class _Reading:
    """The figures of one document being dated, sentence by sentence."""

    def __init__(self, dater: FigureDater, scene: Scene, masked: str, timeline: Timeline) -> None:
        self._dater = dater
        self._scene = scene
        self._text = masked
        self._issued = timeline.issued.iso if timeline.issued else None
        self._marks = dater.marks(masked, timeline)
        self._carried: _Carried | None = None
        self._heading: Mark | None = None
        self._paragraph = 0

    def read(self) -> None:
        """Date every figure."""
        figures: list[Figure] = [*self._scene.amounts, *self._scene.counts]
        figures.sort(key=lambda figure: figure.found.start)
        marks, text = self._marks, self._text
        mark_starts = [*(mark.start for mark in marks), len(text)]
        figure_starts = [*(figure.found.start for figure in figures), len(text)]
        i = j = 0
        for low, high in self._scene.sentences:
            first_mark, first_figure = i, j
            while mark_starts[i] < high:
                i += 1
            while figure_starts[j] < high:
                j += 1
            if i > first_mark and j == first_figure and self._is_heading(low, high):
                self._head(marks[first_mark:i])
            elif i > first_mark or j > first_figure:
                self._sentence(low, high, marks[first_mark:i], figures[first_figure:j])
            if text[high - 1] == "\n":
                self._paragraph += 1

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
            self._carried = _Carried(mark, self._paragraph)

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
            self._carried = _Carried(own, self._paragraph)

    def _tell_again(self, figure: Figure, mark: Mark) -> None:
        """A date in brackets behind a figure is its own, whatever the text before told."""
        figure.date = None
        figure.reasons = [reason for reason in figure.reasons if reason.field != "date"]
        self._set(figure, mark, "stated", "date.stated")

    def _settled(self, mark: Mark, held: _Held | None = None) -> Mark:
        if mark.relative is None:
            return mark
        base = held.mark.iso if held else None
        return self._dater.settle(mark, base or self._standing(), self._issued)

    def _standing(self) -> str | None:
        """The time that holds where a sentence tells none."""
        if self._carried is not None and (self._heading is None or self._carried.paragraph == self._paragraph):
            return self._carried.mark.iso
        if self._heading is not None:
            return self._heading.iso
        return self._issued[:4] if self._issued else None

    def _reach(
        self, mark: Mark, low: int, high: int, upcoming: int | None, passed: int | None
    ) -> tuple[int, bool] | None:
        """How far a mark holds, and whether it opens its clause; -1 for the figure before it, None for nothing."""
        text, start, end = self._text, mark.start, mark.end
        if _COMPARED.search(text, max(low, start - 4), start):
            close = upcoming is not None and _BESIDE_IT.match(text, end, upcoming)
            return (upcoming + 1, False) if close and upcoming is not None else None
        from_there = upcoming is not None and _FROM.search(text, max(low, start - 2), start)
        if from_there and upcoming is not None and _BESIDE.match(text, end, upcoming):
            return upcoming + 1, False
        bracket = _BRACKET.search(text, max(low, start - 5), start)
        if bracket:
            if passed is not None and _ONLY_IN_BRACKET.match(text, end):
                return -1, False
            close_at = min(at for at in (text.find("）", end, high), text.find(")", end, high), high) if at >= 0)
            return (close_at if close_at < high else end, False)
        opens = OPENING.search(text, max(0, start - 8), start) or self._begins(low, start)
        if opens and (not mark.back or text[end : end + 1] in _COMMAS):
            return high, True
        if _DESCRIBING.match(text, end, upcoming or high) or mark.back:
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
                same_clause = _CLAUSE_MARK.search(self._text, one.mark.end, figure.start) is None
                source: DateSource = "stated" if same_clause else "sentence"
                reason = "date.stated" if same_clause else "date.sentence" if one.opening else "date.inside"
                self._set(figure, one.mark, source, "date.relative" if one.mark.relative else reason)
                return
        self._date_from_before(figure)

    def _date_from_before(self, figure: Figure) -> None:
        carried, heading = self._carried, self._heading
        if carried is not None and carried.paragraph == self._paragraph:
            self._set(figure, self._as_carried(carried.mark, figure), "earlier", "date.earlier")
        elif self._carries_on(carried, heading):
            assert carried is not None
            year = carried.mark._replace(iso=_year_of(carried.mark.iso))
            self._set(figure, year, "earlier", "date.paragraph")
        elif heading is not None:
            self._set(figure, heading, "heading", "date.heading")
        elif self._issued is not None:
            self._set(figure, Mark(0, 0, self._issued[:4], False), "document", "date.document")

    @staticmethod
    def _carries_on(carried: _Carried | None, heading: Mark | None) -> bool:
        if carried is None or (carried.mark.iso or "") < _FIRST_YEAR_CARRIED:
            return False
        return heading is None or _narrows(carried.mark.iso, heading.iso)

    @staticmethod
    def _as_carried(mark: Mark, figure: Figure) -> Mark:
        """The day of an event holds on for the harm it did; of other things only the year is sure."""
        harm = figure.role == "loss" if isinstance(figure, AmountFact) else figure.status in HARM
        return mark if harm else mark._replace(iso=_year_of(mark.iso))

    def _set(self, figure: Figure, mark: Mark, source: DateSource, reason: str) -> None:
        if figure.date is not None:
            return  # a table's column has told it
        if mark.lasting:
            figure.period = self._scene.text[mark.start : mark.end]
        if mark.iso is not None:
            figure.date, figure.date_source = mark.iso, source
            figure.reasons.append(Reason("date", _SURE[reason], reason, mark.start, mark.end))


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
