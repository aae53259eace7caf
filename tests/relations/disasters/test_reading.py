"""When events struck: dates stated, carried over, quoted, relative; and which tellings are one event."""

from __future__ import annotations

import pytest

from extractor.analysis import Analyst
from extractor.patterns import load_patterns

ANALYST = Analyst(load_patterns(), None)


def events(text: str) -> list[str]:
    return [f"{text[event.start : event.end]}={event.iso}" for event in ANALYST.read(text).events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the year of a quoted day
        ("2002年“8·14”洪灾", ["8·14=2002-08-14"]),
        (
            "先后发生2001年“6·2”洪涝、2007年东寨“8·4”泥石流、“8·27”滑坡",
            ["6·2=2001-06-02", "8·4=2007-08-04", "8·27=2007-08-27"],
        ),
        ("抗击“8·14”洪灾", ["8·14=None"]),
        ("灾情报告\n“12·5”雪灾后，又遇“3·2”风灾。\n某县民政局\n2009年5月8日\n", ["12·5=2008-12-05", "3·2=2009-03-02"]),
        # hazards of one date are one event, its own word the one that they grew into
        ("1993年7月，连降大雨，形成涝灾。", ["涝灾=1993-07"]),
        ("1995年4月3日，遭受冰雹，并伴有大风。", ["冰雹=1995-04-03"]),
        ("1992年5月遭受冰雹。8月，发生洪涝。", ["冰雹=1992-05", "洪涝=1992-08"]),
        ("1851年（咸丰元年） 地震，屋裂。", ["地震=1851"]),
        ("今夜，东寨发生火灾。昨天，西寨发生火灾。", ["火灾=None"]),
        ("1520年6月，县城火灾，民房毁。", ["火灾=1520-06"]),
        ("1998年8月，东寨发生一次地震。", ["地震=1998-08"]),
        # the sentence before tells the date
        ("1936年5月4日，暴风大作，船沉。东堤决口，淹田。", ["暴风=1936-05-04", "决口=1936-05-04"]),
        ("1965年3月，开渠。夏秋，疟疾流行。", ["疟疾=1965"]),
        ("1936年5月4日，降雹。冰雹造成减产。", ["降雹=1936-05-04"]),
        ("1424年，建村。后因泛滥迁走。", []),
        # dates that are not the event's own
        ("2004年6月9日讯 县民政局8日透露，风雹造成3万人受灾。", []),
        ("1998年8月，遭受1954年以来最大洪水。", ["洪水=1998-08"]),
        ("截至9月5日，地震造成5人死亡。", []),
        ("自1950年以来汛期洪涝灾害造成的损失最小。", []),
        ("地震发生于2008年5月12日。", ["地震=2008-05-12"]),
        ("2012年第7号强台风“青鸟”于9月1日登陆。", ["第7号强台风“青鸟”=2012-09-01"]),
        ("1961年6月2日，降雨4天，山洪暴发。", ["山洪=1961-06-02"]),
        ("自1996年8月3日起至10日止，东寨发生洪水。", ["洪水=1996-08-03/1996-08-10"]),
        ("2005年，东寨先后遭受冰雹、洪涝灾害。", ["冰雹、洪涝灾害=2005"]),
        ("2005年春旱，全县受旱3万亩。", ["春旱=2005"]),
        # two on one day, in two places
        (
            "2011年1月13日，青江市发生火灾，死亡3人。2011年1月13日，白沙市发生火灾，死亡2人。",
            ["火灾=2011-01-13", "火灾=2011-01-13"],
        ),
        ("2011年1月13日，青江市发生火灾。2011年1月13日的火灾造成3人死亡。", ["火灾=2011-01-13"]),
        # earthquakes
        (
            "东寨发生6.1级地震\n2009年7月3日，东寨发生6.1级地震，城里有震感。",
            ["6.1级地震=2009-07-03", "6.1级地震=2009-07-03"],
        ),
        ("河源2023年第1号洪水洪峰今天过境。", ["2023年第1号洪水=2023"]),
        # no date, no event; a date whose year nothing settles is one
        ("受洪水影响的用户恢复供电。", []),
        ("8月4日，东寨发生洪灾。", ["洪灾=None"]),
        ("印发《1998年“8·14”洪灾救灾方案》。", []),
    ],
)
def test_when(text: str, expected: list[str]) -> None:
    assert events(text) == expected


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("新华网2008年6月3日电 今天，东寨发生洪灾。", "2008-06-03"),
        ("新华网2008年6月1日电 昨天，东寨发生洪灾。", "2008-05-31"),
    ],
)
def test_days_counted_from_the_document(text: str, iso: str) -> None:
    assert [event.iso for event in ANALYST.read(text).events] == [iso]
