"""A name as it was found."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.records.codes import EntityLabel


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """A name in repaired text: ``text[start:end]`` in code points, half-open; ``rule`` is what found it."""

    start: int
    end: int
    label: EntityLabel
    rule: str
    name: str
