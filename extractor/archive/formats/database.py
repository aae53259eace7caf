"""DuckDB: one file with a table a kind of record, and views for the joins that are wanted most."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extractor.archive.formats import arrow
from extractor.archive.formats.columns import TABLES
from extractor.archive.formats.extra import wanted
from extractor.archive.formats.tables import Tables
from extractor.records import Kind

VIEWS = (Path(__file__).parent / "views.sql").read_text("utf-8")
_SETTINGS = {"memory_limit": "128MB", "threads": "1"}
"""What DuckDB may keep of the file, and for each thread besides: else it keeps all of it, in most of the memory."""


class Database(Tables):
    """Writes a DuckDB database to ``path``."""

    exact_decimals = False

    def __init__(self, path: Path, kinds: Iterable[Kind]) -> None:
        super().__init__(kinds)
        wanted("pyarrow")
        path.unlink(missing_ok=True)  # an empty file is no database
        self._base = wanted("duckdb").connect(str(path), config=_SETTINGS)
        self._waiting = {kind: arrow.Waiting() for kind in self.kinds}
        for kind in self.kinds:
            empty = arrow.table(kind, [])
            self._base.register("batch", empty)
            self._base.execute(f"CREATE TABLE {TABLES[kind]} AS SELECT * FROM batch")

    def put(self, kind: Kind, rows: list[dict[str, Any]]) -> None:
        """Insert ``rows`` of ``kind``, with those that wait when they are many."""
        waiting = self._waiting[kind]
        waiting.add(arrow.table(kind, rows))
        if waiting.rows >= arrow.ROWS:
            self._insert(kind)

    def finish(self) -> None:
        """Insert what waits, make the views and close the database."""
        for kind, waiting in self._waiting.items():
            if waiting.rows:
                self._insert(kind)
        self._base.unregister("batch")
        if set(TABLES) == set(self.kinds):
            self._base.execute(VIEWS)
        self.abandon()

    def _insert(self, kind: Kind) -> None:
        self._base.register("batch", self._waiting[kind].take())
        self._base.execute(f"INSERT INTO {TABLES[kind]} SELECT * FROM batch")

    def abandon(self) -> None:
        """Let go of the file."""
        self._base.close()
