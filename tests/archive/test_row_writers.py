"""Rows on a stream."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from extractor.archive.row_writers import Form, write_rows

ROWS = [
    {"raw": "=1+1", "value": Decimal("1.50"), "flags": ["a", "b"], "note": "甲|乙\n丙"},
    {"raw": "@x", "value": None, "flags": None, "note": '说"好"\t,'},
]
COLUMNS = ["raw", "value", "flags", "note"]


def written(form: Form) -> str:
    stream = io.StringIO()
    write_rows(stream, COLUMNS, ROWS, form)
    return stream.getvalue()


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_delimited(form: Form, delimiter: str) -> None:
    assert list(csv.reader(io.StringIO(written(form)), delimiter=delimiter)) == [
        COLUMNS,
        ["'=1+1", "1.5", "a;b", "甲|乙\n丙"],
        ["'@x", "", "", '说"好"\t,'],
    ]


def test_json_lines_keep_texts_and_exact_numbers() -> None:
    first, second = map(json.loads, written("jsonl").splitlines())
    assert first == {"raw": "=1+1", "value": "1.5", "flags": ["a", "b"], "note": "甲|乙\n丙"}
    assert second["value"] is None


def test_markdown_keeps_a_row_on_a_line() -> None:
    assert written("md").splitlines() == [
        "| raw | value | flags | note |",
        "|---|---|---|---|",
        r"| '=1+1 | 1.5 | a;b | 甲\|乙 丙 |",
        '| \'@x |  |  | 说"好" , |',
    ]
