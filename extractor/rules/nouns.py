"""The noun beside a count, and what kind of thing it makes of a loose classifier such as 个 or 家."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.patterns import Patterns, one_of
from extractor.records.codes import Measure

_LONGEST = 14
_HAN_RUN = re.compile(r"[\u4e00-\u9fff“”]+")
_TAIL_RUN = re.compile(r"[\u4e00-\u9fff“”、]+$")
_LOOSE = frozenset("个家名位支批")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun and where it stands in the text."""

    start: int
    end: int
    text: str


class Nouns:
    """Finds the noun that a count counts, by the word lists of ``patterns/nouns.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        self._stop = re.compile(one_of(patterns.words("noun_stop")))
        self._filler = re.compile(f"{one_of(patterns.words('noun_filler'))}$")
        self._verb = re.compile(one_of(patterns.words("noun_verb")))
        self._admin = patterns.words("admin_noun")
        self._household = patterns.words("household_noun")
        self._business = patterns.words("business_noun")
        self._person = patterns.words("person_head")
        self._housing = patterns.words("housing_noun")
        self._animal = patterns.words("animal_noun")
        self._well = patterns.words("well_noun")

    def after(self, text: str, position: int, high: int) -> Noun | None:
        """The noun joined to a classifier that ends at ``position``."""
        run = _HAN_RUN.match(text, position, min(high, position + _LONGEST))
        if run is None:
            return None
        stop = self._stop.search(text, position, run.end())
        end = stop.start() if stop else run.end()
        if stop is None and run.end() == position + _LONGEST:
            return None  # no end in sight: more likely a clause than a noun
        return Noun(position, end, text[position:end]) if end > position else None

    def before(self, text: str, position: int, low: int) -> Noun | None:
        """The noun that stands before a number, as in 倒塌房屋 5 间."""
        begin = max(low, position - _LONGEST - 4)
        window = text[begin:position].rstrip()
        while (filler := self._filler.search(window)) is not None:
            window = window[: filler.start()]
        run = _TAIL_RUN.search(window)
        if run is None:
            return None
        start = run.start()
        for verb in self._verb.finditer(window, start):
            if verb.end() < len(window):
                start = verb.end()
        noun = window[start:].strip("、")
        end = begin + len(window)
        return Noun(end - len(noun), end, noun) if 0 < len(noun) <= _LONGEST else None

    def measure(self, measure: Measure, unit: str, after: str | None, before: str | None) -> Measure:
        """What is counted, when the noun tells more than the unit alone."""
        noun = after or before or ""
        if measure == "households":
            return "items" if noun.endswith(self._business) or unit.startswith("户企业") else measure
        if measure == "rooms":
            return "items" if unit == "孔" else measure
        if measure == "livestock":
            if unit == "只" and not noun.endswith(self._animal) and noun and after:
                return "items"
            return measure
        if unit[0] in "口" and measure == "items":
            return "livestock" if noun.endswith(self._animal) else ("items" if noun else "persons")
        if unit[0] == "套":
            return "rooms" if noun.endswith(self._housing) else "items"
        if unit[0] == "孔":
            return "rooms" if noun.endswith(self._housing) else "items"
        if unit[0] not in _LOOSE:
            return measure
        if noun.endswith(self._household):
            return "households"
        if unit[0] in "名位" or measure == "persons":
            return "persons"
        if noun.endswith(self._person) and unit[0] == "个":
            return "persons"
        if noun.endswith(self._admin) and unit[0] in "个":
            return "admin_units"
        return measure

