"""Words beside a number that bound it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.patterns import load_patterns
from extractor.rules.counts import CountFinder

COUNTS = CountFinder(load_patterns())


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("受灾300户", "exact"),
        ("受灾约300户", "approx"),
        ("受灾300户左右", "approx"),
        ("受灾近300户", "under"),
        ("受灾不足300户", "under"),
        ("受灾300户以下", "under"),
        ("受灾超过300户", "over"),
        ("受灾至少300户", "over"),
        ("受灾300余户", "over"),
        ("受灾300户以上", "over"),
        ("最近300户搬走", "exact"),
        ("路上300人", "exact"),
        ("上千户受灾", "over"),
    ],
)
def test_bound(text: str, bound: str) -> None:
    [found] = COUNTS.find(text, [(0, len(text))], [])
    assert found.quantity.bound == bound


def test_ends_of_a_bound() -> None:
    text = "转移近5000人，安置3000人以上"
    under, over = COUNTS.find(text, [(0, len(text))], [])
    assert (under.quantity.low, under.quantity.high) == (None, Decimal(5000))
    assert (over.quantity.low, over.quantity.high) == (Decimal(3000), None)
    assert text[over.start : over.end] == "3000人以上"
