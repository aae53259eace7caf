"""One table with two rows of headings, spans, 其中 and a total, as real files of every format: the same facts."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import NamedTuple

import pytest

from extractor.pipeline import Extractor
from extractor.records import Amount, Check, Count, Figure
from tests.readers.makers import FONT


class Span(NamedTuple):
    """A heading over several rows and columns: where it begins and ends, both included."""

    top: int
    left: int
    bottom: int
    right: int


CAPTION = ["岗东县1999年雹灾救济统计表", "单位：户、人、万元"]
ROWS = [
    ["乡镇", "村", "受灾人口", "救济", "", "救灾款", ""],
    ["", "", "", "户数", "人口", "合计", "其中：口粮"],
    ["东寨乡", "上村", "420", "60", "210", "12.5", "8"],
    ["", "下村", "310", "45", "160", "9", "9"],
    ["西屯乡", "平村", "105", "", "40", "3.5", "—"],
    ["合计", "", "835", "105", "410", "25", "17"],
]
SPANS = [Span(0, 0, 1, 0), Span(0, 1, 1, 1), Span(0, 2, 1, 2), Span(0, 3, 0, 4), Span(0, 5, 0, 6), Span(2, 0, 3, 0)]
COVERED = {
    (row, column)
    for span in SPANS
    for row in range(span.top, span.bottom + 1)
    for column in range(span.left, span.right + 1)
    if (row, column) != (span.top, span.left)
}


def make_docx() -> bytes:
    import docx

    document = docx.Document()
    for line in CAPTION:
        document.add_paragraph(line)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for number, row in enumerate(ROWS):
        for index, text in enumerate(row):
            if (number, index) not in COVERED:
                table.cell(number, index).text = text
    for span in SPANS:
        table.cell(span.top, span.left).merge(table.cell(span.bottom, span.right))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def make_html() -> bytes:
    spans = {(span.top, span.left): span for span in SPANS}
    rows = []
    for number, row in enumerate(ROWS):
        cells = []
        for index, text in enumerate(row):
            span = spans.get((number, index))
            size = f' rowspan="{span.bottom - span.top + 1}" colspan="{span.right - span.left + 1}"' if span else ""
            if (number, index) not in COVERED:
                cells.append(f"<td{size}>{text}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    lines = "".join(f"<p>{line}</p>" for line in CAPTION)
    page = f'<html><head><meta charset="gb2312"></head><body>{lines}<table>{"".join(rows)}</table></body></html>'
    return page.encode("gb18030")


def make_xlsx() -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("救济")
    below = len(CAPTION)
    for number, line in enumerate(CAPTION):
        sheet.write_string(number, 0, line)
    for number, row in enumerate(ROWS):
        for index, text in enumerate(row):
            if text.replace(".", "").isdigit():
                sheet.write_number(below + number, index, float(text))
            elif text:
                sheet.write_string(below + number, index, text)
    for span in SPANS:
        text = ROWS[span.top][span.left]
        sheet.merge_range(below + span.top, span.left, below + span.bottom, span.right, text)
    book.close()
    return made.getvalue()


def make_csv() -> bytes:
    lines = [*CAPTION, *(",".join(row) for row in ROWS)]
    return "\r\n".join(lines).encode("utf-8-sig")


def make_pdf() -> bytes:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    line = ParagraphStyle("line", fontName=FONT, fontSize=12, leading=20)
    spans = [("SPAN", (span.left, span.top), (span.right, span.bottom)) for span in SPANS]
    style = TableStyle([("FONT", (0, 0), (-1, -1), FONT, 11), ("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans])
    made = io.BytesIO()
    SimpleDocTemplate(made).build([*(Paragraph(text, line) for text in CAPTION), Table(ROWS, style=style)])
    return made.getvalue()


def make_drawn_text() -> bytes:
    return """\
岗东县1999年雹灾救济统计表
单位：户、人、万元
┌────┬──┬────┬──────┬────────┐
│乡镇    │村  │受灾    │    救济    │     救灾款     │
│        │    │人口    ├──┬───┼──┬─────┤
│        │    │        │户数│ 人口 │合计│其中：口粮│
├────┼──┼────┼──┼───┼──┼─────┤
│东寨乡  │上村│420     │60  │210   │12.5│8         │
│        │下村│310     │45  │160   │9   │9         │
│西屯乡  │平村│105     │    │40    │3.5 │—        │
│合计    │    │835     │105 │410   │25  │17        │
└────┴──┴────┴──┴───┴──┴─────┘
""".encode("gb18030")


MAKERS: dict[str, Callable[[], bytes]] = {
    "csv": make_csv,
    "docx": make_docx,
    "html": make_html,
    "pdf": make_pdf,
    "txt": make_drawn_text,
    "xlsx": make_xlsx,
}
EXPECTED = [
    ("420", "受灾人口", "affected", "东寨乡上村", "835"),
    ("60", "救济/户数", "relieved", "东寨乡上村", "105"),
    ("210", "救济/人口", "relieved", "东寨乡上村", "410"),
    ("12.5", "救灾款/合计", "funding", "东寨乡上村", "25"),
    ("8", "救灾款/其中：口粮", "funding", "东寨乡上村", "12.5"),
    ("310", "受灾人口", "affected", "东寨乡下村", "835"),
    ("45", "救济/户数", "relieved", "东寨乡下村", "105"),
    ("160", "救济/人口", "relieved", "东寨乡下村", "410"),
    ("9", "救灾款/合计", "funding", "东寨乡下村", "25"),
    ("9", "救灾款/其中：口粮", "funding", "东寨乡下村", "9"),
    ("105", "受灾人口", "affected", "西屯乡平村", "835"),
    ("40", "救济/人口", "relieved", "西屯乡平村", "410"),
    ("3.5", "救灾款/合计", "funding", "西屯乡平村", "25"),
    ("835", "受灾人口", "affected", None, None),
    ("105", "救济/户数", "relieved", None, None),
    ("410", "救济/人口", "relieved", None, None),
    ("25", "救灾款/合计", "funding", None, None),
    ("17", "救灾款/其中：口粮", "funding", None, "25"),
]
ADDRESSES = {"csv": "F5", "docx": "table1!F3", "html": "table1!F3", "pdf": None, "txt": None, "xlsx": "救济!F5"}


@pytest.fixture(params=MAKERS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_same_facts(figures_only: Extractor, form: str) -> None:
    records = figures_only.extract_bytes(MAKERS[form](), path=f"table.{form}")
    raws = {record.id: record.raw for record in records if isinstance(record, Figure)}
    found = [
        (
            record.raw,
            record.column_heading,
            record.role if isinstance(record, Amount) else record.status,
            record.place,
            raws.get(record.part_of or ""),
        )
        for record in records
        if isinstance(record, Amount | Count)
    ]
    assert found == EXPECTED
    assert all(record.date == "1999" for record in records if isinstance(record, Figure))
    failed = [record.records[0] for record in records if isinstance(record, Check) and not record.passed]
    assert failed == []


def test_the_cell(figures_only: Extractor, form: str) -> None:
    records = figures_only.extract_bytes(MAKERS[form](), path=f"table.{form}")
    [fund] = [record for record in records if isinstance(record, Amount) and record.raw == "12.5"]
    assert (fund.cell, fund.page) == (ADDRESSES[form], 1 if form == "pdf" else None)
