"""What headings tell of the figures below and beside them."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.records import AnyRecord, Figure


@pytest.fixture(scope="module")
def figures() -> Extractor:
    return Extractor(kinds={"amount", "count", "check"}, ner=False)


def told(records: list[AnyRecord], *names: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(r, name, None) for name in names) for r in records if isinstance(r, Figure)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the row is the payer, the column the sum
        ("单位：万元\n资金来源\t金额\n县级财政\t30\n群众自筹\t5\n", [("30", "县级财政"), ("5", "群众自筹")]),
        ("单位：万元\n乡镇\t中央补助\t自筹\n东寨乡\t30\t5\n", [("30", "中央补助"), ("5", "自筹")]),
        # a loss has no payer
        ("经济损失表（单位：万元）\n行业\t损失\n县\t30\n企业\t5\n", [("30", None), ("5", None)]),
    ],
)
def test_payer(figures: Extractor, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert told(figures.extract_text(text), "raw", "payer") == expected


@pytest.mark.parametrize(
    ("heading", "role", "per"),
    [
        ("直接经济损失（万元）", "loss", None),
        ("口粮救济款（万元）", "funding", None),
        ("捐款（元）", "donation", None),
        ("银行贷款（万元）", "debt", None),
        ("补助标准（元/人）", "standard", "人"),
        ("农民人均纯收入（元）", "income", "人"),
        ("工农业总产值（万元）", "output", None),
        ("金额（万元）", "other", None),
    ],
)
def test_role(figures: Extractor, heading: str, role: str, per: str | None) -> None:
    records = figures.extract_text(f"乡镇\t{heading}\n东寨乡\t30\n西屯乡\t20\n")
    assert told(records, "role", "per") == [(role, per)] * 2


def test_a_slash_in_a_declared_unit(figures: Extractor) -> None:
    """Of money it makes a rate, else it parts two units."""
    rate = figures.extract_text("单位：元/人\n乡镇\t标准\n东寨乡\t60\n")
    assert told(rate, "raw", "role", "per") == [("60", "standard", "人")]
    two = figures.extract_text("单位：户/人\n乡镇\t救助户数\t救助人口\n东寨乡\t60\t200\n")
    assert told(two, "raw", "unit") == [("60", "户"), ("200", "人")]


def test_the_caption_tells_what_headings_leave_open(figures: Extractor) -> None:
    records = figures.extract_text("救灾款分配表（单位：万元）\n乡镇\t金额\n东寨乡\t30\n西屯乡\t20\n")
    assert told(records, "role") == [("funding",)] * 2


@pytest.mark.parametrize(
    ("heading", "measure", "status", "indicator", "thing"),
    [
        ("受灾人口（人）", "persons", "affected", "受灾人口", "人口"),
        ("因灾死亡人口（人）", "persons", "dead", "因灾死亡人口", "人口"),
        ("紧急转移安置人口（人）", "persons", "evacuated", "紧急转移安置人口", "人口"),
        ("倒塌房屋（间）", "rooms", "collapsed", "倒塌房屋间数", "房屋"),
        ("严重损坏房屋（间）", "rooms", "severely_damaged", "严重损坏房屋间数", "房屋"),
        ("农作物绝收面积（公顷）", "area", "crop_failed", "农作物绝收面积", "农作物"),
        ("受灾乡镇（个）", "admin_units", "affected", None, "乡镇"),
        ("死亡大牲畜（头）", "livestock", "dead", "因灾死亡大牲畜", "大牲畜"),
        ("救助户数", "households", "relieved", None, None),
        ("总人口", "persons", None, None, "总人口"),
    ],
)
def test_counts(
    figures: Extractor, heading: str, measure: str, status: str | None, indicator: str | None, thing: str | None
) -> None:
    records = figures.extract_text(f"乡镇\t{heading}\t损失（万元）\n东寨乡\t30\t1\n")
    assert told(records, "measure", "status", "indicator", "object")[0] == (measure, status, indicator, thing)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("乡镇\t损失（万元）\n东寨乡\t3\n平掌\t2\n其他乡镇\t1\n合计\t6\n", ["东寨乡", "平掌", None, None]),
        ("乡镇\t村\t损失（万元）\n东寨乡\t东村\t3\n\t西村\t2\n小计\t\t5\n", ["东寨乡东村", "东寨乡西村", None]),
        ("项目\t东寨乡\t西屯镇\t合计\n损失（万元）\t3\t2\t5\n", ["东寨乡", "西屯镇", None]),
        ("单位\t损失（万元）\n城镇\t3\n县民政局\t2\n", [None, None]),
        ("序号\t项目\t实施地点\t投资（万元）\n1\t水池\t东寨乡东村\t3\n2\t村道\t西屯乡\t4\n", ["东寨乡东村", "西屯乡"]),
    ],
)
def test_place(figures: Extractor, text: str, places: list[str | None]) -> None:
    assert [place for (place,) in told(figures.extract_text(text), "place")] == places


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # neither numbers of rows, years, codes and telephones nor shares, changes and yields
        (
            "序号\t年份\t代码\t电话\t占比（%）\t比上年增长\t亩产（公斤）\t资金（万元）\n1\t1998\t530427\t2218036\t5.5\t3\t400\t12\n",
            ["12"],
        ),
        ("指标\t计量单位\t2011年\n粮食产量\t万吨\t9.8\n增长率\t%\t3.1\n", ["9.8"]),
        ("年份\t受灾人口（人）\n1998\t2000\n1999\t1999\n", ["2000", "1999"]),
        # a unit for the whole table and another for one column of it; what counts is no money
        ("单位：万元\n乡镇\t资金\t户数\t村数（个）\t面积\n东寨乡\t12\t30\t4\t55\n", ["12", "30", "4"]),
        ("单位：人、公顷、万元\n乡镇\t受灾人口\t受灾面积\t损失\n东寨乡\t120\t30\t4.5\n", ["120", "30", "4.5"]),
        # what is written out in a cell counts as well, what stands in a remark does not
        ("乡镇\t户数\t损失（万元）\n东寨乡\t12户\t3\n", ["12户", "3"]),
    ],
)
def test_which_cells_are_figures(figures: Extractor, text: str, found: list[str]) -> None:
    assert [raw for (raw,) in told(figures.extract_text(text), "raw")] == found


def test_headings_are_kept(figures: Extractor) -> None:
    text = "县\t救灾款（万元）\t救灾款（万元）\n县\t口粮\t建房\n东寨县\t3\t2\n"
    assert told(figures.extract_text(text), "row_heading", "column_heading") == [
        ("东寨县", "救灾款/口粮"),
        ("东寨县", "救灾款/建房"),
    ]


def test_units_are_no_figures(figures: Extractor) -> None:
    records = figures.extract_text("单位：户、万元\n指标\t计量单位\t2011年\n户数\t万户\t2\n产值\t亿元\t3\n")
    assert told(records, "raw", "value") == [("2", 20000), ("3", 300000000)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("单位：万元\n项目\t2008年\t2009年\n口粮款\t3\t2\n", ["2008", "2009"]),
        ("单位：万元\n年份\t口粮款\n2008\t3\n2009\t2\n", ["2008", "2009"]),
        ("单位：万元\n项目\t2001-2005年\n口粮款\t3\n", ["2001/2005"]),
        ("2009年救灾款（单位：万元）\n项目\t本年\t上年\n口粮款\t3\t2\n", ["2009", "2008"]),
        ("全县2009年救灾款分配表\n单位：万元\n乡镇\t金额\n东寨乡\t3\n西屯乡\t2\n", ["2009", "2009"]),
        ("单位：万元\n项目\t金额\n口粮款\t3\n", [None]),
    ],
)
def test_date(figures: Extractor, text: str, dates: list[str | None]) -> None:
    assert [date for (date,) in told(figures.extract_text(text), "date")] == dates
