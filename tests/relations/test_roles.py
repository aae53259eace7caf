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
        # told by the total, the sentence before, the heading
        ("投入900万元，其中甲乡400万元，乙乡500万元。", ["funding", "funding", "funding"]),
        ("财政收入3.6亿元。其中税收2亿元。比上年增加4000万元。", ["revenue", "revenue", "revenue"]),
        ("二、资金安排情况\n（一）整村推进450万元。\n三、问题\n尚有86万元。", ["funding", "other"]),
    ],
)
def test_role(amounts: Extractor, text: str, roles: list[str]) -> None:
    assert [record.role for record in amounts.extract_text(text) if record.kind == "amount"] == roles


@pytest.mark.parametrize(
    ("text", "payer"),
    [
        ("投入县级财政4075万元", "县级财政"),
        ("其中群众自筹41万元", "群众自筹"),
        ("投入资金50万元", None),
        ("争取中央和省级补助资金200万元", "中央和省级"),
        ("省、市共下拨扶贫资金424万元", "省、市"),
        ("省民政厅下拨救灾资金20万元", "省民政厅"),
        ("大箐乡由县烟草公司捐资30万元", "县烟草公司"),
        ("县财政收入1200万元", None),
        ("全县投入资金30万元", None),
    ],
)
def test_payer(amounts: Extractor, text: str, payer: str | None) -> None:
    record = amounts.extract_text(text)[1]
    assert record.kind == "amount"
    assert record.payer == payer


def test_a_bare_level_pays_in_a_list_that_began_with_a_payer(amounts: Extractor) -> None:
    records = amounts.extract_text("省级财政投入120万元，市级80万元，县级50万元。县级50万元。")
    assert [record.payer for record in records if record.kind == "amount"] == ["省级财政", "市级", "县级", None]


def test_a_role_tells_why(amounts: Extractor) -> None:
    records = amounts.extract_text("投入900万元，其中甲乡400万元。")
    reasons = [[(r.confidence, r.why) for r in a.reasons if r.field == "role"] for a in records if a.kind == "amount"]
    assert reasons == [[], [("likely", "role.carried")]]
