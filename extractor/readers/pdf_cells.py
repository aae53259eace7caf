"""The cells that lines on a page enclose, and the characters in them."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.readers.pdf_glyphs import Glyph, Rulings

_SLACK = 2.0
"""Points that a line may lack to meet another, and that two lines lie apart at most to be one."""


class TableRow(NamedTuple):
    """The cells of a row, one for each column of its table, and how high on the page it begins."""

    top: float
    cells: list[list[Glyph]]


class _Place(NamedTuple):
    top: float
    left: float


def ruled_rows(glyphs: Sequence[Glyph], rulings: Rulings) -> tuple[list[TableRow], list[Glyph]]:
    """The rows of ruled tables, and the characters that stand outside of them.

    A row with a single cell is no row: a frame around text, a caption inside the table.
    """
    if not rulings.vertical or not rulings.horizontal:
        return [], list(glyphs)
    cells: dict[_Place, list[Glyph]] = {}
    free: list[Glyph] = []
    vertical, horizontal = sorted(rulings.vertical), sorted(rulings.horizontal)
    for glyph in glyphs:
        place = _place(glyph, vertical, horizontal)
        (cells.setdefault(place, []) if place else free).append(glyph)
    rows: dict[float, dict[float, list[Glyph]]] = {}
    for place, inside in cells.items():
        top = _near(rows, place.top)
        rows.setdefault(top, {})[place.left] = inside
    tables: list[TableRow] = []
    for table in _tables(rows, free):
        lefts: list[float] = []
        for left in sorted(left for row in table for left in rows[row]):
            if not lefts or left - lefts[-1] > _SLACK:
                lefts.append(left)
        for top in table:
            line: list[list[Glyph]] = [[] for _ in lefts]
            for left, inside in rows[top].items():
                line[max(0, bisect.bisect_right(lefts, left) - 1)].extend(inside)
            tables.append(TableRow(top, line))
    return tables, free


def _tables(rows: dict[float, dict[float, list[Glyph]]], free: list[Glyph]) -> list[list[float]]:
    """The tops of rows, table by table; rows of one cell go to ``free`` and part tables only if text is there."""
    tables: list[list[float]] = []
    heights = sorted((glyph.middle for glyph in free), reverse=True)
    last: float | None = None
    for top in sorted(rows, reverse=True):
        if len(rows[top]) < 2:
            free += next(iter(rows[top].values()))
            continue
        apart = last is not None and any(top < height < last for height in heights)
        lowest = min(glyph.bottom for cell in rows[top].values() for glyph in cell)
        if not tables or apart:
            tables.append([])
        tables[-1].append(top)
        last = lowest
    return tables


def _place(
    glyph: Glyph, vertical: list[tuple[float, float, float]], horizontal: list[tuple[float, float, float]]
) -> _Place | None:
    """The upper left corner of the cell around a character, if lines enclose it on all sides."""
    x, y = (glyph.left + glyph.right) / 2, glyph.middle
    across = [line[0] for line in vertical if line[1] - _SLACK <= y <= line[2] + _SLACK]
    along = [line[0] for line in horizontal if line[1] - _SLACK <= x <= line[2] + _SLACK]
    column, row = bisect.bisect_right(across, x), bisect.bisect_right(along, y)
    if 0 < column < len(across) and 0 < row < len(along):
        return _Place(along[row], _first(across, column - 1))
    return None


def _first(positions: list[float], index: int) -> float:
    """The first of the lines drawn side by side, as double lines and thin boxes are."""
    while index and positions[index] - positions[index - 1] <= _SLACK:
        index -= 1
    return positions[index]


def _near(known: Iterable[float], value: float) -> float:
    return next((one for one in known if abs(one - value) <= _SLACK), value)
