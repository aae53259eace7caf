"""Counts: value, measure, and what is no count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.patterns import load_patterns
from extractor.rules.counts import CountFinder, FoundCount

COUNTS = CountFinder(load_patterns())


def find(text: str) -> list[FoundCount]:
    return COUNTS.find(text, [(0, len(text))], [])


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [
        ("涉及11个乡镇", "11", "admin_units"),
        ("受灾2197户", "2197", "households"),
        ("10余万人受灾", "100000", "persons"),
        ("倒房4940间", "4940", "rooms"),
        ("造林1.83万公顷", "18300", "area"),
        ("死亡大牲畜63头", "63", "livestock"),
        ("发放面粉180吨", "180", "mass"),
        ("修路5.5公里", "5.5", "length"),
        ("架设线路1300杆公里", "1300", "length"),
        ("动土9.5万立方米", "95000", "volume"),
        ("安装路灯60盏", "60", "items"),
        ("办起敬老院一所，", "1", "items"),
        ("修渠1公里半", "1.5", "length"),
        ("全县辖6区", "6", "admin_units"),
        ("出动两万官兵", "20000", "persons"),
        ("灾区总人口约120万，", "1200000", "persons"),
        ("年产1500万吨/年的炼厂", "15000000", "mass"),
        ("路基塌陷1.4万公尺", "14000", "length"),
        ("一人丧生", "1", "persons"),
    ],
)
def test_value_and_measure(text: str, value: str, measure: str) -> None:
    [found] = find(text)
    assert (found.quantity.value, found.measure) == (Decimal(value), measure)


@pytest.mark.parametrize(
    "text",
    [
        "增长15.3%",
        "人均水资源量仅170立方米",
        "户均3.5亩",
        "消除劣五类水体",
        "第3名",
        "历时20分钟",
        "5.9级地震",
        "年满60周岁",
        "亩产400公斤",
        "亩产由6吨降至不足4吨",
        "流量每秒6000立方米",
        "时速80公里",
        "每万人拥有医生",
        "是一个山区县",
        "桩号12+650处",
        "附件2 名词解释",
        "河湾村3组",
        "核电一期、二期工程",
        "落实八项规定精神",
        "落实“四个不摘”要求",
        "实行“三包一挂钩”责任制",
        "“一方有难，八方支援”",
        "来自四面八方",
        "千方百计增收",
        "发展一村一品",
        "千家万户",
        "五谷丰登",
        "赤地百里",
        "三次产业结构",
        "已经连成一片，",
        "由甲乙丙三方签字",
        "三面环山",
    ],
)
def test_no_count(text: str) -> None:
    assert [text[f.start : f.end] for f in find(text)] == []


@pytest.mark.parametrize(
    "text", ["五里铺乡受灾", "治理七里河", "三门镇、大坪镇", "小井、东三里、城关", "六盘水市盘县", "三门峡市", "九台区"]
)
def test_names_of_places_count_nothing(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("11个乡镇52个村委会2197户", ["11个乡镇", "52个村委会", "2197户"]),
        ("该市四个县十五个乡镇一百二十个行政村", ["四个县", "十五个乡镇", "一百二十个行政村"]),
        ("辖八村三十二组", ["八村", "三十二组"]),
        ("死三人，伤五人", ["三人", "五人"]),
        ("一家六口", ["六口"]),
        ("扶持320户贫困户当年脱贫", ["320户贫困户"]),
        ("建成长10公里的三里河堤", ["10公里", "三里河堤"]),
    ],
)
def test_surfaces(text: str, surfaces: list[str]) -> None:
    assert [text[f.start : f.end] for f in find(text)] == surfaces


@pytest.mark.parametrize("piece", ["1", "一", "1,", "1亿", "三里", "第", "“三", "五谷", "受灾", "3～"])
def test_long_runs_take_linear_time(piece: str) -> None:
    text = (piece * 20000)[:20000]
    find(text)  # the time limit of a search would raise
