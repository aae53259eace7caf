"""Which year a date without one takes, and which dates the calendar does not have."""

from __future__ import annotations

import pytest

from extractor.analysis import Analyst
from extractor.patterns import load_patterns
from extractor.pipeline import Extractor

ANALYST = Analyst(load_patterns(), None)
EXTRACTOR = Extractor(ner=False, kinds=["date", "check"])


def dates(text: str) -> list[str]:
    return [f"{text[fact.start : fact.end]}={fact.iso}" for fact in ANALYST.read(text).timeline.facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the year stands before
        ("1994年，渠成。3月，开闸。", ["1994年=1994", "3月=1994-03"]),
        ("1994年\n3月2日 设站。\n5日 挂牌。", ["1994年=1994", "3月2日=1994-03-02", "5日=1994-03-05"]),
        ("厂建于2001年6月。9月投产，次年停产。", ["2001年6月=2001-06", "9月=2001-09", "次年=2002"]),
        ("1990年3月，桥通。同月，路通。", ["1990年3月=1990-03", "同月=1990-03"]),
        ("1990年3月8日，桥通。该日，路通。", ["1990年3月8日=1990-03-08", "该日=1990-03-08"]),
        # a year that is compared with, planned for or looked back to is not the text's own
        ("1994年水大，比1958年高1米。8月退。", ["1994年=1994", "1958年=1958", "8月=1994-08"]),
        ("1994年，遇1958年以来最大的水。8月退。", ["1994年=1994", "1958年以来=1958", "8月=1994-08"]),
        (
            "1997年\n3月2日，开1996年度总结会。4月6日，散会。",
            ["1997年=1997", "3月2日=1997-03-02", "1996年度=1996", "4月6日=1997-04-06"],
        ),
        ("1998年3月，重修由1953年所建的闸。9月，完工。", ["1998年3月=1998-03", "1953年=1953", "9月=1998-09"]),
        ("1998年，通过2000年规划。9月，实施。", ["1998年=1998", "2000年=2000", "9月=1998-09"]),
        # stretches over the end of a year
        ("1986年10月至次年3月，旱。4月，雨。", ["1986年10月至次年3月=1986-10/1987-03", "4月=1987-04"]),
        ("1986年，涝。12月至翌年2月，雪。", ["1986年=1986", "12月至翌年2月=1986-12/1987-02"]),
        ("2008年12月28日至1月3日，雪。", ["2008年12月28日至1月3日=2008-12-28/2009-01-03"]),
        # in a chronicle the next entry is of the year of the one before, not of the year after it
        (
            "1968年\n9月5日，渠开工，下年12月完工。\n11月5日，路通。",
            ["1968年=1968", "9月5日=1968-09-05", "下年12月=1969-12", "11月5日=1968-11-05"],
        ),
        ("1968年\n9月，渠成。\n本年，人寿。", ["1968年=1968", "9月=1968-09", "本年=1968"]),
        # a chronicle names the reign once; it tells its years in order
        (
            "嘉靖五年春二月，雹。\n二十五年夏五月，潦。\n四十四年，旱。",
            ["嘉靖五年春二月=1526-02", "二十五年夏五月=1546-05", "四十四年=1565"],
        ),
        ("东汉建武二年（公元26），旱。五年，蝗。", ["二年（公元26）=0026", "五年=0029"]),
        ("民国十九年，渠成。二十年三月，桥成。", ["民国十九年=1930", "二十年三月=1931-03"]),
        ("光绪三年，旱。1985年，渠成。三年，路成。", ["光绪三年=1877", "1985年=1985"]),
        # the months of a reign as they are written
        (
            "天启六年（1626年）六月初五，雨。七月初十日，晴。",
            ["天启六年（1626年）六月初五=1626-06-05", "七月初十日=1626-07-10"],
        ),
        ("南宋绍兴十三年，雷。五六月间，雨。", ["绍兴十三年=1143", "五六月间=1143-05/1143-06"]),
        # nothing settles the year
        ("8月4日，涨水。6日，退水。", ["8月4日=None", "6日=None"]),
        ("同年，设站。今年，撤站。", []),
        # titles hold no dates of the text
        ("1996年，印发《1995—2000年规划》。5月，施行。", ["1996年=1996", "5月=1996-05"]),
    ],
)
def test_years_carried_over(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "灾情报告\n9月2日降雹。去年8月亦降雹。\n某县民政局\n2003年10月8日\n",
            ["9月2日=2003-09-02", "去年8月=2002-08", "2003年10月8日=2003-10-08"],
        ),
        (
            "灾情报告\n12月2日前完成。\n某县民政局\n2003年10月8日\n",
            ["12月2日前=2003-12-02", "2003年10月8日=2003-10-08"],
        ),
        ("灾情报告\n12月2日降雹。\n某县民政局\n2003年10月8日\n", ["12月2日=None", "2003年10月8日=2003-10-08"]),
        ("新华社成都2008年6月3日电 5月30日，雨。", ["2008年6月3日=2008-06-03", "5月30日=2008-05-30"]),
        ("到2025年，建成。今天（3月2日），开工。", ["2025年=2025", "3月2日=None"]),
    ],
)
def test_years_of_the_document(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize("text", ["1999年2月29日，雪。", "1998年6月31日，雨。"])
def test_days_that_no_calendar_has(text: str) -> None:
    _, date, check = EXTRACTOR.extract_text(text)
    assert date.kind == "date"
    assert date.date is None
    assert "date_not_in_calendar" in date.flags
    assert check.kind == "check"
    assert (check.name, check.passed) == ("date_exists", False)


def test_linear_in_the_number_of_dates() -> None:
    text = "".join(f"{1950 + n % 60}年{1 + n % 12}月，渠成。8日，路成。" for n in range(4000))
    assert len(ANALYST.read(text).timeline.facts) == 8000
