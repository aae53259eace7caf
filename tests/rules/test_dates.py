"""Calendar expressions in all their ways of writing, and what only looks like one."""

from __future__ import annotations

import pytest

from extractor.analysis import Analyst
from extractor.patterns import load_patterns

ANALYST = Analyst(load_patterns(), None)


def dates(text: str) -> list[tuple[str, str | None]]:
    return [(text[fact.start : fact.end], fact.iso) for fact in ANALYST.read(text).timeline.facts]


@pytest.mark.parametrize(
    ("surface", "iso"),
    [
        ("1998年7月20日", "1998-07-20"),
        ("1998年7月", "1998-07"),
        ("1998年", "1998"),
        ("1998年7月20号", "1998-07-20"),
        ("1998.7.20", "1998-07-20"),
        ("1998-07-20", "1998-07-20"),
        ("1998/7/20", "1998-07-20"),
        ("二〇〇八年五月十二日", "2008-05-12"),
        ("一九九八年七月二十一日", "1998-07-21"),
        ("98年7月", "1998-07"),
        ("’98年", "1998"),
        ("八五年", "1985"),
        ("1969.年", "1969"),
        ("民国二十三年八月", "1934-08"),
        ("民国元年", "1912"),
        ("民国31至32年", "1942/1943"),
        ("光绪二十六年（1900年）", "1900"),
        ("清光绪三年", "1877"),
        ("1986～1990年", "1986/1990"),
        ("1998-99年", "1998/1999"),
        ("1994、1995年", "1994/1995"),
        ("1986年至1990年12月", "1986/1990-12"),
        ("1985年5月—1986年", "1985-05/1986"),
        ("1986.3—1990.12", "1986-03/1990-12"),
        ("1992年8月10～11日", "1992-08-10/1992-08-11"),
        ("1992年8月4、5日", "1992-08-04/1992-08-05"),
        ("1992年6月28日至7月3日", "1992-06-28/1992-07-03"),
        ("1998年11月—2月", "1998-11/1999-02"),
        ("1998年冬至次年春", "1998/1999"),
        ("2003年以来", "2003"),
        ("1988年秋", "1988"),
        ("2019年9月底前", "2019-09"),
        ("2001年上半年", "2001"),
        ("20世纪90年代后", "1990/1999"),
        ("1950年代", "1950/1959"),
        ("六七十年代", "1960/1979"),
    ],
)
def test_ways_of_writing(surface: str, iso: str) -> None:
    assert dates(f"县里（{surface}）修渠") == [(surface, iso)]


@pytest.mark.parametrize(
    "text",
    [
        "每年3月植树",
        "农历八月十五",
        "正月初三赶集",
        "公元前206年",
        "近90年来",
        "三年级学生",
        "3年内完成",
        "住3号楼",
        "2008-13-40",
        "以6～7月最多",
        "三月三赶街",
        "本年度预算",
        "印发《2003年工作要点》",
    ],
)
def test_no_dates(text: str) -> None:
    assert dates(text) == []


def test_a_numbered_heading_is_no_month() -> None:
    assert dates("1、3月5日开会") == [("3月5日", None)]


@pytest.mark.parametrize("piece", ["1", "一", "年", "1998年", "1998.", "1-", "1998年至", "同年", "“", "十月"])
def test_no_blow_up(piece: str) -> None:
    text = piece * (60_000 // len(piece.encode()))
    assert not ANALYST.read(text).failures
