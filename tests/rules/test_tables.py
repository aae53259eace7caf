"""Figures of tables whose unit is told once."""

from __future__ import annotations

import pytest

from extractor.patterns import load_patterns
from extractor.rules.tables import TableReader

READER = TableReader(load_patterns())


def figures(text: str) -> list[str]:
    amounts, counts, *_ = READER.find(text)
    found = [(f.start, f"{text[f.start : f.end]}{f.unit}={f.quantity.value:.0f}") for f in (*amounts, *counts)]
    return [figure for _, figure in sorted(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("分配表（单位：万元）\n乡镇\t金额\n东寨\t12.5\n西屯\t8\n", ["12.5万元=125000", "8万元=80000"]),
        ("分配表（单位：万元）\n乡镇 金额 户数\n东寨 12.5 30\n", ["12.5万元=125000", "30户=30"]),
        (
            "资金（单位：万元）：\n县财政：300\n自筹：120\n以上资金5月到位。\n9\n",
            ["300万元=3000000", "120万元=1200000"],
        ),
        ("统计表  单位：人\n年份  受灾人口\n1998  12000\n1999  800\n", ["12000人=12000", "800人=800"]),
        ("统计表\n序号  乡镇  投资（万元）  户数（户）\n1  东寨  12.5  30\n", ["12.5万元=125000", "30户=30"]),
        (
            "单位：元\n┌──┬────┬────┐\n│序号│乡镇  │金额  │\n├──┼────┼────┤\n│1  │东寨  │1,200 │\n└──┴────┴────┘\n",
            ["1,200元=1200"],
        ),
        ("招生表\n单位：人\n乡镇\n东寨\n100\n西屯\n70\n", ["100人=100", "70人=70"]),
        # a table ends at prose and at two blank lines
        ("单位：元\n东寨  5\n一、概况\n西屯  6\n", ["5元=5"]),
        ("单位：元\n东寨  5\n\n\n西屯  6\n", ["5元=5"]),
        # no unit, no table
        ("主办单位：县民政局\n5\n", []),
        ("投资（万元）共计\n5\n", []),
    ],
)
def test_tables(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize("piece", ["单位：万元\n1\n", "（万元）", "│", "（万元）  （万元）\n1  2\n"])
def test_no_blow_up(piece: str) -> None:
    READER.find(piece * (60_000 // len(piece.encode())))
