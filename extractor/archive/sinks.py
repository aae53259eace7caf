"""Where records go: JSON Lines on a stream or in a file."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from extractor.archive.compression import opened
from extractor.archive.whole import telling_of, whole_file
from extractor.records import AnyRecord, json_line


class Sink(Protocol):
    """Takes the records of one document at a time."""

    def write(self, records: Iterable[AnyRecord]) -> None:
        """Keep ``records``, in order."""


class Writable(Protocol):
    """What bytes are written to."""

    def write(self, data: bytes, /) -> int:
        """Take ``data``."""


class JsonLines:
    """Records as JSON Lines in UTF-8, one record a line."""

    def __init__(self, stream: Writable) -> None:
        self._stream = stream

    def write(self, records: Iterable[AnyRecord]) -> None:
        """Write ``records``, in order."""
        self._stream.write(b"".join(map(json_line, records)))


@contextlib.contextmanager
def json_lines_file(path: Path) -> Iterator[JsonLines]:
    """A file of JSON Lines that takes the place of ``path`` when it is whole; on failure the old one stays.

    It is packed where its name ends with ``.gz`` or ``.zst``.
    """
    with whole_file(path) as part, contextlib.ExitStack() as open_file:
        with telling_of(path):
            stream = open_file.enter_context(opened(part, "wb", path.name))
        yield JsonLines(stream)
