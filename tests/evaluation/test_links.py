"""Links between records: compared by the records that answer their ends."""

from __future__ import annotations

import pytest

from extractor.evaluation.gold import Item, Passage
from extractor.evaluation.links import compare_links
from extractor.evaluation.scoring import score


def disaster(start: int, **fields) -> Item:
    return Item("disaster", start, start + 1, {"text": "灾", "date": None, **fields})


def count(start: int, **fields) -> Item:
    return Item(
        "count", start, start + 1, {"text": "人", "value": "1", "bound": "exact", "measure": "persons", **fields}
    )


GOLD = (
    disaster(0, impacts=[2], same_as=None),
    disaster(1, impacts=[3], same_as=0),
    count(2),
    count(3),
    count(4, optional=True),
)


def run(first: list[str], second: list[str]) -> list[Item]:
    return [
        disaster(0, id="a", impacts=first),
        disaster(1, id="b", impacts=second, same_as="a"),
        count(2, id="x"),
        count(3, id="y"),
        count(4, id="z"),
        count(9, id="q"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "right", "missed", "spurious"),
    [
        (["x", "y"], [], 2, 0, 0),  # any mention may hold what its event caused
        (["x"], [], 1, 1, 0),
        (["x", "y", "q"], [], 2, 0, 1),
        (["x", "y", "z"], [], 2, 0, 0),  # an optional end counts for nothing
        ([], [], 0, 2, 0),
    ],
)
def test_impacts(first: list[str], second: list[str], right: int, missed: int, spurious: int) -> None:
    found = run(first, second)
    linked = compare_links("impacts", GOLD, found, zip(GOLD, found, strict=False))
    assert linked is not None
    assert (len(linked.right), len(linked.missed), len(linked.spurious)) == (right, missed, spurious)


def test_an_event_counts_when_one_mention_is_not_optional() -> None:
    gold = [disaster(0, optional=True, impacts=[2], same_as=None), disaster(1, impacts=[], same_as=0), count(2)]
    found = run(["x"], [])[:3]
    linked = compare_links("impacts", gold, found, zip(gold, found, strict=True))
    assert linked is not None
    assert len(linked.right) == 1


def test_gold_without_links_judges_none() -> None:
    assert compare_links("impacts", [count(2)], run(["x"], []), []) is None


def test_links_have_rows_of_their_own() -> None:
    report = score([Passage("p", "灾灾人人人", GOLD, ("disaster", "count"))], {"p": run(["x"], ["q"])})
    assert report.rows["impacts"].as_json() == {
        "gold": 2, "pred": 2, "found": 1, "right": 1, "precision": 0.5, "recall": 0.5, "f1": 0.5,
    }  # fmt: skip
    assert report.rows["same_as"].f1 == 1
    assert len(report.mistakes["impacts"]) == 2
