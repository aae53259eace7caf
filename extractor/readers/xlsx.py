"""Spreadsheets (.xlsx): every sheet's rows as lines with tabs, with the addresses of the cells."""

from __future__ import annotations

import datetime
import io
import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from extractor.readers.assembly import Assembly
from extractor.readers.office_zip import office_zip
from extractor.readers.registry import Reader, Sample
from extractor.readers.source import Hints, SourceText, damaged
from extractor.readers.tables import addresses

_WHAT = "spreadsheet"
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNNAMED = re.compile(r"(?:Sheet|工作表|表)\s?\d*", re.IGNORECASE)
_UNIT = re.compile(r'(?:General|[#0,]*0(?:\.[0#]+)?)_? *"([\u4e00-\u9fff]{1,4})"(?:;.*)?')
"""A format that shows a unit behind the figure: ``0.00"万元"``, not one that divides it as well: ``0.00,"千元"``."""
_DIGITS = 15
"""Digits that a spreadsheet keeps of a number: 0.1 + 0.2 is 0.3 there."""


def read(data: bytes, hints: Hints) -> SourceText:
    """The cells as they were last calculated; sheets with a name of their own are headed by it."""
    import openpyxl

    assembly = Assembly()
    with office_zip(data, _WHAT, hints.limits), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about features that are of no interest here
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                assembly.blank()
                if not _UNNAMED.fullmatch(sheet.title):
                    assembly.line(sheet.title)
                for number, row in _rows(sheet):
                    assembly.row(row, addresses(number, len(row), sheet.title))
        except (ValueError, TypeError, AttributeError, IndexError) as error:  # what openpyxl says to broken files
            raise damaged(_WHAT, error) from error
    return SourceText(assembly.text(), _MEDIA_TYPE, cells=tuple(assembly.cells))


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Row numbers and texts, all rows of one width; of empty rows one is kept, for it may part two tables."""
    sheet.reset_dimensions()  # what a sheet says of its size may be wrong
    rows: list[tuple[int, list[str]]] = []
    width = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        texts = [_text(cell.value, getattr(cell, "number_format", "")) for cell in row]
        used = max((index for index, text in enumerate(texts, start=1) if text), default=0)
        width = max(width, used)
        if used or (rows and rows[-1][1]):
            rows.append((number, texts[:used]))
    for number, texts in rows:
        yield number, texts + [""] * (width - len(texts))


def _text(value: Any, number_format: str) -> str:
    """A value as its cell shows it, as far as it matters: no digits are lost, percentages and dates are told."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, int | float):
        if "%" in number_format:
            return f"{_plain(Decimal(repr(value)) * 100)}%"
        unit = _UNIT.fullmatch(number_format)
        return _plain(Decimal(repr(value))) + (unit[1] if unit else "")
    if isinstance(value, datetime.datetime | datetime.date):
        return _date(value, number_format)
    return str(value)


def _plain(value: Decimal) -> str:
    if not value.is_finite():
        return ""
    rounded = f"{value:.{_DIGITS}g}"
    fixed = f"{Decimal(rounded):f}"
    return fixed.rstrip("0").rstrip(".") if "." in fixed else fixed


def _date(value: datetime.date, number_format: str) -> str:
    year, month, day = value.year, value.month, value.day
    shown = number_format.lower()
    if "d" not in shown and "m" in shown:
        return f"{year}年{month}月"
    if "y" not in shown and "m" in shown:
        return f"{month}月{day}日"
    return f"{year}年{month}月{day}日"


def _is_workbook(sample: Sample) -> bool:
    return "xl/workbook.xml" in sample.zip_names


READER = Reader("xlsx", frozenset({".xlsx", ".xlsm", ".xltx"}), read, _is_workbook)
