"""Tables on a page that no lines are drawn around: cells of several lines, headings over several columns."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from extractor.readers import pdf
from extractor.readers.source import Hints
from tests.readers.makers import FONT

Row = list[str]
Span = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell, each as column and row."""

FLOOD = (
    [
        ["乡镇", "受灾人口", "", "", "倒塌房屋（间）", ""],
        ["", "合计（人）", "其中：因灾死亡（人）", "转移（人）", "房屋", "其中：居民住房"],
        ["岩脚镇", "12,450", "2", "310", "86", "54"],
        ["大垭苗族彝族乡", "8,310", "", "—", "41", "41"],
        ["合计", "20,760", "2", "310", "127", "95"],
    ],
    [((0, 0), (0, 1)), ((1, 0), (3, 0)), ((4, 0), (5, 0))],
)
HOUSES = (
    [
        ["类别", "对象", "户数（户）", "建设内容和实施地点", "补助（万元）"],
        ["重建", "五保户", "42", "砖混结构平房一层，下坝村、上坪村", "50.4"],
        ["", "低保户", "86", "砖木结构", "86"],
        ["", "一般户", "120", "砖混结构，新寨村", "96"],
        ["修缮", "五保户", "18", "屋面翻修，墙体加固", "7.2"],
        ["", "低保户", "30", "屋面翻修", "9"],
        ["合计", "", "296", "", "248.6"],
    ],
    [((0, 1), (0, 3)), ((0, 4), (0, 5)), ((0, 6), (1, 6))],
)


def page(rows: list[Row], spans: list[Span], valign: str, align: int, padding: int, *, ruled: bool) -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    line = ParagraphStyle("line", fontName=FONT, fontSize=10.5, leading=13, wordWrap="CJK")
    cell = ParagraphStyle("cell", parent=line, alignment=align)
    style = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), valign),
            ("TOPPADDING", (0, 0), (-1, -1), padding),
            ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
            *(("SPAN", *span) for span in spans),
            *([("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []),
        ]
    )
    table = Table([[Paragraph(text, cell) for text in row] for row in rows], [75] * len(rows[0]), style=style)
    above, below = "岩脚县1998年统计表　　2000年2月", "填表人：王某　　审核：李某。"
    made = io.BytesIO()
    SimpleDocTemplate(made).build([Paragraph(above, line), table, Paragraph(below, line)])
    return made.getvalue()


def filled(rows: list[Row], spans: list[Span]) -> Iterator[str]:
    """The rows as lines with tabs, what spans several cells in each of them."""
    told = {
        (column, row): rows[top][left]
        for (left, top), (right, bottom) in spans
        for column in range(left, right + 1)
        for row in range(top, bottom + 1)
    }
    for number, row in enumerate(rows):
        yield "\t".join(told.get((column, number), text) for column, text in enumerate(row))


@pytest.mark.parametrize("padding", [1, 3, 6])
@pytest.mark.parametrize("align", [0, 1, 2])
@pytest.mark.parametrize("valign", ["TOP", "MIDDLE"])
def test_headings_that_span_and_wrap(valign: str, align: int, padding: int) -> None:
    read = pdf.read(page(*FLOOD, valign, align, padding, ruled=False), Hints()).text.splitlines()
    assert read[1:-1] == list(filled(*FLOOD))


@pytest.mark.parametrize("align", [0, 1])
def test_names_of_groups_stand_half_way_down(align: int) -> None:
    rows, spans = HOUSES
    read = pdf.read(page(*HOUSES, "MIDDLE", align, 3, ruled=False), Hints()).text.splitlines()
    assert read[1:-1] == [line.replace("合计\t合计", "合计\t") for line in filled(rows, spans)]


@pytest.mark.parametrize("valign", ["TOP", "MIDDLE", "BOTTOM"])
def test_figures_stand_as_in_the_table_with_lines(valign: str) -> None:
    for rows, spans in (FLOOD, HOUSES):
        with_lines, without = (
            pdf.read(page(rows, spans, valign, 1, 4, ruled=ruled), Hints()).text.splitlines() for ruled in (True, False)
        )
        figures = [[cell.isdigit() for cell in line.split("\t")] for line in with_lines[3:-1]]
        assert [[cell.isdigit() for cell in line.split("\t")] for line in without[3:-1]] == figures


@pytest.mark.parametrize("ruled", [True, False])
def test_a_figure_over_two_lines(ruled: bool) -> None:
    rows = [
        ["乡镇", "人口（人）", "面积（亩）"],
        ["石桥镇", "12,45<br/>0", "1195.<br/>5"],
        ["白沙乡", "8,310", "12<br/>13"],
        ["合计", "20,760", "36"],
    ]
    read = pdf.read(page(rows, [], "TOP", 0, 3, ruled=ruled), Hints()).text.splitlines()
    assert read[2:-1] == ["石桥镇\t12,450\t1195.5", "白沙乡\t8,310\t12 13", "合计\t20,760\t36"]
