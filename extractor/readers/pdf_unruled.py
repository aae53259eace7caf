"""Tables without lines on a page: their columns are told by the white between them, and cells may take several lines.

A line with figures is a row; lines beside and between rows are further lines of their cells. Above the first row stand
the headings: one that reaches over several columns, or over columns that have no heading as high as it, spans them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from extractor.readers.cell_lines import joined
from extractor.readers.pdf_glyphs import Glyph
from extractor.readers.pdf_heads import heading_rows
from extractor.readers.pdf_pieces import PageLine, Piece, page_lines
from extractor.readers.tables import repeated

_PROSE = re.compile(r"[。；！？]|[\u4e00-\u9fff]{2,}[:：](?!\S{0,8}$)|单\s?位\s?[:：]|^(?:注|附注|说明|备注)\s?[:：]")
_LABEL = re.compile("[:：]")
_FARTHEST = 4.0
"""Heights of a character that two lines of one table are apart at most."""
_PITCH = 1.3
_PITCH_AT_MOST = 1.08
"""How many times the usual distance two lines of one cell are apart at most."""
_MOST_HEADINGS = 12
_FEWEST_ROWS = 2
_TIE = 0.15
"""The share of a line's height by which a line may be nearer to the row below and belong to the one above."""


class UnruledTable(NamedTuple):
    """A table: which lines of the page it takes, and its rows with a tab between the cells."""

    lines: range
    rows: list[str]


def unruled_tables(rows: Sequence[Sequence[Glyph]]) -> Iterator[UnruledTable]:
    """The tables in lines of glyphs, from the top down; what can't be told for certain is left as lines."""
    lines = page_lines(rows)
    free = 0
    for first, last in _stretches(lines):
        table = _table(lines, first, last, free)
        if table is not None:
            yield table
            free = table.lines.stop


def _stretches(lines: Sequence[PageLine]) -> Iterator[tuple[int, int]]:
    """The first and the last row of each stretch of lines that may be one table."""
    first = last = -1
    for index, line in enumerate(lines):
        apart = index > 0 and lines[index - 1].y - line.y > _FARTHEST * line.size
        if first >= 0 and (apart or _is_prose(line) or (not line.is_row and _lies_across(line, lines[last]))):
            if last > first:
                yield first, last
            first = -1
        if line.is_row and not _is_prose(line):
            first, last = (index if first < 0 else first), index
    if last > first >= 0:
        yield first, last


def _is_prose(line: PageLine) -> bool:
    return any(_PROSE.search(piece.text) for piece in line.pieces)


def _lies_across(line: PageLine, row: PageLine) -> bool:
    """Whether a line is one piece over several cells of a row, as a caption is."""
    if len(line.pieces) > 1:
        return False
    [piece] = line.pieces
    return sum(piece.is_above((cell.left, cell.right)) for cell in row.pieces) > 1


def _table(lines: Sequence[PageLine], first: int, last: int, free: int) -> UnruledTable | None:
    body = lines[first : last + 1]
    rows = [line for line in body if line.is_row]
    size = median(line.size for line in rows)
    columns = _columns(body)
    if len(rows) < _FEWEST_ROWS or len(columns) < 2:
        return None
    pitch = _pitch(lines[max(free, first - _MOST_HEADINGS) : last + 1], size)
    top = _first_heading(lines, first, free, columns, pitch)
    bottom = last + 1
    while bottom < len(lines) and _goes_on(lines[bottom - 1], lines[bottom], columns, pitch):
        bottom += 1
    if all(len(line.pieces) == len(columns) for line in lines[top:bottom]):
        return None  # nothing that the lines do not tell by themselves
    begin = first
    while begin > top and lines[begin - 1].y - lines[begin].y < _PITCH_AT_MOST * pitch:
        begin -= 1
    begin = first if begin == top else begin  # lines above the first row, nearer to it than the headings, are its own
    cells = _cells(lines[begin:bottom], columns, pitch)
    heads = heading_rows(lines[top:begin], columns, size, pitch)
    return UnruledTable(range(top, bottom), ["\t".join(row) for row in (*heads, *cells)])


def _columns(body: Sequence[PageLine]) -> list[tuple[float, float]]:
    """From where to where each column is filled: what no white parts in any of the lines.

    Words that stand once between two columns that are empty there, as 合计 in a cell of both, are no column.
    """
    columns: list[tuple[float, float]] = []
    inside: list[list[tuple[int, Piece]]] = []
    for piece, number in sorted((piece, number) for number, line in enumerate(body) for piece in line.pieces):
        if columns and piece.left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], piece.right)
            inside[-1].append((number, piece))
        else:
            columns.append((piece.left, piece.right))
            inside.append([(number, piece)])
    filled = [{number for number, _ in pieces} for pieces in inside]

    def is_between(column: int) -> bool:
        number, piece = inside[column][0]
        beside = {*filled[column - 1], *filled[column + 1]}
        return len(inside[column]) == 1 and not piece.is_figure and number not in beside

    merged = {column for column in range(1, len(columns) - 1) if len(body) > _FEWEST_ROWS and is_between(column)}
    return [reach for column, reach in enumerate(columns) if column not in merged]


