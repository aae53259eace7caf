"""Which prediction answers which gold record, and whether it is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from extractor.evaluation.gold import Item


@dataclass(frozen=True, slots=True)
class Match:
    """A gold record and the prediction that answers it."""

    gold: Item
    predicted: Item
    right: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """One kind of one passage compared. Optional gold, and what was found on it, is left out."""

    matched: tuple[Match, ...]
    missed: tuple[Item, ...]
    spurious: tuple[Item, ...]
    arguable: tuple[Match, ...] = field(default=(), compare=False)
    """Optional gold and what was found on it: no part of any figure."""


def compare(gold: Sequence[Item], predicted: Sequence[Item]) -> Comparison:
    """Gold and predictions of one kind, paired one to one: right values first, then by overlap, then in order."""
    partners = _paired(gold, predicted)
    answered = {i: (j, correct) for i, j, correct in partners}
    matched = [
        Match(gold[i], predicted[j], correct) for i, (j, correct) in sorted(answered.items()) if not gold[i].optional
    ]
    missed = [item for i, item in enumerate(gold) if i not in answered and not item.optional]
    needed = {j for i, (j, _) in answered.items() if not gold[i].optional}
    doubtful = [item for item in gold if item.optional]
    spurious = [
        item
        for j, item in enumerate(predicted)
        if j not in needed and not any(item.overlap(other) > 0 for other in doubtful)
    ]
    optional = [Match(gold[i], predicted[j], correct) for i, (j, correct) in answered.items() if gold[i].optional]
    return Comparison(tuple(matched), tuple(missed), tuple(spurious), tuple(optional))


def _paired(gold: Sequence[Item], predicted: Sequence[Item]) -> list[tuple[int, int, bool]]:
    """Indices of the pairs, and whether the prediction is right."""
    candidates = []
    for i, wanted in enumerate(gold):
        for j, found in enumerate(predicted):
            overlap = wanted.overlap(found)
            if overlap > 0 and _comparable(wanted, found):
                candidates.append((right(wanted, found), overlap, -i, -j))
    pairs = []
    free_gold, free_predicted = set(range(len(gold))), set(range(len(predicted)))
    for correct, _, minus_i, minus_j in sorted(candidates, reverse=True):
        i, j = -minus_i, -minus_j
        if i in free_gold and j in free_predicted:
            free_gold.remove(i)
            free_predicted.remove(j)
            pairs.append((i, j, correct))
    return pairs


def _comparable(gold: Item, predicted: Item) -> bool:
    return gold.kind != "entity" or gold.fields["label"] == predicted.fields.get("label")


def right(gold: Item, predicted: Item) -> bool:
    """Whether the prediction says what the gold record says."""
    wanted, found = gold.fields, predicted.fields
    match gold.kind:
        case "amount" | "count":
            ends = ("low", "high") if wanted["bound"] == "range" else ("value",)
            same = all(_number(wanted[end]) == _number(found.get(end)) for end in ends)
            currency = wanted.get("currency") if gold.kind == "amount" else None
            return same and (not currency or found.get("currency") == currency)
        case "date" | "disaster":
            return bool(wanted.get("date") == found.get("date"))
        case "document_number":
            return bool(wanted["canonical"] == found.get("canonical"))
        case _:
            return (gold.start, gold.end) == (predicted.start, predicted.end)


def attribute_equal(name: str, gold: Any, predicted: Any) -> bool:
    """Whether an attribute is as the gold has it; of hazards one in common is enough."""
    if name == "hazards":
        return not gold or not set(gold).isdisjoint(predicted or ())
    if name == "magnitude":
        return _number(gold) == _number(predicted)
    return (gold or None) == (predicted or None)


def _number(value: Any) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None
