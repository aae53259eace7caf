"""Cue words of a sentence: which words tell something, where they stand and what they tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple


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
        tails: dict[str, list[str]] = {}  # words with the same first character share a branch: quicker
        for word in sorted(self._meaning, key=len, reverse=True):
            tails.setdefault(word[0], []).append(re.escape(word[1:]))
        self._scanner = re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(t)})" for first, t in tails.items()))

    def find(self, text: str, start: int, end: int) -> list[Cue]:
        """Cues in ``text[start:end]`` in order; none overlaps another."""
        return [
            Cue(m.start(), m.end(), self._meaning[m.group()], m.group())
            for m in self._scanner.finditer(text, start, end)
        ]
