"""CSV: a folder with one file a kind of record."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.archive.formats.columns import TABLES, columns
from extractor.archive.formats.tables import Tables
from extractor.records import Kind
from extractor.records.values import plain

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvFolder(Tables):
    """Writes ``amounts.csv`` and so on under ``folder``, header first; by ``mark`` Excel sees that it is UTF-8.

    Lists of texts are joined by semicolons, other structures are JSON.
    """

    def __init__(self, folder: Path, kinds: Iterable[Kind], *, mark: bool = False) -> None:
        super().__init__(kinds)
        self._files = ExitStack()
        self._writers: dict[Kind, Any] = {}
        for kind in self.kinds:
            encoding = "utf-8-sig" if mark else "utf-8"
            stream = self._files.enter_context(
                (folder / f"{TABLES[kind]}.csv").open("w", encoding=encoding, newline="")
            )
            self._writers[kind] = csv.writer(stream, lineterminator="\n")
            self._writers[kind].writerow(column.name for column in columns(kind))

    def put(self, kind: Kind, rows: list[dict[str, Any]]) -> None:
        """Write ``rows`` of ``kind``."""
        self._writers[kind].writerows([cell(value) for value in row.values()] for row in rows)

    def finish(self) -> None:
        """Close every file."""
        self._files.close()

    abandon = finish


def cell(value: Any) -> Any:
    """A value as a table cell shows it.

    >>> cell(["滑坡", "泥石流"]), cell(True), cell("=1+1")
    ('滑坡;泥石流', 'true', "'=1+1")
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, str):
        return unarmed(value)
    if isinstance(value, dict) or (isinstance(value, list) and value and not isinstance(value[0], str)):
        return json.dumps(value, ensure_ascii=False)
    return unarmed(";".join(value)) if isinstance(value, list) else value


def unarmed(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before one that begins like it (OWASP)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
