"""Tables as grids: which lines are headings, which are rows, and in which column each cell stands."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.rules.table_lines import NUMBER, YEAR, LineCell, TableLine, cut, is_ruler, words
from extractor.rules.table_listed import listed
from extractor.text.expression import expression

_PROSE = expression(r"[。；！？]")
_NUMBERED = expression(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")
_NOTE = expression(r"\s*(?:注|附注|说明|备注|资料来源|数据来源)\s?[:：]")
_FORM = expression(
    r"(?:填报|制表|填表|报表|统计|上报|报送|报出|联系|审核|负责|填制|编制|汇总)\S{0,6}[:：]"
    r"|(?:单位|时间|日期|电话|表号|复核|审核|负责人)[^\t:：]{0,6}[:：]"
)
_DATE = expression(r"\s*[12〇○零一二]\S{3}年\S{1,3}月(?:\S{1,3}日)?\s*")
_ORDINAL_HEADS = frozenset("甲乙丙丁戊")
_NOTHING = frozenset({"—", "-", "——", "--", "/", "…", "－", "无", "*", "–"})
_UNIT = expression(r"[（(][^（）()]{1,5}[）)]$")
LONGEST = 5000
"""Lines of the longest table that is read."""
_CROOKED = 2
"""Columns of the terminal that a drawn bar may stand beside the one above it."""
_BLANK_LINES = 2
_LONGEST_LABEL = 30
_WIDEST = 300


class GridCell(NamedTuple):
    """A cell and the number of its column, from 0."""

    start: int
    end: int
    text: str
    column: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row below the headings: what is in it, from left to right."""

    start: int
    end: int
    cells: tuple[GridCell, ...]


@dataclass(slots=True)
class Grid:
    """A table. ``headings`` are those of each column, from the top down; a heading that spans columns is in each."""

    headings: dict[int, tuple[str, ...]] = field(default_factory=dict)
    rows: list[GridRow] = field(default_factory=list)
    has_empty_cells: bool = False
    """Whether its lines show which cells are empty, as those of merged cells are."""


def grids(text: str, position: int, stops: Callable[[str], bool]) -> tuple[list[Grid], int]:
    """The tables from ``position`` on, and where they end: a new row of headings begins a new one.

    A line for which ``stops`` holds, prose, a note, a date or two empty lines end them.
    """
    lines, end = _lines(text, position, stops)
    listing = listed(lines)
    if listing is not None:
        return [_of_listing(*listing)], end
    made: list[Grid] = []
    for head, rows in _parts(lines):
        grid = _grid(head, rows)
        if grid.rows:
            made.append(grid)
    return made, end


def _lines(text: str, position: int, stops: Callable[[str], bool]) -> tuple[list[TableLine | None], int]:
    """The lines that may belong to the table, None for a rule across it; and where they end."""
    lines: list[TableLine | None] = []
    blank = alone = 0
    begun = False
    for _ in range(LONGEST):
        if position >= len(text):
            break
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end]
        if not line.strip():
            blank += 1
            if blank >= _BLANK_LINES:
                break
        elif is_ruler(line):
            lines.append(None)
        else:
            made = cut(line, position)
            lone = len(made.filled) < 2
            if _ends(line, made) or (lines and stops(line)):
                break
            alone = alone + 1 if lone and not made.numbers else 0
            if begun and alone > 1:
                break
            begun = begun or (not lone and bool(made.numbers))
            blank = 0
            if lone or not _FORM.search(line):
                lines.append(made)
        position = end + 1
    return lines, min(position, len(text))


def _ends(line: str, made: TableLine) -> bool:
    """Whether a line is none of a table; the cells of one with bars or tabs may hold whole sentences."""
    if _NOTE.match(line) or _DATE.fullmatch(line):
        return True
    filled = made.filled
    if made.mode in ("tab", "bar") and len(filled) > 2:
        return False
    if _PROSE.search(line):
        return True
    return len(filled) < 2 and (sum(len(c.text) for c in filled) > _LONGEST_LABEL or _NUMBERED.search(line) is not None)


class _Head(NamedTuple):
    """A line of headings, and whether a rule parts it from the one above."""

    line: TableLine
    apart: bool


