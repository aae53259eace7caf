"""Tables whose cells span rows and columns, laid out so that every row has all its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_FIGURE = re.compile("[0-9０-９]|(?<![（(第])[一二三四五六七八九十百千万亿两零〇]+(?!般|定|元)")
_WIDEST = 1000
"""Columns of the widest table: a page may claim any number for a cell."""


class Cell(NamedTuple):
    """A cell and how many columns and rows it takes."""

    text: str
    columns: int = 1
    rows: int = 1


def laid_out(rows: Iterable[list[Cell]]) -> Iterator[list[str]]:
    """Rows with a text for every column.

    A heading that spans columns or rows stands in each of them, so that the figures there have it; a text with a
    figure in it is not repeated, for that would double the figure. A row that is one cell wide stays one cell.

    >>> list(laid_out([[Cell("乡镇", rows=2), Cell("资金", columns=2)], [Cell("合计"), Cell("口粮")]]))
    [['乡镇', '资金', '资金'], ['乡镇', '合计', '口粮']]
    """
    pending: dict[int, tuple[int, str]] = {}
    for row in rows:
        laid: list[str] = []
        if len(row) == 1 and row[0].rows <= 1 and not pending:
            yield [row[0].text]
            continue
        for cell in row:
            _carry_on(laid, pending)
            again = repeated(cell.text)
            for index in range(min(max(cell.columns, 1), _WIDEST)):
                if cell.rows > 1:
                    pending[len(laid)] = (cell.rows - 1, again)
                laid.append(cell.text if index == 0 else again)
        _carry_on(laid, pending)
        yield laid[:_WIDEST]


def repeated(text: str) -> str:
    """What a cell that reaches into further rows or columns says there: nothing if it holds a figure."""
    return "" if _FIGURE.search(text) else text


def _carry_on(laid: list[str], pending: dict[int, tuple[int, str]]) -> None:
    """Add the cells that reach down into this place from rows above."""
    while (above := pending.pop(len(laid), None)) is not None:
        left, text = above
        if left > 1:
            pending[len(laid)] = (left - 1, text)
        laid.append(text)


def addresses(row: int, width: int, sheet: str = "") -> list[str]:
    """The addresses of the cells of a row, as a spreadsheet writes them; ``row`` counts from 1.

    A table of a document is the sheet ``table1``, ``table2`` … in the order of the text.

    >>> addresses(3, 2), addresses(3, 2, "table1")
    (['A3', 'B3'], ['table1!A3', 'table1!B3'])
    """
    prefix = f"{sheet}!" if sheet else ""
    return [f"{prefix}{column_letters(index)}{row}" for index in range(width)]


def column_letters(index: int) -> str:
    """The letters of a column in a spreadsheet, counted from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
