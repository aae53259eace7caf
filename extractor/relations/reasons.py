"""Why a field of a fact has its value, where words around it decided. Records keep the unsure ones."""

from __future__ import annotations

from typing import NamedTuple

from extractor.records.codes import Confidence


class Reason(NamedTuple):
    """``field`` of a fact was decided by what the code ``why`` names; ``patterns/reasons.yaml`` lists the codes.

    ``start`` and ``end`` are where the words stand that decided it, in the repaired text; both 0 where there are none.
    """

    field: str
    confidence: Confidence
    why: str
    start: int = 0
    end: int = 0
