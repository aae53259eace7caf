"""Tables and lists whose units are declared by a caption, a heading or a column: their bare numbers are figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.patterns import Patterns
from extractor.rules.amounts import FoundAmount
from extractor.rules.counts import FoundCount
from extractor.rules.nouns import Nouns
from extractor.rules.numerals import Quantity, parse_quantity
from extractor.rules.table_grid import Grid, GridCell, GridRow, grids
from extractor.rules.table_headings import Headings, Unit
from extractor.rules.table_lines import NUMBER, YEAR, cut

_LONGEST_HEADING = 400
_HEAD_LINES = 4
_UNITS = frozenset({"table.unit", "table.column_unit"})
_LONGEST_CAPTION = 80
_LONGEST_LISTED = 16
_LISTED = re.compile("[、，,/／]")
_SLASH = ("/", "／")
_RATED = frozenset("人户亩月年间头")
_MOST_LISTED = 12


class TableCell(NamedTuple):
    """A cell with a figure: where it stands in the text, its row and its column."""

    start: int
    end: int
    row: int
    column: int


class FoundUnit(NamedTuple):
    """A unit declared for cells: 万元 there is no amount, 万人 in a column of units no count."""

    start: int
    end: int


class FoundTables(NamedTuple):
    """What tables hold: figures in order, the tables themselves, and where their units stand, in order."""

    amounts: list[FoundAmount]
    counts: list[FoundCount]
    tables: list[Table]
    units: list[FoundUnit]


@dataclass(slots=True)
class Table:
    """A table: its caption, the headings of its columns from the top down, those of its rows from the left."""

    start: int
    end: int
    caption: str
    columns: dict[int, tuple[str, ...]]
    place_columns: frozenset[int]
    labels: list[tuple[tuple[int, str], ...]] = field(default_factory=list)
    """For each row the columns and texts of its headings."""
    rows: list[tuple[int, int]] = field(default_factory=list)
    """Where each row stands."""
    cells: list[TableCell] = field(default_factory=list)


class TableReader:
    """Reads tables with the rules of one :class:`Patterns`."""

    def __init__(self, patterns: Patterns) -> None:
        self.headings = Headings(patterns)
        self._family = patterns.family("tables")
        self._nouns = Nouns(patterns)
        self._currencies: dict[str, str] = patterns.table("amounts", "currency")
        self._old = frozenset(patterns.words("old_currency"))

    def find(self, text: str) -> FoundTables:
        """The tables of a text and the figures in their cells; offsets count in ``text``."""
        made = FoundTables([], [], [], [])
        covered = 0
        for hit in self._family.finditer(text):
            rule, match, groups = hit.rule, hit.match, hit.values()
            if rule.id in _UNITS and (match.start() < covered or groups.get("multiplier")):
                made.units.append(FoundUnit(*match.span()))
            if match.start() < covered:
                continue
            declared = self._declared(groups) if rule.id == "table.unit" else []
            if declared:
                begin: int | None = text.find("\n", match.end()) + 1 or None
            else:
                begin = _heading(text, match.start(), match.end(), covered)
            covered = match.end()
            if begin is None:
                continue
            found, covered = grids(text, begin, self._declares)
            covered = max(covered, match.end())
            if found or declared:
                made.units.append(FoundUnit(*match.span()))
            caption = _caption(text, min(match.start(), begin), match.end() if declared else begin)
            for grid in found:
                table = self._table(grid, caption, declared, made)
                if table.cells:
                    made.tables.append(table)
        made.units.sort()
        return made

    def _declares(self, line: str) -> bool:
        """Whether a line declares the unit of another table."""
        return "单位" in line and any(hit.rule.id == "table.unit" for hit in self._family.finditer(line))

    def _declared(self, groups: dict[str, str]) -> list[Unit]:
        first, others = self.headings.unit_of(groups), groups.get("others", "")
        if self.headings.is_money(first) and others[:1] in _SLASH and others[1:] in _RATED:
            return [first._replace(per=others[1:])]  # 元/人; but 户/人 are two units
        further = (self.headings.written_unit(word.strip()) for word in _LISTED.split(others) if word.strip())
        return [first, *(unit for unit in further if unit)]

    def _table(self, grid: Grid, caption: str, declared: list[Unit], made: FoundTables) -> Table:
        """The table of ``grid``; its figures and the cells of its column of units are added to ``made``."""
        headings = self.headings
        columns = {i: tuple(headings.normal(part) for part in path) for i, path in grid.headings.items()}
        units = self._column_units(grid, columns)
        declared = declared or list(dict.fromkeys(unit for unit in units.values() if headings.is_money(unit)))[:1]
        unit_column = next((i for i, path in columns.items() if i and headings.heads_units(path)), None)
        if unit_column is not None and not any(
            cell.column == unit_column and headings.written_unit(cell.text) for row in grid.rows for cell in row.cells
        ):
            unit_column = None  # a column of organizations
        figures = self._figure_columns(grid, columns, unit_column)
        places = frozenset(i for i, path in columns.items() if i not in figures and headings.heads_places(path))
        table = Table(grid.rows[0].start, grid.rows[-1].end, caption, columns, places)
        above: dict[int, str] | None = {} if grid.has_empty_cells else None
        for number, row in enumerate(grid.rows):
            labels = self._labels(row, figures, places, unit_column, above)
            table.labels.append(tuple((column, headings.normal(text)) for column, text in labels))
            table.rows.append((row.start, row.end))
            of_row = [text for _, text in table.labels[-1]]
            if not headings.heads_figures(of_row):
                continue
            of_units = [cell for cell in row.cells if cell.column == unit_column]
            made.units.extend(FoundUnit(cell.start, cell.end) for cell in of_units)
            stated = headings.written_unit(of_units[0].text) if of_units else None
            labelled = next((unit for _, text in reversed(labels) if (unit := headings.unit(text))), None)
            for cell in row.cells:
                if cell.column not in figures:
                    continue
                table.cells.append(TableCell(cell.start, cell.end, number, cell.column))
                if not NUMBER.fullmatch(cell.text):
                    continue
                path = columns.get(cell.column, ())
                unit = stated or units.get(cell.column) or labelled or self._unit_of(declared, path, of_row)
                if unit is not None:
                    self._add(cell, unit, of_row, path, made)
        return table

    def _column_units(self, grid: Grid, columns: dict[int, tuple[str, ...]]) -> dict[int, Unit]:
        """The units that headings state; what 其中 takes out of a column is counted in its unit."""
        units: dict[int, Unit] = {}
        before: Unit | None = None
        for column, path in sorted(grid.headings.items()):
            unit = next((unit for part in reversed(path) if (unit := self.headings.unit(part))), None)
            if unit is None and any(self.headings.of_which(part) is not None for part in columns[column]):
                unit = before
            if unit is not None:
                units[column] = unit
            before = unit
        return units

    def _figure_columns(
        self, grid: Grid, columns: dict[int, tuple[str, ...]], unit_column: int | None
    ) -> frozenset[int]:
        """The columns that hold figures: numbers or cells that begin with one, under a heading that allows it."""
        held: dict[int, list[str]] = {}
        for row in grid.rows:
            for cell in row.cells:
                held.setdefault(cell.column, []).append(cell.text)
        figures = set()
        for column, texts in held.items():
            path = columns.get(column, ())
            numbers = [text for text in texts if NUMBER.fullmatch(text)]
            if column == unit_column or not self.headings.heads_figures(path):
                continue
            if not column and len(held) > 1 and (not any(path) or all(YEAR.fullmatch(text) for text in numbers)):
                continue  # the years or numbers that the rows begin with
            if numbers or sum(text[:1].isdigit() for text in texts) > len(texts) / 2:
                figures.add(column)
        return frozenset(figures)

    def _labels(
        self,
        row: GridRow,
        figures: frozenset[int],
        places: frozenset[int],
        unit_column: int | None,
        above: dict[int, str] | None,
    ) -> list[tuple[int, str]]:
        """The headings of a row; one that reaches down from a row above (a merged cell) stands in ``above``."""
        first = min(figures, default=0)
        told = {
            cell.column: cell.text
            for cell in row.cells
            if cell.column not in figures
            and cell.column != unit_column
            and (cell.column < first or cell.column in places)
            and (not NUMBER.fullmatch(cell.text) or YEAR.fullmatch(cell.text))
        }
        if above is None:
            return sorted(told.items())
        if told and not any(self.headings.total_rank(self.headings.normal(text)) for text in told.values()):
            carried = {column: text for column, text in above.items() if column < max(told) and column not in told}
            told = carried | told
            above.clear()
            above.update(told)
        else:
            above.clear()
        return sorted(told.items())

    def _unit_of(self, declared: list[Unit], path: tuple[str, ...], labels: list[str]) -> Unit | None:
        """The unit of a cell by what its headings name and by the units that the table declares."""
        headings = self.headings
        telling = [text for text in [*reversed(path), *reversed(labels)] if headings.tells(text)]
        named = telling[0] if telling else ""
        implied = headings.implied_unit(named)
        told = next((measure for text in telling if (measure := headings.measure(text))), None)
        average = not headings.may_be_summed([*path, *labels])  # of two units of money it is told in the smaller one
        for unit in sorted(declared, key=lambda unit: unit.factor) if average else declared:
            own = "money" if headings.is_money(unit) else headings.measures.get(unit.word)
            if own == told or (len(declared) == 1 and told is None):
                return unit
        if implied is not None:
            return implied
        if len(declared) != 1 or (headings.is_money(declared[0]) and headings.counts_things(named)):
            return None
        return declared[0]

    def _add(self, cell: GridCell, unit: Unit, labels: list[str], path: tuple[str, ...], made: FoundTables) -> None:
        told = [*labels, *path]
        quantity = parse_quantity(cell.text.lstrip("-"))
        if quantity is None or quantity.value is None or cell.text.startswith("-"):
            return
        quantity = quantity.times(unit.factor)
        if self.headings.is_money(unit):
            made.amounts.append(self._amount(cell, quantity, unit, unit.per or self.headings.per(told)))
        elif unit.word in self.headings.measures and unit.per is None and self.headings.may_be_summed(told):
            made.counts.append(self._count(cell, quantity, unit, self._telling(path) or self._telling(labels) or [""]))

    def _amount(self, cell: GridCell, quantity: Quantity, unit: Unit, per: str | None) -> FoundAmount:
        old = unit.word in self._old
        return FoundAmount(
            cell.start,
            cell.end,
            "amount.table_cell",
            quantity,
            unit.written.split("/")[0].split("／")[0],
            None if old else self._currencies.get(unit.word, "CNY"),
            per,
            ("old_currency",) if old else (),
        )

    def _count(self, cell: GridCell, quantity: Quantity, unit: Unit, told: list[str]) -> FoundCount:
        named = told[0]
        before = self._nouns.before(named, len(named), 0)
        noun = next((noun for text in told if (noun := self._nouns.object_before(text, len(text), 0))), None)
        place, nearest = (0, len(named), len(named), len(named)), before.text if before else ""
        measure = self._nouns.measure(self.headings.measures[unit.word], unit.word, named, place, nearest, False)
        if measure == "admin_units" and before is not None:
            noun = before.text
        return FoundCount(cell.start, cell.end, "count.table_cell", quantity, unit.word, measure, noun, cell.end)

    def _telling(self, path: Sequence[str]) -> list[str]:
        """The headings that say what is counted, the nearest first."""
        plain = [self.headings.plain(text) for text in reversed(path)]
        return [text for text in plain if self.headings.tells(text)]


def _heading(text: str, start: int, end: int, covered: int) -> int | None:
    """Where the headings begin whose line holds a unit at ``start:end``; None if that line is no row of a table."""
    low = text.rfind("\n", max(0, start - _LONGEST_HEADING), start) + 1
    high = text.find("\n", end, end + _LONGEST_HEADING)
    high = len(text) if high < 0 and end + _LONGEST_HEADING >= len(text) else high
    if (not low and start > _LONGEST_HEADING) or high < 0:
        return None
    line = cut(text[low:high], low)
    if len(line.cells) == 1 and high - low <= _LONGEST_LISTED:
        return _listed_heading(text, low, covered)
    if len(line.filled) < 2 or (line.mode not in ("tab", "bar") and any(mark in text[low:high] for mark in "。；！？")):
        return None
    begin = low
    for _ in range(_HEAD_LINES):
        above = text.rfind("\n", max(0, low - _LONGEST_HEADING), max(0, low - 1)) + 1
        if low <= covered or above >= low or above < covered:
            break
        upper = cut(text[above : low - 1], above)
        if not all(YEAR.fullmatch(cell.text) for cell in upper.numbers):
            break
        low = above
        if len(upper.filled) < 2 and not upper.ruled:
            if line.mode in ("tab", "bar") or low + _LONGEST_CAPTION < begin:
                break
        elif (upper.mode == line.mode) or {upper.mode, line.mode} == {"gap", "order"}:
            begin = low
        else:
            break
    return begin


def _listed_heading(text: str, low: int, covered: int) -> int | None:
    """Where headings begin that stand one below the other, a line each, if a line at ``low`` is one of them.

    They follow an empty line but for one between each and the next, or a line that is too long for one of them.
    """
    begin, blank = low, 0
    for _ in range(2 * _MOST_LISTED):
        above = text.rfind("\n", 0, max(0, begin - 1)) + 1
        line = text[above : begin - 1]
        if begin <= covered or above < covered or len(line) > _LONGEST_LISTED or cut(line, above).numbers:
            break
        blank = 0 if line.strip() else blank + 1
        if blank > 1:
            break
        begin = above
    following = text[low : low + _LONGEST_HEADING].split("\n")[1 : 2 * _MOST_LISTED]
    return begin if any(NUMBER.fullmatch(line.strip(" \t|│｜")) for line in following) else None


def _caption(text: str, start: int, end: int) -> str:
    """The line at ``start`` up to ``end`` and the two above it, empty ones passed over, if they are no paragraphs."""
    begin = text.rfind("\n", 0, start) + 1
    for _ in range(2):
        bottom = len(text[:begin].rstrip()) if begin and text[begin - 1] == "\n" else begin
        bottom = max(bottom, begin - _LONGEST_CAPTION)
        above = text.rfind("\n", max(0, bottom - _LONGEST_CAPTION), bottom) + 1
        if (not above and bottom > _LONGEST_CAPTION) or any(mark in text[above:bottom] for mark in "。；"):
            break
        begin = above
    return text[begin:end]
