"""Lines of a page in pieces, which white parts, as the cells of a table without lines are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from extractor.readers.cell_lines import goes_on, is_figure, is_whole
from extractor.readers.pdf_glyphs import Glyph

_WHITE = 0.5
"""Heights of a character from which white parts two pieces."""
_NARROW = 1.0
"""Points of white that part two pieces where others begin at the same place."""
_FEWEST_BEGUN = 3
_NOTHING = re.compile(r"[—\-－–/…]{1,3}")


class Piece(NamedTuple):
    """Characters of a line without white between them."""

    left: float
    right: float
    text: str
    y: float
    """How high it is: the pieces of a line may differ a little."""

    @property
    def is_figure(self) -> bool:
        """Whether it holds nothing but a number, or a dash that stands for none."""
        return is_figure(self.text) or _NOTHING.fullmatch(self.text) is not None

    def completes(self, above: Piece) -> bool:
        """Whether the figure above goes on here."""
        return self.is_above((above.left, above.right)) and goes_on(above.text, self.text)

    def is_above(self, column: tuple[float, float]) -> bool:
        """Whether it overlaps a column from left to right."""
        return self.left < column[1] and column[0] < self.right


class PageLine(NamedTuple):
    """A line of the page in pieces; y grows upwards."""

    y: float
    size: float
    pieces: list[Piece]
    is_row: bool
    """Whether it holds a figure beside something else, as a row of a table does."""

    def completes(self, above: PageLine) -> bool:
        """Whether it holds nothing but what is missing of the figures on the line above."""
        return all(any(piece.completes(other) for other in above.pieces) for piece in self.pieces)


def page_lines(rows: Sequence[Sequence[Glyph]]) -> list[PageLine]:
    """The lines that glyphs on one height make, from the top down.

    Where a text fills its cell, the white behind it is narrow; it counts where cells of other rows begin.
    """
    lines = [_line(row, ()) for row in rows]
    begun = Counter(round(piece.left) for line in lines if line.is_row for piece in line.pieces)
    starts = [start for start, count in begun.items() if count >= _FEWEST_BEGUN]
    lines = [_line(row, starts) for row in rows]
    return [
        line._replace(is_row=line.is_row and not (index and line.completes(lines[index - 1])))
        for index, line in enumerate(lines)
    ]


def _line(row: Sequence[Glyph], starts: Sequence[int]) -> PageLine:
    size = median(glyph.size for glyph in row)
    pieces: list[Piece] = []
    for glyph in row:
        gap = glyph.left - pieces[-1].right if pieces else size
        if gap > _WHITE * size or (gap > _NARROW and any(abs(glyph.left - start) < _NARROW for start in starts)):
            pieces.append(Piece(glyph.left, glyph.right, glyph.text.removeprefix(" "), glyph.middle))
        else:
            last = pieces[-1]
            pieces[-1] = last._replace(right=max(last.right, glyph.right), text=last.text + glyph.text)
    is_row = len(pieces) > 1 and any(is_whole(piece.text) for piece in pieces)
    return PageLine(row[0].middle, size, pieces, is_row)
