"""Events that struck: quoted days (“8·14”), typhoons, earthquakes with a magnitude, hazards told as happening."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from extractor.patterns import Patterns, RuleMatch, Span, one_of, sought
from extractor.records.codes import Category
from extractor.rules.dates import Point
from extractor.rules.numerals import parse_quantity
from extractor.text.expression import expression

_END_OF_NAME = re.compile(r"[，,。；;：:！？!?（）()\n“\"＂‘「『〝]|、(?=[“\"\d])")
_CLAUSE = re.compile(r"[，,。；;：:！？!?（）()\n]")
_TIMES = expression(
    r"[\s\u4e00-\u9fff]{0,4}?(?:(?<!\d)(?!1[起次])\d+|(?!一[起次])[一二三四五六七八九十百]+)余?[起次](?!性)"
)
_TIMES_BEFORE = expression(
    r"(?:(?:(?<!\d)(?!1[起次])\d+|(?<![一二三四五六七八九十百])(?!一[起次])[一二三四五六七八九十百多]+)余?[起次]|(?:\d+|[二三四五六七八九十百多两])余?(?:[轮场]|个(?!公社|乡|县|村|市|镇|区|省|大队|街道|地区|旗|屯)))"
    r"(?:[\u4e00-\u9fff]{0,2})$|两[起次]$"
)
_WITHSTOOD = expression(r"(?:抗|抵御|抵抗|防御|设防|相当于|承受|达到|以上)\s?$")
_OF_THE_NAMES = expression(r"(?:等(?:(?:\d+|[两三四五六七八九十])[次个场])?)?")
_FORECAST = expression(r"(?:气象|水文|水利|预报|专家)[^。]{0,12}(?:预计|预报|预测|预警)")
_BROUGHT = expression(r"\s?[使致](?![用命者馆力富电辞敬词癌])")
"""山洪使5村受灾, 火灾致3人死亡: what stands right behind a hazard that did something."""
_ACCIDENT = "事故"
_CHRONICLE = "disaster.chronicle"
_UNNAMED = frozenset({"disaster.hazard", _CHRONICLE})
_REACH_OF_NAME = 24
_REACH_OF_TRIGGER = 14
_REACH_OF_CAUSE = 4
_FIXED_DAYS = frozenset({
    "3·15", "9·11", "6·5", "12·4",
    "5·1", "5·4", "6·1", "7·1", "8·1", "10·1", "9·18", "7·7", "12·9", "3·8", "3·5", "5·20",
})  # fmt: skip
"""Memorial days and the like: events only where a hazard stands right behind them."""


@dataclass(frozen=True, slots=True)
class FoundDisaster:
    """A candidate event in repaired text. ``named`` ones are events by themselves, others need a date."""

    start: int
    end: int
    rule: str
    name: str | None
    day: Point | None
    hazards: tuple[str, ...]
    categories: tuple[Category, ...]
    clause: tuple[int, int]
    trigger: int
    """Where the words that tell of the event begin: its place stands before them."""
    told: bool = True
    """Whether a word says that it happened; else only a date right before it can."""

    @property
    def named(self) -> bool:
        """Whether a name or a magnitude makes it one event even without a date."""
        return self.rule not in _UNNAMED

    @property
    def terse(self) -> bool:
        """Whether it is a word such as 旱 or 饥, an event only in the clipped style of chronicles."""
        return self.rule == _CHRONICLE


class DisasterFinder:
    """Finds events with the rules of one :class:`Patterns`."""

    def __init__(self, patterns: Patterns) -> None:
        self._family = patterns.family("disasters")
        table = cast(Mapping[Category, list[str]], patterns.table("disasters", "category"))
        self._categories: dict[str, list[Category]] = {}
        for category, words in table.items():
            for word in words:
                self._categories.setdefault(word, []).append(category)
        self._hazard = expression(patterns.spelled_out("{hazard_word}"))
        self._event_word = expression(one_of(patterns.words("event_word")))
        signs = ("hazard", "event_word", "chronicle_word", "chronicle_sign")
        self._sign = re.compile(sought(word for name in signs for word in patterns.words(name)))
        """What every sentence holds that tells of an event."""
        self._no_event = expression(one_of(patterns.words("day_of_something")))
        self._weather = frozenset(patterns.words("weather"))
        self._self_triggered = frozenset(patterns.words("self_triggered"))
        self._before = expression(one_of(patterns.words("trigger_before")))
        self._close = expression(one_of(patterns.words("trigger_close")) + "[\u4e00-\u9fff]{0,2}$")
        self._after = expression(one_of(patterns.words("trigger_after")))
        self._general_before = expression(one_of(patterns.words("not_event_before")) + "$")
        self._not_yet = expression("(?<!先)" + one_of(patterns.words("not_yet")))  # 先后遭受 is no 后遭
        self._make_believe = re.compile(one_of(patterns.words("make_believe")))
        self._general_after = expression(one_of(patterns.words("not_event_after")))

    def find(self, text: str, sentences: Sequence[Span], given_up: list[Span]) -> list[FoundDisaster]:
        """Events told in each of ``sentences``; those that take too long are added to ``given_up``.

        Hazards joined to one name are one event.
        """
        found: list[FoundDisaster] = []
        sign = self._sign.search(text)
        for start, end in sentences:
            if sign is None:
                break
            if sign.start() >= end:
                continue
            sign = self._sign.search(text, end)
            try:
                found += self._in_sentence(text, start, end)
            except TimeoutError:
                given_up.append((start, end))
        return found

    def _in_sentence(self, text: str, start: int, end: int) -> list[FoundDisaster]:
        found: list[FoundDisaster] = []
        if self._make_believe.search(text, start, end):
            return found
        covered = clause = start
        for hit in self._family.finditer(text, start, end):
            match = hit.match
            for mark in _CLAUSE.finditer(text, clause, match.start()):
                clause = mark.end()
            if match.start() < covered:
                continue
            if hit.rule.id in _UNNAMED:
                if found and found[-1].named and _OF_THE_NAMES.fullmatch(text, found[-1].end, match.start()):
                    continue  # what follows a name at once, or names and 等, is part of them
                event = self._hazard_event(text, hit, start, clause, end)
            else:
                event = self._named_event(text, hit, end)
            if event is not None:
                found.append(event)
                if event.named:
                    covered = max(event.clause[1], event.end)
        return found

    def is_weather(self, disaster: FoundDisaster) -> bool:
        """Whether it tells of weather or signs alone, which may have grown into a disaster."""
        return not disaster.named and all(hazard in self._weather for hazard in disaster.hazards)

    def _named_event(self, text: str, hit: RuleMatch, high: int) -> FoundDisaster | None:
        rule, groups = hit.rule.id, hit.values()
        start, end = hit.match.span()
        if rule == "disaster.typhoon":
            name = groups.get("name")
            return FoundDisaster(start, end, rule, name, None, ("台风",), ("typhoon",), (start, end), start)
        if rule in ("disaster.magnitude", "disaster.numbered_flood"):
            if _WITHSTOOD.search(text, max(0, start - 4), start) or self._general_after.match(text, end):
                return None
            hazards: tuple[str, ...] = (groups.get("hazard") or "地震",)
            day = Point(int(groups["y"])) if groups.get("y") else None
            return FoundDisaster(start, end, rule, None, day, hazards, self._of(hazards), (start, end), start)
        day = _named_day(groups)
        name = f"{day.month}·{day.day}" if day.year is None else f"{day.year % 100}·{day.month}"
        behind = self._behind(text, end, high)
        hazards = tuple(dict.fromkeys(m.group() for m in self._hazard.finditer(text, end, behind)))
        word = self._event_word.search(text, end, behind)
        other = self._no_event.search(text, end, behind)
        if not hazards and word is None:
            return None
        first_word = min([m.start() for m in (self._hazard.search(text, end, behind), word) if m] or [high])
        if other is not None and other.start() <= first_word:
            return None
        if name in _FIXED_DAYS and not hazards:
            return None
        first, second = ("m", "d") if day.year is None else ("y", "m")
        inner = hit.span(first)[0], hit.span(second)[1]
        last = max([m.end() for m in self._hazard.finditer(text, end, behind)] or [end])
        categories = self._of(hazards) or (("accident",) if word and word.group() == _ACCIDENT else ())
        return FoundDisaster(*inner, rule, name, day, hazards, categories, (start, last), start)

    def _behind(self, text: str, end: int, high: int) -> int:
        """How far the words that say what a quoted day was can reach."""
        stop = min(high, end + _REACH_OF_NAME)
        mark = _END_OF_NAME.search(text, end, stop)
        return mark.start() if mark else stop

    def _hazard_event(self, text: str, hit: RuleMatch, low: int, clause_low: int, high: int) -> FoundDisaster | None:
        """A hazard of the sentence ``text[low:high]``, in the clause that begins at ``clause_low``.

        None where the words around it tell of no happening.
        """
        rule = hit.rule.id
        start, end = hit.match.span()
        next_mark = _CLAUSE.search(text, end, high)
        clause_high = next_mark.start() if next_mark else high
        if (
            self._general_before.search(text, max(clause_low, start - 5), start)
            or self._general_after.match(text, end)
            or _TIMES.match(text, end)
            or _TIMES_BEFORE.search(text, max(clause_low, start - 8), start)
            or self._not_yet.search(text, clause_low, clause_high)
            or _FORECAST.search(text, low, start)
        ):
            return None
        terse = rule == _CHRONICLE
        words = [text[start:end]] if terse else [m.group() for m in self._hazard.finditer(text, start, end)]
        hazards = tuple(dict.fromkeys(words))
        before = self._before.search(text, max(clause_low, start - _REACH_OF_TRIGGER), start)
        before = before or self._close.search(text, max(clause_low, start - _REACH_OF_CAUSE), start)
        after = self._after.search(text, end, min(clause_high, end + _REACH_OF_TRIGGER)) or _BROUGHT.match(text, end)
        told = not terse and bool(before or after or any(hazard in self._self_triggered for hazard in hazards))
        trigger = before.start() if before else start
        clause = (clause_low, clause_high)
        categories = self._of(hazards)
        return FoundDisaster(start, end, rule, None, None, hazards, categories, clause, trigger, told)

    def _of(self, hazards: tuple[str, ...]) -> tuple[Category, ...]:
        return tuple(dict.fromkeys(category for hazard in hazards for category in self._categories.get(hazard, ())))


def _named_day(groups: Mapping[str, str]) -> Point:
    """The month and day of a quoted name, or its year and month (23·7)."""
    year = groups.get("y")
    month, day = _number(groups["m"]), _number(groups.get("d"))
    return Point(None if year is None else 1900 * (int(year) >= 50) + 2000 * (int(year) < 50) + int(year), month, day)


def _number(surface: str | None) -> int | None:
    quantity = parse_quantity(surface) if surface else None
    return None if quantity is None or quantity.value is None else int(quantity.value)
