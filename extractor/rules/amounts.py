"""Amounts of money: what was found, in which currency, per what; the words around give role and payer later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.patterns import Patterns, RuleMatch, Span
from extractor.records.codes import Flag
from extractor.rules.bounds import Bounds
from extractor.rules.numerals import Quantity, parse_quantity, parse_range

_MULTIPLIER_TAIL = re.compile(r"[十百千万亿]+(?=[余多来]?$)")
_ARABIC = str.maketrans("壹贰叁肆伍陆柒捌玖一二三四五六七八九两", "1234567891234567892")
_THINGS = "人|户|月|年|亩|公顷|头|只|间|吨|公斤|斤|天|日|平方米|学期|度|株|位|张|股|台|套|辆"
_PER = re.compile(f"每({_THINGS}|名|个|口|斗)|(人均|户均|亩均)")
_OR_ELSE = re.compile(r"[（(]或[^（）()]{1,6}[）)]")
"""每户（或项目）补助1万元: the other thing that it may be for."""
_PER_AFTER = re.compile(rf"\s?[/／每]({_THINGS}|次|套)")
_PER_REACH = 14
_CAPITALS_RULE = "amount.capitals"
_CLAUSE_MARK = re.compile(r"[。；;，,：:\n]")
_SAME_AGAIN = re.compile(r"[\s（()）,，、]*(?:(?:大写|小写|金额|人民币|计|合计|即|￥|¥|[:：])\s?)*[（(]?\s?")
"""What may stand between an amount in figures and the same amount in 大写."""


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount in repaired text. ``quantity`` counts main currency units."""

    start: int
    end: int
    rule: str
    quantity: Quantity
    unit: str
    currency: str | None
    per: str | None
    flags: tuple[Flag, ...] = ()
    in_words_too: bool = False
    """Whether it is written again in 大写, with the same value."""


class AmountFinder:
    """Finds amounts with the rules of one :class:`Patterns`."""

    def __init__(self, patterns: Patterns) -> None:
        self._family = patterns.family("amounts")
        self._bounds = Bounds(patterns)
        self._currencies: dict[str, str] = patterns.table("amounts", "currency")
        self._old = frozenset(patterns.words("old_currency"))

    def find(self, text: str, sentences: Sequence[Span], given_up: list[Span]) -> list[FoundAmount]:
        """Amounts in each of ``sentences``; those that take too long are added to ``given_up``."""
        found: list[FoundAmount] = []
        for hit, (low, high) in self._family.in_sentences(text, sentences, given_up):
            if hit.rule.reject or (amount := self._read(text, hit, low, high)) is None:
                continue
            if (
                found
                and found[-1].start >= low
                and repeats(text, found[-1], amount)
                and found[-1].quantity.value == amount.quantity.value
            ):
                found[-1] = replace(found[-1], in_words_too=True)
            else:
                found.append(amount)
        return found

    def _read(self, text: str, hit: RuleMatch, low: int, high: int) -> FoundAmount | None:
        match, groups = hit.match, hit.values()
        if groups.get("low"):
            quantity = parse_range(groups["low"], groups["high"])
            number_end = hit.span("high")[1]
        else:
            number = groups.get("number")
            quantity = parse_quantity(number) if number else Quantity(Decimal(0))
            if quantity is not None and (groups.get("jiao") or groups.get("fen") or groups.get("jiao_bare")):
                quantity = _with_cents(quantity, groups)
            number_end = hit.span("number")[1] if number else match.start()
        if quantity is None or quantity.value == 0:
            return None
        start, end = match.span()
        quantity, end = self._bounds.around(text, quantity, start, end, low, high)
        word = groups.get("unit") or "元"
        tail = _MULTIPLIER_TAIL.search(text, match.start(), number_end)
        old = word in self._old
        return FoundAmount(
            start,
            end,
            hit.rule.id,
            quantity,
            (tail.group() if tail else "") + word,
            None if old else self._currencies.get(word, "CNY"),
            _per(text, low, start, match.end(), high),
            ("old_currency",) if old else (),
        )


def repeats(text: str, first: FoundAmount, second: FoundAmount) -> bool:
    """Whether ``second`` is to write ``first`` again in 大写 (贰万元整), or the other way round, be it right or not."""
    return (
        _CAPITALS_RULE in (first.rule, second.rule)
        and first.rule != second.rule
        and _SAME_AGAIN.fullmatch(text, first.end, second.start) is not None
    )


def _with_cents(quantity: Quantity, groups: dict[str, str]) -> Quantity | None:
    if quantity.value is None:
        return None
    jiao = groups.get("jiao") or groups.get("jiao_bare") or "0"
    fen = groups.get("fen") or "0"
    cents = Decimal(jiao.translate(_ARABIC)) / 10 + Decimal(fen.translate(_ARABIC)) / 100
    return Quantity(quantity.value + cents)


def _per(text: str, low: int, start: int, end: int, high: int) -> str | None:
    """What a rate is for, from 每人每月 before the amount in its clause or /亩 behind it."""
    after = _PER_AFTER.match(text, end, high)
    if after:
        return after.group(1)
    window = _CLAUSE_MARK.split(_OR_ELSE.sub("", text[max(low, start - _PER_REACH - 8) : start]))[-1][-_PER_REACH:]
    units = [m.group(1) or m.group(2)[0] for m in _PER.finditer(window)]
    return "·".join(dict.fromkeys(units)) or None
