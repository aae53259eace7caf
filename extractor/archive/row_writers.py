"""Rows of one table on a stream: CSV, tabs, JSON Lines, Markdown."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, TextIO, get_args

from extractor.archive.formats.delimited import cell
from extractor.records.values import plain

Form = Literal["csv", "tsv", "jsonl", "md"]
FORMS: tuple[Form, ...] = get_args(Form)
Rows = Iterable[Mapping[str, Any]]


def write_rows(stream: TextIO, columns: Sequence[str], rows: Rows, form: Form) -> None:
    """Write ``columns`` of ``rows`` as they come. Texts of CSV and TSV are no formulas."""
    _WRITERS[form](stream, columns, rows)


def _delimited(delimiter: str) -> Callable[[TextIO, Sequence[str], Rows], None]:
    def write(stream: TextIO, columns: Sequence[str], rows: Rows) -> None:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([cell(row[name]) for name in columns] for row in rows)

    return write


def _json_lines(stream: TextIO, columns: Sequence[str], rows: Rows) -> None:
    for row in rows:
        kept = {name: plain(row[name]) if isinstance(row[name], Decimal) else row[name] for name in columns}
        stream.write(json.dumps(kept, ensure_ascii=False) + "\n")


def _markdown(stream: TextIO, columns: Sequence[str], rows: Rows) -> None:
    stream.write(f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n")
    for row in rows:
        stream.write(f"| {' | '.join(_on_one_line(row[name]) for name in columns)} |\n")


def _on_one_line(value: Any) -> str:
    shown = "" if value is None else str(cell(value))
    return " ".join(shown.replace("|", r"\|").split())


_WRITERS: dict[Form, Callable[[TextIO, Sequence[str], Rows], None]] = {
    "csv": _delimited(","),
    "tsv": _delimited("\t"),
    "jsonl": _json_lines,
    "md": _markdown,
}
