"""The same report in every format gives the same records, but for their offsets."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.pipeline import Extractor
from extractor.records import Extracted
from extractor.text.decode import decode
from tests.readers.comparing import facts
from tests.readers.makers import FORMATS, by_libreoffice, make_doc, make_docx, make_html, make_pdf
from tests.readers.marks import FONT_FILES, needs_office

REPORTS = ["linxi-1996-relief-allocation", "shaping-1988-civil-affairs", "qingling-2016-statistics"]


def report_called(name: str, root: Path) -> str:
    data = (root / "corpus" / "reports" / f"{name}.txt").read_bytes()
    return decode(data).text


@pytest.fixture(params=REPORTS)
def report(request: pytest.FixtureRequest, root: Path) -> str:
    return report_called(request.param, root)


def assert_same(extractor: Extractor, text: str, data: bytes, path: str) -> None:
    records = extractor.extract_bytes(data, path=path)
    expected, found = facts(extractor.extract_text(text)), facts(records)
    assert found == expected
    source = extractor.opener.read(data, path).text
    assert all(source[record.start : record.end] == record.raw for record in records if isinstance(record, Extracted))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_records(extractor: Extractor, report: str, name: str) -> None:
    assert_same(extractor, report, FORMATS[name](report), f"report.{name}")


@pytest.mark.parametrize(
    ("name", "cell", "page"),
    [
        ("csv", "B5", None),
        ("docx", "table1!B3", None),
        ("html", "table1!B3", None),
        ("pdf", None, 1),
        ("xlsx", "Sheet1!B5", None),
    ],
)
def test_a_record_states_its_cell_and_page(extractor: Extractor, name: str, cell: str | None, page: int | None) -> None:
    report = "救灾款分配表\n单位：万元\n乡镇\t合计\n石羊乡\t18.2\n河口镇\t15.6\n以上于8月下达。\n"
    records = extractor.extract_bytes(FORMATS[name](report), path=f"report.{name}")
    [figure] = [record for record in records if record.kind == "amount" and record.raw == "15.6"]
    assert (figure.cell, figure.page) == (cell, page)


def test_tables_in_cells_of_a_page_are_counted_apart(extractor: Extractor) -> None:
    table = "<table><tr><td>乡镇<td>损失<tr><td>东寨<td>5万元</table>"
    page = f"<html><body><table><tr><td>{table}<td>{table}</table></body></html>".encode()
    amounts = [record for record in extractor.extract_bytes(page, path="a.html") if record.kind == "amount"]
    assert [amount.cell for amount in amounts] == ["table1!B2", "table2!B2"]


def test_a_record_of_plain_text_has_neither_cell_nor_page(extractor: Extractor) -> None:
    [amount] = [record for record in extractor.extract_text("损失5万元") if record.kind == "amount"]
    assert (amount.cell, amount.page) == (None, None)


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "big5hkscs", "utf-16"])
def test_pages_in_old_charsets(extractor: Extractor, report: str, charset: str) -> None:
    assert_same(extractor, report, make_html(report, charset), "report.htm")


def test_a_pdf_whose_tables_have_no_lines(extractor: Extractor, report: str) -> None:
    assert_same(extractor, report, make_pdf(report, ruled=False), "report.pdf")


@pytest.mark.parametrize("name", ["docx", "html", "pdf", "rtf", "xlsx"])
def test_what_a_file_holds_tells_its_format(extractor: Extractor, root: Path, name: str) -> None:
    report = report_called(REPORTS[0], root)
    assert_same(extractor, report, FORMATS[name](report), "report.txt")


@needs_office
def test_old_word_documents(extractor: Extractor, root: Path) -> None:
    report = report_called(REPORTS[0], root)
    assert_same(extractor, report, make_doc(report), "report.wps")


@needs_office
def test_rich_text_by_libreoffice(extractor: Extractor, root: Path) -> None:
    report = report_called(REPORTS[1], root)
    assert_same(extractor, report, by_libreoffice(make_docx(report), "docx", "rtf"), "report.rtf")


@needs_office
@pytest.mark.skipif(not FONT_FILES, reason="there is no Chinese font here")
def test_a_pdf_by_libreoffice(extractor: Extractor, root: Path) -> None:
    report = report_called("qingling-2008-flood", root)
    assert_same(extractor, report, by_libreoffice(make_docx(report), "docx", "pdf"), "report.pdf")
