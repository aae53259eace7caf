"""Records as rows of typed columns, made from the models: what every table form writes.

A date as precise as its text (``1996-08/1996-09``) is joined by the first and the last day that it spans, so that a
table can be filtered by real dates. ``record_number`` is the record's place in all of the input: sorting by it gives
the JSON Lines again.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import BaseModel

from extractor.records import MODELS, AnyRecord, Kind, Record
from extractor.records.values import IsoDate

NUMBER = "record_number"
TABLES: dict[Kind, str] = {
    "document": "documents",
    "amount": "amounts",
    "count": "counts",
    "disaster": "disasters",
    "date": "dates",
    "document_number": "document_numbers",
    "entity": "entities",
    "check": "checks",
    "error": "errors",
}
"""What a kind's table is called, as a file, a folder, a sheet or in a database (where ``check`` is a word of SQL)."""


class Column(NamedTuple):
    """A column: its name and the Python type of its values; any of them may be None."""

    name: str
    type: Any
    """``str``, ``int``, ``bool``, ``Decimal``, ``date``, ``list[str]``, a list of models, ``dict[str, int]``."""
    of: str
    """The field of the record that it shows."""


@functools.cache
def columns(kind: Kind) -> tuple[Column, ...]:
    """The columns of records of ``kind``, in order."""
    return (*_columns(MODELS[kind]), Column(NUMBER, int, NUMBER))


def row(record: AnyRecord, number: int) -> dict[str, Any]:
    """The record as values of its columns."""
    values = record.model_dump(mode="json")
    cells: dict[str, Any] = {}
    for name, kept, field in columns(record.kind):
        value: Any = number if field == NUMBER else values[field]
        if value is None:
            cells[name] = None
        elif kept is Decimal:
            cells[name] = Decimal(value)
        elif kept is datetime.date:
            cells[name] = day(value, last=name.endswith("_end"))
        else:
            cells[name] = value
    return cells


def record_of(kind: Kind, cells: dict[str, Any]) -> Record:
    """The record that ``cells`` were made from. Raises pydantic.ValidationError when they are of none."""
    fields = {}
    for name, kept, field in columns(kind):
        if name == field != NUMBER and name in cells:
            pairs = typing.get_origin(kept) is dict and cells[name] is not None  # as Arrow gives a map
            fields[name] = dict(cells[name]) if pairs else cells[name]
    return MODELS[kind].model_validate(fields)


def day(iso: str, *, last: bool = False) -> datetime.date | None:
    """The first or the last day of an ISO date or interval; None where the calendar has no such day.

    >>> day("1996-08/1996-09", last=True)
    datetime.date(1996, 9, 30)
    >>> day("1992")
    datetime.date(1992, 1, 1)
    """
    begin, _, end = iso.partition("/")
    numbers = [int(part) for part in ((end or begin) if last else begin).split("-")]
    year = numbers[0]
    month = numbers[1] if len(numbers) > 1 else 12 if last else 1
    try:
        longest = calendar.monthrange(year, month)[1]
        return datetime.date(year, month, numbers[2] if len(numbers) > 2 else longest if last else 1)
    except ValueError:
        return None


def _columns(model: type[BaseModel]) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        kept = value_type(field.annotation)
        yield Column(name, str if kept is IsoDate else kept, name)
        if kept is IsoDate:
            yield Column(f"{name}_start", datetime.date, name)
            yield Column(f"{name}_end", datetime.date, name)


def value_type(annotation: Any) -> Any:
    """The plain type behind a field's annotation, null left out; ``IsoDate`` stays what it is."""
    if annotation is IsoDate:
        return annotation
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return value_type(parts[0])
    if origin is typing.Literal:
        return str
    if origin in (typing.Union, types.UnionType):
        kinds = list(dict.fromkeys(value_type(part) for part in parts if part is not types.NoneType))
        return kinds[0] if len(kinds) == 1 else str
    if origin is tuple:
        return list[value_type(parts[0])]  # type: ignore[misc]
    if origin is dict:
        return dict[str, value_type(parts[1])]  # type: ignore[misc]
    return annotation
