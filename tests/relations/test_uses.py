"""What amounts were for, and whom they reached."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.records import Amount


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(ner=False, kinds=["amount", "count"])


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("安排505万元资金立项建设村级活动场所29个。", "建设村级活动场所"),
        ("投入50万元，用于修复水毁工程。", "修复水毁工程"),
        ("投资80万元建蔬菜市场一处。", "建蔬菜市场"),
        ("下拨抗洪救灾专项资金1353.4万元。", "抗洪救灾"),
        ("总投资1500万元，建筑面积1.28万平方米。", None),
        ("投资1500万元建设的酒店开业。", None),
        ("资金8028万元，用于滩区16个村的迁建。", None),
        ("经济损失50万元，修复水毁工程。", None),
    ],
)
def test_purpose(extractor: Extractor, text: str, purpose: str | None) -> None:
    [amount] = [record for record in extractor.extract_text(text) if isinstance(record, Amount)]
    assert amount.purpose == purpose


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("发放救济金12万元，救济灾民2300户。", ["2300户"]),
        ("共为48户、129人发放最低生活保障金5.6万元。", ["48户", "129人"]),
        ("社会各界捐款48.7万元，资助267名学生和935名儿童。", ["267名学生", "935名儿童"]),
        ("受灾500户，损失12万元。", []),
        ("拨款12万元，受灾500户。", []),
        ("捐款12万元。救济500户。", []),
    ],
)
def test_beneficiary(extractor: Extractor, text: str, reached: list[str]) -> None:
    records = {record.id: record for record in extractor.extract_text(text)}
    [amount] = [record for record in records.values() if isinstance(record, Amount)]
    assert [records[id_].text for id_ in amount.beneficiary] == reached
