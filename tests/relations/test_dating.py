"""The date or stretch of time of each figure."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.records import Amount, Count

SIGNED = "\n某县民政局\n2011年12月8日\n"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(ner=False, kinds=["amount", "count"])


def figures(extractor: Extractor, text: str) -> list[Amount | Count]:
    return [record for record in extractor.extract_text(text) if isinstance(record, Amount | Count)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        # in its sentence
        ("1998年，全县救济500户，发放救济款12万元。", ["1998", "1998"]),
        ("1998年救济500户，1999年救济600户；该年发款12万元，次年发款13万元。", ["1998", "1999", "1999", "2000"]),
        ("2002年8月14日发生滑坡，死亡57人，伤3人。", ["2002-08-14", "2002-08-14"]),
        ("1986～1990年，投资30万元。", ["1986/1990"]),
        ("死亡3人（2007年），伤5人。", ["2007", None]),
        ("全县有水库（1993年建）3座。", [None]),
        # another year
        ("1990年，和1986年建档时相比，脱贫20户。", ["1990"]),
        ("1990年，上年结转20万元、补助收入30万元。", ["1990", "1990"]),
        ("1990年\n图1：1986—1990年产值\n产值500万元。", ["1990"]),
        ("1990年收入1200万元，比上年增加100万元，上年为1100万元。", ["1990", "1990", "1989"]),
        ("1990年收入1200万元，比1988年的900万元增加300万元。", ["1990", "1988", "1990"]),
        ("1990年，贫困人口由1986年的8万人减少到5万人，救济500户。", ["1986", "1990", "1990"]),
        ("1990年上半年救济500户，去年同期为480户。", ["1990-01/1990-06", "1989-01/1989-06"]),
        ("1990年，修复1975年兴建的水库2座，投资30万元。", ["1975", "1990"]),
        ("1990年，遇1958年以来最大的水，受灾500户。", ["1990"]),
        # stretches
        ("“十五”期间投资300万元。", ["2001/2005"]),
        ("1999～2001年，扶贫52个村。3年间，拨款424万元。", ["1999/2001", "1999/2001"]),
        ("五年来，救济500户。", [None]),
        # from the text before
        ("1998年，大旱。救济500户。", ["1998"]),
        ("2002年8月14日，发生滑坡。死亡57人，救济500户。", ["2002-08-14", "2002"]),
        ("明洪武年间（1368～1398年），建村。村有10户。", [None]),
        ("救济500户。", [None]),
    ],
)
def test_date(extractor: Extractor, text: str, dates: list[str | None]) -> None:
    assert [figure.date for figure in figures(extractor, text)] == dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2008年工作总结\n救济500户。上年为400户。救济300人。",
            [("2008", "heading"), ("2007", "stated"), ("2008", "heading")],
        ),
        (
            "一、2008年工作回顾\n全年救济500户。\n二、2009年工作打算\n救济600户。",
            [("2008", "stated"), ("2009", "heading")],
        ),
        ("1999年，涝。\n救济500户。", [("1999", "earlier")]),
        ("救灾情况汇报\n救济500户。今年救济300户。" + SIGNED, [("2011", "document"), ("2011", "stated")]),
        ("救灾情况汇报\n截至今天，转移500户。" + SIGNED, [("2011-12-08", "sentence")]),
    ],
)
def test_source_of_the_date(extractor: Extractor, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(figure.date, figure.date_source) for figure in figures(extractor, text)] == expected


@pytest.mark.parametrize(
    ("text", "date", "period"),
    [
        ("2009年以来共安排505万元。" + SIGNED, "2009/2011-12-08", "2009年以来"),
        ("1998年至今，累计投入80万元。" + SIGNED, "1998/2011-12-08", "1998年至今"),
        ("2009年以来共安排505万元。", "2009", "2009年以来"),
        ("三年来共安排505万元。", None, "三年来"),
        ("2008年安排505万元。", "2008", None),
    ],
)
def test_period(extractor: Extractor, text: str, date: str | None, period: str | None) -> None:
    [amount] = figures(extractor, text)
    assert (amount.date, amount.period) == (date, period)


def test_what_is_less_than_sure_is_named(extractor: Extractor) -> None:
    stated, carried, guessed = figures(extractor, "1998年救济500户。救济600户。\n救济700户。")
    assert [[(r.field, r.confidence, r.why) for r in figure.reasons] for figure in (stated, carried, guessed)] == [
        [],
        [("date", "likely", "date.earlier")],
        [("date", "guess", "date.paragraph")],
    ]
