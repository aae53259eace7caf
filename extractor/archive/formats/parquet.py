"""Parquet: a folder with one data set a kind of record, each in parts of bounded size."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.archive.formats import arrow
from extractor.archive.formats.columns import NUMBER, TABLES, record_of
from extractor.archive.formats.extra import wanted
from extractor.archive.formats.tables import Tables

if TYPE_CHECKING:
    from extractor.records import AnyRecord, Kind

PART_ROWS = 1_000_000


class ParquetFolder(Tables):
    """Writes ``amounts/part-00000.parquet`` and so on under ``folder``; a kind without records gets an empty part."""

    exact_decimals = False

    def __init__(self, folder: Path, kinds: Iterable[Kind]) -> None:
        super().__init__(kinds)
        wanted("pyarrow.parquet")
        self._folder = folder
        self._writers: dict[Kind, Any] = {}
        self._parts: dict[Kind, int] = {}
        self._rows: dict[Kind, int] = {}

    def put(self, kind: Kind, rows: list[dict[str, Any]]) -> None:
        """Write ``rows`` of ``kind``."""
        if kind in self._writers and self._rows[kind] + len(rows) > PART_ROWS:
            self._writers.pop(kind).close()
        if kind not in self._writers:
            self._writers[kind] = self._next_part(kind)
        self._writers[kind].write_table(arrow.table(kind, rows))
        self._rows[kind] += len(rows)

    def finish(self) -> None:
        """Close every part."""
        for kind in self.kinds:
            if kind not in self._writers:
                self._writers[kind] = self._next_part(kind)
        self.abandon()

    def abandon(self) -> None:
        """Let go of open files."""
        for writer in self._writers.values():
            writer.close()

    def _next_part(self, kind: Kind) -> Any:
        number = self._parts[kind] = self._parts.get(kind, -1) + 1
        self._rows[kind] = 0
        path = self._folder / TABLES[kind] / f"part-{number:05}.parquet"
        path.parent.mkdir(exist_ok=True)
        return wanted("pyarrow.parquet").ParquetWriter(path, arrow.schema(kind), compression="zstd")


def read(folder: Path, kinds: Iterable[Kind]) -> Iterator[AnyRecord]:
    """The records of a folder that :class:`ParquetFolder` wrote, in the order in which it was given them."""
    rows = [_rows(folder / TABLES[kind], kind) for kind in kinds]
    for _, kind, cells in heapq.merge(*rows, key=lambda row: row[0]):
        yield record_of(kind, cells)  # type: ignore[misc]


def _rows(folder: Path, kind: Kind) -> Iterator[tuple[int, Kind, dict[str, Any]]]:
    for part in sorted(folder.glob("*.parquet")):
        with wanted("pyarrow.parquet").ParquetFile(part) as file:
            for batch in file.iter_batches(batch_size=4096):
                for cells in batch.to_pylist():
                    yield cells[NUMBER], kind, cells
