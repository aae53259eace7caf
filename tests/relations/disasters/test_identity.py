"""Which tellings are of one event."""

from __future__ import annotations

import pytest

from extractor.analysis import Analyst
from extractor.patterns import load_patterns
from extractor.relations.disasters.days import days_of
from extractor.relations.disasters.identity import places_fit

ANALYST = Analyst(load_patterns(), None)


def tellings(text: str) -> list[tuple[str, int | None]]:
    """Each event's surface, and the place in the list of the event that it tells again."""
    events = ANALYST.read(text).events
    return [(text[e.start : e.end], None if e.same_as is None else events.index(e.same_as)) for e in events]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        # a headline's event, and the body that dates it
        ("石门县4.7级地震致3人受伤\n2016年8月11日，石门县白沙镇发生4.7级地震。", [None, 0]),
        ("关于“7·15”洪涝灾害的报告\n2008年7月14日，我县普降暴雨。", [None, 0]),
        # the same name
        ("2010年“7·26”滑坡死亡3人。2012年，治理“7·26”滑坡点。", [None, 0]),
        ("2018年7月22日，台风“青雀”登陆。7月23日，台风“青雀”减弱。", [None, 0]),
        ("1990年，危害严重的有9号台风、12号台风。1990年8月20日，12号台风袭击全县。", [None, None, 1]),
        # a month told again by its day
        ("1996年8月，石门县发生洪水。1996年8月5日，石门县发生洪涝。", [None, 0]),
        # without a year: the same words, or the same day where the month is left out
        ("8月8日，石门发生地震。8日，石门发生里氏6.2级地震。", [None, 0]),
        ("7月16日，石门发生滑坡。7月15日至16日，石门发生崩塌。", [None, None]),
        # other times, places, kinds and magnitudes are other events
        ("1996年8月3日，石门乡发生洪水。1996年8月9日，石门乡发生洪水。", [None, None]),
        ("1996年8月3日，石门乡发生洪水。1996年8月3日，白沙乡发生内涝。", [None, None]),
        ("1996年8月3日，石门乡发生洪水。1996年8月3日，石门乡发生火灾。", [None, None]),
        ("2016年8月11日，石门县先后发生4.9级地震和4.0级地震。", [None, None]),
        ("2016年8月11日，石门县发生4.9级地震。2016年8月11日，又发生4.1级余震。", [None, None]),
        ("1996年，石门县发生洪水。1996年8月5日，石门县发生内涝。", [None, None]),
        ("2018年7月22日，台风“青雀”登陆。7月23日，台风“云鹤”登陆。", [None, None]),
    ],
)
def test_same_as(text: str, same: list[int | None]) -> None:
    assert [twin for _, twin in tellings(text)] == same


def test_a_chronicle_of_thousands_is_no_burden() -> None:
    lines = [f"{year}年{month}月，东寨发生{month}.1级地震。" for year in range(1750, 1900) for month in range(1, 10)]
    events = ANALYST.read("\n".join([*lines, lines[700]])).events
    assert len(events) == len(lines) + 1
    assert events[-1].same_as is events[700]
    assert not any(event.same_as for event in events[:-1])


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("全县", "石门乡", True),
        (None, "石门乡", True),
        ("石门、白沙等3个乡镇", "石门镇", True),
        ("四川省青江市石门区", "四川青江", True),
        ("石门乡", "白沙乡", False),
    ],
)
def test_places_fit(one: str | None, other: str | None, fit: bool) -> None:
    assert places_fit(one, other) is fit
    assert places_fit(other, one) is fit


def test_a_day_named_again_without_its_year_keeps_it() -> None:
    text = "2007年东寨“8·4”泥石流、2011年“9·5”洪涝，死亡5人。\n“8·4”泥石流后重建。"
    assert [event.iso for event in ANALYST.read(text).events] == ["2007-08-04", "2011-09-05", "2007-08-04"]


@pytest.mark.parametrize(
    ("iso", "long", "precision"),
    [
        ("2000", 366, 1),
        ("2001-02", 28, 2),
        ("2001-02-03", 1, 3),
        ("1996-08-03/1996-08-10", 8, 3),
        ("1959/1961", 1096, 1),
    ],
)
def test_days_of_a_date(iso: str, long: int, precision: int) -> None:
    days = days_of(iso)
    assert (days.last - days.first + 1, days.precision) == (long, precision)


def test_days_between_dates() -> None:
    assert days_of("1996-08-03").apart(days_of("1996-08-06")) == 3
    assert days_of("1996-08-03").apart(days_of("1996-08")) == 0
    assert not days_of("1996").overlap(days_of("1997-01-01"))
