"""What events caused: the harm counted behind a lone event of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.relations.disasters.facts import DisasterFact
from extractor.relations.figures import Scene

_HARM = frozenset({
    "affected", "dead", "missing", "dead_or_missing", "injured", "trapped", "evacuated", "collapsed", "damaged",
    "severely_damaged", "slightly_damaged", "crop_damaged", "crop_failed", "needing_relief",
})  # fmt: skip


def read_impacts(scene: Scene, events: Sequence[DisasterFact]) -> None:
    """Set what each event caused that stands alone in its sentence."""
    by_sentence: dict[tuple[int, int], list[DisasterFact]] = {}
    for event in events:
        by_sentence.setdefault(scene.sentence_at(event.start), []).append(event)
    for (_, end), told in by_sentence.items():
        if len(told) == 1:
            [event] = told
            event.impacts += [c for c in scene.counts if event.end <= c.start < end and c.status in _HARM]
            event.impacts += [a for a in scene.amounts if event.end <= a.start < end and a.role == "loss"]
