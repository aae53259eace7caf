"""``extractor divisions``."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from extractor.cli.app import app


def run(*arguments: str):
    return CliRunner().invoke(app, ["divisions", *arguments])


def rows(*arguments: str) -> list[list[str]]:
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    return [line.split("\t") for line in done.stdout.splitlines()[1:]]


def test_the_year_decides_which_code_is_linked() -> None:
    assert rows("新平县", "--year", "1996") == [
        ["530427", "新平彝族傣族自治县", "玉溪市", "1997–", "", ""],
        ["532428", "新平彝族傣族自治县", "玉溪地区", "1981–1996", "530427", "yes"],
    ]


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["漠沙"], ["530427101"]),
        (["新平县漠沙镇"], ["530427101"]),
        (["530427101"], ["530427101"]),
        (["532428"], ["532428"]),
        (["云南省玉溪市"], ["530400", "532401"]),
    ],
)
def test_names_and_codes(arguments: list[str], codes: list[str]) -> None:
    assert [row[0] for row in rows(*arguments)] == codes


def test_the_county_decides_which_township_is_linked() -> None:
    assert sum(row[-1] == "yes" for row in rows("城关镇")) == 0
    assert [row[0] for row in rows("平掌", "--year", "2005", "--within", "530427") if row[-1] == "yes"] == ["530427205"]


def test_json() -> None:
    [line] = run("532428", "--json").stdout.splitlines()
    assert json.loads(line) == {
        "code": "532428",
        "name": "新平彝族傣族自治县",
        "parent": "玉溪地区",
        "first": 1981,
        "until": 1997,
        "successors": ["530427"],
        "linked": False,
    }


def test_a_name_that_nothing_bears() -> None:
    done = run("无此县")
    assert done.exit_code == 1
    assert "no division is called" in done.stderr


def test_a_code_that_nothing_bears() -> None:
    done = run("城关镇", "--within", "999999")
    assert done.exit_code == 2
    assert "999999" in done.stderr
