"""The noun beside a count, and what kind of thing it makes of a loose classifier such as 个 or 家."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from extractor.patterns import Patterns, one_of
from extractor.records.codes import Measure
from extractor.text.expression import expression

_LONGEST = 14
_LOOK_BACK = 24
_HAN_RUN = re.compile(r"(?:[\u4e00-\u9fff“”]|（[一二]）(?=型))+")
_TAIL_RUN = re.compile(r"[\u4e00-\u9fff“”、]+$")
_OTHER_UNIT = "(?:社区|居委会|街道办?|农场|林场|[居区市县旗场办镇乡村])"
_VARIANT = expression(f"[（(]{_OTHER_UNIT}(?:、{_OTHER_UNIT})*[)）]")
"""村（社区）, 镇（街道）: the other name of an admin unit."""
_NEXT_NUMBER = "(?:[一二两三四五六七八九十百千万几数][〇零一二三四五六七八九十百千万亿点余多几]*)"
"""六个县二十四个乡镇: the number that the next count begins with, where it is written in Chinese."""
_CLAUSE = re.compile(r"[，,。；;：:！？!?\n]")
_FUNCTION = frozenset("有了的为是和及与在对将把向")
_DIGITS = frozenset("0123456789余多")
_COUNTED_HEAD = expression(r"(?!五保)[〇零一二两三四五六七八九十百千万亿]+(?:余|多)?[\u4e00-\u9fff]")
_LOOSE = frozenset("个家名位支批")
_TOLD_BY_NOUN: frozenset[Measure] = frozenset({"households", "rooms", "livestock"})
_OPENS_MODIFIED = frozenset("个名位家所座处条项")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun and where it stands in the text."""

    start: int
    end: int
    text: str


