from __future__ import annotations

import pytest

from extractor.entities.division_names import short_forms, township_stem
from extractor.entities.gazetteer import Gazetteer, load_gazetteer
from extractor.entities.townships import counties_with, townships_of


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("新平彝族傣族自治县", ("新平县", "新平")),
        ("内蒙古自治区", ("内蒙古区", "内蒙古")),
        ("伊犁哈萨克自治州", ("伊犁州", "伊犁")),
        ("隆林各族自治县", ("隆林县", "隆林")),
        ("东乡族自治县", ("东乡县", "东乡")),
        ("鄂温克族自治旗", ("鄂温克旗", "鄂温克")),
        ("管城回族区", ("管城区", "管城")),
        ("玉溪地区", ("玉溪专区", "玉溪")),
        ("神农架林区", ("神农架",)),
        ("香港特别行政区", ("香港",)),
        ("费县", ()),
        ("西区", ()),
    ],
)
def test_short_forms(name: str, expected: tuple[str, ...]) -> None:
    assert short_forms(name) == expected


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("平掌乡", "平掌"),
        ("平掌人民公社", "平掌"),
        ("桂山街道办事处", "桂山"),
        ("平章回族乡", "平章"),
        ("大屯区", "大屯区"),
        ("红星农场", "红星农场"),
    ],
)
def test_townships_without_their_kind(name: str, stem: str) -> None:
    assert township_stem(name) == stem


@pytest.mark.parametrize(
    ("name", "parts", "rest"),
    [
        ("云南省玉溪市新平县", ("云南省", "玉溪市", "新平县"), ""),
        ("四川攀枝花仁和区", ("四川", "攀枝花", "仁和区"), ""),
        ("新平县漠沙镇", ("新平县",), "漠沙镇"),
        ("云南省新化村", ("云南省",), "新化村"),
        ("深圳市光明新区", ("深圳市",), "光明新区"),  # not 光明区, which came later
        ("东明集", (), "东明集"),  # a name of its own
        ("云南省昭通市新平县", ("云南省", "昭通市"), "新平县"),  # it lies elsewhere
        ("水井湾", (), "水井湾"),
        ("", (), ""),
    ],
)
def test_chains(gazetteer: Gazetteer, name: str, parts: tuple[str, ...], rest: str) -> None:
    chain = gazetteer.chain(name)
    assert (chain.parts, chain.rest) == (parts, rest)


def test_candidates_of_a_surface(gazetteer: Gazetteer) -> None:
    assert {d.code for d in gazetteer.candidates("玉溪", 1985)} == {"532400", "532401"}
    assert gazetteer.candidates("无此地") == ()
    assert "玉溪专区" in gazetteer
    assert "无此地" not in gazetteer


def test_a_code_and_what_came_of_it(gazetteer: Gazetteer) -> None:
    assert [d.name for d in gazetteer.coded("110113")] == ["顺义区"]
    assert gazetteer.coded("999999") == ()
    assert gazetteer.heirs("532428", 2023) == ["530427"]
    assert gazetteer.heirs("412131", 2023) == ["410783"]  # 长垣, by three codes and from 县 to 市


def test_what_was_before_a_code(gazetteer: Gazetteer) -> None:
    assert [d.code for d in gazetteer.forerunners("530427", 1990)] == ["532428"]
    assert [d.code for d in gazetteer.forerunners("530427", 2010)] == ["530427"]
    assert [d.code for d in gazetteer.forerunners("410783", 1982)] == ["412131"]


def test_what_lies_above(gazetteer: Gazetteer) -> None:
    [county] = gazetteer.candidates("新平县", 2011)
    assert [d.name for d in gazetteer.above(county, 2011)] == ["玉溪市", "云南省"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("漠沙镇", "530427101"),
        ("漠沙", "530427101"),
        ("平掌公社", "530427205"),
        ("漠沙镇曼线村", None),
        ("城关镇", None),
        ("漠", None),
    ],
)
def test_townships(gazetteer: Gazetteer, name: str, code: str | None) -> None:
    for year in (1990, 2011):
        [county] = gazetteer.candidates("新平县", year)
        township = townships_of(county, gazetteer).called(name)
        assert (township.code if township else None) == code


def test_every_township_lies_in_a_county_of_its_table(gazetteer: Gazetteer) -> None:
    [county] = gazetteer.candidates("新平县", 2011)
    townships = townships_of(county, gazetteer)
    assert len(townships.all) == 12
    assert {t.parent for t in townships.all} == {"新平彝族傣族自治县"}
    assert townships.begun("漠沙镇曼线村") == townships.called("漠沙镇")
    assert townships.begun("曼线村") is None


@pytest.mark.parametrize(
    ("name", "counties"), [("者竜乡", {"530427"}), ("者竜", {"530427"}), ("者", set()), ("竜乡", set())]
)
def test_counties_that_have_a_township(name: str, counties: set[str]) -> None:
    assert counties_with(name) == counties
