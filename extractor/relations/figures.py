"""Figures of one document, in order, as the relation steps read them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple, TypeVar

from extractor.records.codes import DateSource, Flag, Role, Status
from extractor.relations.reasons import Reason
from extractor.rules.amounts import FoundAmount
from extractor.rules.counts import FoundCount
from extractor.text.span import Spanned

HARM = frozenset({
    "affected", "dead", "missing", "dead_or_missing", "injured", "trapped", "evacuated", "collapsed", "damaged",
    "severely_damaged", "slightly_damaged", "crop_damaged", "crop_failed", "needing_relief",
})  # fmt: skip
"""Statuses that tell what a disaster did; of amounts a loss does."""


class Placed:
    """A fact that stands where what was found stands, from ``start`` to ``end`` of the repaired text."""

    __slots__ = ("end", "start")
    found: Spanned

    def __post_init__(self) -> None:
        self.start: int = self.found.start  # asked for some twenty times a figure
        self.end: int = self.found.end


class Indicator(NamedTuple):
    """An indicator of the 自然灾害情况统计调查制度 with its value in the official unit, null for a range."""

    name: str
    value: Decimal | None
    unit: str


@dataclass(slots=True)
class FigureFact(Placed):
    """A figure with what the words around it tell, of money as of things."""

    found: FoundAmount | FoundCount
    place: str | None = None
    row_heading: str | None = None
    column_heading: str | None = None
    part_of: Figure | None = None
    doubts: list[Flag] = field(default_factory=list)
    date: str | None = None
    date_source: DateSource | None = None
    period: str | None = None
    indicator: Indicator | None = None
    caused_by: list[Placed] = field(default_factory=list)
    """The disasters that caused it."""
    reasons: list[Reason] = field(default_factory=list)

    @property
    def value(self) -> Decimal:
        """The number written; 0 for a range."""
        return self.found.quantity.value or Decimal(0)


@dataclass(slots=True)
class AmountFact(FigureFact):
    """An amount with what the words around it tell."""

    found: FoundAmount
    role: Role = "other"
    payer: str | None = None
    purpose: str | None = None
    beneficiary: list[CountFact] = field(default_factory=list)


@dataclass(slots=True)
class CountFact(FigureFact):
    """A count with what the words around it tell."""

    found: FoundCount
    status: Status | None = None


@dataclass(slots=True)
class Scene:
    """A repaired text with its sentences and the figures found in it, all in order."""

    text: str
    sentences: Sequence[tuple[int, int]]
    amounts: list[AmountFact]
    counts: list[CountFact]
    figures: list[Figure] = field(init=False)
    """Both, in order."""
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.figures = sorted([*self.amounts, *self.counts], key=attrgetter("start"))
        self._starts = [start for start, _ in self.sentences]

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence that holds ``offset``."""
        return self.sentences[bisect_right(self._starts, offset) - 1]


Figure = AmountFact | CountFact
Fact = TypeVar("Fact", AmountFact, CountFact)


def by_sentence(scene: Scene, facts: Sequence[Fact]) -> list[tuple[tuple[int, int], list[Fact]]]:
    """``facts`` grouped by the sentence in which each begins."""
    groups: list[tuple[tuple[int, int], list[Fact]]] = []
    for fact in facts:
        sentence = scene.sentence_at(fact.start)
        if groups and groups[-1][0] == sentence:
            groups[-1][1].append(fact)
        else:
            groups.append((sentence, [fact]))
    return groups
