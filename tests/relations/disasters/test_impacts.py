"""What events caused: which figures are harm, and whose."""

from __future__ import annotations

import pytest

from extractor.analysis import Analyst
from extractor.patterns import load_patterns
from extractor.relations.disasters.facts import DisasterFact

ANALYST = Analyst(load_patterns(), None)


def impacts(text: str) -> dict[str, list[str]]:
    """The surfaces of what each event caused, by the event's own."""
    events = ANALYST.read(text).events
    caused: dict[str, list[str]] = {}
    for event in events:
        caused.setdefault(text[event.start : event.end], []).extend(text[f.start : f.end] for f in event.impacts)
    return caused


def reasons(text: str) -> list[tuple[str, str]]:
    scene = ANALYST.read(text).scene
    figures = sorted([*scene.counts, *scene.amounts], key=lambda figure: figure.start)
    return [(r.why, r.confidence) for figure in figures for r in figure.reasons if r.field == "caused_by"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # in its own sentence, harm alone
        ("1998年8月，发生洪灾，死亡3人，经济损失200万元，拨款5万元。", {"洪灾": ["3人", "200万元"]}),
        ("1998年8月，发生洪灾，冲走粮食5吨，42个村停电，发放大米8吨。", {"洪灾": ["5吨", "42个村"]}),
        # whom it hit, before its name
        ("1990年8月11日，东寨等3个乡镇遭受冰雹，绝收50亩。", {"冰雹": ["3个乡镇", "50亩"]}),
        ("2010年，造成19人死亡、6人失踪的“7·26”滑坡得到治理。", {"7·26": ["19人", "6人"]}),
        # through the paragraph, until another event or time
        (
            "1990年8月11日，东寨遭受冰雹。绝收50亩。1992年5月，西寨遭受龙卷风。毁房3间。",
            {"冰雹": ["50亩"], "龙卷风": ["3间"]},
        ),
        ("1990年8月11日，东寨遭受冰雹。1995年，全县死亡牲畜50头。", {"冰雹": []}),
        ("1990年8月11日，东寨遭受冰雹。8月13日，又发现死亡2人。", {"冰雹": ["2人"]}),
        ("1990年8月11日，东寨遭受冰雹。去年，死亡2人。", {"冰雹": []}),
        ("1990年8月11日，东寨发生火灾，死亡2人。全年发生火灾12起，死亡9人。", {"火灾": ["2人"]}),
        # through a report on one event
        ("关于“7·15”洪涝灾害的报告\n一、灾情\n据统计，受灾3万人。", {"7·15": ["3万人"]}),
        ("石门4.7级地震致3人受伤\n2016年8月11日，石门发生4.7级地震，倒房9间。", {"4.7级地震": ["3人", "9间"]}),
        # what another paragraph counts is the headline's event's again
        (
            "关于2010年“6·20”洪涝灾情的通报\n6月21日，东寨发生火灾，死亡4人。\n西县：受灾11万人。",
            {"6·20": ["11万人"], "火灾": ["4人"]},
        ),
        # another is only compared with, or an earlier time is told of
        ("2004年8月3日，东寨发生洪灾，超过前年“5·9”洪灾。倒塌房屋9间。", {"洪灾": ["9间"], "5·9": []}),
        ("1961年6月2日，大风，倒塌房屋9间。\n1963年6月，东寨发生洪灾，死亡3人。", {"洪灾": ["3人"]}),
        ("2004年8月3日，东寨遭受超过50年一遇的洪灾。倒塌房屋9间。", {"洪灾": ["9间"]}),
        ("2004年8月3日，东寨发生较大洪水，倒塌房屋9间。", {"洪水": ["9间"]}),
        # no harm of the event
        ("1998年8月，发生洪灾，挽回损失200万元，救出群众30人，比上年增加死亡3人。", {"洪灾": []}),
        ("1998年8月，发生洪灾，重建房屋30间，向5户发放面粉，9人被困后获救。", {"洪灾": []}),
    ],
)
def test_impacts(text: str, expected: dict[str, list[str]]) -> None:
    found = impacts(text)
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "先后发生2001年“6·2”洪涝、2002年“8·14”滑坡，共造成57人死亡。",
        "1996年8月3日，东寨遭受冰雹，8月9日，西寨发生洪水，共死亡57人。",
        "2018年7月22日，受台风“青雀”影响，石门发生洪水，死亡57人。",
    ],
)
def test_a_total_is_that_of_all_the_events(text: str) -> None:
    events = ANALYST.read(text).events
    assert len(events) == 2
    assert all(event.shared and [text[f.start : f.end] for f in event.impacts] == ["57人"] for event in events)


def test_a_named_one_of_several_shares_with_those_unnamed() -> None:
    [event] = ANALYST.read("2019年，抵御台风“青雀”等4次台风，转移2万人。").events
    assert event.shared
    assert len(event.impacts) == 1


def test_later_mentions_leave_their_impacts_to_the_first() -> None:
    text = "石门县4.7级地震\n2016年8月11日，石门县发生4.7级地震，死亡3人。"
    first, second = ANALYST.read(text).events
    assert (len(first.impacts), len(second.impacts), second.same_as) == (1, 0, first)
    assert not first.shared


def test_a_figure_knows_what_caused_it() -> None:
    scene = ANALYST.read("1998年8月，东寨发生洪灾，死亡3人。").scene
    [cause] = scene.counts[0].caused_by
    assert isinstance(cause, DisasterFact)
    assert cause.impacts == [scene.counts[0]]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1998年8月，东寨发生洪灾，死亡3人。", [("impact.sentence", "certain")]),
        ("1998年8月，东寨发生洪灾。死亡3人。", [("impact.paragraph", "likely")]),
        ("1998年8月，东寨发生洪灾。\n此次灾害死亡3人。", [("impact.report", "likely")]),
        ("1998年8月，东寨发生洪灾。\n死亡3人。", [("impact.report", "guess")]),
    ],
)
def test_how_surely(text: str, why: list[tuple[str, str]]) -> None:
    assert reasons(text) == why
