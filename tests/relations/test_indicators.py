"""Indicators of the 自然灾害情况统计调查制度, and their values in the official units."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor


@pytest.fixture(scope="module")
def figures() -> Extractor:
    return Extractor(kinds={"amount", "count"}, ner=False)


def indicators(figures: Extractor, text: str) -> list[tuple[str | None, str | None, str | None]]:
    records = [r for r in figures.extract_text(text) if r.kind in ("amount", "count")]
    return [
        (r.indicator, None if r.indicator_value is None else str(r.indicator_value), r.indicator_unit)  # type: ignore[union-attr]
        for r in records
    ]


@pytest.mark.parametrize(
    ("text", "name", "value", "unit"),
    [
        ("受灾人口3万5千人。", "受灾人口", "35000", "人"),
        ("因灾死亡3人。", "因灾死亡人口", "3", "人"),
        ("失踪2人。", "因灾失踪人口", "2", "人"),
        ("受伤31人。", "因灾受伤人口", "31", "人"),
        ("死亡失踪5人。", "因灾死亡失踪人口", "5", "人"),
        ("紧急转移安置5102人。", "紧急转移安置人口", "5102", "人"),
        ("转移群众2.67万人次。", "紧急转移安置人口", "26700", "人次"),
        ("需紧急生活救助1200人。", "需紧急生活救助人口", "1200", "人"),
        ("需过渡期生活救助300人。", "需过渡期生活救助人口", "300", "人"),
        ("缺粮人口8000人。", "缺粮人口", "8000", "人"),
        ("1.2万人饮水困难。", "饮水困难人口", "12000", "人"),
        ("重灾人口8000人。", "重灾人口", "8000", "人"),
        ("倒塌房屋862间。", "倒塌房屋间数", "862", "间"),
        ("倒塌房屋426户。", "倒塌住房户数", "426", "户"),
        ("严重损坏房屋1440间。", "严重损坏房屋间数", "1440", "间"),
        ("一般损坏房屋210户。", "一般损坏住房户数", "210", "户"),
        ("农作物受灾面积5.2万亩。", "农作物受灾面积", "3466.6667", "公顷"),
        ("农作物成灾3000公顷。", "农作物成灾面积", "3000", "公顷"),
        ("绝收8600亩。", "农作物绝收面积", "573.3333", "公顷"),
        ("冲毁耕地1500亩。", "毁坏耕地面积", "100", "公顷"),
        ("死亡大牲畜217头。", "因灾死亡大牲畜", "217", "头"),
        ("死亡牛30头。", "因灾死亡大牲畜", "30", "头"),
        ("死亡羊80只。", "因灾死亡羊只", "80", "头"),
        ("直接经济损失1亿2,300万元。", "直接经济损失", "12300", "万元"),
        ("造成经济损失约800万元。", "直接经济损失", "800", "万元"),
        ("石门县直接经济损失25元。", "直接经济损失", "0.0025", "万元"),
        ("农业直接经济损失4100万元。", "农业损失", "4100", "万元"),
        ("工矿商贸业损失4.3亿元。", "工矿企业损失", "43000", "万元"),
        ("基础设施损失310万元。", "基础设施损失", "310", "万元"),
        ("公益设施损失31万元。", "公益设施损失", "31", "万元"),
        ("家庭财产损失3.1亿元。", "家庭财产损失", "31000", "万元"),
    ],
)
def test_indicator(figures: Extractor, text: str, name: str, value: str, unit: str) -> None:
    assert indicators(figures, text) == [(name, value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "拨付救灾资金300万元。",
        "水利设施损失3560万元。",
        "间接经济损失200万元。",
        "新建住房512户。",
        "林地受灾3000亩。",
        "滩地被淹3000亩。",
        "死亡鸡9.5万只。",
        "倒塌轮窑6座。",
        "收入50万元。",
    ],
)
def test_no_indicator(figures: Extractor, text: str) -> None:
    assert indicators(figures, text) == [(None, None, None)]


def test_parts_of_a_loss(figures: Extractor) -> None:
    told = indicators(figures, "直接经济损失8000万元，其中农业5000万元，水利设施1000万元，基础设施损失2000万元。")
    assert [name for name, _, _ in told] == ["直接经济损失", "农业损失", None, "基础设施损失"]


def test_a_cell_is_told_by_its_headings(figures: Extractor) -> None:
    head = "灾情统计表（单位：万元）\n乡镇\t受灾人口（人）\t倒塌房屋（间）\t直接经济损失\n"
    table = head + "东寨乡\t1200\t30\t150\n西屯乡\t800\t12\t90\n"
    told = [("受灾人口", "人"), ("倒塌房屋间数", "间"), ("直接经济损失", "万元")]
    assert [(name, unit) for name, _, unit in indicators(figures, table)] == told * 2


def test_a_range_has_no_single_value(figures: Extractor) -> None:
    assert indicators(figures, "死亡3至5人。") == [("因灾死亡人口", None, "人")]


def test_a_number_too_long_to_mean_anything_has_none(figures: Extractor) -> None:
    assert indicators(figures, "农作物受灾999999999999999999亿亿亩。") == [("农作物受灾面积", None, "公顷")]
