"""What the table forms have in common: records are gathered by kind and put down many rows at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from extractor.archive.formats.arrow import too_long
from extractor.archive.formats.columns import row
from extractor.records import AnyRecord, Kind

BATCH = 1024
"""Rows of a kind that are held before they are put down; as Python holds them they take a hundred times their bytes."""


class Tables(ABC):
    """A sink that keeps one table a kind."""

    exact_decimals = True
    """Whether a decimal column holds any number, as text does."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self.kinds = tuple(kinds)
        self.left_null: list[str] = []
        """Ids of records with a number of more digits than a column holds: it is null there, and stands in ``raw``."""
        self._held: dict[Kind, list[dict[str, Any]]] = {kind: [] for kind in self.kinds}
        self._number = 0

    def write(self, records: Iterable[AnyRecord]) -> None:
        """Keep ``records``, in order."""
        for record in records:
            rows = self._held[record.kind]
            rows.append(self.cells(record, self._number))
            self._number += 1
            if len(rows) == BATCH:
                self.put(record.kind, rows)
                self._held[record.kind] = []

    def cells(self, record: AnyRecord, number: int) -> dict[str, Any]:
        """The ``number``-th record as a row, values by column."""
        cells = row(record, number)
        return cells if self.exact_decimals else self._fitting(cells)

    def close(self) -> None:
        """Put down what is still held."""
        for kind, rows in self._held.items():
            if rows:
                self.put(kind, rows)
        self._held.clear()
        self.finish()

    def abandon(self) -> None:
        """Let go of open files, when what they hold will not be kept."""
        self._held.clear()

    @abstractmethod
    def put(self, kind: Kind, rows: list[dict[str, Any]]) -> None:
        """Write ``rows`` of ``kind``, values by column."""

    @abstractmethod
    def finish(self) -> None:
        """Make the tables whole."""

    def _fitting(self, cells: dict[str, Any]) -> dict[str, Any]:
        for name, value in cells.items():
            if isinstance(value, Decimal) and too_long(value):
                cells[name] = None
                self.left_null.append(cells["id"])
        return cells
