"""Cue words of a sentence: which words tell something, where they stand and what they tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
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
        branches = "|".join(f"{re.escape(first)}(?:{'|'.join(t)})" for first, t in tails.items())
        self._scanner = re.compile(f"(?={_opening(self._meaning)})(?:{branches})")

    def find(self, text: str, start: int, end: int) -> list[Cue]:
        """Cues in ``text[start:end]`` in order; none overlaps another."""
        return [
            Cue(m.start(), m.end(), self._meaning[m.group()], m.group())
            for m in self._scanner.finditer(text, start, end)
        ]


def _opening(words: Collection[str]) -> str:
    """An expression for what may open one of ``words``, in two characters: most places of a text fail it at once."""
    ends = {word for word in words if len(word) == 1}
    firsts, seconds = ({word[i] for word in words if len(word) > 1} for i in (0, 1))
    pairs = f"{_one_of(firsts)}{_one_of(seconds)}" if firsts else ""
    return "|".join(filter(None, (pairs, _one_of(ends) if ends else "")))


def _one_of(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"
