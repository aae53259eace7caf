"""The reference of all records, made from the models: ``make docs`` keeps it as docs/records.md."""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Iterator
from decimal import Decimal

from pydantic import BaseModel

from extractor.records.codes import CHECKS
from extractor.records.reports import RepairCount
from extractor.records.schema import MODELS

REMAKE = "python -m extractor.records.reference > docs/records.md"

_OPENING = f"""# The records

<!-- Made from the models by `{REMAKE}`; edit extractor/records, not this page. -->

JSON Lines in UTF-8. For each input document first its `document` record, then its records in the order of `start`, then
its checks. Offsets are half-open and count Unicode code points of the decoded source, noise included:
`source[start:end] == raw` holds for every record. Numbers are strings (`"143002000"`, `"4.5"`), never floats; what the
text does not settle is `null`. `extractor schema` prints the same as JSON Schema (draft 2020-12).
"""


def reference() -> str:
    """The whole page."""
    sections = [_section(kind, model) for kind, model in MODELS.items()]
    return "\n".join([_OPENING, *sections, _section("repairs, an element", RepairCount), _checks()])


def _checks() -> str:
    """What each check holds against what."""
    rows = [f"| `{name}` | {meaning} |" for name, meaning in CHECKS.items()]
    return "\n".join(["## checks, by name", "", "| name | what holds |", "|---|---|", *rows, ""])


def _section(title: str, model: type[BaseModel]) -> str:
    meaning = (model.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ").replace("``", "`")
    rows = ["| field | type | meaning |", "|---|---|---|", *_rows(model)]
    return "\n".join([f"## {title}", "", meaning, "", *rows, ""])


def _rows(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        meaning = "What the record is." if name == "kind" else field.description or ""
        yield f"| `{name}` | {_type(field.annotation)} | {meaning} |"


def _type(annotation: object) -> str:
    """A type as a reader of JSON meets it."""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return " · ".join(f"`{part}`" for part in parts)
    if origin is typing.Annotated:
        return _type(parts[0])
    if origin in (typing.Union, types.UnionType):
        return " or ".join(dict.fromkeys(_type(part) for part in parts))
    if origin is tuple:
        return f"list of {_type(parts[0])}"
    if origin is dict:
        return "object"
    if annotation is type(None):
        return "null"
    names = {str: "string", int: "integer", bool: "true or false", Decimal: "decimal string", RepairCount: "object"}
    return names.get(annotation, "string") if isinstance(annotation, type) else "string"


if __name__ == "__main__":
    sys.stdout.buffer.write(reference().encode())
