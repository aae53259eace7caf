"""Where events struck."""

from __future__ import annotations

import pytest

from extractor.analysis import Analyst
from extractor.patterns import load_patterns

ANALYST = Analyst(load_patterns(), None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1990年8月，东寨乡遭受冰雹灾害。", "东寨乡"),
        ("1990年8月，东寨、西屯等3个乡镇遭受冰雹。", "东寨、西屯等3个乡镇"),
        ("1997年5月6日，暴风雨袭击县境。", "县境"),
        ("1997年5月6日，暴风雨两次袭击县境。", "县境"),
        ("2005年平掌“8·7”滑坡", "平掌"),
        ("2005年，又遭“8·7”滑坡", None),
        ("2月2日，北部海域发生6.6级地震。", "北部海域"),
        ("北部海域2月2日发生6.6级地震。", "北部海域"),
        ("本报讯 昨天，东街粮店突发火灾。", "东街粮店"),
        ("1989年遭受严重干旱。", None),
        ("受第9号台风“青鸟”影响，雨大。", None),
        ("第9号台风“青鸟”在望海登陆。", "望海"),
    ],
)
def test_place(text: str, place: str | None) -> None:
    [event] = ANALYST.read(text).events
    assert event.place == place
