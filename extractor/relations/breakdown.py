"""Totals and their parts: 投入14300.2万元(其中,县级财政4075万元,…), and the sums that prove them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.records.codes import CheckName
from extractor.relations.figures import AmountFact, CountFact, Fact, Scene

_BRACKETED = re.compile(r"\s?[（(]")
_CLOSING = re.compile(r"[）)]")
_OF_WHICH = re.compile(r"[，,；;。]?\s?其中")
_SENTENCE_END = re.compile(r"[。；;！？\n]")
_NEARLY_ALL = Decimal("0.9")


@dataclass(frozen=True, slots=True)
class CheckFact:
    """An arithmetic check: the total first in ``facts``, then its parts."""

    name: CheckName
    passed: bool
    expected: Decimal
    found: Decimal
    facts: tuple[AmountFact | CountFact, ...]


def read_breakdowns(scene: Scene) -> list[CheckFact]:
    """Set ``part_of`` on the parts of every total of ``scene`` and return the checks on the sums."""
    return [*_of_kind(scene.text, scene.amounts), *_of_kind(scene.text, scene.counts)]


def _of_kind(text: str, facts: Sequence[Fact]) -> list[CheckFact]:
    checks = []
    for index, total in enumerate(facts):
        if total.found.quantity.value is None or total.found.rule.endswith(".table_cell"):
            continue  # of a table, table_sums reads the parts
        end = _end_of_parts(text, total.end)
        if end is None:
            continue
        parts: list[Fact] = []
        for fact in facts[index + 1 :]:
            if fact.start >= end:
                break
            if fact.part_of is None and _same_kind(total, fact):
                parts.append(fact)
        if not parts:
            continue
        for part in parts:
            part.part_of = total
        check = check_of_parts(total, parts)
        if check is not None:
            checks.append(check)
            if not check.passed:
                total.failed_check = True
                for part in parts:
                    part.failed_check = True
    return checks


def _end_of_parts(text: str, position: int) -> int | None:
    """Where the parts told right behind a total end: at the bracket's close, or with the sentence after 其中."""
    bracket = _BRACKETED.match(text, position)
    if bracket:
        close = _CLOSING.search(text, bracket.end(), bracket.end() + 400)
        return close.start() if close else None
    word = _OF_WHICH.match(text, position)
    if word:
        stop = _SENTENCE_END.search(text, word.end())
        return stop.start() if stop else len(text)
    return None


def _same_kind(total: AmountFact | CountFact, part: AmountFact | CountFact) -> bool:
    ours, theirs = total.found.quantity.value, part.found.quantity.value
    if ours is None or theirs is None or theirs > ours:
        return False
    if isinstance(total, AmountFact) and isinstance(part, AmountFact):
        return total.found.currency == part.found.currency and part.found.per == total.found.per
    if isinstance(total, CountFact) and isinstance(part, CountFact):
        return total.found.measure == part.found.measure and total.found.unit == part.found.unit
    return False


def check_of_parts(total: AmountFact | CountFact, parts: Sequence[AmountFact | CountFact]) -> CheckFact | None:
    """The sum of exact parts against an exact total. Parts that leave much of it untold only have to fit in it."""
    if total.found.quantity.bound != "exact" or any(p.found.quantity.bound != "exact" for p in parts):
        return None
    expected = total.found.quantity.value
    found = sum((p.found.quantity.value or Decimal(0) for p in parts), Decimal(0))
    assert expected is not None
    complete = len(parts) > 1 and found >= expected * _NEARLY_ALL
    name: CheckName = "sum_of_parts" if complete and found <= expected * (2 - _NEARLY_ALL) else "parts_within_total"
    passed = found == expected if name == "sum_of_parts" else found <= expected
    return CheckFact(name, passed, expected, found, (total, *parts))
