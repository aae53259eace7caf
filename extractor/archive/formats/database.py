"""DuckDB: one file with a table a kind of record, and views for the joins that are wanted most."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extractor.archive.fact_table import division_name
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
        for kind, name in TABLES.items():  # those not wanted stay empty: the views ask for all
            self._base.register("batch", arrow.table(kind, []))
            self._base.execute(f"CREATE TABLE {name} AS SELECT * FROM batch")

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
        self._name_divisions()
        self._base.execute(VIEWS)
        self.abandon()

    def _name_divisions(self) -> None:
        """A table of the names that the documents' divisions had in their years."""
        found = "SELECT DISTINCT division_code, year(issued_start) FROM documents WHERE division_code IS NOT NULL"
        named = [[code, year, division_name(code, year)] for code, year in self._base.execute(found).fetchall()]
        self._base.execute(
            "CREATE TABLE division_names (division_code VARCHAR, issued_year BIGINT, division_name VARCHAR)"
        )
        if named:
            self._base.executemany("INSERT INTO division_names VALUES (?, ?, ?)", named)

    def _insert(self, kind: Kind) -> None:
        self._base.register("batch", self._waiting[kind].take())
        self._base.execute(f"INSERT INTO {TABLES[kind]} SELECT * FROM batch")

    def abandon(self) -> None:
        """Let go of the file."""
        self._base.close()
