"""Partitions of tables, as Hive names them: folders ``issued_year=1998`` that other programs read as a column.

All records of a document lie in one partition, that of the document: so do those that are joined by ``doc_id``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from extractor.errors import ExtractorError
from extractor.records import AnyRecord, Document

Key = Literal["issued_year", "province"]
KEYS: tuple[Key, ...] = get_args(Key)
UNKNOWN = "0"
"""Where null would be: pandas can't open a folder that has Hive's name for it beside others."""


def _year(document: Document) -> str:
    return document.issued[:4] if document.issued else UNKNOWN


def _province(document: Document) -> str:
    return f"{document.division_code[:2]}0000" if document.division_code else UNKNOWN


_VALUES: dict[Key, Callable[[Document], str]] = {"issued_year": _year, "province": _province}


def known_key(stated: str | None, form: str) -> Key | None:
    """``stated`` itself, if tables of ``form`` can be partitioned by it. Raises ExtractorError."""
    if stated is None:
        return None
    if form != "parquet":
        raise ExtractorError(f"--partition-by is for parquet, and this is {form}")
    if stated not in KEYS:
        raise ExtractorError(f"--partition-by {stated} is not known; give one of {', '.join(KEYS)}")
    return stated


class Partitions:
    """Tells the partition of each record, given in order: a document's own record comes before the others of it."""

    def __init__(self, key: Key) -> None:
        self._key = key
        self._document = ""
        self._folder = self.unknown = f"{key}={UNKNOWN}"

    def folder_of(self, record: AnyRecord) -> str:
        """The folder for a record; that of 0 where its document is not known, or does not say."""
        if isinstance(record, Document):
            self._document = record.doc_id
            self._folder = f"{self._key}={_VALUES[self._key](record)}"
        return self._folder if record.doc_id == self._document else self.unknown
