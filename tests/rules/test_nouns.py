"""The noun beside a count and what it makes of a loose classifier."""

from __future__ import annotations

import pytest

from extractor.patterns import load_patterns
from extractor.rules.counts import CountFinder

COUNTS = CountFinder(load_patterns())


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("3个乡镇跟邻县相连", "admin_units"),
        ("15个乡镇建有卫生站", "admin_units"),
        ("5个受灾地区", "admin_units"),
        ("为3个乡镇送水", "admin_units"),
        ("30个村（社区）受灾", "admin_units"),
        ("6个落后县域结对帮扶", "admin_units"),
        ("5个乡镇企业", "items"),
        ("5个乡镇农村福利院", "items"),
        ("12个专业展区", "items"),
        ("老旧小区14个", "items"),
        ("生态示范区3个", "items"),
        ("4个工作小组", "items"),
        ("32个村民小组", "admin_units"),
        ("两个孩子上学", "persons"),
        ("3个干部", "persons"),
        ("20家农户", "households"),
        ("经营主体从40万户增加", "items"),
        ("个体工商户75户", "items"),
        ("8户县属企业资产", "items"),
        ("小喇叭300只", "items"),
        ("死亡家禽900只", "livestock"),
        ("全家5口", "persons"),
        ("大锅5口", "items"),
        ("安置房200套", "rooms"),
        ("家具200套", "items"),
        ("改造棚户区300套", "rooms"),
    ],
)
def test_measure(text: str, measure: str) -> None:
    [found] = COUNTS.find(text, [(0, len(text))], [])
    assert found.measure == measure


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("11个乡镇受灾", "乡镇"),
        ("210名副科级以上干部参加", "副科级以上干部"),
        ("20名国有企业职工被困", "国有企业职工"),
        ("倒塌房屋50间", "房屋"),
        ("转移3万贫困群众", "贫困群众"),
        ("现有五保对象571人", "五保对象"),
        ("倒塌500余间房屋", "房屋"),
    ],
)
def test_object(text: str, noun: str) -> None:
    [found] = COUNTS.find(text, [(0, len(text))], [])
    assert found.object == noun
