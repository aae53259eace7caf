"""Names linked to divisions: by the year, by the document's own division, by others that it names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.entities.gazetteer import Division, Gazetteer, load_gazetteer
from extractor.entities.holding import holding
from extractor.entities.linking import Linker

FEATURES = frozenset(("红河", "泰山"))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def division(gazetteer: Gazetteer, code: str | None, year: int | None) -> Division | None:
    if code is None:
        return None
    return next(d for d in gazetteer.coded(code) if year is None or d.held_in(year))


@pytest.mark.parametrize(
    ("name", "year", "home", "code"),
    [
        # the table of the year
        ("新平县", 1990, None, "532428"),
        ("新平县", 2002, None, "530427"),
        ("新平彝族傣族自治县", 2002, None, "530427"),
        ("新平县", None, None, None),  # two codes over the years
        ("昆明市", None, None, "530100"),
        ("玉溪市", 1990, None, "532401"),
        ("玉溪市", 2005, None, "530400"),
        ("玉溪地区", 2011, None, "532400"),  # gone by then: the last table that holds it
        ("玉溪专区", 1975, None, "532400"),
        ("长垣县", 2023, None, "410728"),  # 撤县设市
        ("长垣市", 2023, None, "410783"),
        ("万县", 2008, None, "512221"),  # not 万县区
        ("香港", 1996, None, "810000"),
        ("重庆", 1996, None, "510200"),
        ("重庆", 2005, None, "500000"),
        ("峨眉", 2023, None, None),  # 峨眉县 is long gone: for short it is the mountain
        ("东明县", 1936, None, None),
        ("长垣", None, None, None),  # 长垣县 or 长垣市
        ("和县", 2005, None, None),  # rather 和 and 县
        ("和县", 2005, "340000", "341424"),
        ("新平县城", 2007, None, "530427"),
        ("新平县城关", 2007, None, None),
        ("新平县漠沙镇", None, None, "530427101"),  # by whichever code
        ("不存在县", 2000, None, None),
        # chains
        ("云南省玉溪市新平县", 2002, None, "530427"),
        ("玉溪市新平县", 2002, None, "530427"),
        ("玉溪市新平县", 1990, None, "530427"),  # there was no such chain then
        ("四川攀枝花仁和区", 2008, None, "510411"),
        ("云南盈江", 2011, None, "533123"),
        ("江西九江", 2003, None, "360400"),  # not 九江县
        ("中国云南", 2011, None, "530000"),
        # short forms
        ("新平", 2002, "530427", "530427"),
        ("新平", 2002, "530422", "530427"),
        ("新平", 2002, None, None),  # a county's name without 县 might be a township's
        ("桐梓", 2002, None, None),
        ("桐梓", 2002, "520000", "520322"),
        ("长沙", 2005, None, "430100"),  # the city, not 长沙县
        ("长沙", 2005, "430121", "430100"),
        ("玉溪", 2005, None, "530400"),
        ("玉溪", 1985, None, None),  # a prefecture and a city in it
        ("吉林", 2005, None, "220000"),
        ("龙江", 2005, "230000", None),  # 黑龙江 for short
        ("红河", 2005, "530427", None),  # the river
        ("红河州", 2005, "530427", "532500"),
        # names that several have
        ("朝阳区", 2008, None, None),
        ("朝阳区", 2008, "110000", "110105"),
        ("西区", 2008, "510400", "510403"),
        ("五营", 2002, "371728", None),
        # townships
        ("漠沙", 2007, "530427", "530427101"),
        ("漠沙镇", 1990, "532428", "530427101"),
        ("漠沙镇", 2007, None, None),
        ("新平县漠沙镇", 2007, None, "530427101"),
        ("新平县漠沙", 2007, None, "530427101"),
        ("云南省玉溪市漠沙镇", 2007, None, "530427101"),
        ("河南省安阳市城关镇", 2007, None, None),  # of several counties
        ("云南省玉溪市新平县平掌乡", 2007, None, "530427205"),
        ("新平县漠沙镇曼线村", 2007, "530427", None),  # a village
        ("曼线村", 2007, "530427", None),
        # the document's own
        ("全县", 2007, "530427", "530427"),
        ("我市", 2007, "530427", "530400"),
        ("我省", 2007, "530427", "530000"),
        ("我市", 2007, "371702", "371700"),
        ("全市", 1990, "532401", "532401"),
        ("全县", 2007, "530400", None),
        ("全县", 2007, None, None),
    ],
)
def test_links(gazetteer: Gazetteer, name: str, year: int | None, home: str | None, code: str | None) -> None:
    link = Linker(gazetteer, year, division(gazetteer, home, year), features=FEATURES).link(name)
    assert (link.division.code if link else None) == code


@pytest.mark.parametrize(
    ("name", "named", "code"),
    [
        ("鼓楼区", "320100", "320106"),
        ("鼓楼区", "320000", None),  # 南京's and 徐州's
        ("鼓楼区", "430000", None),
        ("门头沟", "110000", "110109"),
    ],
)
def test_divisions_that_the_document_names_settle_others(
    gazetteer: Gazetteer, name: str, named: str, code: str | None
) -> None:
    context = division(gazetteer, named, 2008)
    link = Linker(gazetteer, 2008, None, [context] if context else []).link(name)
    assert (link.division.code if link else None) == code


@pytest.mark.parametrize(("year", "table"), [(1975, 1981), (2002, 2002), (2060, 2024)])
def test_the_year_of_the_table_is_told(gazetteer: Gazetteer, year: int, table: int) -> None:
    link = Linker(gazetteer, year).link("云南省")
    assert link is not None
    assert (link.year, link.division.name) == (table, "云南省")


SURFACES = st.sampled_from(
    [
        "云南省",
        "云南",
        "玉溪市",
        "玉溪",
        "玉溪地区",
        "新平县",
        "新平",
        "漠沙镇",
        "漠沙",
        "鼓楼区",
        "和县",
        "长垣",
        "村",
        "全",
        "县",
        "、",
    ]
)


@given(
    parts=st.lists(SURFACES, max_size=5),
    year=st.none() | st.integers(1900, 2100),
    home=st.sampled_from([None, "530427", "530400", "530000", "410728", "320100"]),
)
def test_a_link_is_in_the_table_that_it_states(parts: list[str], year: int | None, home: str | None) -> None:
    gazetteer = load_gazetteer()
    name = "".join(parts)
    linker = Linker(gazetteer, year, gazetteer.coded(home)[-1] if home else None)
    chain = gazetteer.chain(name)
    assert "".join(chain.parts) + chain.rest == name
    for link in (linker.link(name), holding(name, linker)):
        assert link is None or link.division.held_in(link.year)
        assert link is None or link.division.level == 4 or link.division in gazetteer.coded(link.division.code)
