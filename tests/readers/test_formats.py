"""The same report in every format gives the same records, but for their offsets."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from extractor.pipeline import Extractor
from extractor.records import AnyRecord, Extracted
from extractor.text.decode import decode
from tests.readers.makers import FORMATS, by_libreoffice, make_doc, make_docx, make_html, make_pdf
from tests.readers.marks import FONT_FILES, needs_office

REPORTS = ["linxi-1996-relief-allocation", "shaping-1988-civil-affairs", "qingling-2016-statistics"]
NOT_COMPARED = {"doc_id", "id", "start", "end", "raw", "sentence", "rule", "part_of", "impacts", "records"}
"""What counts places in the source, or shows how wide the gap between two cells is there."""


def report_called(name: str, root: Path) -> str:
    data = (root / "corpus" / "reports" / f"{name}.txt").read_bytes()
    return decode(data).text


@pytest.fixture(params=REPORTS)
def report(request: pytest.FixtureRequest, root: Path) -> str:
    return report_called(request.param, root)


def facts(records: list[AnyRecord]) -> Counter[str]:
    dumped = (record.model_dump_json(exclude=NOT_COMPARED) for record in records if record.kind != "document")
    return Counter(dumped)


def assert_same(extractor: Extractor, text: str, data: bytes, path: str) -> None:
    records = extractor.extract_bytes(data, path=path)
    expected, found = facts(extractor.extract_text(text)), facts(records)
    assert found == expected
    source = extractor.opener.read(data, path).text
    assert all(source[record.start : record.end] == record.raw for record in records if isinstance(record, Extracted))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_records(extractor: Extractor, report: str, name: str) -> None:
    assert_same(extractor, report, FORMATS[name](report), f"report.{name}")


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
