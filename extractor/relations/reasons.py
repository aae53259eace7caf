"""Why a field of a fact has its value, where words around it decided: kept in the record, shown by ``explain``."""

from __future__ import annotations

from typing import NamedTuple

from extractor.records.codes import Confidence


class Reason(NamedTuple):
    """``field`` of a fact was decided by what the code ``why`` names; ``patterns/reasons.yaml`` lists the codes."""

    field: str
    confidence: Confidence
    why: str
