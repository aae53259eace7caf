"""The facts of disasters that the relation steps pass on."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.records.codes import YearSource
from extractor.relations.figures import AmountFact, CountFact, Placed
from extractor.relations.reasons import Reason
from extractor.rules.disasters import FoundDisaster


@dataclass(slots=True)
class DisasterFact(Placed):
    """An event with its date and place."""

    found: FoundDisaster
    iso: str | None
    year_source: YearSource | None
    place: str | None
    hazards: tuple[str, ...]
    impacts: list[AmountFact | CountFact] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
