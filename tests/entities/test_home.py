"""The division that a document is about."""

from __future__ import annotations

import pytest

from extractor.entities.found import FoundEntity
from extractor.entities.gazetteer import load_gazetteer
from extractor.entities.home import division_of_heading, division_of_text


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("新平县民政局", "530427"),
        ("云南省玉溪市新平县民政局关于救灾工作的报告", "530427"),
        ("中共新平县委新平县人民政府", "530427"),
        ("2011年西藏政府工作报告", "540000"),
        ("关于玉溪市抗旱工作的通报", "530400"),
        ("福州：一处仓库起火", "350100"),
        ("安康工程总结", None),
        ("云南盈江发生地震", "533123"),
        ("县民政局", None),
        ("国务院关于云南省抗旱工作的批复", "530000"),
        ("国务院关于抗旱工作的批复", None),
        ("", None),
    ],
)
def test_headings(heading: str, code: str | None) -> None:
    link = division_of_heading(heading, load_gazetteer(), 2011)
    assert (link.division.code if link else None) == code


@pytest.mark.parametrize(
    ("opening", "names", "agency_codes", "code"),
    [
        ("", "新平县 新平 玉溪市", [], "530427"),
        ("", "新平县 元江县", [], None),
        ("", "新平县 元江县 华宁县", [], "530400"),  # three counties of 玉溪
        ("", "新平县 新平县 元江县 华宁县", [], "530400"),
        ("", "云南省 云南 云南 新平县", [], "530000"),
        ("", "台湾 台湾 台湾 日本 韩国", [], None),
        ("全县：", "云南省 云南 云南 新平县 新平县民政局", [], "530427"),
        ("全县：", "云南省 云南 云南", [], None),
        ("", "从新平县 从新平县 从新平县", [], None),  # where people came from
        ("", "新平县 漠沙 平掌 元江县", [], "530427"),  # its townships speak for it
        ("县委：", "新平县 元江县 华宁县", ["新政督", "国发"], "530427"),
        ("", "漠沙 平掌 者竜", [], "530427"),  # no other county has the three
        ("", "漠沙 平掌", [], "530427"),
        ("", "漠沙", [], None),
        ("", "城关镇 老厂", [], None),
        ("", "城关镇 马头镇 新城镇", [], None),
        ("", "", ["新政督"], None),
    ],
)
def test_texts(opening: str, names: str, agency_codes: list[str], code: str | None) -> None:
    text = opening
    entities = []
    for name in names.split():
        text += name
        surface = name.removeprefix("从")
        label = "organization" if name.endswith("局") else "place"
        entities.append(FoundEntity(len(text) - len(surface), len(text), label, "r", surface))
        text += "、"
    link = division_of_text(text, entities, agency_codes, load_gazetteer(), 2011)
    assert (link.division.code if link else None) == code
