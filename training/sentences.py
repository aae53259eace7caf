"""A sentence with its names, the one form that all sources of training data are brought to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

COUNTY, NEWSWIRE, CLUENER = "county", "newswire", "cluener"
GUIDES = (COUNTY, NEWSWIRE, CLUENER)
"""Whose annotation rules a sentence follows; the shipped model reads by the first."""


class Name(NamedTuple):
    """``text[start:end]``, half-open, is a name; without a label it is left open whether it is one."""

    start: int
    end: int
    label: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text, its names in order, none overlapping, and the guide that they follow."""

    text: str
    names: tuple[Name, ...]
    guide: str

    def surfaces(self) -> Iterator[tuple[str, str]]:
        """Each name's surface and label."""
        return ((self.text[name.start : name.end], name.label) for name in self.names if name.label)


def write(path: Path, sentences: Iterable[Sentence]) -> int:
    """One JSON object a line; gives how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for sentence in sentences:
            stated = {"text": sentence.text, "names": sentence.names, "guide": sentence.guide}
            file.write(json.dumps(stated, ensure_ascii=False) + "\n")
            count += 1
    return count


def read(path: Path) -> Iterator[Sentence]:
    """What :func:`write` wrote."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            stated = json.loads(line)
            yield Sentence(stated["text"], tuple(Name(*name) for name in stated["names"]), stated["guide"])
