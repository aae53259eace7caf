"""Which form a file name stands for, and the sink that writes it."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from extractor.archive.compression import PACKINGS
from extractor.archive.formats.columns import TABLES
from extractor.archive.sinks import Sink, json_lines_file
from extractor.archive.whole import whole_file, whole_folder
from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.archive.formats.partition import Key
    from extractor.archive.formats.tables import Tables
    from extractor.records import Kind

Form = Literal["jsonl", "parquet", "csv", "duckdb", "xlsx"]
FOLDERS: tuple[Form, ...] = ("parquet", "csv")
"""Forms that are a folder with a table a kind; the others are a file."""
ALWAYS: tuple[Kind, ...] = ("document", "error")
"""Kinds that every output holds, whichever are wanted: what was read, and what could not be."""
FORMS: tuple[Form, ...] = get_args(Form)
_SUFFIXES: dict[str, Form] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".parquet": "parquet",
    ".csv": "csv",
    ".duckdb": "duckdb",
    ".db": "duckdb",
    ".xlsx": "xlsx",
}


def named_form(name: str) -> Form | None:
    """The form that ``name`` ends with, packed or not; None where it tells nothing."""
    path = Path(name)
    suffix = path.with_suffix("").suffix if path.suffix.lower() in PACKINGS else path.suffix
    return _SUFFIXES.get(suffix.lower())


def form_of(name: str, stated: str | None) -> Form:
    """The form ``stated``, else the one that ``name`` ends with; raises ExtractorError where that is none."""
    if stated is not None:
        if stated not in FORMS:
            raise ExtractorError(f"{stated!r} is no form of records; the forms are {', '.join(FORMS)}")
        return stated
    form = named_form(name)
    if form is None:
        raise ExtractorError(f"{name} does not say which form to write; name one with --to: {', '.join(FORMS)}")
    return form


@contextlib.contextmanager
def sink_for(
    path: Path,
    form: Form,
    kinds: Collection[Kind] | None = None,
    *,
    mark: bool = False,
    replace: bool = False,
    key: Key | None = None,
) -> Iterator[Sink]:
    """A sink that writes ``form`` to ``path``, which appears when it is whole. Tables are made of ``kinds`` and
    of documents and errors, or of all; those of Parquet are partitioned by ``key``.

    FOLDERS make a folder, which must be new unless it is to be replaced; the others a file, which is
    replaced always.
    """
    if form == "jsonl":
        with json_lines_file(path) as lines:
            yield lines
        return
    shown = [kind for kind in TABLES if kinds is None or kind in kinds or kind in ALWAYS]
    if form in FOLDERS:
        with whole_folder(path, replace=replace) as folder:
            yield from _filled(_folder_of_tables(folder, form, shown, mark=mark, key=key))
    else:
        with whole_file(path) as part:
            yield from _filled(_file_of_tables(part, form, shown))


def _filled(tables: Tables) -> Iterator[Sink]:
    try:
        yield tables
        tables.close()
    except BaseException:
        tables.abandon()
        raise


def _folder_of_tables(folder: Path, form: Form, kinds: list[Kind], *, mark: bool, key: Key | None) -> Tables:
    if form == "csv":
        from extractor.archive.formats.delimited import CsvFolder

        return CsvFolder(folder, kinds, mark=mark)
    from extractor.archive.formats.parquet import ParquetFolder

    return ParquetFolder(folder, kinds, key)


def _file_of_tables(path: Path, form: Form, kinds: list[Kind]) -> Tables:
    if form == "xlsx":
        from extractor.archive.formats.workbook import Workbook

        return Workbook(path, kinds)
    from extractor.archive.formats.database import Database

    return Database(path, kinds)
