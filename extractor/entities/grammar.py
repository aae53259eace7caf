"""Rules over classes of words, as pattern data: ``<division>+ <township>`` names a place.

A rule file ``patterns/places.yaml`` holds under ``tables`` the ``rules`` of its label. A pattern is a regular
expression whose characters are classes of words: ``<noun>`` is one word of that class, ``<noun|verb>`` one of either,
``{stem}`` a piece defined under ``pieces``; spaces mean nothing. All classes are named in :data:`CLASSES`.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import regex

from extractor.errors import PatternError
from extractor.patterns import TIME_LIMIT, Patterns, Rule
from extractor.records.codes import EntityLabel

CLASSES = (
    # names as the dictionary and the table of divisions know them
    *("division", "place", "country", "feature_name", "village_name", "body"),
    *("person", "short_person", "namelike", "special"),
    # what names of places end in, or hold
    *("county", "township", "village", "brigade", "hamlet", "terrain", "river", "ridge", "feature", "works", "street"),
    *("side", "emblem", "ordinal"),
    # what names of organizations begin and end with
    *(
        "lead",
        "nation",
        "organ",
        "bureau",
        "centre",
        "firm",
        "company",
        "strong",
        "solid",
        "office",
        "post",
        "army",
        "troops",
    ),
    # what names of persons hold, and what stands beside them
    *("surname", "either", "title", "role", "courtesy", "speech", "colon", "affix"),
    # what stands before or behind names
    *(
        "generic",
        "every",
        "listing",
        "et_cetera",
        "tally",
        "counter",
        "vicinity",
        "clock",
        "preposition",
        "stop",
        "measure",
    ),
    # all other words, by part of speech; weak is a character that is mostly a verb, an adverb or the like
    *("noun", "verb", "adjective", "character", "weak", "number", "latin", "space", "mark", "other"),
)
"""Every word has one of these classes."""

SYMBOL = {name: chr(0x3B1 + number) for number, name in enumerate(CLASSES)}
"""The character that stands for a class; none of them means anything in a regular expression."""

FAMILIES: dict[str, EntityLabel] = {"organizations": "organization", "persons": "person", "places": "place"}
"""Families in the order in which their rules are tried at a word."""

_CLASS = re.compile(r"<([a-z_|]+)>")
_PIECE = re.compile(r"\{([a-z_]+)\}")


class Grammar:
    """The rules of all families. At a word the longest match counts, of equal ones that of the rule stated first."""

    def __init__(self, patterns: Patterns) -> None:
        pieces: dict[str, str] = {}
        for family in FAMILIES:
            pieces |= patterns.table(family, "pieces")
        self._rules: list[_ClassRule] = []
        for family, label in FAMILIES.items():
            needs = patterns.table(family, "needs")
            for rule_id, stated in patterns.table(family, "rules").items():
                rule = rule_of(rule_id, stated)
                needed = "".join(_known(SYMBOL, name, rule_id) for name in needs.get(rule_id, CLASSES))
                self._rules.append(_ClassRule(rule, label, re.compile(f"[{needed}]"), _compiled(rule, pieces)))

    def rules(self) -> list[Rule]:
        """Every rule, as stated."""
        return [compiled.rule for compiled in self._rules]

    def names(self, classes: str) -> list[tuple[int, int, EntityLabel, Rule]]:
        """First word, word after the last, label and rule of each match, rejecting ones included; none overlap.

        Raises TimeoutError when a pattern takes longer than the time limit.
        """
        ahead = [
            (rule, match)
            for rule in self._rules
            if rule.needs.search(classes) and (match := rule.next_match(classes, 0))
        ]
        found = []
        while ahead:
            rule, match = min(ahead, key=lambda item: (item[1].start(), -item[1].end()))
            end = match.end()
            found.append((match.start(), end, rule.label, rule.rule))
            ahead = [
                (rule, again)
                for rule, match in ahead
                if (again := match if match.start() >= end else rule.next_match(classes, end))
            ]
        return found


class _ClassRule(NamedTuple):
    rule: Rule
    label: EntityLabel
    needs: re.Pattern[str]
    pattern: regex.Pattern[str]

    def next_match(self, classes: str, start: int) -> regex.Match[str] | None:
        """The first match from ``start`` on; an empty one, which only a careless pattern has, ends the search."""
        match = self.pattern.search(classes, start, timeout=TIME_LIMIT)
        return match if match and match.end() > match.start() else None


def rule_of(rule_id: str, stated: dict[str, Any]) -> Rule:
    """The rule as its pattern file states it."""
    return Rule.model_validate({"id": rule_id, **stated})


def _compiled(rule: Rule, pieces: dict[str, str]) -> regex.Pattern[str]:
    def symbols(match: re.Match[str]) -> str:
        return "[" + "".join(_known(SYMBOL, name, rule.id) for name in match[1].split("|")) + "]"

    pattern = rule.pattern
    for _ in range(8):  # pieces may hold other pieces
        pattern, count = _PIECE.subn(lambda match: f"(?:{_known(pieces, match[1], rule.id)})", pattern)
        if not count:
            break
    try:
        return regex.compile(_CLASS.sub(symbols, pattern.replace(" ", "")), regex.POSIX)
    except regex.error as error:
        raise PatternError(f"rule {rule.id}: {error}; mend its pattern") from error


def _known(table: dict[str, str], name: str, where: str) -> str:
    if name not in table:
        raise PatternError(f"{where}: the pattern uses {name!r}, which is no class of words and no piece")
    return table[name]
