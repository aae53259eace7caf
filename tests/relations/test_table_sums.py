"""Totals of rows and columns, what 其中 takes out, and the checks."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.records import Check, Figure


@pytest.fixture(scope="module")
def figures() -> Extractor:
    return Extractor(kinds={"amount", "count", "check"}, ner=False)


def read(figures: Extractor, text: str) -> tuple[dict[str, str], list[tuple[str, bool, str]]]:
    """Each part with its total, and the checks, in the words of the text; every number stands there once."""
    records = figures.extract_text(text)
    raws = {record.id: record.raw for record in records if isinstance(record, Figure)}
    parts = {r.raw: raws[r.part_of] for r in records if isinstance(r, Figure) and r.part_of}
    checks = [
        (r.name, r.passed, "=".join([raws[r.records[0]], "+".join(sorted(raws[i] for i in r.records[1:]))]))
        for r in records
        if isinstance(r, Check)
    ]
    return parts, checks


@pytest.mark.parametrize(
    ("rows", "parts", "checks"),
    [
        # a total below, above, and one that does not hold
        ("甲乡\t10\n乙乡\t20\n合计\t30\n", {"10": "30", "20": "30"}, [("sum_of_parts", True, "30=10+20")]),
        ("全县\t30\n甲乡\t10\n乙乡\t20\n", {"10": "30", "20": "30"}, [("sum_of_parts", True, "30=10+20")]),
        ("甲乡\t10\n乙乡\t20\n合　计\t31\n", {"10": "31", "20": "31"}, [("sum_of_parts", False, "31=10+20")]),
        # sums of parts below their parts, and above them
        (
            "甲村\t10\n乙村\t20\n小计\t30\n丙村\t1\n丁村\t2\n小计\t3\n合计\t33\n",
            {"10": "30", "20": "30", "1": "3", "2": "3", "30": "33", "3": "33"},
            [("sum_of_parts", True, "30=10+20"), ("sum_of_parts", True, "3=1+2"), ("sum_of_parts", True, "33=3+30")],
        ),
        (
            "甲乡小计\t30\n甲村\t10\n乙村\t20\n乙乡小计\t3\n丙村\t1\n丁村\t2\n合计\t33\n",
            {"10": "30", "20": "30", "1": "3", "2": "3", "30": "33", "3": "33"},
            [("sum_of_parts", True, "30=10+20"), ("sum_of_parts", True, "3=1+2"), ("sum_of_parts", True, "33=3+30")],
        ),
        # what is taken out is no part of the total beside
        (
            "甲乡\t10\n其中：甲村\t4\n乙乡\t20\n合计\t30\n",
            {"4": "10", "10": "30", "20": "30"},
            [("sum_of_parts", True, "30=10+20"), ("parts_within_total", True, "10=4")],
        ),
        # rows numbered by level
        (
            "一、农业\t30\n（一）种植业\t10\n（二）牧业\t20\n二、工业\t5\n合计\t35\n",
            {"10": "30", "20": "30", "30": "35", "5": "35"},
            [("sum_of_parts", True, "35=30+5"), ("sum_of_parts", True, "30=10+20")],
        ),
        ("甲乡\t10\n乙乡\t20\n", {}, []),
    ],
)
def test_rows(figures: Extractor, rows: str, parts: dict[str, str], checks: list[tuple[str, bool, str]]) -> None:
    assert read(figures, f"单位：万元\n乡镇\t损失\n{rows}") == (parts, checks)


@pytest.mark.parametrize(
    ("table", "parts", "checks"),
    [
        ("乡镇\t合计\t口粮\t建房\n甲乡\t30\t10\t20\n", {"10": "30", "20": "30"}, [("sum_of_parts", True, "30=10+20")]),
        ("乡镇\t口粮\t建房\t合计\n甲乡\t10\t20\t30\n", {"10": "30", "20": "30"}, [("sum_of_parts", True, "30=10+20")]),
        (
            "乡镇\t资金\t其中：口粮\n甲乡\t30\t10\n",
            {"10": "30"},
            [("parts_within_total", True, "30=10")],
        ),
        # a total in each group, and one over the groups
        (
            "乡镇\t总计\t救济\t\t\t补助\n\t\t小计\t口粮\t衣被\t\n甲乡\t37\t30\t10\t20\t7\n",
            {"10": "30", "20": "30", "30": "37", "7": "37"},
            [("sum_of_parts", True, "37=30+7"), ("sum_of_parts", True, "30=10+20")],
        ),
        # the same things in each group
        (
            "乡镇\t合计\t\t新建\t\t维修\t\n\t户数（户）\t金额\t户数（户）\t金额\t户数（户）\t金额\n甲乡\t9\t30\t4\t10\t5\t20\n",
            {"4": "9", "5": "9", "10": "30", "20": "30"},
            [("sum_of_parts", True, "30=10+20"), ("sum_of_parts", True, "9=4+5")],
        ),
        # a loss is no part of a fund, an average of no total
        (
            "乡镇\t损失\t口粮款\t建房款\t救灾款合计\n甲乡\t99\t10\t20\t30\n",
            {"10": "30", "20": "30"},
            [("sum_of_parts", True, "30=10+20")],
        ),
        ("乡镇\t人均纯收入（元）\n甲乡\t10\n乙乡\t20\n合计\t15\n", {}, []),
    ],
)
def test_columns(figures: Extractor, table: str, parts: dict[str, str], checks: list[tuple[str, bool, str]]) -> None:
    assert read(figures, f"单位：万元\n{table}") == (parts, checks)


def test_a_failed_sum_marks_its_figures(figures: Extractor) -> None:
    records = figures.extract_text("单位：万元\n乡镇\t损失\n甲乡\t10\n乙乡\t20\n合计\t31\n")
    assert all(record.flags == ("arithmetic_mismatch",) for record in records if isinstance(record, Figure))
