"""Tables and lists whose unit is declared once, as in 单位：万元: their bare numbers are figures of that unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, cast

from extractor.patterns import Patterns, one_of
from extractor.records.codes import Measure
from extractor.rules.amounts import FoundAmount
from extractor.rules.counts import FoundCount
from extractor.rules.numerals import Quantity, exact, parse_quantity

_CELL = re.compile(r"[^\t\n|│｜]+?(?=\t|\s{2,}|[|│｜]|$)|[^\t\n|│｜]+")
_LABELLED = re.compile(r"(?P<label>[^：:]{1,30})[：:]\s?(?P<cell>[^：:]+)$")
_SPACED_ROW = re.compile(r"\S+(?: \d[\d.,，]*)+")
_RULER = re.compile(r"[\s─━—–\-+＋┼┬┴├┤┌┐└┘╋=|│]+")
_NUMBER = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_PROSE = re.compile(r"[。；！？]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_TABLE = 200
_LONGEST_HEADING = 200
_BLANK_LINES = 2


class Unit(NamedTuple):
    """A declared unit: as written, how many of the plain unit it is, and the plain unit."""

    written: str
    factor: Decimal
    word: str


class Cell(NamedTuple):
    """One cell of a line."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and the unit that it tells, if any."""

    title: str
    unit: Unit | None


class Head(NamedTuple):
    """The headings of a table: by the number of tabs before them, in order, and how many tabs their line has."""

    by_place: dict[int, Column]
    in_order: list[Column]
    tabs: int

    def above(self, index: int, place: int, cells: int, tabs: int) -> Column | None:
        """The heading above a cell. Tabs tell it where each row has as many; else the order, if none is empty."""
        if self.by_place and tabs == self.tabs:
            return self.by_place.get(place)
        if len(self.in_order) == cells:
            return self.in_order[index]
        return self.by_place.get(place) if tabs and tabs < self.tabs else None


class TableReader:
    """Reads figures of tables with the rules of one :class:`Patterns`."""

    def __init__(self, patterns: Patterns) -> None:
        self._family = patterns.family("tables")
        self._currencies: dict[str, str] = patterns.table("amounts", "currency")
        self._money = frozenset(patterns.words("currency_word"))
        self._old = frozenset(patterns.words("old_currency"))
        self._no_figure = re.compile(one_of(patterns.words("column_of_no_figure")))
        self._counted = re.compile(one_of(patterns.words("column_of_counts")))
        measures = cast(dict[str, Measure], patterns.table("counts", "measure"))
        self._measures = {unit: measure for name, measure in measures.items() for unit in patterns.words(name)}

    def find(self, text: str) -> tuple[list[FoundAmount], list[FoundCount]]:
        """Figures in cells, in order; offsets count in ``text``. ``heading`` of a figure is the table's caption."""
        amounts: list[FoundAmount] = []
        counts: list[FoundCount] = []
        covered = 0
        for rule, match in self._family.finditer(text):
            if match.start() < covered:
                continue
            unit_of_all = self._unit(match.groupdict()) if rule.id == "table.unit" else None
            begin = text.find("\n", match.end()) + 1 if unit_of_all else _heading(text, match.start(), match.end())
            covered = match.end()
            if not begin and unit_of_all:
                break
            if begin is None:
                continue
            caption = _caption(text, match.start(), match.end())
            for cell, column, unit in self._cells(text, begin, unit_of_all):
                quantity = parse_quantity(cell.text)
                if quantity is None or quantity.value is None:
                    continue
                if unit.word in self._money:
                    amounts.append(self._amount(cell, quantity, unit, caption))
                elif unit.word in self._measures:
                    counts.append(self._count(cell, quantity, unit, column))
                covered = cell.end
        return amounts, counts

    def _cells(self, text: str, position: int, unit: Unit | None) -> Iterator[tuple[Cell, str | None, Unit]]:
        """Number cells below ``position`` with their column's title and unit, until the table ends."""
        head = Head({}, [], 0)
        blank = 0
        for start, end in _lines(text, position):
            line = text[start:end]
            if not line.strip():
                blank += 1
                if blank >= _BLANK_LINES:
                    return
                continue
            blank = 0
            if _RULER.fullmatch(line):
                continue
            if _PROSE.search(line):
                return
            cells = list(_split(line, start))
            numbers = [cell for cell in cells if _NUMBER.fullmatch(cell.text)]
            if not numbers:
                if len(cells) == 1 and len(cells[0].text) > 30:
                    return
                titles = [cell.text for cell in cells] if len(cells) > 1 else line.split()
                if len(titles) > 1:
                    named = [self._column(title) for title in titles]
                    places = {
                        line.count("\t", 0, cell.start - start): one for cell, one in zip(cells, named, strict=False)
                    }
                    if line.count("\t") == head.tabs:  # a second row of headings: where it is empty the first one holds
                        places = head.by_place | places
                    head = Head(places if "\t" in line else {}, named, line.count("\t"))
                continue
            for index, cell in enumerate(cells):
                if cell not in numbers:
                    continue
                column = head.above(index, line[: cell.start - start].count("\t"), len(cells), line.count("\t"))
                title = column.title if column else cells[0].text if index == 1 and len(cells) == 2 else ""
                if self._no_figure.search(title):
                    continue
                if index == 0 and len(cells) > 1 and (_YEAR.fullmatch(cell.text) or column is None):
                    continue
                own = column.unit if column and column.unit else unit
                counted = column is not None and column.unit is None and self._counted.search(column.title)
                if own is not None and not (own.word in self._money and counted):
                    yield cell, column.title if column else None, own

    def _column(self, title: str) -> Column:
        for rule, match in self._family.finditer(title):
            if rule.id == "table.column_unit":
                return Column(title[: match.start()], self._unit(match.groupdict()))
        return Column(title, None)

    @staticmethod
    def _unit(groups: dict[str, str]) -> Unit:
        multiplier = parse_quantity("1" + groups["multiplier"]) if groups["multiplier"] else exact(Decimal(1))
        factor = multiplier.value if multiplier and multiplier.value else Decimal(1)
        return Unit(groups["unit"], factor, groups["word"])

    def _amount(self, cell: Cell, quantity: Quantity, unit: Unit, caption: str) -> FoundAmount:
        old = unit.word in self._old
        return FoundAmount(
            cell.start,
            cell.end,
            "amount.table_cell",
            quantity.times(unit.factor),
            unit.written,
            None if old else self._currencies.get(unit.word, "CNY"),
            None,
            ("old_currency",) if old else (),
            caption,
        )

    def _count(self, cell: Cell, quantity: Quantity, unit: Unit, column: str | None) -> FoundCount:
        measure = self._measures[unit.word]
        value = quantity.times(unit.factor)
        return FoundCount(cell.start, cell.end, "count.table_cell", value, unit.word, measure, column, cell.end)


