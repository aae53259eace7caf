"""Cue words of a sentence: which words tell something, where they stand and what they tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from extractor.patterns import beginning, one_of


class Cue(NamedTuple):
    """A cue word at ``text[start:end]`` that tells ``meaning``."""

    start: int
    end: int
    meaning: str
    word: str


class CueScanner:
    """Finds the words of a table of lists (meaning -> words), the longest word at each place."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._meaning = {word: meaning for meaning, words in table.items() for word in words}
        self._scanner = re.compile(f"(?={_opening(self._meaning)}){one_of(self._meaning)}")

    def find(self, text: str, start: int, end: int) -> list[Cue]:
        """Cues in ``text[start:end]`` in order; none overlaps another."""
        return [
            Cue(m.start(), m.end(), self._meaning[m.group()], m.group())
            for m in self._scanner.finditer(text, start, end)
        ]


def _opening(words: Collection[str]) -> str:
    """An expression for what may open one of ``words``, in two characters: most places of a text fail it at once."""
    longer = [word for word in words if len(word) > 1]
    ways = [f"{beginning(longer)}{beginning(word[1:] for word in longer)}"] if longer else []
    if len(longer) < len(words):
        ways.append(beginning(word for word in words if len(word) == 1))
    return "|".join(ways)
