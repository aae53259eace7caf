"""Names known by those that they are listed with."""

from __future__ import annotations

import itertools
import re

import pytest

from extractor.entities.found import FoundEntity
from extractor.entities.recognizer import RuleRecognizer
from extractor.patterns import load_patterns
from extractor.records.codes import EntityLabel

_LABELS: dict[str, EntityLabel] = {"p": "place", "o": "organization", "n": "person"}


def _read(marked: str) -> tuple[str, list[FoundEntity]]:
    """``[p青石镇]`` is a place, ``[o…]`` an organization, ``[n…]`` a person."""
    text, names = "", []
    for plain, label, name in re.findall(r"([^\[]*)(?:\[([pon])([^\]]*)\]|$)", marked):
        text += plain
        if label:
            names.append(FoundEntity(len(text), len(text) + len(name), _LABELS[label], "test", name))
        text += name
    return text, names


@pytest.fixture(scope="module")
def recognizer() -> RuleRecognizer:
    return RuleRecognizer(load_patterns())


@pytest.mark.parametrize(
    ("marked", "more"),
    [
        # what is counted behind a list says what it lists
        ("扩大到[p王坪]、沙迳、麻榨、地派等11个镇。", ["沙迳/place", "麻榨/place", "地派/place"]),
        ("重灾的是[p王坪]、[n永麻]、龙川三村。", ["永麻/place", "龙川/place"]),
        ("除民意、二河、[p长山]等乡镇外，", ["民意/place", "二河/place"]),
        ("[p石沟]、松坪和红塬等县送来帐篷、棉被、粮食。", ["松坪/place", "红塬/place"]),
        (
            "同春、永正、[p梅石村]三村受灾，位于同春、永正、徽道、[p梅石村]的",
            ["同春/place", "永正/place", "同春/place", "永正/place", "徽道/place"],
        ),
        ("[p官石村]、[p桥村]等重点村防御山洪、滑坡、泥石流等灾害", []),
        ("供应茗川、[p徐桥]等地。", ["茗川/place"]),
        ("跑到广场、[p石坪]、空地等地方。", []),
        ("水利、交通等3个部门。", []),
        ("[p青石]、九十、三个等12个县", []),
        # names of one label beside each other
        ("[p青石]、[p白水]、直麓、[p乌江]四处大旱", ["直麓/place"]),
        ("[p青石]、[p白水]、玉米、[p乌江]", []),
        ("[p青石]、[n沈有德]、直麓、[p乌江]", []),
        ("编者有:郑有儒、严希、[n胡先德]等人", ["郑有儒/person", "严希/person"]),
        ("校对：郑有儒、[n胡先德]、小麦", []),
        ("协助的有县长沈有、严希、[n胡先德]、段有明等编者", ["严希/person"]),
        # divided by blanks
        ("（通讯员 [n沈德才] 于[p兴国]）近日", ["于兴国/person"]),
        ("[n沈德才]　[n胡先德] 主任", []),
        # a longer name stays
        ("[p青石]、[o马榨公司]、[p白水]等3个镇", []),
    ],
)
def test_neighbours(recognizer: RuleRecognizer, marked: str, more: list[str]) -> None:
    text, names = _read(marked)
    found = recognizer.completed(text, [(0, len(text))], names)
    assert [f"{name.name}/{name.label}" for name in found if name not in names] == more
    assert all(text[name.start : name.end] == name.name for name in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
