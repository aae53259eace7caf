"""Records that are already written, read again: JSON Lines, run folders, Parquet."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from extractor.archive.compression import opened, reading
from extractor.archive.documents import is_url
from extractor.archive.folder import folder_at
from extractor.archive.formats.columns import TABLES
from extractor.archive.formats.forms import named_form
from extractor.archive.marker import RECORDS
from extractor.archive.output import lines_of, record_files
from extractor.errors import ExtractorError
from extractor.records import parse_record

if TYPE_CHECKING:
    from extractor.records import AnyRecord


def read_records(path: str) -> Iterator[AnyRecord]:
    """The records at ``path``: a file, a folder of a run or of Parquet, the address of a run's folder; ``-`` is
    standard input. Raises ExtractorError where something is no record.
    """
    if path == "-":
        yield from _parsed(sys.stdin.buffer, "standard input")
        return
    if is_url(path):
        yield from _of_run(path)
        return
    place = Path(path)
    if not place.exists():
        raise ExtractorError(f"there is no file or folder {path}; check the path")
    if place.is_file():
        _refuse_other_forms(place)
        yield from _file(place)
    elif any((place / name).is_dir() for name in TABLES.values()):
        from extractor.archive.formats import parquet

        yield from parquet.read(place, [kind for kind, name in TABLES.items() if (place / name).is_dir()])
    else:
        files = line_files(place)
        if not files:
            raise ExtractorError(
                f"the folder {path} holds no records: neither .jsonl files nor Parquet that convert wrote"
            )
        for file in files:
            yield from _file(file)


def _of_run(url: str) -> Iterator[AnyRecord]:
    folder = folder_at(url)
    names = record_files(folder)
    if not names:
        raise ExtractorError(f"{url} is no output folder of extractor run: it has no files in {RECORDS}/")
    for name in names:
        yield from _parsed(lines_of(folder, name), f"{folder.where}/{name}")


def line_files(folder: Path) -> Sequence[Path]:
    """The files of JSON Lines in ``folder``, in the order of their names; of a run's folder those of records."""
    if (folder / RECORDS).is_dir():
        folder = folder / RECORDS
    return sorted(file for ending in ("", ".gz", ".zst") for file in folder.glob(f"*.jsonl{ending}"))


def _refuse_other_forms(path: Path) -> None:
    """Raise ExtractorError where a file is named as one that can only be written."""
    form = named_form(path.name)
    if form is not None and form != "jsonl":
        raise ExtractorError(
            f"{path} is {form}, of which no records are read; give the JSON Lines or the folder that it was made from"
        )


def _file(path: Path) -> Iterator[AnyRecord]:
    with reading(str(path)), opened(path, "rb") as stream:
        yield from _parsed(stream, str(path))


def _parsed(lines: Iterable[bytes], name: str) -> Iterator[AnyRecord]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield parse_record(line)
            except ValidationError as error:
                first = error.errors()[0]
                wrong = ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))
                remedy = (
                    "records are what extractor run writes, so give it the report first"
                    if number == 1 and first["type"] == "json_invalid"
                    else "make it again with extractor run"
                )
                raise ExtractorError(
                    f"line {number} of {name} is no record of this version: {wrong}; {remedy}"
                ) from error