def _pitch(lines: Sequence[PageLine], size: float) -> float:
    """How far the lines of a cell are apart."""
    distances = (
        one.y - other.y
        for index, above in enumerate(lines)
        for below in lines[index + 1 : index + 4]
        for one, other in itertools.product(above.pieces, below.pieces)
        if one.is_above((other.left, other.right))
    )
    return min((distance for distance in distances if 0.9 * size < distance < 1.8 * size), default=_PITCH * size)


def _column(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    """The column that a piece stands in: the one that it overlaps most, else the one left of it."""
    over = [min(piece.right, right) - max(piece.left, left) for left, right in columns]
    if max(over) > 0:
        return over.index(max(over))
    return max(0, sum(left <= piece.left for left, _ in columns) - 1)


def _first_heading(
    lines: Sequence[PageLine], first: int, free: int, columns: Sequence[tuple[float, float]], pitch: float
) -> int:
    """The line at which the headings above the row ``first`` begin."""
    top = at = first
    while at > max(free, first - _MOST_HEADINGS):
        line, distance = lines[at - 1], lines[at - 1].y - lines[at].y
        if distance > _FARTHEST * line.size or _is_prose(line) or line.is_row:
            break
        at -= 1
        if len(line.pieces) > 1:
            top = at
            continue
        over = [column for column in columns if line.pieces[0].is_above(column)]
        beside = distance < 0.8 * pitch
        if len(over) > 1 and not beside and (distance > 1.2 * pitch or _is_caption(line.pieces[0], columns, line.size)):
            break
        if top == at + 1 and (beside or (columns[0] not in over and distance < 1.2 * pitch)):
            top = at
        elif distance > 3 * line.size:
            break
    return top


def _is_caption(piece: Piece, columns: Sequence[tuple[float, float]], size: float) -> bool:
    """Whether a piece over several columns is none of their headings: it begins at the left, or is in the middle."""
    middle = (columns[0][0] + columns[-1][1]) / 2
    return piece.left < columns[0][1] or abs((piece.left + piece.right) / 2 - middle) < size


def _goes_on(line: PageLine, below: PageLine, columns: Sequence[tuple[float, float]], pitch: float) -> bool:
    """Whether the line below the last row is a further line of its cells."""
    distance = line.y - below.y
    if below.is_row or _is_prose(below) or distance > 1.2 * pitch:
        return False
    if below.completes(line):
        return True
    for piece in below.pieces:
        left, right = columns[_column(piece, columns)]
        if (
            piece.left < left - 1
            or piece.right > right + 1
            or piece.is_figure
            or ":" in piece.text
            or "：" in piece.text
        ):
            return False
    if distance < 0.8 * pitch or all(_column(piece, columns) > 0 for piece in below.pieces):
        return True
    return line.is_row and line.pieces[0].right > columns[0][1] - line.size and line.pieces[0].is_above(columns[0])


def _cells(body: Sequence[PageLine], columns: Sequence[tuple[float, float]], pitch: float) -> list[list[str]]:
    """The texts of the rows' cells."""
    heights = [line.y for line in body if line.is_row]
    rows: list[list[list[Piece]]] = [[[] for _ in columns] for _ in heights]
    names: list[tuple[float, str]] = []
    for line, number in zip(body, _numbers(body, heights, pitch), strict=True):
        for piece in line.pieces:
            column = _column(piece, columns)
            if not column:
                names.append((piece.y, piece.text))
            rows[number][column].append(piece)
    texts = [[joined([piece.text for piece in pieces]) for pieces in row] for row in rows]
    groups = None if all(row[0] for row in texts) else _groups(names, heights, pitch)
    for row, name in zip(texts, groups or (), strict=False):
        row[0] = name
    return texts


def _numbers(body: Sequence[PageLine], heights: Sequence[float], pitch: float) -> Iterator[int]:
    """For each line the number of its row: the one in its block of lines, if white parts these; else the nearest."""
    blocks = list(
        itertools.accumulate(
            (one.y - other.y > _PITCH_AT_MOST * pitch for one, other in itertools.pairwise(body)), initial=0
        )
    )
    if [block for block, line in zip(blocks, body, strict=True) if line.is_row] == list(range(len(heights))):
        yield from blocks
        return
    for line in body:
        distances = [abs(height - line.y) for height in heights]
        yield next(i for i, distance in enumerate(distances) if distance < min(distances) + _TIE * pitch)


def _groups(names: Sequence[tuple[float, str]], heights: Sequence[float], pitch: float) -> list[str] | None:
    """The name of each row's group, where names stand half way down the rows that they are for; None if they don't."""
    labels: list[tuple[list[float], str]] = []
    for y, text in names:
        lone = not any(abs(y - height) < 0.1 * pitch for height in heights)
        if labels and labels[-1][0][-1] - y < _PITCH_AT_MOST * pitch and (lone or len(labels[-1][0]) > 1):
            labels[-1] = [*labels[-1][0], y], labels[-1][1] + text
        else:
            labels.append(([y], text))
    if len(labels) >= len(heights):
        return None
    groups: list[str] = []
    for ys, text in labels:
        middle, begin = (ys[0] + ys[-1]) / 2, len(groups)
        if begin >= len(heights):
            return None
        off = [abs((heights[begin] + heights[end]) / 2 - middle) for end in range(begin, len(heights))]
        if min(off) > 0.3 * pitch:
            return None
        count = off.index(min(off)) + 1
        groups += [text] + [repeated(text)] * (count - 1)
    return groups if len(groups) == len(heights) else None