def _parts(lines: Sequence[TableLine | None]) -> Iterator[tuple[list[_Head], list[TableLine]]]:
    """Headings and rows, one pair for each time that headings come."""
    head: list[_Head] = []
    rows: list[TableLine] = []
    apart = True
    for line in lines:
        if line is None:
            apart = True
            continue
        if _is_row(line, begun=bool(rows), headed=bool(head)):
            rows.append(line)
        elif rows and len(line.filled) < 2:
            continue  # 续表, the name of a part
        else:
            if rows:
                yield head, rows
                head, rows = [], []
            head.append(_Head(line, apart))
        apart = False
    if rows:
        yield head, rows


def _is_row(line: TableLine, *, begun: bool, headed: bool) -> bool:
    """Whether a line holds figures, or shows by its dashes that it has none; years and column numbers head a table."""
    numbers = line.numbers
    if not numbers:
        return begun and any(cell.text in _NOTHING for cell in line.cells)
    if all(YEAR.fullmatch(cell.text) for cell in numbers):
        years = [int(cell.text) for cell in numbers]
        steps = {later - earlier for earlier, later in itertools.pairwise(years)}
        ascending = steps <= {1} if begun or headed else min(steps, default=1) > 0
        if ascending and (steps or not (begun or headed)):
            return False
    if begun or len(numbers) < 2:
        return True
    counted = [cell.text for cell in numbers] == [str(number) for number in range(1, len(numbers) + 1)]
    others = {cell.text for cell in line.filled if not cell.is_number}
    return not (counted and others <= _ORDINAL_HEADS | {"栏次", "序号"})


def _of_listing(heads: Sequence[str], rows: Sequence[Sequence[LineCell]]) -> Grid:
    headings: dict[int, tuple[str, ...]] = {column: (head,) for column, head in enumerate(heads)}
    made = [
        GridRow(row[0].start, row[-1].end, tuple(GridCell(c.start, c.end, c.text, int(c.left)) for c in row))
        for row in rows
    ]
    return Grid(headings, made)


class _Columns:
    """The columns of a table, told by its rows."""

    def __init__(self, rows: Sequence[TableLine]) -> None:
        self.mode = Counter(row.mode for row in rows).most_common(1)[0][0]
        ours = [row for row in rows if row.mode == self.mode]
        self.count = min(Counter(len(self._kept(row)) for row in ours).most_common(1)[0][0], _WIDEST)
        if self.mode == "tab":
            self.count = min(max(len(row.cells) for row in ours), _WIDEST)
        typical = [row for row in ours if len(self._kept(row)) == self.count]
        reaches = zip(*(self._kept(row) for row in typical), strict=True)
        cells = [list(column) for column in reaches]
        self.reaches = [(min(c.left for c in column), max(c.right for c in column)) for column in cells]
        self.drawn = self.mode == "bar" and all(
            max(c.left for c in column) - min(c.left for c in column) <= _CROOKED for column in cells
        )
        """Whether its bars stand one below the other, so that their places tell what a heading spans."""

    def _kept(self, row: TableLine) -> Sequence[LineCell]:
        return row.filled if row.mode in ("gap", "order") else row.cells

    def of_row(self, row: TableLine) -> list[int]:
        """The columns of the cells of a row, in order: by their number where it fits, else by their place."""
        filled = row.filled
        if self.counts_cells(row):
            return [index for index, cell in enumerate(row.cells) if cell.text]
        if len(filled) == self.count or row.mode != self.mode or row.mode == "order":
            return list(range(len(filled)))
        return self._in_order(filled)

    def counts_cells(self, line: TableLine) -> bool:
        """Whether the number of a cell on a line is that of its column, for it shows the empty ones."""
        return line.mode == "tab" or (line.mode == "bar" and (not self.drawn or len(line.cells) == self.count))

    def _in_order(self, filled: Sequence[LineCell]) -> list[int]:
        """The nearest column for each cell, each right of the one before it; as they come where they are too many."""
        if len(filled) > self.count:
            return list(range(len(filled)))
        places: list[int] = []
        for number, cell in enumerate(filled):
            low = places[-1] + 1 if places else 0
            free = range(low, self.count - len(filled) + number + 1)
            middle = (cell.left + cell.right) / 2
            places.append(min(free, key=lambda column: abs(sum(self.reaches[column]) / 2 - middle)))
        return places

    def _nearest(self, place: float) -> int:
        distances = [abs((low + high) / 2 - place) for low, high in self.reaches]
        return distances.index(min(distances)) if distances else 0

    def under(self, cell: LineCell) -> list[int]:
        """The columns below a heading: those whose middle it reaches over, at least the nearest."""
        below = [i for i, (low, high) in enumerate(self.reaches) if cell.left <= (low + high) / 2 <= cell.right]
        return below or [self._nearest((cell.left + cell.right) / 2)]


