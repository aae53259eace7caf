"""The headings above the columns of a table without lines: which lines are one heading, and which columns it spans."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.readers.cell_lines import joined
from extractor.readers.pdf_pieces import PageLine, Piece
from extractor.readers.tables import repeated

_BESIDE = 0.3
"""Heights of a character that two edges may lie apart to be at one place."""
_REACH = 0.8
"""Heights of a character by which a heading reaches beyond the middle between two columns, if it spans them."""
_SAME_LINE = 1.0
"""Points that two pieces on one line may differ in height."""


@dataclass(slots=True)
class _Heading:
    """A piece and the columns that it is above of, the first and the last."""

    y: float
    piece: Piece
    first: int
    last: int

    @property
    def middle(self) -> float:
        """Half way from its left to its right."""
        return (self.piece.left + self.piece.right) / 2


def heading_rows(
    lines: Sequence[PageLine], columns: Sequence[tuple[float, float]], size: float, pitch: float
) -> list[list[str]]:
    """The rows of headings, each with a text for every column; ``pitch`` is how far the lines of a cell are apart."""
    if not lines:
        return []
    headings = _placed(lines, columns, size)
    _widen(headings, len(columns), size, pitch)
    paths = [_path(headings, column, pitch) for column in range(len(columns))]
    rows: list[list[str]] = []
    for level in range(max(map(len, paths))):
        row: list[str] = []
        for column, path in enumerate(paths):
            first, text = path[min(level, len(path) - 1)] if path else (column, "")
            row.append(repeated(text) if level >= len(path) or column > first else text)
        rows.append(row)
    return rows


def _placed(lines: Sequence[PageLine], columns: Sequence[tuple[float, float]], size: float) -> list[_Heading]:
    """The headings with the columns that they stand above of; wide ones widen narrow columns for those above."""
    reaches = list(columns)
    placed: list[_Heading] = []
    for piece in [piece for line in lines for piece in line.pieces][::-1]:
        over = list(_reached(piece, reaches, size))
        first, last = min(over), max(over)
        if first == last:
            left = reaches[first - 1][1] if first else piece.left
            right = reaches[first + 1][0] if first + 1 < len(reaches) else piece.right
            low, high = reaches[first]
            reaches[first] = min(low, max(piece.left, left)), max(high, min(piece.right, right))
        placed.append(_Heading(piece.y, piece, first, last))
    return placed[::-1]


def _reached(piece: Piece, reaches: Sequence[tuple[float, float]], size: float) -> Iterator[int]:
    """The columns that a piece lies over, at least the nearest.

    One that is set as no column is, from the left, the right or the middle, spans those that it comes far into.
    """
    overlaps = [min(piece.right, right) - max(piece.left, left) for left, right in reaches]
    nearest = overlaps.index(max(overlaps))
    yield nearest
    yield from (column for column, overlap in enumerate(overlaps) if overlap > _BESIDE * size)
    left, right = reaches[nearest]
    off = piece.left - left, piece.right - right, (piece.left + piece.right - left - right) / 2
    if min(map(abs, off)) < _BESIDE * size:
        return
    for column, (one, other) in enumerate(itertools.pairwise(reaches)):
        border = (one[1] + other[0]) / 2
        if min(border - piece.left, piece.right - border) > _REACH * size:
            yield from (column, column + 1)


def _widen(headings: Sequence[_Heading], count: int, size: float, pitch: float) -> None:
    """Let headings span the columns beside them that have none as high, but one beside those below.

    That is told where cells are centred or begin at the top. Where all end at the bottom, a heading of two lines looks
    the same, and nothing is changed.
    """
    by_column = [[h for h in headings if h.first <= column <= h.last] for column in range(count)]
    heights = sorted({heading.y for heading in headings}, reverse=True)
    own = [heading.y for heading in by_column[0]] or heights
    centred = any(_SAME_LINE < above - below < 0.8 * pitch for above, below in itertools.pairwise(heights)) or (
        max(own) < heights[0] - _SAME_LINE and abs(max(own) + min(own) - heights[0] - heights[-1]) < 0.5 * pitch
    )
    if not centred and not any(heading.y > heights[0] - _SAME_LINE for heading in by_column[0]):
        return
    parents: dict[int, list[_Heading]] = {}
    flush: list[bool] = []
    for heading in headings:
        below = [h for h in headings if heading.first <= h.first <= heading.last and h.y < heading.y - _SAME_LINE]
        spanned = _level_with(below, heading, by_column, pitch, centred=centred) if below else []
        for column in spanned:
            parents.setdefault(column, []).append(heading)
        if spanned:
            left = min(h.piece.left for h in below)
            flush.append(abs(left - heading.piece.left) < _BESIDE * size)
    at_left = sum(flush) > len(flush) / 2
    wider: list[tuple[_Heading, int]] = []
    for column, above in parents.items():
        middle = sum(h.middle for h in by_column[column]) / len(by_column[column])
        allowed = [heading for heading in above if not at_left or heading.last < column]
        if allowed:
            wider.append((min(allowed, key=lambda heading: abs(heading.middle - middle)), column))
    for heading, column in wider:
        heading.first, heading.last = min(heading.first, column), max(heading.last, column)


def _level_with(
    below: Sequence[_Heading],
    heading: _Heading,
    by_column: Sequence[Sequence[_Heading]],
    pitch: float,
    *,
    centred: bool,
) -> list[int]:
    """The columns left and right of a heading whose own headings are all on the level of those below it."""
    low, high = min(h.y for h in below), max(h.y for h in below)

    def is_level(column: int) -> bool:
        own = [h.y for h in by_column[column]]
        if not own or max(own) > heading.y - _SAME_LINE:
            return False
        if centred:
            return abs(max(own) + min(own) - low - high) < 0.5 * pitch
        return column > 0 and abs(max(own) - high) < _SAME_LINE

    to_the_left = itertools.takewhile(is_level, range(heading.first - 1, -1, -1))
    to_the_right = itertools.takewhile(is_level, range(heading.last + 1, len(by_column)))
    return [*to_the_left, *to_the_right]


def _path(headings: Sequence[_Heading], column: int, pitch: float) -> list[tuple[int, str]]:
    """The headings of a column from the top down, each with the first column that it spans; its lines are joined."""
    path: list[tuple[int, list[str]]] = []
    last: _Heading | None = None
    for heading in headings:
        if not heading.first <= column <= heading.last:
            continue
        if last and (last.first, last.last) == (heading.first, heading.last) and last.y - heading.y < 1.08 * pitch:
            path[-1][1].append(heading.piece.text)
        else:
            path.append((heading.first, [heading.piece.text]))
        last = heading
    return [(first, joined(lines)) for first, lines in path]
