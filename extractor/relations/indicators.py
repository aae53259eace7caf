"""Indicators of the 自然灾害情况统计调查制度: which one a count or a loss is, and its value in the official unit.

公顷 for land (1公顷 is 15亩), 万元 for money, 人, 户, 间, 头. 人次 and 户次 stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from extractor.patterns import Patterns, one_of
from extractor.relations.figures import AmountFact, CountFact, Figure, Indicator, Scene
from extractor.text.expression import expression

_CLAUSE_MARK = re.compile(r"[，,。；;：:！？!?（）()\n]")
_LOSS = expression(r"(?P<subject>[\u4e00-\u9fff、\s]{0,24}?)(?:直接|经济)*损失")
_DIVISION_TAIL = expression(r"[全我本该]?[\u4e00-\u9fff]{0,8}[省市县区州乡镇村]$")
_END_AHEAD = re.compile(r"[，,。；;：:！？!?、（）()\n\d]")
_TOTAL = re.compile(r"合\s?计|小\s?计|总\s?计|总数")
_REACH_OF_WORD = 12
_REACH_AHEAD = 6
_REACH_OF_LOSS = 30
_TEN_THOUSAND = Decimal(10000)
_PLACES = 4
_LONGEST = 20
"""Digits of a number that can mean something; damaged text holds longer ones."""
_DIRECT_LOSS = "直接经济损失"


class IndicatorReader:
    """Names indicators by the tables of ``patterns/indicators.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        def table(name: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
            return patterns.table("indicators", name)

        self._of_count: Mapping[str, str] = patterns.table("indicators", "of_count")
        self._by_word = {
            key: (re.compile(one_of([word for words in named.values() for word in words])), _turned(named))
            for key, named in table("by_word").items()
        }
        self._unless = {key: expression(one_of(words)) for key, words in patterns.table("indicators", "unless").items()}
        self._of_loss = _turned(patterns.table("indicators", "of_loss"))
        self._sector = re.compile(f"({one_of(self._of_loss)})(?:行?业|系统|等?方面|部门|类)?$")
        self._lead = re.compile(one_of(patterns.words("loss_lead")))
        self._other_loss = re.compile(one_of(patterns.words("loss_other")))
        self._repeated: Mapping[str, str] = patterns.table("indicators", "repeated")
        self._units: dict[str, tuple[str, dict[str, Decimal]]] = {}
        for measure, units in patterns.table("indicators", "units").items():
            self._units[measure] = next(iter(units)), {unit: _ratio(str(size)) for unit, size in units.items()}

    def read(self, scene: Scene) -> None:
        """Set the indicator of every figure of ``scene`` that is one; statuses and roles have been read."""
        for count in scene.counts:
            if count.status is not None:
                count.indicator = self._count(scene.text, count)
        for amount in scene.amounts:
            if amount.role == "loss":
                amount.indicator = self._loss(scene.text, amount)

    def _count(self, text: str, count: CountFact) -> Indicator | None:
        found = count.found
        key = f"{found.measure}.{count.status}"
        around = _told_by(text, count, _REACH_OF_WORD) + text[count.start : count.end]
        unless = self._unless.get(key)
        if unless is not None and unless.search(around):
            return None
        ahead = _END_AHEAD.split(text[count.end : count.end + _REACH_AHEAD])[0]
        name = self._named_by_word(key, around) or self._named_by_word(key, ahead) or self._of_count.get(key)
        if name is None:
            return None
        repeated = self._repeated.get(found.unit or "")
        if repeated is not None:
            return Indicator(name, found.quantity.value, repeated)
        official, sizes = self._units[found.measure]
        size = sizes.get(found.unit or official)
        return None if size is None else Indicator(name, _in_unit(found.quantity.value, size), official)

    def _named_by_word(self, key: str, around: str) -> str | None:
        """What the word nearest to the number tells."""
        if key not in self._by_word:
            return None
        words, names = self._by_word[key]
        told = [match.group() for match in words.finditer(around)]
        return names[told[-1]] if told else None

    def _loss(self, text: str, amount: AmountFact) -> Indicator | None:
        found = amount.found
        if found.currency != "CNY" or found.per is not None:
            return None
        name = self._loss_name(_told_by(text, amount, _REACH_OF_LOSS))
        return None if name is None else Indicator(name, _in_unit(found.quantity.value, 1 / _TEN_THOUSAND), "万元")

    def _loss_name(self, clause: str) -> str | None:
        """直接经济损失, a part of it by its sector, or None for any other loss (水利设施损失, 间接损失)."""
        if self._other_loss.search(clause):
            return None
        above, slash, last = clause.rpartition("/")
        if slash:  # 直接经济损失/农业: the heading under a heading tells which part
            clause = above if _TOTAL.fullmatch(last) else last
        losses = list(_LOSS.finditer(clause))
        if not losses:  # 其中农业2.15亿元
            sector = self._sector.search(clause)
            return self._of_loss[sector[1]] if sector else None
        subject = losses[-1]["subject"].strip(" 、")
        sector = self._sector.search(subject)
        if sector:
            return self._of_loss[sector[1]]
        rest = self._lead.split(subject)[-1]
        return _DIRECT_LOSS if not rest or _DIVISION_TAIL.fullmatch(rest) else None


def _told_by(text: str, fact: Figure, reach: int) -> str:
    """The heading of a table's cell, or the words before a figure in its clause, ``reach`` characters at most."""
    heading = fact.column_heading or fact.row_heading
    return heading or _CLAUSE_MARK.split(text[max(0, fact.start - reach) : fact.start])[-1]


def _turned(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {word: name for name, words in names.items() for word in words}


def _ratio(stated: str) -> Decimal:
    """``1/15`` or ``100``."""
    number, _, divisor = stated.partition("/")
    return Decimal(number) / Decimal(divisor or 1)


def _in_unit(value: Decimal | None, size: Decimal) -> Decimal | None:
    if value is None or size == 1:
        return value
    return round(value * size, _PLACES) if value.adjusted() < _LONGEST else None
