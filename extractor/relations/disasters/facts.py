"""The facts of disasters that the relation steps pass on."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from extractor.records.codes import Category, MagnitudeScale, YearSource
from extractor.relations.figures import Figure, Placed
from extractor.relations.reasons import Reason
from extractor.rules.disasters import FoundDisaster


@dataclass(slots=True, eq=False)
class DisasterFact(Placed):
    """An event with its date and place."""

    found: FoundDisaster
    iso: str | None
    year_source: YearSource | None
    place: str | None
    hazards: tuple[str, ...]
    categories: tuple[Category, ...] = ()
    """The kinds of all its hazards; ``found.categories`` are those of its own word."""
    when: str | None = None
    """The words of its time, which tell it from others where the year is open."""
    number: int | None = None
    magnitude: Decimal | None = None
    scale: MagnitudeScale | None = None
    same_as: DisasterFact | None = None
    """The first telling of the event, where this is a later one."""
    impacts: list[Figure] = field(default_factory=list)
    """What it caused; later tellings have none, theirs stand with the first."""
    shared: bool = False
    """Whether some of it was caused by other events too."""
    reasons: list[Reason] = field(default_factory=list)

    @property
    def first(self) -> DisasterFact:
        """The first telling of the event."""
        return self.same_as or self
