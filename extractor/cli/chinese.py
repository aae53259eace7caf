"""The table of facts in Chinese: headings, and codes in their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from extractor.records import chinese
from extractor.records.chinese import FIELDS, name

_CODES: Mapping[str, Mapping[str, str]] = {
    "kind": chinese.KINDS,
    "year_of": {"fact": "事实", "document": "文件"},
    "date_source": chinese.DATE_SOURCE,
    "measure": chinese.MEASURE,
    "status": chinese.STATUS,
    "role": chinese.ROLE,
    "bound": chinese.BOUND,
    "flags": chinese.FLAG,
    "guessed": FIELDS,
    "failed_checks": chinese.CHECK,
}
"""Columns that hold codes."""


def heading(column: str) -> str:
    """What a column is called.

    >>> heading("payer")
    '出资方'
    """
    return name(FIELDS[column])


def rows_in_chinese(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """``rows`` under Chinese headings, with words for codes.

    >>> list(rows_in_chinese([{"role": "loss", "flags": ["implausible"], "value": 5}]))
    [{'资金性质': '损失', '警示': ['不大可能'], '数值': 5}]
    """
    for row in rows:
        yield {heading(column): _said(column, value) for column, value in row.items()}


def _said(column: str, value: Any) -> Any:
    words = _CODES.get(column)
    if words is None or value is None:
        return value
    return [name(words[code]) for code in value] if isinstance(value, list) else name(words[value])
