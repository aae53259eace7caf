"""All rules of the pattern files in one list: those over characters, and those over words that find names."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from extractor.entities.grammar import FAMILIES as NAME_FAMILIES
from extractor.entities.grammar import rule_of
from extractor.patterns import Patterns, Rule, check_rule, unmark

NameMatches = Callable[[str], list[tuple[Rule, int, int]]]
"""What the rules for names match in a sentence: ``RuleRecognizer.matches``."""


class Stated(NamedTuple):
    """A rule and the family whose file states it."""

    family: str
    rule: Rule


def rules_of(patterns: Patterns) -> list[Stated]:
    """Every rule, family by family."""
    over_characters = [Stated(family, rule) for family, rule in patterns.rules()]
    over_words = [
        Stated(family, rule_of(rule_id, stated))
        for family in NAME_FAMILIES
        for rule_id, stated in patterns.table(family, "rules").items()
    ]
    return sorted([*over_characters, *over_words], key=lambda stated: stated.family)


def wrong_with(stated: Stated, patterns: Patterns, names: NameMatches) -> list[str]:
    """What is wrong with a rule: its examples give other spans than they mark, or a counterexample gives some."""
    if stated.family not in NAME_FAMILIES:
        return check_rule(patterns.family(stated.family), stated.rule)
    rule, wrong = stated.rule, []
    for example in (*rule.examples, *rule.counterexamples):
        plain, marked = unmark(example)
        found = [(start, end) for matched, start, end in names(plain) if matched.id == rule.id]
        if found != marked:
            wrong.append(f"{rule.id}: example {example!r} gives {[plain[start:end] for start, end in found]}")
    return wrong
