"""Misread figures: put right where the expression proves them, left alone everywhere else, and flagged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.alignment import apply_edits
from extractor.text.repair import ocr, repair

PROVED = {
    "万 of money": ("投资5方元，捐款12.5方元，30余方元", "投资5万元，捐款12.5万元，30余万元"),
    "万 of counts": ("人口3.5方人，8方户，20方亩，6方吨", "人口3.5万人，8万户，20万亩，6万吨"),
    "letters in years": ("l995年、2O11年、20l1年至2OO8年、2OOO年", "1995年、2011年、2011年至2008年、2000年"),
    "a range of years": ("l986—2OO5年", "1986—2005年"),
    "months and days": ("1998年l0月l2日，7月lO日", "1998年10月12日，7月10日"),
    "figures": ("受灾2O00户8,78O人，房屋1l间", "受灾2000户8,780人，房屋11间"),
    "a bar": ("死亡1|人", "死亡11人"),
    "specks": ("1969.年8.月3·日", "1969年8月3日"),
    "a stop for a point": ("投资23。5万元，增收共计5。5%", "投资23.5万元，增收共计5.5%"),
    "a lone l in a document that was misread": ("2OO4年购进救护车l辆", "2004年购进救护车1辆"),
    "zeros without a unit there": ("2OO4年购进28OO全身螺旋CT机l台", "2004年购进2800全身螺旋CT机1台"),
}
UNPROVED = [
    "购进救护车l辆",
    "ISO9000认证，JO2系列，CO2，H2O，FCR5OOO计算机，O2O平台",
    "立方元素，3方元老，2方人员，100方土石，四方元帅",
    "19OO年，19○○年，张○○，5××元，IO年",
    "1994年l3日，13l月5日",
    "|995年|2002年|\n|l2户|3户|",
    "第3。5万元以上的项目，增加到23。5万元",
    "PM2.5年均浓度，1995。年均增长，1.5月",
    "500ml/人，38oC，A4纸",
    "0O1号",
]


@pytest.mark.parametrize(("misread", "expected"), PROVED.values(), ids=PROVED)
def test_what_the_rest_proves_is_put_right(misread: str, expected: str) -> None:
    repaired = repair(misread)
    assert repaired.text == expected
    assert {doubt.flag for doubt in repaired.doubts} == {"ocr_corrected"}
    assert all(change.flag == "ocr_corrected" for change in repaired.changes())
    assert repair(expected).text == expected


@pytest.mark.parametrize("text", UNPROVED)
def test_what_nothing_proves_stays(text: str) -> None:
    assert ocr.corrected(text) == []


FIGURES = st.integers(10, 99_999)
MISREAD = {"0": "0Oo", "1": "1lI"}


@given(st.integers(1900, 2030), st.integers(1, 12), FIGURES, FIGURES, st.randoms(use_true_random=False))
def test_a_letter_is_never_read_as_another_digit(year: int, month: int, money: int, people: int, chance) -> None:
    clean = f"{year}年{month}月，投入资金{money}万元，受灾{people}人。"
    assert ocr.corrected(clean) == []
    misread = "".join(chance.choice(MISREAD.get(char, char)) for char in clean)
    done, alignment = apply_edits(misread, ocr.corrected(misread))
    assert len(done) == len(clean)
    assert all(a in (b, c) for a, b, c in zip(done, clean, misread, strict=True))
    assert alignment.to_old(0, len(done)) == (0, len(misread))


@given(st.text("方元万人户0159.lIOo|，。年月日·'投 \n", max_size=40))
def test_edits_of_any_text_can_be_made_and_need_no_second_pass(text: str) -> None:
    done, _ = apply_edits(text, ocr.corrected(text))
    assert not any(char in "lIOo|方" for edit in ocr.corrected(text) for char in edit.replacement)
    assert len(done) <= len(text)


def test_records_near_carry_the_flag(figures_only) -> None:
    source = "2OO8年投入资金5方元，受灾l20户。倒塌房屋30间。"
    flags = {r.raw: r.flags for r in figures_only.extract_text(source) if r.kind in ("amount", "count", "date")}
    assert flags == {
        "2OO8年": ("ocr_corrected",),
        "5方元": ("ocr_corrected",),
        "l20户": ("ocr_corrected",),
        "30间": (),
    }
