"""What the headings of a table tell of the figures in its cells: role, payer, status, place, date."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.relations.figures import AmountFact, CountFact, Fact, Figure, Scene
from extractor.relations.reasons import Reason
from extractor.relations.roles import RoleReader
from extractor.relations.statuses import StatusReader
from extractor.relations.timeline import Timeline
from extractor.rules.table_headings import Headings
from extractor.rules.tables import Table, TableCell

_PAID = frozenset({"funding", "other", "donation"})
_REACH_ABOVE = 400
_LOOSE_FIT = 4
"""Characters that a cell may hold besides its figure."""


class TableFigures(NamedTuple):
    """The amounts or the counts of one table, by row and column."""

    table: Table
    by_place: Mapping[tuple[int, int], Figure]


class _Above:
    """What stands above a table and tells what its money is: its caption, else the text before it."""

    def __init__(self, roles: RoleReader, text: str, table: Table) -> None:
        role = roles.of_heading(table.caption)
        self.in_caption = role is not None
        self.role = role or roles.of_heading(text[max(0, table.start - _REACH_ABOVE) : table.start])
        self.why = "table.caption" if self.in_caption else "table.text_before"


class TableFactReader:
    """Reads what headings tell, by the rules of the readers given."""

    def __init__(self, headings: Headings, roles: RoleReader, statuses: StatusReader) -> None:
        self._headings = headings
        self._roles = roles
        self._statuses = statuses

    def read(self, scene: Scene, tables: Sequence[Table], timeline: Timeline) -> list[TableFigures]:
        """Set what headings tell on every figure that stands in a table of ``scene``; gives the figures by cell."""
        made: list[TableFigures] = []
        issued = timeline.issued.iso if timeline.issued else None
        for table in tables:
            above = _Above(self._roles, scene.text, table)
            amounts = dict(_inside(table, scene.amounts))
            counts = dict(_inside(table, scene.counts))
            for (row, column), amount in amounts.items():
                self._amount(amount, table, row, column, above)
                self._common(amount, table, row, column, issued)
            for (row, column), count in counts.items():
                self._count(count, table, row, column)
                self._common(count, table, row, column, issued)
            made += [TableFigures(table, figures) for figures in (amounts, counts) if figures]
        return made

    def _amount(self, amount: AmountFact, table: Table, row: int, column: int, above: _Above) -> None:
        told = self._told(table, row, column)
        role = next((role for text in told if (role := self._roles.of_heading(text))), None)
        if role is None and above.role is not None:
            role = above.role
            amount.reasons.append(Reason("role", "likely" if above.in_caption else "guess", above.why))
        if role is not None:
            amount.role = role
        if amount.found.per and amount.role in _PAID:
            amount.role = "standard"
        payer = next((payer for text in told if (payer := self._headings.payer(text))), None)
        amount.payer = payer if amount.role in _PAID else None

    def _count(self, count: CountFact, table: Table, row: int, column: int) -> None:
        told = [text for text in self._told(table, row, column) if self._headings.tells(text)]
        statuses = (self._statuses.of_heading(text, count.found.measure) for text in told)
        count.status = next((status for status in statuses if status), None)
        if count.status is None and all(map(self._headings.is_unit_alone, told)):
            count.status = self._statuses.of_heading(table.caption, count.found.measure)
            if count.status is not None:
                count.reasons.append(Reason("status", "likely", "table.caption"))

    def _told(self, table: Table, row: int, column: int) -> list[str]:
        """The headings of a cell from the nearest to the farthest, those of its column first."""
        labels = [text for _, text in table.labels[row]]
        path = [*reversed(table.columns.get(column, ())), *reversed(labels)]
        return [plain for text in path if (plain := self._headings.plain(text))]

    def _common(self, fact: Figure, table: Table, row: int, column: int, issued: str | None) -> None:
        """Headings, place and date, which amounts and counts have alike."""
        labels, path = table.labels[row], table.columns.get(column, ())
        fact.row_heading = "/".join(text for _, text in labels) or None
        fact.column_heading = "/".join(part for part in path if part) or None
        named = [
            place
            for label_column, text in labels
            if (place := self._headings.place(text, headed=label_column in table.place_columns))
        ]
        if not named:
            named = [place for part in path if (place := self._headings.place(part, headed=False))][:1]
        fact.place = "".join(named) or None
        self._date(fact, table, [*reversed(path), *(text for _, text in labels)], issued)

    def _date(self, fact: Figure, table: Table, told: Sequence[str], issued: str | None) -> None:
        """The year that heads the column or the row; 上年 counts from the year of the table or of the document."""
        years = next((years for text in told if (years := self._headings.years(text))), None)
        back = next((back for text in told if (back := self._headings.years_back(text)) is not None), None)
        base = self._headings.year_named(table.caption) or (issued[:4] if issued else None)
        if years is not None:
            fact.date, fact.date_source = years, "heading"
        elif back is not None and base is not None:
            fact.date, fact.date_source = str(int(base) + back), "heading"
            fact.reasons.append(Reason("date", "likely", "date.relative"))


def _inside(table: Table, facts: Sequence[Fact]) -> Iterator[tuple[tuple[int, int], Fact]]:
    """The facts that fill a cell of ``table``, with its row and column."""
    first = bisect_left(facts, table.start, key=lambda fact: fact.start)
    after = bisect_left(facts, table.end, key=lambda fact: fact.start)
    cells = table.cells
    starts = [cell.start for cell in cells]
    for fact in facts[first:after]:
        index = bisect_left(starts, fact.start + 1) - 1
        if index >= 0 and _fills(fact, cells[index]):
            yield (cells[index].row, cells[index].column), fact


def _fills(fact: Figure, cell: TableCell) -> bool:
    return fact.end <= cell.end and (cell.end - cell.start) - (fact.end - fact.start) <= _LOOSE_FIT
