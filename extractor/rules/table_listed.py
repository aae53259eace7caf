"""Tables whose cells stand one below the other, a line each, as they come out of scraped pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.rules.table_lines import LineCell, TableLine

_WIDEST = 12
_FEWEST_ROWS = 2
_COVERED = 0.8
_UNIT = re.compile(r"[（(][^（）()]{1,5}[）)]")
_TOTALS = frozenset({"合计", "小计", "总计", "共计"})
_IDLE = frozenset({"备注", "说明"})
"""Last columns that are mostly empty, so that their cells are missing below."""


def listed(lines: Sequence[TableLine | None]) -> tuple[list[str], list[list[LineCell]]] | None:
    """Headings and rows; the ``left`` of a cell is its column. None if these lines are no such table.

    The lines repeat: as many as there are columns make a row, texts and numbers in the same order in each.
    """
    if any(line is not None and len(line.cells) > 1 for line in lines):
        return None
    cells = _joined([line.cells[0] for line in lines if line is not None and line.cells])
    kinds = "".join("N" if cell.is_number else "T" for cell in cells)
    first = kinds.find("N")
    if first < 0 or len(cells) < 2 * _FEWEST_ROWS:
        return None
    best: tuple[list[str], list[list[LineCell]]] | None = None
    for width in range(2, _WIDEST + 1):
        for begin in (first - 1, first, first - 2, first - 3):
            heads = _headings([cell.text for cell in cells[:begin]], width) if begin >= 0 else None
            if heads is None or "N" not in kinds[begin : begin + width]:
                continue
            rows, covered = _rows(cells[begin:], kinds[begin:], width)
            enough = len(rows) >= _FEWEST_ROWS and covered >= _COVERED * (len(cells) - begin)
            if enough and (best is None or covered > sum(map(len, best[1]))):
                best = heads, rows
    return best


def _joined(cells: Sequence[LineCell]) -> list[LineCell]:
    """The cells with a unit on a line of its own joined to the heading above it."""
    joined: list[LineCell] = []
    for cell in cells:
        if joined and not joined[-1].is_number and _UNIT.fullmatch(cell.text):
            joined[-1] = joined[-1]._replace(text=joined[-1].text + cell.text)
        else:
            joined.append(cell)
    return joined


def _headings(told: list[str], width: int) -> list[str] | None:
    """The headings of ``width`` columns, from the lines above the first row; they may lack where two columns are."""
    while told and len(told) > width and told[-1] in _IDLE:
        told = told[:-1]
    if len(told) == width:
        return told
    if len(told) == width + 1:
        return told[1:]  # the first line is the table's name
    if len(told) == width - 1 and _UNIT.search(told[0]):
        return ["", *told]  # the rows' own names have no heading
    return [*told, *[""] * (width - len(told))] if width == 2 and len(told) < width else None


def _rows(cells: Sequence[LineCell], kinds: str, width: int) -> tuple[list[list[LineCell]], int]:
    """Rows like the first one, and how many lines they cover; a total may have only its last figure."""
    pattern = kinds[:width]
    rows: list[list[LineCell]] = []
    at = 0
    while at < len(cells):
        if kinds[at : at + width] == pattern and len(cells) - at >= width:
            columns, taken = range(width), width
        elif cells[at].text in _TOTALS and kinds[at + 1 : at + 2] == "N" and pattern.count("N") <= 2:
            columns, taken = range(pattern.rfind("N") - 1, pattern.rfind("N") + 1), 2
        elif rows and kinds[at] == "T" and kinds[at + 1 : at + 1 + width] == pattern:
            at += 1  # the name of a row without figures
            continue
        else:
            break
        row = [cell._replace(left=column) for cell, column in zip(cells[at : at + taken], columns, strict=False)]
        rows.append(row)
        at += taken
    return rows, at
