"""Where names begin and end, by what stands around them."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from extractor.entities.edges import set_right
from extractor.entities.found import FoundEntity
from extractor.records.codes import EntityLabel

_LABELS: dict[str, EntityLabel] = {"p": "place", "o": "organization", "n": "person"}


class _Span(NamedTuple):
    start: int
    end: int


def _read(marked: str) -> tuple[str, list[FoundEntity], list[_Span], list[_Span]]:
    """``[p青石镇]`` is a place, ``[o…]`` an organization, ``[n…]`` a person, ``{d…}`` a date, ``{c…}`` a count."""
    text, names, spans = "", [], {"d": [], "c": []}
    opened: list[tuple[str, int]] = []
    for piece in re.split(r"(\[[pon]|\{[dc]|[\]}])", marked):
        if piece[:1] in ("[", "{"):
            opened.append((piece[1], len(text)))
        elif piece in ("]", "}"):
            kind, start = opened.pop()
            if kind in _LABELS:
                names.append(FoundEntity(start, len(text), _LABELS[kind], "test", text[start:]))
            else:
                spans[kind].append(_Span(start, len(text)))
        else:
            text += piece
    return text, sorted(names, key=lambda name: name.start), spans["d"], spans["c"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[p禄水市][p勤和镇]、[p广和镇]受灾", ["禄水市勤和镇/place", "广和镇/place"]),
        ("成立了[p青石县][o赈务委员会]", ["青石县赈务委员会/organization"]),
        ("据[p青石县][o新华社]报道", ["青石县/place", "新华社/organization"]),
        ("[p青石县]的[o民政局]", ["青石县/place", "民政局/organization"]),
        ("新桥、[p凤和{c4镇]}", ["凤和/place"]),
        ("[p东{c三省]}等地", ["东三省/place"]),
        ("{d[p景泰]六年}，大水", []),
        ("病例集中[p于石桥村]", ["石桥村/place"]),
        ("流过青石，[p于南石村]入黑河", ["南石村/place"]),
        ("青石、[p于南石村]受灾", ["于南石村/place"]),
        ("[n沈大用亲]任局长，[n欧阳大正]到会", ["沈大用/person", "欧阳大正/person"]),
        ("党员[p李海峰]捐款", ["李海峰/person"]),
        ("[o青石县白水镇一家具厂]起火", ["青石县白水镇/place"]),
        ("在[o青石村建酒厂]，后归[o青石县建材厂]", ["青石村/place", "青石县建材厂/organization"]),
        ("[p青石县]城被围，[p青石县]城关镇", ["青石县城/place", "青石县/place"]),
        ("[p青石]县城，[p青石市]城", ["青石县城/place", "青石市/place"]),
        ("[o文岭电站]泄洪", ["文岭电站/place"]),
        ("[p于家庄]受灾", ["于家庄/place"]),
        ("[p北依青石]、巨山", ["青石/place"]),
        ("在[p定山南]30公里处", ["定山/place"]),
        ("距[p济南]30公里", ["济南/place"]),
        ("[p东北]与青石县相接，[p东北]三省", ["东北/place"]),
        ("[p青石省][n石桥县人]，1938年", ["青石省石桥县/place"]),
        ("2025年[o青石市政府]工作报告", []),
        ("汉族、[p蒙古]族", []),
        ("省长[p赵青山]到会，登上[p赵青山]", ["赵青山/person", "赵青山/place"]),
    ],
)
def test_edges(marked: str, expected: list[str]) -> None:
    text, names, dates, counts = _read(marked)
    found = set_right(text, names, dates, counts)
    assert [f"{name.name}/{name.label}" for name in found] == expected
    assert all(text[name.start : name.end] == name.name for name in found)
