"""What a run is given: documents that can be opened, and those refused unread."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from extractor.records.codes import ErrorCode


class Document(Protocol):
    """Something to read, under the name that its records state as their path."""

    @property
    def name(self) -> str: ...  # noqa: D102
    def open(self) -> BinaryIO: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class File:
    """A file on disk. ``name`` is its path inside the archive: the same wherever the archive lies."""

    path: Path
    name: str

    def open(self) -> BinaryIO:
        """The file, to be closed by the reader."""
        return self.path.open("rb")


@dataclass(frozen=True, slots=True)
class Stream:
    """Bytes that are open already, as standard input is."""

    stream: BinaryIO
    name: str = "-"

    def open(self) -> BinaryIO:
        """The stream itself."""
        return self.stream


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that is not read, and why: it becomes an error record."""

    name: str
    code: ErrorCode
    message: str


def printable(path: str) -> str:
    r"""A path as records can state it: bytes of a name that are no UTF-8 are spelled out.

    >>> printable(os.fsdecode(b"1998/\xd4\xd6.txt"))
    '1998/\\xd4\\xd6.txt'
    """
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace(os.sep, "/")
