"""Townships of a county found by the table."""

from __future__ import annotations

import pytest

from extractor.entities.found import FoundEntity
from extractor.entities.gazetteer import Division
from extractor.entities.local_names import Counties, local_names, together
from extractor.entities.townships import Townships

NAMES = ("石坪镇", "云崖乡", "水塘镇", "河口街道", "河口镇", "青林苗族乡")
ALL = [Division(f"990101{n:03}", name, "青山县", 2023, None) for n, name in enumerate(NAMES)]
TOWNSHIPS = Townships(ALL, {ALL[2]})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2007年石坪“8·4”泥石流", ["石坪"]),
        ("石坪、云崖两乡镇受灾", ["石坪", "云崖"]),
        ("在石坪镇、云崖公社", ["石坪镇", "云崖公社"]),
        ("修建水塘、水渠", []),  # a pond
        ("石坪、水塘等乡镇", ["石坪", "水塘"]),
        ("水塘等3个乡镇", ["水塘"]),
        ("水塘镇受灾", ["水塘镇"]),
        ("云崖乡村公路", []),
        ("大石坪遭灾", []),  # another place
        ("石坪村受灾", []),
        ("河口遭灾", ["河口"]),  # one of two: which is open, a name it is
        ("青林乡的群众", ["青林乡"]),
        ("《石坪、云崖受灾情况》", []),
        ("", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    found = local_names(text, TOWNSHIPS, [])
    assert [entity.name for entity in found] == expected
    assert all(text[entity.start : entity.end] == entity.name for entity in found)


def test_names_found_already_stay_as_they_are() -> None:
    taken = [FoundEntity(1, 7, "place", "r", "石坪镇云崖村")]
    assert local_names("在石坪镇云崖村、云崖", TOWNSHIPS, taken) == [FoundEntity(8, 10, "place", "place.local", "云崖")]


def test_a_place_that_is_a_part_of_the_name_gives_way() -> None:
    taken = [FoundEntity(1, 3, "place", "r", "石坪"), FoundEntity(4, 8, "organization", "r", "云崖乡局")]
    more = local_names("在石坪镇云崖乡局", TOWNSHIPS, taken)
    assert [entity.name for entity in together(taken, more)] == ["石坪镇", "云崖乡局"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2008年,东宁、青山、白水遭受冰冻", ["东宁", "青山", "白水"]),
        ("青山绿水", []),
        ("山外青山、楼外楼", []),
        ("东宁等2个县", ["东宁"]),
        ("东宁受灾", []),
    ],
)
def test_counties_of_a_prefecture_count_in_lists(text: str, expected: list[str]) -> None:
    names = ("东宁县", "青山彝族自治县", "白水区")
    counties = Counties([Division(f"9901{n:02}", name, "平江市", 1981, None) for n, name in enumerate(names, 1)])
    assert [entity.name for entity in local_names(text, counties, [])] == expected
