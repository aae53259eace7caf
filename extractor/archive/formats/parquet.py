"""Parquet: a folder with one data set a kind of record, each in parts of bounded size, partitioned if wanted."""

from __future__ import annotations

import heapq
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.archive.formats import arrow
from extractor.archive.formats.columns import NUMBER, TABLES, record_of
from extractor.archive.formats.extra import wanted
from extractor.archive.formats.partition import Key, Partitions
from extractor.archive.formats.tables import Tables

if TYPE_CHECKING:
    from extractor.records import AnyRecord, Kind

PART_ROWS = 1_000_000
OPEN_PARTS = 200
"""Files that are written to at a time: systems allow 256 and more."""
HELD_ROWS = 200_000
"""Rows of all partitions that wait until there are enough for a row group of their own; about 100 MB."""
_PARTITION = "partition"


@dataclass(slots=True)
class _DataSet:
    """A kind of record in one partition."""

    kind: Kind
    folder: Path
    parts: int = 0
    rows: int = 0
    """Rows in the part that is written."""
    waiting: arrow.Waiting = field(default_factory=arrow.Waiting)


class ParquetFolder(Tables):
    """Writes ``amounts/part-00000.parquet`` and so on under ``folder``; a kind without records gets an empty part.

    By a ``key`` it writes ``amounts/issued_year=1998/part-00000.parquet``: the key is a column only of who reads it so.
    """

    exact_decimals = False

    def __init__(self, folder: Path, kinds: Iterable[Kind], key: Key | None = None) -> None:
        super().__init__(kinds)
        wanted("pyarrow.parquet")
        self._folder = folder
        self._partitions = Partitions(key) if key else None
        self._sets: dict[tuple[Kind, str], _DataSet] = {}
        self._writers: OrderedDict[tuple[Kind, str], Any] = OrderedDict()
        self._waiting = 0

    def cells(self, record: AnyRecord, number: int) -> dict[str, Any]:
        """The record as a row, with its partition."""
        cells = super().cells(record, number)
        if self._partitions:
            cells[_PARTITION] = self._partitions.folder_of(record)
        return cells

    def put(self, kind: Kind, rows: list[dict[str, Any]]) -> None:
        """Write ``rows`` of ``kind``, those of a partition when they are many, or when too many wait."""
        by_partition: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            by_partition.setdefault(row.pop(_PARTITION, ""), []).append(row)
        for partition, some in by_partition.items():
            self._hold((kind, partition), some)
        while self._waiting > HELD_ROWS:
            self._put_down(max(self._sets, key=lambda name: self._sets[name].waiting.rows))

    def finish(self) -> None:
        """Write what still waits, and close every part."""
        for name, one in self._sets.items():
            if one.waiting.rows:
                self._put_down(name)
        for kind in self.kinds:
            if not any(name[0] == kind for name in self._sets):
                self._write((kind, self._partitions.unknown if self._partitions else ""), arrow.table(kind, []))
        self.abandon()

    def abandon(self) -> None:
        """Let go of open files."""
        for writer in self._writers.values():
            writer.close()

    def _hold(self, name: tuple[Kind, str], rows: list[dict[str, Any]]) -> None:
        one = self._set(name)
        one.waiting.add(arrow.table(one.kind, rows))
        self._waiting += len(rows)
        if one.waiting.rows >= arrow.ROWS:
            self._put_down(name)

    def _put_down(self, name: tuple[Kind, str]) -> None:
        waiting = self._sets[name].waiting
        self._waiting -= waiting.rows
        self._write(name, waiting.take())

    def _write(self, name: tuple[Kind, str], table: Any) -> None:
        one = self._set(name)
        if name in self._writers and one.rows + table.num_rows > PART_ROWS:
            self._writers.pop(name).close()
        if name not in self._writers:
            if len(self._writers) == OPEN_PARTS:
                self._writers.popitem(last=False)[1].close()
            self._writers[name] = self._next_part(one)
        self._writers.move_to_end(name)
        self._writers[name].write_table(table)
        one.rows += table.num_rows

    def _set(self, name: tuple[Kind, str]) -> _DataSet:
        if name not in self._sets:
            kind, partition = name
            self._sets[name] = _DataSet(kind, self._folder / TABLES[kind] / partition)
        return self._sets[name]

    def _next_part(self, one: _DataSet) -> Any:
        path = one.folder / f"part-{one.parts:05}.parquet"
        one.parts += 1
        one.rows = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        return wanted("pyarrow.parquet").ParquetWriter(path, arrow.schema(one.kind), compression="zstd")


def read(folder: Path, kinds: Iterable[Kind]) -> Iterator[AnyRecord]:
    """The records of a folder that :class:`ParquetFolder` wrote, in the order in which it was given them."""
    places = ((kind, folder / TABLES[kind]) for kind in kinds)
    rows = [_rows(place, kind) for kind, top in places for place in (top, *sorted(top.glob("*=*")))]
    for _, kind, cells in heapq.merge(*rows, key=lambda row: row[0]):
        yield record_of(kind, cells)  # type: ignore[misc]


def _rows(folder: Path, kind: Kind) -> Iterator[tuple[int, Kind, dict[str, Any]]]:
    """The rows of a data set, a row group at a time: there may be hundreds of sets, and none keeps a file open."""
    parquet = wanted("pyarrow.parquet")
    for part in sorted(folder.glob("*.parquet")):
        told = parquet.read_metadata(part)
        for group in range(told.num_row_groups):
            with parquet.ParquetFile(part, metadata=told) as file:
                table = file.read_row_group(group)
            for batch in table.to_batches(max_chunksize=256):
                for cells in batch.to_pylist():
                    yield cells[NUMBER], kind, cells
