"""The records of a batch, read as one: what other forms are made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, cast

from extractor.archive.compression import packed, reading
from extractor.archive.folder import Folder, is_part
from extractor.archive.marker import RECORDS


def record_files(folder: Folder) -> list[str]:
    """The files of records in a batch's folder, in the order of the archive."""
    return [f"{RECORDS}/{name}" for name in sorted(folder.files(RECORDS)) if not is_part(name)]


def lines_of(folder: Folder, name: str) -> Iterator[bytes]:
    """The records in a file of them, as lines of JSON. Raises ExtractorError where it can't be read."""
    with (
        reading(f"{folder.where}/{name}"),
        folder.open(name) as stream,
        packed(cast("IO[bytes]", stream), "rb", name) as content,
    ):
        yield from content


def record_lines(folder: Folder) -> Iterator[bytes]:
    """All records as lines of JSON, in the order of the archive."""
    for name in record_files(folder):
        yield from lines_of(folder, name)
