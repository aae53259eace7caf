"""One repaired text read by every rule family and relation: what was found, and what lost and why."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from extractor.patterns import Patterns, Span
from extractor.records.codes import Kind
from extractor.relations.breakdown import read_breakdowns
from extractor.relations.checks import CheckFact, read_checks
from extractor.relations.dating import FigureDater
from extractor.relations.disasters.facts import DisasterFact
from extractor.relations.disasters.impacts import ImpactReader
from extractor.relations.disasters.reading import read_events
from extractor.relations.figures import AmountFact, CountFact, Scene
from extractor.relations.indicators import IndicatorReader
from extractor.relations.letterhead import Letterhead, named, read_letterhead
from extractor.relations.roles import RoleReader
from extractor.relations.statuses import StatusReader
from extractor.relations.table_cells import TableFactReader
from extractor.relations.table_sums import read_sums
from extractor.relations.timeline import DateFact, Timeline, TimelineReader
from extractor.relations.uses import UseReader
from extractor.rules.amounts import AmountFinder
from extractor.rules.counts import CountFinder
from extractor.rules.dates import DateFinder
from extractor.rules.disasters import DisasterFinder, FoundDisaster
from extractor.rules.document_numbers import DocumentNumberFinder, FoundDocumentNumber
from extractor.rules.tables import TableReader
from extractor.text.sentences import sentences
from extractor.text.span import Spanned

if TYPE_CHECKING:
    from extractor.entities.recognizer import FoundEntity, Recognizer
    from extractor.entities.scope import Scope

_MASK = "■"
_TITLE = re.compile(r"《[^《》。\n]{2,120}》")


Found = TypeVar("Found", bound=Spanned)


class Lost(NamedTuple):
    """A candidate that became no record, and why."""

    kind: Kind
    start: int
    end: int
    reason: str


class Title(NamedTuple):
    """The name of a document or book in 《》: what it says is no fact of this text."""

    start: int
    end: int


class Failure(NamedTuple):
    """A sentence that one family could not read within the time limit."""

    kind: Kind
    start: int
    end: int


@dataclass(slots=True)
class Analysis:
    """All that was found in one repaired text; offsets count in that text."""

    text: str
    scene: Scene
    document_numbers: list[FoundDocumentNumber]
    timeline: Timeline
    events: list[DisasterFact]
    entities: list[FoundEntity]
    checks: list[CheckFact]
    letterhead: Letterhead
    lost: list[Lost] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


class Analyst:
    """Reads texts with the rules of one :class:`Patterns` and, if given, a recognizer of names.

    ``scope`` says in which sentences names are looked for.
    """

    def __init__(self, patterns: Patterns, recognizer: Recognizer | None, scope: Scope = "all") -> None:
        self.document_numbers = DocumentNumberFinder(patterns)
        self.amounts = AmountFinder(patterns)
        self.counts = CountFinder(patterns)
        self.dates = DateFinder(patterns)
        self.disasters = DisasterFinder(patterns)
        self.tables = TableReader(patterns)
        self.timeline = TimelineReader(patterns)
        self.dater = FigureDater(patterns)
        self.roles = RoleReader(patterns)
        self.statuses = StatusReader(patterns)
        self.indicators = IndicatorReader(patterns)
        self.impacts = ImpactReader(patterns)
        self.cells = TableFactReader(self.tables.headings, self.roles, self.statuses)
        self.uses = UseReader(patterns)
        self.recognizer = recognizer
        self.scope = scope

    def read(self, text: str) -> Analysis:
        """Everything in ``text``. Document numbers, titles in 《》 and quoted days are masked before the rest."""
        lost: list[Lost] = []
        failures: list[Failure] = []
        spans = list(sentences(text))
        numbers = self.document_numbers.find(text)
        masked = _masked(text, numbers)
        masked = _masked(masked, [Title(*match.span()) for match in _TITLE.finditer(masked)])
        disasters = _sought(self.disasters.find, masked, spans, "disaster", failures)
        masked = _masked(masked, [d for d in disasters if d.day is not None])
        money_cells, count_cells, tables, units = self.tables.find(masked)
        amounts = _free(_sought(self.amounts.find, masked, spans, "amount", failures), [units], "amount", lost)
        amounts = _merged(amounts, _free(money_cells, [amounts], "amount", lost))
        dates = _free(_sought(self.dates.find, masked, spans, "date", failures), [amounts], "date", lost)
        counts = _free(_sought(self.counts.find, masked, spans, "count", failures), [units], "count", lost)
        counts = _free(_merged(counts, _free(count_cells, [counts], "count", lost)), [amounts, dates], "count", lost)
        scene = Scene(text, spans, [AmountFact(a) for a in amounts], [CountFact(c) for c in counts])
        self.roles.read(scene)
        self.statuses.read(scene)
        timeline = self.timeline.read(masked, dates)
        in_tables = self.cells.read(scene, tables, timeline)
        sums = read_sums(in_tables, self.tables.headings)
        breakdowns = read_breakdowns(scene)
        self.indicators.read(scene)
        self.uses.read(scene)
        self.dater.read(scene, masked, timeline)
        events = read_events(scene, disasters, timeline, self.disasters)
        self.impacts.read(scene, events, timeline)
        entities = self._names(scene, disasters, timeline.facts, failures)
        issued_at = timeline.issued.start if timeline.issued else None
        letterhead = read_letterhead(text, issued_at)
        numbers = named(numbers, text, letterhead)
        checks = [*read_checks(scene, breakdowns, timeline, numbers), *sums]
        return Analysis(text, scene, numbers, timeline, events, entities, checks, letterhead, lost, failures)

    def _names(
        self, scene: Scene, disasters: Sequence[FoundDisaster], dates: Sequence[DateFact], failures: list[Failure]
    ) -> list[FoundEntity]:
        if self.recognizer is None:
            return []
        from extractor.entities.edges import set_right

        spans = scene.sentences
        if self.scope == "figures":
            from extractor.entities.scope import worth_reading

            figures = (figure.start for found in (scene.amounts, scene.counts, disasters) for figure in found)
            spans = worth_reading(scene.text, spans, figures)
        try:
            names = self.recognizer.recognize(scene.text, spans)
        except TimeoutError:
            failures.append(Failure("entity", 0, len(scene.text)))
            return []
        return set_right(scene.text, names, dates, scene.counts)


def _sought(
    find: Callable[[str, Sequence[Span], list[Span]], list[Found]],
    text: str,
    spans: Sequence[Span],
    kind: Kind,
    failures: list[Failure],
) -> list[Found]:
    """What ``find`` finds in the sentences; one that it gave up is a failure."""
    given_up: list[Span] = []
    found = find(text, spans, given_up)
    failures += [Failure(kind, *span) for span in given_up]
    return found


def _masked(text: str, spans: Sequence[Spanned]) -> str:
    """``text`` with the characters of ``spans`` made unreadable, so that offsets stay."""
    if not spans:
        return text
    pieces, position = [], 0
    for span in spans:
        pieces += [text[position : span.start], _MASK * (span.end - span.start)]
        position = span.end
    return "".join([*pieces, text[position:]])


def _merged(found: list[Found], cells: list[Found]) -> list[Found]:
    return sorted([*found, *cells], key=lambda figure: figure.start) if cells else found


def _free(found: Sequence[Found], taken: Sequence[Sequence[Spanned]], kind: Kind, lost: list[Lost]) -> list[Found]:
    """Those of ``found`` that overlap nothing of ``taken``."""
    free = []
    indexed = [(spans, [span.end for span in spans]) for spans in taken if spans]
    for candidate in found:
        for spans, their_ends in indexed:
            i = bisect_left(their_ends, candidate.start + 1)
            if i < len(spans) and spans[i].start < candidate.end:
                reason = f"overlaps {type(spans[i]).__name__.removeprefix('Found').lower()} at {spans[i].start}"
                lost.append(Lost(kind, candidate.start, candidate.end, reason))
                break
        else:
            free.append(candidate)
    return free
