"""What finds names in a text, and the first form of it: rules over classes of words.

Words are cut (:mod:`segmenter`), each word gets a class (:mod:`lexicon`), rules match sequences of classes
(:mod:`grammar`), and a name sure in one place is found in the others, too (:mod:`echoes`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol

from extractor.entities.echoes import Echoes
from extractor.entities.found import FoundEntity
from extractor.entities.grammar import Grammar
from extractor.entities.neighbours import Neighbours
from extractor.entities.segmenter import Backend
from extractor.entities.whole_townships import whole_townships
from extractor.entities.words import words_of
from extractor.patterns import Patterns, Rule

__all__ = ["FoundEntity", "Recognizer", "RuleRecognizer"]

_TITLE = re.compile(r"《[^《》\n]{0,200}》?")


class Recognizer(Protocol):
    """Finds the names of places, organizations and persons in a repaired text."""

    def recognize(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[FoundEntity]:
        """The names in ``text``, in order, none overlapping; ``sentences`` are the spans to look into."""


class Reading(NamedTuple):
    """The names in a text, in order, none overlapping, and the spans that rejecting rules match, in order."""

    found: list[FoundEntity]
    rejected: list[tuple[int, int]]


class RuleRecognizer:
    """Finds names by the rules in ``patterns/places.yaml``, ``organizations.yaml`` and ``persons.yaml``."""

    name = "rules"

    def __init__(self, patterns: Patterns, backend: Backend = "auto") -> None:
        self._segmenter, self._lexicon = words_of(patterns, backend)
        self._grammar = Grammar(patterns)
        self._neighbours = Neighbours(self._segmenter, self._lexicon)

    def recognize(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[FoundEntity]:
        """The names in ``text``, in order, none overlapping."""
        return self.completed(text, sentences, self.read(text, sentences).found)

    def read(self, text: str, sentences: Sequence[tuple[int, int]]) -> Reading:
        """The names in ``text``, and what rejecting rules say is none."""
        cut = [(start, self._segmenter.words(text[start:end], guess=False)) for start, end in sentences]
        by_rules = [self._by_rules(text, start, words) for start, words in cut]
        echoes = Echoes((entity for names in by_rules for entity in names.found), self._segmenter, self._lexicon)
        found = [
            entity
            for (start, words), (names, _) in zip(cut, by_rules, strict=True)
            for entity in (echoes.added_to(names, text, start, words) if echoes.heard_in(words) else names)
        ]
        return Reading(found, [span for names in by_rules for span in names.rejected])

    def completed(self, text: str, sentences: Sequence[tuple[int, int]], names: list[FoundEntity]) -> list[FoundEntity]:
        """``names``, from wherever they are, with what their neighbours and the table of townships make of them."""
        return whole_townships(text, sentences, self._neighbours.completed(text, sentences, names))

    def rules(self) -> list[Rule]:
        """Every rule, the rejecting ones included."""
        return self._grammar.rules()

    def matches(self, text: str) -> list[tuple[Rule, int, int]]:
        """What each rule matches in a sentence, the rejecting ones and those inside 《》 included."""
        words = self._segmenter.words(text, guess=False)
        ends = [*accumulate(map(len, words), initial=0)]
        names = self._grammar.names(self._lexicon.classes(words))
        return [(rule, ends[first], ends[last]) for first, last, _, rule in names]

    def _by_rules(self, text: str, start: int, words: list[str]) -> Reading:
        names = self._grammar.names(self._lexicon.classes(words))
        if not names:
            return Reading([], [])
        ends = [*accumulate(map(len, words), initial=start)]
        titles = titles_in(text, start, ends[-1])
        found = [
            FoundEntity(ends[first], ends[last], label, rule.id, text[ends[first] : ends[last]])
            for first, last, label, rule in names
            if not rule.reject and not inside(ends[first], titles)
        ]
        return Reading(found, [(ends[first], ends[last]) for first, last, _, rule in names if rule.reject])


def titles_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The titles in 《》: a name in one belongs to another document's name and is none of this text."""
    return [match.span() for match in _TITLE.finditer(text, start, end)]


def inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether ``position`` is in one of the spans."""
    return any(start <= position < end for start, end in spans)
