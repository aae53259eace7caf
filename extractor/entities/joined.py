"""Rules and model together: the rules' names stand, the model adds what they miss and lengthens what they cut short.

What a rejecting rule matches is no name of the model's either: a mistake that people have seen stays mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from extractor.entities.found import FoundEntity
from extractor.entities.model_recognizer import ScoredEntity
from extractor.entities.recognizer import Reading, RuleRecognizer
from extractor.records.codes import EntityLabel

ADDED: Mapping[EntityLabel, float] = {"place": 0.5, "organization": 0.5, "person": 0.6}
"""Scores from which a name that only the model sees is taken."""
LONGER = 0.3
"""Score from which a longer name of the model's, of the same label, takes the place of the rules' shorter ones."""


class Scorer(Protocol):
    """Finds names, and says how sure it is of each."""

    def scored(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[ScoredEntity]:
        """The names in ``text``, in order, none overlapping."""


class JoinedRecognizer:
    """Finds names with both."""

    def __init__(self, rules: RuleRecognizer, model: Scorer) -> None:
        self.rules = rules
        self.model = model

    def recognize(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[FoundEntity]:
        """The names in ``text``, in order, none overlapping."""
        names = joined(self.rules.read(text, sentences), self.model.scored(text, sentences))
        return self.rules.completed(text, sentences, names)


def joined(rules: Reading, model: Iterable[ScoredEntity]) -> list[FoundEntity]:
    """The rules' names and the model's, each in order and without overlaps, as one list."""
    by_rules = rules.found
    found: list[FoundEntity] = []
    rest = 0  # number of the first of the rules' names that is still to be placed
    rejected = iter(rules.rejected)
    barred = next(rejected, None)
    for name, score in model:
        while rest < len(by_rules) and by_rules[rest].end <= name.start:
            found.append(by_rules[rest])
            rest += 1
        after = rest
        while after < len(by_rules) and by_rules[after].start < name.end:
            after += 1
        while barred and barred[1] <= name.start:
            barred = next(rejected, None)
        if barred and barred[0] < name.end:
            continue
        if after == rest:
            if score >= ADDED[name.label]:
                found.append(name)
        elif (score >= LONGER and _holds(name, by_rules[rest:after])) or (
            score >= ADDED[name.label] and _is_body_of(name, by_rules[rest:after])
        ):
            found.append(name)
            rest = after
    return [*found, *by_rules[rest:]]


def _holds(name: FoundEntity, inside: Sequence[FoundEntity]) -> bool:
    """Whether ``name`` is longer than the rules' names, holds them all, and one of them is of its label."""
    around = name.start <= inside[0].start and inside[-1].end <= name.end
    longer = (inside[0].start, inside[-1].end) != (name.start, name.end) or len(inside) > 1
    return around and longer and any(entity.label == name.label for entity in inside)


def _is_body_of(name: FoundEntity, inside: Sequence[FoundEntity]) -> bool:
    """Whether ``name`` is a body that begins with the one place that the rules see of it (陕西省赈务委员会)."""
    first = inside[0]
    begins = len(inside) == 1 and first.start == name.start and first.end < name.end
    return begins and name.label == "organization" and first.label == "place"
