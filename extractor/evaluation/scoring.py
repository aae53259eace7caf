"""Precision, recall and F1 of a run, by kind, and how often the attributes of right records are right, too."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.errors import EvaluationError
from extractor.evaluation.gold import SCORED_KINDS, Item, Passage
from extractor.evaluation.links import LINKED, Linked, compare_links
from extractor.evaluation.matching import Comparison, attribute_equal, compare

CORE_MEASURES = frozenset({"households", "persons", "rooms", "admin_units"})
"""The measures that every report turns on; the row ``count:core``."""

ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "amount": ("bound", "role", "payer", "purpose", "place", "date", "period"),
    "count": ("bound", "measure", "status", "place", "date", "period"),
    "disaster": ("name", "hazards", "place", "magnitude", "shared"),
}
_TOLD = ("value", "low", "high", "bound", "role", "measure", "status", "date", "canonical", "label", "name", "place")


@dataclass(slots=True)
class Row:
    """The counts of one row of the table; what is derived from them is a property."""

    gold: int = 0
    predicted: int = 0
    found: int = 0
    right: int = 0
    judged: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Right ones among the predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right ones among the gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def attributes(self) -> dict[str, float]:
        """The share of right records whose attribute is right, for each attribute that the gold states."""
        return {name: self.agreed[name] / judged for name, judged in self.judged.items()}

    def figures(self) -> dict[str, float]:
        """Every figure of the row that can have a floor, to four places."""
        shares = {"precision": self.precision, "recall": self.recall, "f1": self.f1, **self.attributes}
        return {name: round(share, 4) for name, share in shares.items()}

    def as_json(self) -> dict[str, float]:
        """The row as it is printed with ``--json``."""
        counts = {"gold": self.gold, "pred": self.predicted, "found": self.found, "right": self.right}
        return {**counts, **self.figures()}


@dataclass(slots=True)
class Report:
    """A run compared with gold: the rows of the table and every mistake in words."""

    rows: dict[str, Row]
    mistakes: dict[str, list[str]]

    def figures(self) -> dict[str, dict[str, float]]:
        """The figures of every row."""
        return {name: row.figures() for name, row in self.rows.items()}


def score(passages: Sequence[Passage], predictions: Mapping[str, Sequence[Item]]) -> Report:
    """Compare ``predictions``, by pid, with the gold of ``passages``."""
    unknown = predictions.keys() - {passage.pid for passage in passages}
    if unknown:
        raise EvaluationError(
            f"the run holds documents that are not in the gold: {', '.join(sorted(unknown)[:3])}; "
            "compare it with the gold of the same documents"
        )
    rows: dict[str, Row] = defaultdict(Row)
    mistakes: dict[str, list[str]] = defaultdict(list)
    for passage in passages:
        predicted = predictions.get(passage.pid, ())
        pairs: list[tuple[Item, Item]] = []
        for kind in passage.kinds:
            gold_of_kind = [item for item in passage.items if item.kind == kind]
            comparison = compare(gold_of_kind, [item for item in predicted if item.kind == kind])
            _count(rows, kind, comparison)
            mistakes[kind] += [f"{passage.pid}: {mistake}" for mistake in _in_words(comparison)]
            pairs += [(match.gold, match.predicted) for match in (*comparison.matched, *comparison.arguable)]
        for field_name in LINKED:
            linked = compare_links(field_name, passage.items, predicted, pairs)
            if linked is not None:
                _count_links(rows[field_name], linked)
                mistakes[field_name] += [f"{passage.pid}: {mistake}" for mistake in _links_in_words(linked)]
    return Report({name: rows[name] for name in sorted(rows, key=_rank)}, dict(mistakes))


def _count(rows: dict[str, Row], kind: str, comparison: Comparison) -> None:
    for match in comparison.matched:
        for name in rows_of(match.gold):
            rows[name].gold += 1
            rows[name].found += 1
            rows[name].right += match.right
        for name in rows_of(match.predicted):
            rows[name].predicted += 1
        for attribute in ATTRIBUTES.get(kind, ()):
            if match.right and attribute in match.gold.fields:
                equal = attribute_equal(attribute, match.gold.fields[attribute], match.predicted.fields.get(attribute))
                rows[kind].judged[attribute] += 1
                rows[kind].agreed[attribute] += equal
    for item in comparison.missed:
        for name in rows_of(item):
            rows[name].gold += 1
    for item in comparison.spurious:
        for name in rows_of(item):
            rows[name].predicted += 1


def _count_links(row: Row, linked: Linked) -> None:
    row.gold += len(linked.right) + len(linked.missed)
    row.predicted += len(linked.right) + len(linked.spurious)
    row.found += len(linked.right)
    row.right += len(linked.right)


def _links_in_words(linked: Linked) -> Iterator[str]:
    for name, links in (("missed", linked.missed), ("spurious", linked.spurious)):
        for owner, target in links:
            yield f"{name} {owner.fields['text']!r} {_brief(owner.fields)} - {target.fields['text']!r}"


def rows_of(item: Item) -> list[str]:
    """The rows that a record counts in."""
    if item.kind == "count":
        return ["count", "count:core" if item.fields.get("measure") in CORE_MEASURES else "count:other"]
    return ["entity", f"entity:{item.fields['label']}"] if item.kind == "entity" else [item.kind]


def _rank(row: str) -> tuple[int, str]:
    kind = row.split(":")[0]
    return (SCORED_KINDS.index(kind) if kind in SCORED_KINDS else len(SCORED_KINDS), row)


def _in_words(comparison: Comparison) -> Iterator[str]:
    for match in comparison.matched:
        if not match.right:
            wanted, found = match.gold.fields, match.predicted.fields
            yield f"wrong {wanted['text']!r}: {_brief(wanted)} <> {_brief(found)}"
    for item in comparison.missed:
        yield f"missed {item.fields['text']!r}: {_brief(item.fields)}"
    for item in comparison.spurious:
        yield f"spurious {item.fields.get('text')!r}: {_brief(item.fields)}"


def _brief(fields: Mapping[str, Any]) -> str:
    return " ".join(f"{key}={fields[key]}" for key in _TOLD if fields.get(key) is not None)
