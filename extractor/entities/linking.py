"""Places linked to codes of divisions: a step of its own, the same for every recognizer."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.entities.found import FoundEntity
from extractor.entities.gazetteer import Gazetteer, Link

_LONGEST_HOME = 16
"""Characters of a heading in which its division is looked for; the longest names have fifteen."""


def link_places(
    entities: Sequence[FoundEntity], gazetteer: Gazetteer, year: int | None, context_code: str | None
) -> list[Link | None]:
    """For each entity the division it names, in the table of ``year``; None for no place or an open question.

    ``context_code`` is the code of the county (or province) that the document is about.
    """
    return [gazetteer.link(entity.name, year, context_code) if entity.label == "place" else None for entity in entities]


def home_division(heading: str, gazetteer: Gazetteer, year: int | None) -> Link | None:
    """The division that an issuer or a title begins with (新平县民政局 → 新平县); None where it names none surely."""
    for end in range(min(len(heading), _LONGEST_HOME), 1, -1):
        if heading[:end] in gazetteer.full:
            return gazetteer.link(heading[:end], year)
    return None
