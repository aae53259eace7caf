"""What people see: Rich tables on a terminal, tab-separated lines in a pipe, plain messages on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

_ESCAPES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})


def table(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "", stream: TextIO | None = None
) -> None:
    """A table on a terminal; in a pipe a line a row, cells apart by tabs."""
    out = stream or sys.stdout
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if not out.isatty():
        if title:
            print(f"# {title}", file=out)
        for line in (headings, *cells):
            print("\t".join(cell.translate(_ESCAPES) for cell in line), file=out)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(title=title or None, title_justify="left", title_style="bold", header_style="bold")
    for heading, column in zip(headings, zip(*cells, strict=True) if cells else [()] * len(headings), strict=True):
        numbers = all(cell.lstrip("-").replace(".", "", 1).isdigit() for cell in column if cell)
        made.add_column(heading, justify="right" if cells and numbers else "left", overflow="fold")
    for row in cells:
        made.add_row(*(Text(cell) for cell in row))  # Text: brackets in what reports say are no markup
    Console(file=out).print(made)


def counted(number: int, thing: str) -> str:
    """A number of things in words.

    >>> counted(1, "document"), counted(2, "document")
    ('1 document', '2 documents')
    """
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def note(message: str) -> None:
    """One plain line on stderr."""
    print(message, file=sys.stderr)


def error(message: str) -> None:
    """One plain line on stderr that begins as an error."""
    note(f"extractor: {message}")
