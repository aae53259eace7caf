"""The unit of a cell: what its row or column states, else what the table declares, as far as it fits its headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractor.rules.table_grid import Grid
from extractor.rules.table_headings import Headings, Unit

_LISTED = re.compile("[、，,/／]")
_SLASH = ("/", "／")
_RATED = frozenset("人户亩月年间头")


def declared_units(groups: Mapping[str, str], headings: Headings) -> list[Unit]:
    """The units that a caption declares, by the groups of its rule."""
    first, others = headings.unit_of(groups), groups.get("others", "")
    if headings.is_money(first) and others[:1] in _SLASH and others[1:] in _RATED:
        return [first._replace(per=others[1:])]  # 元/人; but 户/人 are two units
    further = (headings.written_unit(word.strip()) for word in _LISTED.split(others) if word.strip())
    return [first, *(unit for unit in further if unit)]


class TableUnits:
    """The units of one table, by its headings and what it declares."""

    def __init__(
        self, grid: Grid, columns: Mapping[int, tuple[str, ...]], declared: list[Unit], headings: Headings
    ) -> None:
        self._headings = headings
        self._columns = columns
        self.stated = self._stated(grid)
        own = dict.fromkeys(unit for unit in self.stated.values() if headings.is_money(unit))
        self._declared = declared or list(own)[:1]
        self._foreign = {
            column for column, path in columns.items() if path and headings.in_other_unit(path[-1], sure=bool(declared))
        }
        self._broken = {cell.column for row in grid.rows for cell in row.cells if "." in cell.text}

    def _stated(self, grid: Grid) -> dict[int, Unit]:
        """The units that headings state; what 其中 takes out of a column is counted in its unit."""
        bare = {column: self._headings.bare_unit(path[-1]) for column, path in self._columns.items() if path}
        several = sum(unit is not None for unit in bare.values()) > 1
        units: dict[int, Unit] = {}
        before: Unit | None = None
        for column, path in sorted(grid.headings.items()):
            unit = next((unit for part in reversed(path) if (unit := self._headings.unit(part))), None)
            if unit is None and several:
                unit = bare.get(column)
            if unit is None and any(self._headings.of_which(part) is not None for part in self._columns[column]):
                unit = before
            if unit is not None:
                units[column] = unit
            before = unit
        return units

    def of_cell(self, column: int, labels: Sequence[str]) -> Unit | None:
        """The unit of a cell that neither its row nor its column states: one declared or implied by a heading."""
        headings = self._headings
        if column in self._foreign:
            return None
        path = self._columns.get(column, ())
        telling = [text for text in [*reversed(path), *reversed(labels)] if headings.tells(text)]
        named = telling[0] if telling else ""
        told = next((measure for text in telling if (measure := headings.measure(text))), None)
        declared = self._declared
        if not headings.may_be_summed([*path, *labels]):  # of two units of money an average is told in the smaller one
            declared = sorted(declared, key=lambda unit: unit.factor)
        fitting = [unit for unit in declared if told in (None, headings.kind(unit))]
        counted_in = next((units for text in telling if (units := headings.counted_in(text))), frozenset())
        exact = next((unit for unit in fitting if unit.word in counted_in), None)
        if exact or (fitting and (told is not None or len(declared) == 1)):
            return exact or fitting[0]
        implied = headings.implied_unit(named)
        if implied is not None:
            return None if column in self._broken else implied  # 12.45 persons are 万人
        if len(declared) != 1 or (headings.is_money(declared[0]) and headings.counts_things(named)):
            return None
        return declared[0]
