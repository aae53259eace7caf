"""Excel: one sheet a kind of record, for results that a person reads."""

from __future__ import annotations

from collections.abc import Iterable
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
        self._sheets = {kind: self._book.create_sheet(TABLES[kind]) for kind in self.kinds}
        self._rows = dict.fromkeys(self.kinds, 1)
        for kind, sheet in self._sheets.items():
            sheet.freeze_panes = "A2"
            sheet.append([column.name for column in columns(kind)])

    def put(self, kind: Kind, rows: list[dict[str, Any]]) -> None:
        """Write ``rows`` of ``kind``; raises ExtractorError when a sheet can't hold them."""
        self._rows[kind] += len(rows)
        if self._rows[kind] > MOST_ROWS:
            raise ExtractorError(
                f"a sheet holds {MOST_ROWS - 1} records and there are more; write duckdb, csv or parquet"
            )
        sheet = self._sheets[kind]
        for row in rows:
            sheet.append([self._cell(sheet, value) for value in row.values()])

    def finish(self) -> None:
        """Save the workbook."""
        self._book.save(self._path)

    def abandon(self) -> None:
        """End the sheets that were begun, for openpyxl keeps them in files of its own."""
        for sheet in self._sheets.values():
            sheet.close()

    def _cell(self, sheet: Any, value: Any) -> Any:
        if isinstance(value, Decimal) and len(value.as_tuple().digits) <= EXACT_DIGITS:
            return value
        if isinstance(value, (str, list, dict, Decimal)):
            text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value if isinstance(value, str) else str(cell(value)))
            made = WriteOnlyCell(sheet, text[:MOST_CHARACTERS])
            made.data_type = "s"  # a text that begins with = is no formula
            return made
        return value
