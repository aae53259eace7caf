"""Which events are the same one told again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.relations.disasters.facts import DisasterFact

_NUMBER = re.compile(r"\d(?:\.\d)?|[一二三四五六七八九]点?[一二三四五六七八九〇零]?")
_ARABIC = str.maketrans("一二三四五六七八九〇零点", "12345678900.")


def date_by_magnitude(text: str, events: Sequence[DisasterFact]) -> None:
    """An earthquake without a date, as a headline has it, is the one of the same magnitude that has one."""
    dated: dict[str, DisasterFact] = {}
    quakes = [event for event in events if event.found.rule == "disaster.magnitude"]
    for event in quakes:
        if event.iso is not None:
            dated.setdefault(_magnitude(text, event), event)
    for event in quakes:
        twin = dated.get(_magnitude(text, event))
        if event.iso is None and twin is not None:
            event.iso, event.year_source = twin.iso, "inherited"


def _magnitude(text: str, event: DisasterFact) -> str:
    number = _NUMBER.search(text, event.start, event.end)
    return number.group().translate(_ARABIC) if number else ""