class Nouns:
    """Finds the noun that a count counts, by the word lists of ``patterns/nouns.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        words = patterns.words
        self._stop = expression(
            f"{one_of(words('noun_keep'))}|(?P<stop>{one_of(words('noun_stop'))}|{_NEXT_NUMBER}{one_of(words('count_unit'))})"
        )
        self._modifier = expression(one_of(words("noun_modifier")))
        self._fillers = frozenset(words("noun_filler"))
        self._filler_ends = _ends(self._fillers)
        self._verb = expression(one_of(words("noun_verb")))
        # One character alone is a verb too seldom to cut a noun by it: 从业人员, 设备, 建筑.
        surely = [verb for verb in words("noun_verb") if len(verb) > 1 or verb in _FUNCTION]
        self._sure_verbs = frozenset(surely)
        self._no_object = frozenset(words("no_object"))
        self._sure_verb_ends = _ends(self._sure_verbs)
        self._admin = words("admin_noun")
        self._admin_alone = frozenset(words("admin_noun_alone"))
        goes_on = one_of(words("admin_goes_on"))
        self._admin_ahead = expression(f"[\u4e00-\u9fff]{{0,10}}?{one_of(self._admin)}(?!{goes_on}|村)")
        self._border = expression(f"{one_of(surely)}(?<!对(?=象))|{one_of(self._admin)}(?!{goes_on}|村)")
        self._thing = words("thing_head")
        self._household = words("household_noun")
        self._business = words("business_noun")
        self._household_or_business = expression(f"(?P<business>{one_of(self._business)})|{one_of(self._household)}")
        self._person = words("person_head")
        self._housing = words("housing_noun")
        self._animal = words("animal_noun")
        self._family = words("family_word")

    def after(self, text: str, position: int, high: int, unit: str | None = None) -> Noun | None:
        """The noun joined to a classifier that ends at ``position``."""
        run = _HAN_RUN.match(text, position, min(high, position + _LONGEST))
        if run is None:
            return None
        begin = position
        if unit is not None and unit in _OPENS_MODIFIED:
            modifier = self._modifier.match(text, position, run.end())
            begin = modifier.end() if modifier else position
        stop = self._first_stop(text, begin, run.end())
        if stop == begin > position:
            return None
        if stop is None and run.end() == position + _LONGEST:
            return None  # no end in sight: more likely a clause than a noun
        end = run.end() if stop is None else stop
        variant = _VARIANT.match(text, end, high)
        if variant:
            end = variant.end()
        return Noun(position, end, text[position:end]) if end > position else None

    def _first_stop(self, text: str, begin: int, end: int) -> int | None:
        for found in self._stop.finditer(text, begin, end):
            if found.group("stop") is not None:
                return found.start()
        return None

    def before(self, text: str, position: int, low: int) -> Noun | None:
        """The noun that stands before a number, as in 倒塌房屋 5 间."""
        begin = max(low, position - _LONGEST - 4)
        window = self._without_filler(text[begin:position].rstrip())
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

    def object_before(self, text: str, position: int, low: int) -> str | None:
        """The thing counted, named before its number: 房屋 of 房屋损毁5530间; None where only verbs stand there."""
        window = self._without_filler(text[max(low, position - _LOOK_BACK) : position].rstrip())
        while window and (tail := _tail(window, self._sure_verbs, self._sure_verb_ends)):
            window = self._without_filler(window[:-tail])
        run = _TAIL_RUN.search(window)
        if run is None or (run.start() and window[run.start() - 1] in _DIGITS):
            return None  # 57人死亡23人: what stands there is the count before
        start = run.start()
        for border in self._border.finditer(window, start):
            if border.end() < len(window):
                start = border.end()
        noun = window[start:].strip("、“”")
        if noun[:1] == "被" and noun[1:2] not in "查调监保":
            return None  # 被洪水冲走5人: what did it
        if not 0 < len(noun) <= _LONGEST or noun in self._no_object or _COUNTED_HEAD.match(noun):
            return None
        return noun

    def _without_filler(self, window: str) -> str:
        """``window`` without the words that may stand between a noun and its number."""
        while window and (tail := _tail(window, self._fillers, self._filler_ends)):
            window = window[:-tail]
        return window

    @staticmethod
    def tell(measure: Measure, unit: str) -> bool:
        """Whether the noun can change what the unit alone says is counted."""
        return measure in _TOLD_BY_NOUN or unit[0] in _LOOSE or unit[0] in "口套孔"

    def measure(
        self, measure: Measure, unit: str, text: str, place: tuple[int, int, int, int], noun: str, after: bool
    ) -> Measure:
        """What is counted, when the words around tell more than the unit alone.

        ``place`` is where the sentence, the number, the unit's end and the sentence's end lie in ``text``;
        ``noun`` is the noun found behind the number (then ``after``) or before it.
        """
        low, start, end, high = place
        if measure == "households":
            return "items" if self._is_business(text, start, end, low, high, noun, after) else measure
        if measure in ("rooms", "livestock"):
            other = unit == "孔" or (unit == "只" and noun and not noun.endswith(self._animal))
            return "items" if other else measure
        if unit == "口":
            if text[low:start].endswith(self._family):
                return "persons"
            return "livestock" if noun.endswith(self._animal) else ("items" if noun else "persons")
        if unit[0] in "套孔":
            return "rooms" if noun.endswith(self._housing) else "items"
        if unit[0] not in _LOOSE:
            return measure
        if noun.endswith(self._household):
            return "households"
        if unit[0] in "名位" or measure == "persons":
            return "persons"
        if unit != "个":
            return measure
        return self._of_ge(text, end, high, noun) or measure

    def _of_ge(self, text: str, end: int, high: int, noun: str) -> Measure | None:
        """What 个 counts."""
        noun = _VARIANT.sub("", noun)
        if noun in self._admin_alone or noun.endswith(self._admin):
            return "admin_units"
        if noun.endswith(self._thing):
            return None
        if noun.endswith(self._person) or noun.startswith(self._person):
            return "persons"
        run = _HAN_RUN.match(text, end, min(high, end + _LONGEST))
        ahead = self._admin_ahead.match(run.group()) if run else None
        return "admin_units" if ahead else None

    def _is_business(self, text: str, start: int, end: int, low: int, high: int, noun: str, after: bool) -> bool:
        """Whether 户 counts businesses or customers: by the nearest of the two kinds of noun, behind or before it."""
        if noun.endswith(self._business):
            return True
        if noun.endswith(self._household):
            return False
        run = _HAN_RUN.match(text, end, min(high, end + _LONGEST))
        ahead = self._household_or_business.search(run.group()) if run else None
        if ahead is not None and after:
            return ahead.group("business") is not None
        clause = _CLAUSE.split(text[max(low, start - _LOOK_BACK) : start])[-1]
        told = list(self._household_or_business.finditer(clause))
        return bool(told) and told[-1].group("business") is not None


def _ends(words: Collection[str]) -> dict[str, tuple[int, ...]]:
    """The lengths of the words that end in each character, the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[-1], set()).add(len(word))
    return {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()}


def _tail(window: str, words: frozenset[str], ends: Mapping[str, tuple[int, ...]]) -> int:
    """The length of the longest of ``words`` that ``window`` ends in; 0 for none."""
    for length in ends.get(window[-1], ()):
        if window[-length:] in words:
            return length
    return 0
