"""How strong an event was, and its number in the year."""

from __future__ import annotations

import pytest

from extractor.analysis import Analyst
from extractor.patterns import load_patterns

ANALYST = Analyst(load_patterns(), None)


@pytest.mark.parametrize(
    ("text", "magnitude", "scale"),
    [
        ("2016年8月11日，石门县发生里氏5.1级地震。", "5.1", "seismic"),
        ("2008年5月12日，石门县发生七点八级地震。", "7.8", "seismic"),
        ("1976年7月28日，石门县发生地震，震级为里氏6级。", "6", "seismic"),
        ("2016年8月11日，石门县发生里氏震级5.1的地震。", "5.1", "seismic"),
        ("2016年8月11日，石门县发生Ms5.1级地震。", "5.1", "seismic"),
        ("1996年8月3日，石门乡遭受龙卷风，风力10级以上。", "10", "wind_force"),
        ("1993年6月24日，石门乡遭受冰雹，并伴有8～9级大风。", "9", "wind_force"),
        ("2014年7月18日，台风“海棠”登陆，中心附近最大风力15级。", "15", "wind_force"),
        ("1993年6月24日，石门乡遭受冰雹。", None, None),
        ("1998年8月，石门县发生洪水，风力8级。", None, None),
    ],
)
def test_magnitude(text: str, magnitude: str | None, scale: str | None) -> None:
    event = ANALYST.read(text).events[0]
    assert (None if event.magnitude is None else str(event.magnitude), event.scale) == (magnitude, scale)


@pytest.mark.parametrize(
    ("text", "number"),
    [("第9号台风“青鸟”登陆。", 9), ("九号台风过境。", 9), ("清河2023年第1号洪水过境。", 1), ("台风“青鸟”登陆。", None)],
)
def test_number_in_the_year(text: str, number: int | None) -> None:
    assert ANALYST.read(text).events[0].number == number
