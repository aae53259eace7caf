"""Role and payer of amounts."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor


@pytest.fixture(scope="module")
def amounts() -> Extractor:
    return Extractor(ner=False, kinds=["amount"])


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("直接经济损失1800万元，其中农业损失1500万元。", ["loss", "loss"]),
        ("接到报案90起，估损金额2.4亿元。", ["loss"]),
        ("拨付救灾资金310万元。", ["funding"]),
        ("3.2亿元省级救灾资金到账。", ["funding"]),
        ("每人每月补助30元。", ["standard"]),
        ("工作经费每年不足5000元。", ["funding"]),
        ("低保标准为年人均纯收入683元。", ["standard"]),
        ("家属各发给抚恤金1000元。", ["standard"]),
        ("各项贷款余额51.2亿元，存款余额83.5亿元。", ["debt", "other"]),
        ("发放小额信贷1200万元。", ["debt"]),
        ("接收捐赠款物折合人民币1862万元。", ["donation"]),
        ("捐资8万元和价值20万元的课桌。", ["donation", "donation"]),
        ("上缴财政12万元。", ["revenue"]),
        ("工业总产值5100万元，利税40万元。", ["output", "revenue"]),
        ("农民人均纯收入1950元。", ["income"]),
        ("重建补助资金400万元，每户补助2万元；海堤修复需1.2亿元。", ["funding", "standard", "funding"]),
        ("粮站亏损15万元。", ["other"]),
    ],
)
def test_role(amounts: Extractor, text: str, roles: list[str]) -> None:
    assert [record.role for record in amounts.extract_text(text) if record.kind == "amount"] == roles


@pytest.mark.parametrize(
    ("text", "payer"),
    [("投入县级财政4075万元", "县级财政"), ("其中群众自筹41万元", "群众自筹"), ("投入资金50万元", None)],
)
def test_payer(amounts: Extractor, text: str, payer: str | None) -> None:
    record = amounts.extract_text(text)[1]
    assert record.kind == "amount"
    assert record.payer == payer