def _lines(text: str, position: int) -> Iterator[tuple[int, int]]:
    for _ in range(_LONGEST_TABLE):
        if position >= len(text):
            return
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        yield position, end
        position = end + 1


def _split(line: str, offset: int) -> Iterator[Cell]:
    """The cells of a line: between tabs, bars or wide gaps, or behind the colon of a label."""
    labelled = _LABELLED.fullmatch(line.strip())
    if labelled and not re.search(r"\t|\s{2,}|[|│｜]", line.strip()):
        lead = len(line) - len(line.lstrip()) + offset
        yield Cell(lead, lead + labelled.end("label"), labelled["label"])
        cell = labelled["cell"].strip()
        start = lead + line.strip().rfind(cell)
        yield Cell(start, start + len(cell), cell)
        return
    row = line.strip()
    if _SPACED_ROW.fullmatch(row):
        lead = len(line) - len(line.lstrip()) + offset
        for match in re.finditer(r"\S+", row):
            yield Cell(lead + match.start(), lead + match.end(), match.group())
        return
    for match in _CELL.finditer(line):
        stripped = match.group().strip()
        if stripped:
            start = offset + match.start() + match.group().find(stripped)
            yield Cell(start, start + len(stripped), stripped)


def _heading(text: str, start: int, end: int) -> int | None:
    """Where the line of a unit in brackets begins, if it is a row of headings above a row of cells; else None."""
    low = text.rfind("\n", max(0, start - _LONGEST_HEADING), start) + 1
    high = text.find("\n", end, end + _LONGEST_HEADING)
    if (not low and start > _LONGEST_HEADING) or high < 0 or _PROSE.search(text, low, high):
        return None
    return low if len(list(_split(text[low:high], low))) > 1 else None


def _caption(text: str, start: int, end: int) -> str:
    """The line of the unit and the line above it."""
    line_start = text.rfind("\n", 0, start) + 1
    above = text.rfind("\n", 0, max(0, line_start - 1)) + 1
    return text[above:end]
