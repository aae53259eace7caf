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
        # the unit of a caption that has nothing else
        ("1996年救灾款分配表（万元）\n乡镇\t金额\n东寨\t12.5\n", ["12.5万元=125000"]),
        ("灾情统计表（人、间）\n\n乡镇\t人口\t房屋\n东寨\t120\t5\n", ["120人=120", "5间=5"]),
        # a heading that ends so declares its own column's only
        ("乡镇\t受灾情况（人）\t备用\n东寨\t120\t5\n", ["120人=120"]),
        # a row of units below the headings
        (
            "乡镇\t受灾人口\t倒塌房屋\t损失\n单位\t人\t间\t万元\n东寨\t120\t5\t8\n",
            ["120人=120", "5间=5", "8万元=80000"],
        ),
        (
            "乡镇  计划        已搬迁\n      户    人    户    人\n东寨  3     12    2     9\n",
            ["3户=3", "12人=12", "2户=2", "9人=9"],
        ),
        # several units declared: each column by what it counts
        (
            "单位：所、人、平方米\n类别\t学校数\t在校学生数\t校舍面积\n小学\t8\t900\t6000\n",
            ["8所=8", "900人=900", "6000平方米=6000"],
        ),
        ("单位：头、只\n乡镇\t大牲畜死亡\t羊死亡\n东寨\t4\t31\n", ["4头=4", "31只=31"]),
        ("单位：间、万元\n乡镇\t倒塌房屋\t房屋损失\n东寨\t4\t31\n", ["4间=4", "31万元=310000"]),
        # a column in a unit that is none of ours does not take the money of the others
        ("乡镇\t降雨量（毫米）\t损失（万元）\t农业\n东寨\t110\t8\t5\n", ["8万元=80000", "5万元=50000"]),
        # 12.45 persons are 万人
        ("乡镇\t受灾人口\t备注\n东寨\t12.45\t无\n西屯\t3\t无\n", []),
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