def _grid(head: Sequence[_Head], rows: Sequence[TableLine]) -> Grid:
    columns = _Columns(rows)
    paths = _paths(head, columns)
    made: list[GridRow] = []
    for row in rows:
        if row.mode == "order" and len(row.filled) != columns.count:
            continue  # only order could tell its columns, and a cell of it is missing
        places = columns.of_row(row)
        cells = tuple(GridCell(c.start, c.end, c.text, i) for c, i in zip(row.filled, places, strict=True))
        made.append(GridRow(row.start, row.end, cells))
    width = max((cell.column for row in made for cell in row.cells), default=-1) + 1
    count = max(width, columns.count)
    paths = _moved(paths, made, width)
    return Grid(
        {column: tuple(dict.fromkeys(paths.get(column, ()))) for column in range(count)},
        made,
        columns.mode in ("tab", "bar"),
    )


def _paths(head: Sequence[_Head], columns: _Columns) -> dict[int, list[str]]:
    """The headings of each column from the top down; a drawn cell goes on below until a rule ends it."""
    levels = [_level(line, columns) for line, _ in head]
    if columns.mode == "tab":
        _spread([level for level in levels if level])
    for (line, _), level in zip(head, levels, strict=True):
        years = [cell for cell in line.numbers if YEAR.fullmatch(cell.text)]
        first = columns.count - len(years)
        if line.mode in ("gap", "order") and len(years) > 1 and first > 0 and len(line.filled) != columns.count:
            for column in [column for column, text in level.items() if YEAR.fullmatch(text)]:
                del level[column]
            level.update((first + index, cell.text) for index, cell in enumerate(years))  # above the last columns
    paths: dict[int, list[str]] = {}
    open_below: set[int] = set()
    for (line, apart), level in zip(head, levels, strict=True):
        ended = {column for cell in line.cells if cell.rule for column in columns.under(cell)}
        open_below = set() if apart or line.mode != "bar" else open_below - ended
        for column, text in level.items():
            path = paths.setdefault(column, [])
            if column in open_below:
                path[-1] += text
            else:
                path.append(text)
        open_below |= set(level)
    return paths


def _moved(paths: dict[int, list[str]], rows: Sequence[GridRow], width: int) -> dict[int, list[str]]:
    """The headings moved by a column where the one that names the rows has none, so that all the others slipped."""
    first = [cell for row in rows for cell in row.cells if cell.column == 0]
    last = paths.get(width - 1)
    slipped = width > 1 and not last and any(_UNIT.search(part) for part in paths.get(0, ()))
    if not slipped or any(NUMBER.fullmatch(cell.text) for cell in first):
        return paths
    return {column + 1: path for column, path in paths.items()}


def _level(line: TableLine, columns: _Columns) -> dict[int, str]:
    """The headings of one line by column."""
    filled = line.filled
    if len(line.cells) == 1:
        told = words(line)
        return {i: cell.text for i, cell in enumerate(told)} if len(told) == columns.count > 1 else {}
    if len(filled) == columns.count and (line.mode != "bar" or len(line.cells) == len(filled)):
        return {i: cell.text for i, cell in enumerate(filled)}
    if line.mode == columns.mode and columns.counts_cells(line):
        return {i: cell.text for i, cell in enumerate(line.cells) if cell.text}
    if line.mode != columns.mode or line.mode == "order":
        return {}
    level: dict[int, str] = {}
    for cell in filled:
        for column in columns.under(cell):
            level.setdefault(column, cell.text)
    return level


def _spread(levels: list[dict[int, str]]) -> None:
    """Let a heading hold in the empty places right of it as well, where headings below show that it spans them.

    A place below a heading that its neighbour does not have is empty because that heading reaches down.
    """
    above: dict[int, str] = {}
    for upper, lower in itertools.pairwise(levels):
        for column in sorted(lower):
            spanned = column not in upper and column - 1 in upper and column - 1 in lower
            if spanned and above.get(column) in (None, above.get(column - 1)):
                upper[column] = upper[column - 1]
        above |= upper
