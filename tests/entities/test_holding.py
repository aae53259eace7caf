"""What holds the place of an event."""

from __future__ import annotations

import pytest

from extractor.entities.gazetteer import load_gazetteer
from extractor.entities.holding import holding
from extractor.entities.linking import Linker


@pytest.mark.parametrize(
    ("phrase", "home", "code"),
    [
        ("漠沙镇曼线村", "530427", "530427101"),
        ("新平县漠沙镇曼线村", None, "530427101"),
        ("新平县境内", None, "530427"),
        ("玉溪市郊", None, "530400"),
        ("漠沙、平掌等2个乡镇", "530427", "530427"),
        ("漠沙、水井湾", "530427", None),
        ("漠沙和平掌两乡镇", "530427", "530427"),
        ("漠沙", "530427", "530427101"),
        ("漠沙、水井湾两乡镇", "530427", "530427"),  # one that has been merged away, perhaps
        ("水井湾、漠沙等3个乡镇", "530427", "530427"),
        ("漠沙等3个乡镇", "530427", "530427"),
        ("水井湾等3个乡镇", "530427", None),
        ("县南部漠沙、水井湾等3个乡镇", "530427", "530427"),
        ("重庆云阳等3个区县", None, "500000"),
        ("新平县等3个县", None, "530400"),
        ("新平县、元江县", None, "530400"),
        ("云南省等地", None, "530000"),
        ("新平县以及漠沙、平掌等乡镇", None, "530427"),
        ("四川攀枝花仁和区和凉山州会理县交界处", None, "510000"),
        ("全县12个乡镇", "530427", "530427"),
        ("县境", "530427", "530427"),
        ("境内", "530427", "530427"),
        ("漠沙、平掌部分地区", "530427", "530427"),
        ("新平县一带", None, "530427"),
        ("境内", None, None),
        ("省道", "530427", None),
        ("黄河", "530427", None),
        ("", "530427", None),
    ],
)
def test_what_holds_a_place(phrase: str, home: str | None, code: str | None) -> None:
    gazetteer = load_gazetteer()
    division = next((d for d in gazetteer.coded(home) if d.held_in(2007)), None) if home else None
    link = holding(phrase, Linker(gazetteer, 2007, division))
    assert (link.division.code if link else None) == code
