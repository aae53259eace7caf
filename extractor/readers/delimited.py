"""Tables as text: .csv and .tsv. Rows become lines with tabs between the cells."""

from __future__ import annotations

import csv
import io

from extractor.readers.assembly import Assembly
from extractor.readers.registry import Reader
from extractor.readers.source import Hints, SourceText
from extractor.readers.tables import addresses
from extractor.text.decode import decode

_DELIMITERS = "\t;|,"
_LINES_TO_TELL = 50
_LONGEST_CELL = 1 << 20


def read(data: bytes, hints: Hints) -> SourceText:
    """The rows, with the address of each cell as a spreadsheet would show it."""
    decoded = decode(data, hints.encoding)
    csv.field_size_limit(_LONGEST_CELL)
    assembly = Assembly()
    lines = decoded.text.replace("\0", "").splitlines(keepends=True)
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=_delimiter(lines)), start=1):
            assembly.row(row, addresses(number, len(row)))
    except csv.Error:  # a quotation mark that never closes swallows the rest: then marks are no quotation
        return SourceText(decoded.text, "text/csv", decoded.encoding)
    return SourceText(assembly.text(), "text/csv", decoded.encoding, cells=tuple(assembly.cells))


def _delimiter(lines: list[str]) -> str:
    """The sign that stands in most rows the same number of times; a comma where none does."""

    def steadiness(sign: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(io.StringIO("".join(lines[:_LINES_TO_TELL])), delimiter=sign)]
        several = [count for count in counts if count > 1]
        return (max(map(several.count, several)), 1) if several else (0, sign == ",")

    try:
        return max(_DELIMITERS, key=steadiness)
    except csv.Error:
        return ","


READER = Reader("csv", frozenset({".csv", ".tsv"}), read, isolated=False)
