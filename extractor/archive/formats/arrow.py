"""Rows as Arrow tables, which Parquet and DuckDB take: exact decimals, real dates, lists."""

from __future__ import annotations

import datetime
import functools
import typing
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractor.archive.formats.columns import columns, value_type
from extractor.archive.formats.extra import wanted

if TYPE_CHECKING:
    import pyarrow as pa

    from extractor.records import Kind

ROWS = 8192
"""Rows that are written at a time, as many as columns are packed well by."""
DIGITS, DECIMALS = 38, 12
"""Digits of a decimal column, and those of them behind the point: the most that DuckDB and Arrow both hold."""


@functools.cache
def schema(kind: Kind) -> pa.Schema:
    """The Arrow schema of records of ``kind``."""
    pa = wanted("pyarrow")
    return pa.schema([pa.field(column.name, _arrow_type(column.type)) for column in columns(kind)])


def table(kind: Kind, rows: list[dict[str, Any]]) -> pa.Table:
    """``rows`` as a table."""
    return wanted("pyarrow").Table.from_pylist(rows, schema(kind))


class Waiting:
    """Rows of a kind, as tables, until there are enough of them."""

    def __init__(self) -> None:
        self.rows = 0
        self._tables: list[pa.Table] = []

    def add(self, rows: pa.Table) -> None:
        """Keep ``rows``."""
        self._tables.append(rows)
        self.rows += rows.num_rows

    def take(self) -> pa.Table:
        """All rows, at least one table of them, which wait no longer."""
        tables, self._tables, self.rows = self._tables, [], 0
        return wanted("pyarrow").concat_tables(tables)


def too_long(value: Decimal) -> bool:
    """Whether a decimal column can't hold ``value`` exactly."""
    exponent = value.as_tuple().exponent
    return not isinstance(exponent, int) or -exponent > DECIMALS or value.adjusted() >= DIGITS - DECIMALS


def _arrow_type(kept: Any) -> pa.DataType:
    pa = wanted("pyarrow")
    origin, parts = typing.get_origin(kept), typing.get_args(kept)
    if origin is list:
        return pa.list_(_arrow_type(parts[0]))
    if origin is dict:
        return pa.map_(pa.string(), _arrow_type(parts[1]))
    if fields := getattr(kept, "model_fields", None):
        return pa.struct([(name, _arrow_type(value_type(field.annotation))) for name, field in fields.items()])
    return {
        str: pa.string(),
        int: pa.int64(),
        bool: pa.bool_(),
        float: pa.float64(),
        Decimal: pa.decimal128(DIGITS, DECIMALS),
        datetime.date: pa.date32(),
    }[kept]
