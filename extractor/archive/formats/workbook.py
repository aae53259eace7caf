"""Excel: one sheet a kind of record, for results that a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from extractor.archive.formats.columns import TABLES, columns
from extractor.archive.formats.delimited import cell
from extractor.archive.formats.tables import Tables
from extractor.errors import ExtractorError
from extractor.records import Kind

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
EXACT_DIGITS = 15
"""Digits that Excel keeps of a number; one with more is written as text."""


class Workbook(Tables):
    """Writes a workbook to ``path`` with a sheet a kind."""

    def __init__(self, path: Path, kinds: Iterable[Kind]) -> None:
        super().__init__(kinds)
        self._path = path
        self._book = Book(write_only=True)
        self._sheets = {
            kind: _Sheet(self._book, TABLES[kind], [column.name for column in columns(kind)]) for kind in self.kinds
        }

    def put(self, kind: Kind, rows: list[dict[str, Any]]) -> None:
        """Write ``rows`` of ``kind``; raises ExtractorError when a sheet can't hold them."""
        for row in rows:
            self._sheets[kind].append(row.values())

    def finish(self) -> None:
        """Save the workbook."""
        self._book.save(self._path)

    def abandon(self) -> None:
        """End the sheets that were begun."""
        for sheet in self._sheets.values():
            sheet.close()


def write_sheet(path: Path, title: str, headings: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """A workbook of one sheet at ``path``: the columns ``headings`` of ``rows``.

    Raises ExtractorError when a sheet can't hold them.
    """
    book = Book(write_only=True)
    sheet = _Sheet(book, title, headings)
    try:
        for row in rows:
            sheet.append(row[name] for name in headings)
    except BaseException:
        sheet.close()
        raise
    book.save(path)


class _Sheet:
    """A sheet that is filled a row at a time; the headings stay in sight."""

    def __init__(self, book: Book, title: str, headings: Sequence[str]) -> None:
        self._sheet: Any = book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        self._rows = 1
        self._sheet.append(list(headings))

    def append(self, values: Iterable[Any]) -> None:
        """Add a row; raises ExtractorError when the sheet is full."""
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise ExtractorError(f"a sheet holds {MOST_ROWS - 1} rows and there are more; write duckdb, csv or parquet")
        self._sheet.append([self._cell(value) for value in values])

    def close(self) -> None:
        """End the sheet, for openpyxl keeps it in a file of its own."""
        self._sheet.close()

    def _cell(self, value: Any) -> Any:
        if isinstance(value, Decimal) and len(value.as_tuple().digits) <= EXACT_DIGITS:
            return value
        if isinstance(value, (str, list, dict, Decimal)):
            text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value if isinstance(value, str) else str(cell(value)))
            made = WriteOnlyCell(self._sheet, text[:MOST_CHARACTERS])
            made.data_type = "s"  # a text that begins with = is no formula
            return made
        return value
