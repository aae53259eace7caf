"""Counts: how many of what. Status and parts are told by the words around and come later."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, cast

from extractor.patterns import Patterns, RuleMatch, Span
from extractor.records.codes import Measure
from extractor.rules.bounds import Bounds
from extractor.rules.nouns import Nouns
from extractor.rules.numerals import Quantity, parse_quantity, parse_range

_COUNTABLE = frozenset({"households", "persons", "rooms", "admin_units", "livestock", "items"})
_HALF = Decimal("0.5")
_RULES_WITHOUT_NOUN = frozenset({"count.bare_admin", "count.bare_persons", "count.casualties", "count.population"})


class FoundCount(NamedTuple):
    """A count in repaired text. ``number_end`` is where the unit ends and a joined noun begins."""

    start: int
    end: int
    rule: str
    quantity: Quantity
    unit: str | None
    measure: Measure
    object: str | None
    number_end: int


class CountFinder:
    """Finds counts with the rules of one :class:`Patterns`."""

    def __init__(self, patterns: Patterns) -> None:
        self._family = patterns.family("counts")
        self._bounds = Bounds(patterns)
        self._nouns = Nouns(patterns)
        measures = cast(dict[str, Measure], patterns.table("counts", "measure"))
        self._measures = {unit: measure for name, measure in measures.items() for unit in patterns.words(name)}

    def find(self, text: str, sentences: Sequence[Span], given_up: list[Span]) -> list[FoundCount]:
        """Counts in each of ``sentences``; those that take too long are added to ``given_up``."""
        found = []
        for hit, (low, high) in self._family.in_sentences(text, sentences, given_up):
            if not hit.rule.reject and (count := self._read(text, hit, low, high)) is not None:
                found.append(count)
        return found

    def _read(self, text: str, hit: RuleMatch, low: int, high: int) -> FoundCount | None:
        rule, match, groups = hit.rule.id, hit.match, hit.values()
        if groups.get("low"):
            quantity = parse_range(groups["low"], groups["high"])
        else:
            quantity = parse_quantity(groups["number"])
            if quantity is not None and groups.get("half") and quantity.value is not None:
                quantity = Quantity(quantity.value + _HALF, quantity.bound)
        if quantity is None or quantity.value == 0 or "\t" in match.group():  # a tab parts two cells of a table
            return None
        unit = groups.get("unit")
        measure = self._measure_of_unit(unit)
        start, end = match.span()
        noun = None if rule in _RULES_WITHOUT_NOUN else self._nouns.after(text, end, high, unit)
        if unit is not None and self._nouns.tell(measure, unit):
            told = noun or self._nouns.before(text, start, low)
            measure = self._nouns.measure(
                measure, unit, text, (low, start, end, high), told.text if told else "", noun is not None
            )
        if measure in _COUNTABLE and quantity.value is not None and quantity.value % 1 and rule != "count.and_a_half":
            return None  # 2.3本: half of a section number, never a count
        quantity, number_end = self._bounds.around(text, quantity, start, end, low, high)
        if noun is not None and number_end > end:
            noun = self._nouns.after(text, number_end, high)
        return FoundCount(
            start,
            noun.end if noun else number_end,
            rule,
            quantity,
            unit,
            measure,
            self._object(groups, noun.text if noun else self._nouns.object_before(text, start, low)),
            hit.span("number")[1] if groups.get("noun") else number_end,
        )

    def _measure_of_unit(self, unit: str | None) -> Measure:
        if unit is None:
            return "persons"
        return self._measures.get(unit) or self._measures.get(unit.split("（")[0].split("(")[0], "items")

    @staticmethod
    def _object(groups: dict[str, str], noun: str | None) -> str | None:
        named = groups.get("noun")
        return (groups.get("modifier") or "") + named if named else noun
