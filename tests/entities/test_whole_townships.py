"""Townships found in part, whose whole name the table has."""

from __future__ import annotations

import re

import pytest

from extractor.entities.found import FoundEntity
from extractor.entities.whole_townships import whole_townships


@pytest.mark.parametrize(
    ("marked", "places"),
    [
        ("动员龙头[山镇]民兵", ["龙头山镇"]),
        ("[新平县][漠沙]镇受灾", ["新平县", "漠沙镇"]),
        ("[新平县漠沙]镇受灾", ["新平县漠沙镇"]),
        ("任[任漠沙]镇镇长", ["漠沙镇"]),
        ("[漠沙镇]受灾", ["漠沙镇"]),
        ("在漠沙镇，", ["漠沙镇"]),
        ("[新平县]漠沙镇", ["新平县", "漠沙镇"]),
        ("建设小城镇，部分乡镇受灾", []),
        ("[漠沙镇]普洒社区大树脚组，[漠沙镇]堵堵[洛村]多栋", ["漠沙镇普洒社区", "漠沙镇堵堵洛村"]),
        ("[漠沙镇]政府，[漠沙镇]中学生", ["漠沙镇政府", "漠沙镇"]),
        ("[漠沙镇]农村，[漠沙镇]各村，[漠沙镇]下辖三村，[漠沙镇]石桥村民", ["漠沙镇"] * 4),
        ("一个民族乡，发展乡村", []),
        ("[漠浪]镇不在表中", ["漠浪"]),
    ],
)
def test_whole_townships(marked: str, places: list[str]) -> None:
    text, names = "", []
    for plain, name in re.findall(r"([^\[]*)(?:\[([^\]]*)\]|$)", marked):
        text += plain + name
        if name:
            names.append(FoundEntity(len(text) - len(name), len(text), "place", "test", name))
    found = whole_townships(text, [(0, len(text))], names)
    assert [name.name for name in found] == places
    assert all(text[name.start : name.end] == name.name for name in found)


def test_bodies_stay() -> None:
    body = FoundEntity(0, 5, "organization", "test", "漠沙镇政府")
    part = FoundEntity(0, 2, "person", "test", "漠沙")
    assert whole_townships("漠沙镇政府", [(0, 5)], [body]) == [body]
    assert whole_townships("漠沙镇", [(0, 3)], [part]) == [part]
