"""What finds names in a text, and the first form of it: rules over classes of words.

Words are cut (:mod:`segmenter`), each word gets a class (:mod:`lexicon`), rules match sequences of classes
(:mod:`grammar`), and a name sure in one place is found in the others, too (:mod:`echoes`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Protocol

from extractor.entities.echoes import Echoes
from extractor.entities.found import FoundEntity
from extractor.entities.gazetteer import load_gazetteer
from extractor.entities.grammar import Grammar
from extractor.entities.lexicon import Lexicon
from extractor.entities.segmenter import Backend, Segmenter
from extractor.patterns import Patterns, Rule

__all__ = ["FoundEntity", "Recognizer", "RuleRecognizer"]

_TITLE = re.compile(r"《[^《》\n]{0,200}》?")


class Recognizer(Protocol):
    """Finds the names of places, organizations and persons in a repaired text."""

    def recognize(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[FoundEntity]:
        """The names in ``text``, in order, none overlapping; ``sentences`` are the spans to look into."""


class RuleRecognizer:
    """Finds names by the rules in ``patterns/places.yaml``, ``organizations.yaml`` and ``persons.yaml``."""

    name = "rules"

    def __init__(self, patterns: Patterns, backend: Backend = "auto") -> None:
        gazetteer = load_gazetteer()
        self._segmenter = Segmenter(patterns, backend, extra=sorted(gazetteer.full | gazetteer.short))
        self._lexicon = Lexicon(patterns, self._segmenter, gazetteer)
        self._grammar = Grammar(patterns)

    def recognize(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[FoundEntity]:
        """The names in ``text``, in order, none overlapping."""
        read = [(start, self._segmenter.words(text[start:end], guess=False)) for start, end in sentences]
        found = [self._by_rules(text, start, words) for start, words in read]
        echoes = Echoes((entity for names in found for entity in names), self._segmenter, self._lexicon)
        return [
            entity
            for (start, words), names in zip(read, found, strict=True)
            for entity in (echoes.added_to(names, text, start, words) if echoes.heard_in(words) else names)
        ]

    def rules(self) -> list[Rule]:
        """Every rule, the rejecting ones included."""
        return self._grammar.rules()

    def matches(self, text: str) -> list[tuple[Rule, int, int]]:
        """What each rule matches in a sentence, the rejecting ones and those inside 《》 included."""
        words = self._segmenter.words(text, guess=False)
        ends = [*accumulate(map(len, words), initial=0)]
        names = self._grammar.names(self._lexicon.classes(words))
        return [(rule, ends[first], ends[last]) for first, last, _, rule in names]

    def _by_rules(self, text: str, start: int, words: list[str]) -> list[FoundEntity]:
        names = self._grammar.names(self._lexicon.classes(words))
        if not names:
            return []
        ends = [*accumulate(map(len, words), initial=start)]
        titles = [match.span() for match in _TITLE.finditer(text, start, ends[-1])]
        return [
            FoundEntity(ends[first], ends[last], label, rule.id, text[ends[first] : ends[last]])
            for first, last, label, rule in names
            if not rule.reject and not _inside(ends[first], titles)
        ]


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)
