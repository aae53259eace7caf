"""Candidates of one sentence: quoted days in all dots and quotes, typhoons, magnitudes, and what is no event."""

from __future__ import annotations

import pytest

from extractor.patterns import load_patterns
from extractor.rules.disasters import DisasterFinder

FINDER = DisasterFinder(load_patterns())


def names(text: str) -> list[str | None]:
    return [event.name for event in FINDER.find(text, [(0, len(text))], []) if event.named]


@pytest.mark.parametrize(
    "surface",
    [
        "“8·14”",
        "“8•14”",
        "“8．14”",
        "“8〃14”",
        "“8﹒14”",
        "“8-14”",
        "“8・14”",
        '"8.14"',
        "‘8·14’",
        "「8.14」",
        "“8 · 14”",
        "“八·一四”",
        "“8·14",
        "8·14”",
        "8·14",
    ],
)
def test_dots_and_quotes(surface: str) -> None:
    assert names(f"遭受{surface}特大洪灾") == ["8·14"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“5·12”汶川特大地震", ["5·12"]),
        ("汶川“5·12”地震", ["5·12"]),
        ("“8·4”洪水、“8·27”滑坡和「9.2」风灾", ["8·4", "8·27", "9·2"]),
        ("“9·3”重大交通事故", ["9·3"]),
        ("“23·7”暴雨洪涝灾害", ["23·7"]),
        ("第9号台风“青鸟”过境", ["青鸟"]),
        ("强热带风暴“碧云”", ["碧云"]),
        ("台风青鸟登陆", ["青鸟"]),
        ("“青鸟”、“白鹿”等台风", ["青鸟", "白鹿"]),
        ("“青鸟”“白鹿”等3个台风连续登陆", ["青鸟", "白鹿"]),
        ("第9号台风过境", [None]),
        ("河源2023年第1号洪水", [None]),
        ("发生4.9级、5.1级地震", [None, None]),
        # days, cases and feasts
        ("“3·15”消费者权益日", []),
        ("“9·11”恐怖袭击", []),
        ("“6·5”世界环境日", []),
        ("“12·6”劫持案", []),
        ("“5·20”学生营养日", []),
        ("“7·1”表彰大会上讲抗灾", []),
        ("“11·9”消防宣传日讲火灾", []),
        ("“2.8亿”的灾害损失", []),
        # numbers
        ("2.5小时暴雨", []),
        ("3.1万人在地震中受伤", []),
        ("7-8级大风", []),
        ("能抗7级地震的房屋", []),
        ("5级以上地震", []),
    ],
)
def test_named_events(text: str, expected: list[str | None]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "hazards"),
    [
        ("遭受冰雹灾害", ("冰雹",)),
        ("发生滑坡泥石流", ("滑坡", "泥石流")),
        ("狂风暴雨加冰雹", ("狂风", "暴雨", "冰雹")),
        ("发生重大火灾", ("火灾",)),
        ("遭受特大风雹袭击", ("风雹",)),
        ("遭受特大雪灾", ("雪灾",)),
        ("降大雨雹", ("雨雹",)),
        ("遭受特大旱灾", ("旱灾",)),
        ("引起火灾", ("火灾",)),
    ],
)
def test_hazards(text: str, hazards: tuple[str, ...]) -> None:
    [event] = FINDER.find(text, [(0, len(text))], [])
    assert event.hazards == hazards


@pytest.mark.parametrize(
    "text",
    [
        "加强地质灾害防治，防范滑坡泥石流",
        "常有冰雹",
        "发布暴雨预警",
        "发生火灾12起",
        "遭受3次洪涝",
        "经受25轮强降雨",
        "可能发生地震",
        "演习模拟发生7级地震",
        "所谓发生5级地震纯属谣传",
        "水位超过警戒洪水位",
        "开始地震勘探",
        "每逢雨季便泛滥",
        "控制了蝗虫",
    ],
)
def test_general_talk(text: str) -> None:
    assert FINDER.find(text, [(0, len(text))], []) == []


@pytest.mark.parametrize("piece", ["“", '"8·14"', "大火", "8.14", "6.1级、", "灾", "台风", "1"])
def test_no_blow_up(piece: str) -> None:
    text = piece * (60_000 // len(piece.encode()))
    for start in range(0, len(text), 1500):
        FINDER.find(text, [(start, min(len(text), start + 1500))], [])
