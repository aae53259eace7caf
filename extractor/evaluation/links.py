"""Links between records of one passage compared: what a disaster caused, which mention is of the same event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.evaluation.gold import Item

LINKED = ("part_of", "beneficiary", "impacts", "same_as")
"""The fields that refer to other records, each a row of its own; a passage is judged where its gold states one.

Gold refers by the place of a record in the passage's list, a run by its id.
"""

Link = tuple[Item, Item]


@dataclass(frozen=True, slots=True)
class Linked:
    """The links of one field; those with an optional record at either end are left out."""

    right: tuple[Link, ...]
    missed: tuple[Link, ...]
    spurious: tuple[Link, ...]


def compare_links(
    field: str, gold: Sequence[Item], predicted: Sequence[Item], pairs: Iterable[tuple[Item, Item]]
) -> Linked | None:
    """Links of ``field`` between records that answer one another by ``pairs``; None where the gold states none.

    Of an event told more than once any mention may hold its impacts.
    """
    if not any(field in item.fields for item in gold):
        return None
    answers = {id(found): wanted for wanted, found in pairs}
    first = _first_mentions(gold) if field != "same_as" else {}
    mentioned = {id(first.get(id(item), item)) for item in gold if not item.optional}
    """Records, for an event its first mention, that are not optional: of an event one such mention is enough."""

    def optional(item: Item) -> bool:
        return id(first.get(id(item), item)) not in mentioned

    wanted = {
        (id(first.get(id(owner), owner)), id(target)): (owner, target)
        for owner in gold
        for target in (gold[index] for index in _listed(owner.fields.get(field)))
    }
    by_id = {item.fields["id"]: item for item in predicted if "id" in item.fields}
    right, spurious, told = [], [], set()
    for owner in predicted:
        for target in (by_id[reference] for reference in _listed(owner.fields.get(field)) if reference in by_id):
            ends = answers.get(id(owner)), answers.get(id(target))
            doubts = (
                optional(end) if end is not None else _on_optional(item, gold)
                for end, item in zip(ends, (owner, target), strict=True)
            )
            if any(doubts):
                continue
            key = tuple(id(first.get(id(end), end)) if end is not None else 0 for end in ends)
            if key in wanted:
                told.add(key)
                right.append(wanted[key])
            else:
                spurious.append((owner, target))
    missed = [link for key, link in wanted.items() if key not in told and not any(optional(end) for end in link)]
    return Linked(tuple(right), tuple(missed), tuple(spurious))


def _first_mentions(gold: Sequence[Item]) -> Mapping[int, Item]:
    return {id(item): gold[item.fields["same_as"]] for item in gold if item.fields.get("same_as") is not None}


def _on_optional(item: Item, gold: Sequence[Item]) -> bool:
    """Whether a predicted record that answers none stands on an optional one."""
    return any(other.optional and other.kind == item.kind and other.overlap(item) > 0 for other in gold)


def _listed(stated: Any) -> Sequence[Any]:
    if stated is None:
        return ()
    return stated if isinstance(stated, (list, tuple)) else (stated,)
