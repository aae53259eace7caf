"""The reference of all records, made from the models: ``make docs`` keeps it as docs/records.md."""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from extractor.records import chinese, codes
from extractor.records.reports import RepairCount
from extractor.records.schema import MODELS

REMAKE = "python -m extractor.records.reference > docs/records.md"

_OPENING = f"""# The records

<!-- Made from the models by `{REMAKE}`; edit extractor/records, not this page. -->

JSON Lines in UTF-8. For each input document first its `document` record, then its records in the order of `start`, then
its checks. Offsets are half-open and count Unicode code points of the decoded source, noise included:
`source[start:end] == raw` holds for every record. Numbers are strings (`"143002000"`, `"4.5"`), never floats; what the
text does not settle is `null`. `extractor schema` prints the same as JSON Schema (draft 2020-12).

每个字段的中文含义在最右一列；代码（`funding`、`affected` 等）的中文在文末各表。
"""

_CODES: tuple[tuple[str, Mapping[Any, str], Mapping[str, str]], ...] = (
    ("checks, by name 核对", codes.CHECKS, chinese.CHECK),
    ("flags 警示", codes.FLAGS, chinese.FLAG),
    ("error codes 错误代码", codes.ERRORS, chinese.ERROR),
    ("bound 界限", {}, chinese.BOUND),
    ("role of an amount 资金性质", {}, chinese.ROLE),
    ("measure 计量对象", {}, chinese.MEASURE),
    ("status of a count 状态", {}, chinese.STATUS),
    ("status of a document 文件状态", {}, chinese.DOCUMENT_STATUS),
    ("categories of disasters 灾害类别", {}, chinese.CATEGORY),
    ("confidence 把握", {}, chinese.CONFIDENCE),
    ("date_source 日期来源", {}, chinese.DATE_SOURCE),
    ("year_source 年份来源", {}, chinese.YEAR_SOURCE),
    ("role of a date 日期性质", {}, chinese.DATE_ROLE),
)
"""A heading, what the codes mean where their names don't tell it, and what they are called in Chinese."""


def reference() -> str:
    """The whole page."""
    sections = [_section(kind, model) for kind, model in MODELS.items()]
    return "\n".join([_OPENING, *sections, _section("repairs, an element", RepairCount), *map(_codes, _CODES)])


def _codes(told: tuple[str, Mapping[Any, str], Mapping[str, str]]) -> str:
    """What each code of a kind means."""
    title, meanings, words = told
    if meanings:
        head = ["| code | meaning | 中文 |", "|---|---|---|"]
        rows = [f"| `{code}` | {meanings[code]} | {said} |" for code, said in words.items()]
    else:
        head = ["| code | 中文 |", "|---|---|"]
        rows = [f"| `{code}` | {said} |" for code, said in words.items()]
    return "\n".join([f"## {title}", "", *head, *rows, ""])


def _section(title: str, model: type[BaseModel]) -> str:
    meaning = (model.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ").replace("``", "`")
    rows = ["| field | type | meaning | 含义 |", "|---|---|---|---|", *_rows(model)]
    shown = f"{title} {chinese.KINDS[title]}" if title in chinese.KINDS else title
    return "\n".join([f"## {shown}", "", meaning, "", *rows, ""])


def _rows(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        meaning = "What the record is." if name == "kind" else field.description or ""
        yield f"| `{name}` | {_type(field.annotation)} | {meaning} | {chinese.FIELDS[name]} |"


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
