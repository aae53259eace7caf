"""The year of a document, by which its names are looked up."""

from __future__ import annotations

import pytest

from extractor.links import year_of
from extractor.pipeline import Extractor

EXTRACTOR = Extractor(ner=False, kinds=["date"])


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("青山县民政局关于1998年救灾的报告\n正文。\n青山县民政局\n1999年3月5日\n", 1999),
        ("2003年青山县政府工作报告\n2002年，渠成。2001年，路成。", 2003),
        ("1986年，渠成。1991～1995年，路成。1990年，桥成。", 1995),
        ("1986年，渠成。计划到2010年建成水库。", 1986),
        ("1936年，渠成。", None),
        ("渠成。", None),
    ],
)
def test_year(text: str, year: int | None) -> None:
    _, analysis = EXTRACTOR.analyse(text)
    assert year_of(analysis) == year
