"""Organizations by their full names."""

from __future__ import annotations

import pytest

from extractor.entities.canonical import CanonicalNames, bodies
from extractor.entities.gazetteer import load_gazetteer
from extractor.entities.linking import Linker
from extractor.patterns import load_patterns

BODIES = bodies(load_patterns())


def names(home: str | None, year: int, issuer: str | None = None) -> CanonicalNames:
    gazetteer = load_gazetteer()
    division = next(d for d in gazetteer.coded(home) if d.held_in(year)) if home else None
    return CanonicalNames(gazetteer, Linker(gazetteer, year, division), division, issuer, BODIES)


@pytest.mark.parametrize(
    ("name", "home", "issuer", "full"),
    [
        ("县民政局", "530427", None, "新平县民政局"),
        ("民政局", "530427", None, "新平县民政局"),
        ("县政府", "530427", None, "新平县人民政府"),
        ("县委", "530427", None, "新平县委"),
        ("县委", None, None, None),
        ("民政局", None, None, None),
        ("民政局", "530000", None, None),  # a province has a 厅
        ("市委", "530427", None, "玉溪市委"),
        ("市委", "371702", None, "菏泽市委"),
        ("省民政厅", "530427", None, "云南省民政厅"),
        ("市场监督管理局", "530400", None, "玉溪市市场监督管理局"),
        ("市场监测局", "530400", None, None),
        ("我局", "530427", "新平县民政局", "新平县民政局"),
        ("我局", "530427", "县民政局", "新平县民政局"),
        ("我局", "530427", "新平县人民政府", None),
        ("我局", "530427", None, None),
        ("新平彝族傣族自治县民政局", "530427", None, "新平县民政局"),
        ("云南省玉溪市新平县民政局", None, None, "新平县民政局"),
        ("新平民政局", "530427", None, "新平县民政局"),
        ("新平民政局", None, None, None),
        ("中共新平县委", None, None, "新平县委"),
        ("玉溪市委市人民政府", None, None, "玉溪市委市人民政府"),
        ("海南医科大学", "460000", None, "海南医科大学"),  # a name of its own
        ("漠沙镇人民政府", "530427", None, "新平县漠沙镇人民政府"),
        ("漠沙镇人民政府", None, None, None),
        ("国务院", None, None, "国务院"),
        ("党中央", None, None, "中共中央"),
        ("国家林业总局", None, None, "国家林业总局"),
        ("利民砖瓦厂", "530427", None, None),
    ],
)
def test_full_names(name: str, home: str | None, issuer: str | None, full: str | None) -> None:
    assert names(home, 2011, issuer).of(name) == full


@pytest.mark.parametrize(("name", "full"), [("地委", "玉溪地委"), ("地区民政处", "玉溪地区民政处")])
def test_prefectures_of_old(name: str, full: str) -> None:
    assert names("532428", 1990).of(name) == full
