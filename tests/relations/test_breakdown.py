"""Totals, their parts and the sums that prove them."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.records import Amount, AnyRecord, Check, Count


@pytest.fixture(scope="module")
def figures() -> Extractor:
    return Extractor(ner=False, kinds=["amount", "count", "check"])


def split(records: list[AnyRecord]) -> tuple[list[Amount | Count], list[Check]]:
    return (
        [r for r in records if isinstance(r, Amount | Count)],
        [r for r in records if isinstance(r, Check)],
    )


def test_parts_that_make_up_their_total(figures: Extractor) -> None:
    found, checks = split(
        figures.extract_text("投入资金900.5万元（其中县级财政400.2万元，乡级财政300.1万元，群众自筹200.2万元）。")
    )
    assert [r.part_of for r in found] == [None, *[found[0].id] * 3]
    [check] = checks
    assert (check.name, check.passed, check.expected, check.found) == (
        "sum_of_parts",
        True,
        "9005000",
        "9005000",
    )


def test_parts_that_do_not(figures: Extractor) -> None:
    found, [check] = split(figures.extract_text("受灾500户（其中甲村300户，乙村190户）。"))
    assert (check.passed, check.found) == (False, "490")
    assert all("arithmetic_mismatch" in r.flags for r in found)


def test_a_part_alone_has_to_fit(figures: Extractor) -> None:
    _, [check] = split(figures.extract_text("倒塌房屋500间，其中学校20间。"))
    assert (check.name, check.passed) == ("parts_within_total", True)


@pytest.mark.parametrize(
    "text", ["投入约900万元（其中省级400万元，县级500万元）。", "受灾500户，倒房300间。", "投入900万元，惠及3个村。"]
)
def test_no_check(figures: Extractor, text: str) -> None:
    assert split(figures.extract_text(text))[1] == []
