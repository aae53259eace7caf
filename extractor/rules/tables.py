"""Tables and lists whose units are declared by a caption, a heading or a column: their bare numbers are figures."""

from __future__ import annotations

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
from extractor.rules.table_lines import NUMBER, YEAR
from extractor.rules.table_places import caption_of, headings_at, is_alone
from extractor.rules.table_units import TableUnits, declared_units

_UNITS = frozenset({"table.unit", "table.caption_unit", "table.column_unit"})


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
            is_caption = rule.id == "table.unit" or (rule.id == "table.caption_unit" and is_alone(text, match.start()))
            declared = declared_units(groups, self.headings) if is_caption else []
            if declared:
                begin: int | None = text.find("\n", match.end()) + 1 or None
            else:
                begin = headings_at(text, match.start(), match.end(), covered)
            covered = match.end()
            if begin is None:
                continue
            found, covered = grids(text, begin, self._declares)
            covered = max(covered, match.end())
            if found or declared:
                made.units.append(FoundUnit(*match.span()))
            caption = caption_of(text, min(match.start(), begin), match.end() if declared else begin)
            for grid in found:
                table = self._table(grid, caption, declared, made)
                if table.cells:
                    made.tables.append(table)
        made.units.sort()
        return made

    def _declares(self, line: str) -> bool:
        """Whether a line declares the unit of another table."""
        return "单位" in line and any(hit.rule.id == "table.unit" for hit in self._family.finditer(line))

    def _table(self, grid: Grid, caption: str, declared: list[Unit], made: FoundTables) -> Table:
        """The table of ``grid``; its figures and the cells of its column of units are added to ``made``."""
        headings = self.headings
        columns = {i: tuple(headings.normal(part) for part in path) for i, path in grid.headings.items()}
        units = TableUnits(grid, columns, declared, headings)
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
                unit = stated or units.stated.get(cell.column) or labelled or units.of_cell(cell.column, of_row)
                if unit is not None:
                    self._add(cell, unit, of_row, path, made)
        return table

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
