"""Amounts of money: value, currency, what they are counted by."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.patterns import load_patterns
from extractor.rules.amounts import AmountFinder, FoundAmount

AMOUNTS = AmountFinder(load_patterns())


def find(text: str) -> list[FoundAmount]:
    return AMOUNTS.find(text, [(0, len(text))], [])


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("下拨救灾款86.5万元", "865000", "CNY"),
        ("直接经济损失1.2亿元", "120000000", "CNY"),
        ("引资300万美元", "3000000", "USD"),
        ("捐洋二百银元", "200", None),
        ("每斤卖3元5角", "3.5", "CNY"),
        ("每度电加2分钱", "0.02", "CNY"),
        ("收费八角", "0.8", "CNY"),
        ("共计￥5,000.00", "5000", "CNY"),
        ("折合3万人民币", "30000", "CNY"),
        ("完成投资1500万，", "15000000", "CNY"),
        ("贷款三万五千元", "35000", "CNY"),
        ("收到人民币叁仟伍佰元整", "3500", "CNY"),
    ],
)
def test_value(text: str, value: str, currency: str | None) -> None:
    [found] = find(text)
    assert (found.quantity.value, found.currency) == (Decimal(value), currency)


@pytest.mark.parametrize(
    "text",
    [
        "单位：万元",
        "成为万元户",
        "元旦前后",
        "一元化领导",
        "长三角地区",
        "五角星",
        "种了八角和花椒",
        "考了95分",
        "2010年元月",
        "三角债",
    ],
)
def test_no_money(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "拨款20000元（大写：贰万元整）",
        "拨款20000元（人民币贰万元整）",
        "拨款2万元，计贰万元整",
        "拨款贰万元整（￥20000元）",
    ],
)
def test_the_same_amount_in_capitals_is_one(text: str) -> None:
    assert [found.quantity.value for found in find(text)] == [Decimal(20000)]


def test_another_amount_in_capitals_is_a_second() -> None:
    assert len(find("拨款20000元（其中叁仟元整）")) == 2


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("每户补助100～500元", "100", "500"), ("几十万元", "100000", "1000000"), ("三五万元", "30000", "50000")],
)
def test_range(text: str, low: str, high: str) -> None:
    [found] = find(text)
    assert (found.quantity.value, found.quantity.low, found.quantity.high) == (None, Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("每人每月补助30元", "人·月"),
        ("户均补助500元", "户"),
        ("收50元/亩", "亩"),
        ("每户（或项目）补助50元", "户"),
        ("拨款50元", None),
    ],
)
def test_per(text: str, per: str | None) -> None:
    [found] = find(text)
    assert found.per == per


@pytest.mark.parametrize("piece", ["1", "一", "1,", "1亿", "每万", "元", "拾", "3～"])
def test_long_runs_take_linear_time(piece: str) -> None:
    text = (piece * 20000)[:20000]
    find(text)  # the time limit of a search would raise
