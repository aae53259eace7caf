from __future__ import annotations

import time

import pytest

from extractor.entities.found import FoundEntity
from extractor.entities.gazetteer import Gazetteer, load_gazetteer, short_forms
from extractor.entities.linking import link_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def test_it_loads_quickly() -> None:
    started = time.process_time()
    load_gazetteer.__wrapped__()
    assert time.process_time() - started < 0.2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("新平彝族傣族自治县", ("新平县", "新平")),
        ("内蒙古自治区", ("内蒙古区", "内蒙古")),
        ("伊犁哈萨克自治州", ("伊犁州", "伊犁")),
        ("隆林各族自治县", ("隆林县", "隆林")),
        ("玉溪地区", ("玉溪",)),
        ("神农架林区", ("神农架",)),
        ("香港特别行政区", ("香港",)),
        ("费县", ()),
        ("西区", ()),
    ],
)
def test_short_forms(name: str, expected: tuple[str, ...]) -> None:
    assert short_forms(name) == expected


@pytest.mark.parametrize(
    ("name", "year", "context", "code"),
    [
        ("新平县", 1990, None, "532428"),
        ("新平县", 2002, None, "530427"),
        ("新平彝族傣族自治县", 2002, None, "530427"),
        ("云南省玉溪市新平县", 2002, None, "530427"),
        ("新平", 2002, "530400", "530427"),
        ("新平", 2002, None, None),  # a county's name without 县 might be a township's
        ("新平县", None, None, None),  # two codes over the years
        ("玉溪", 2005, None, "530400"),
        ("玉溪", 1985, None, None),  # a prefecture and a city in it
        ("吉林", 2005, None, "220000"),
        ("四川攀枝花仁和区", 2008, None, "510411"),
        ("西区", 2008, "510400", "510403"),
        ("朝阳区", 2008, None, None),
        ("朝阳区", 2008, "110000", "110105"),
        ("五营", 1992, "371728", None),
        ("新平县漠沙镇", 2002, None, None),
        ("东明县", 1936, None, None),
        ("不存在县", 2000, None, None),
    ],
)
def test_links(gazetteer: Gazetteer, name: str, year: int | None, context: str | None, code: str | None) -> None:
    link = gazetteer.link(name, year, context)
    assert (link.division.code if link else None) == code


@pytest.mark.parametrize(("year", "table"), [(1975, 1981), (2002, 2002), (2060, 2024)])
def test_the_year_of_the_table_is_told(gazetteer: Gazetteer, year: int, table: int) -> None:
    link = gazetteer.link("云南省", year)
    assert link is not None
    assert (link.year, link.division.name) == (table, "云南省")


def test_candidates_of_a_surface(gazetteer: Gazetteer) -> None:
    assert {d.code for d in gazetteer.candidates("玉溪", 1985)} == {"532400", "532401"}
    assert gazetteer.candidates("无此地") == []


def test_only_places_are_linked(gazetteer: Gazetteer) -> None:
    entities = [FoundEntity(0, 3, "place", "r", "云南省"), FoundEntity(3, 6, "person", "r", "云南省")]
    links = link_places(entities, gazetteer, 2002, None)
    assert [link and link.division.code for link in links] == ["530000", None]
