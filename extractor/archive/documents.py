"""What a run is given: documents that can be opened, and those refused unread."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from extractor.records.codes import ErrorCode


class Document(Protocol):
    """Something to read, under the name that its records state as their path."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def part(self) -> tuple[int, int] | None: ...  # noqa: D102
    def open(self) -> BinaryIO: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class File:
    """A file on disk. ``name`` is its path inside the archive: the same wherever the archive lies."""

    path: Path
    name: str
    size: int = 0
    """Bytes when it was found."""
    stamp: str = ""
    """Its time of change when it was found: with the size it tells whether a file is still the same."""
    part: tuple[int, int] | None = None
    """The piece of it that is meant: members of an archive by number, or bytes of a file of lines; half-open."""

    def open(self) -> BinaryIO:
        """The file, to be closed by the reader."""
        return self.path.open("rb")

    def now(self) -> tuple[int, str]:
        """Its size and stamp as they are now. Raises OSError when it is gone."""
        status = self.path.stat()
        return status.st_size, stamp_of(status)


@dataclass(frozen=True, slots=True)
class Remote:
    """A file in a store that fsspec reaches: ``s3://``, ``hdfs://``, ``https://``; fields as in :class:`File`."""

    url: str
    name: str
    size: int = 0
    stamp: str = ""
    part: tuple[int, int] | None = None

    def open(self) -> BinaryIO:
        """The file, to be closed by the reader."""
        import fsspec

        return cast(BinaryIO, fsspec.open(self.url, "rb").open())

    def now(self) -> tuple[int, str]:
        """What it was found with: a store replaces its objects whole, so no reader sees a half-changed one."""
        return self.size, self.stamp


@dataclass(frozen=True, slots=True)
class Stream:
    """Bytes that are open already, as standard input is."""

    stream: BinaryIO
    name: str = "-"
    part: tuple[int, int] | None = None

    def open(self) -> BinaryIO:
        """The stream itself."""
        return self.stream


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that is not read, and why: it becomes an error record."""

    name: str
    code: ErrorCode
    message: str


Planned = File | Remote | Refused
"""What a plan is made of: all but a stream, which can't be read a second time."""


def to_json(document: Planned) -> list[Any]:
    """A planned document as JSON holds it."""
    if isinstance(document, Refused):
        return [document.name, document.code, document.message]
    where = document.url if isinstance(document, Remote) else str(document.path)
    part = list(document.part) if document.part else None
    return [document.name, document.size, document.stamp, part, where]


def from_json(told: list[Any]) -> Planned:
    """The document that ``to_json`` wrote down."""
    if len(told) == 3:
        return Refused(*told)
    name, size, stamp, part, where = told
    part = (part[0], part[1]) if part else None
    if is_url(where):
        return Remote(where, name, size, stamp, part)
    return File(Path(where), name, size, stamp, part)


def is_url(where: str) -> bool:
    """Whether a place is one that fsspec reaches, and no path of this machine."""
    return "://" in where


def stamp_of(status: os.stat_result) -> str:
    """The time of a file's last change, as exactly as the system keeps it."""
    return str(status.st_mtime_ns)


def printable(path: str) -> str:
    r"""A path as records can state it: bytes of a name that are no UTF-8 are spelled out.

    >>> printable(os.fsdecode(b"1998/\xd4\xd6.txt"))
    '1998/\\xd4\\xd6.txt'
    >>> printable("1998/\ud83d.txt")
    '1998/\\ud83d.txt'
    """
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character, as names on Windows may hold
        data = path.encode("utf-8", "backslashreplace")
    return data.decode("utf-8", "backslashreplace").replace(os.sep, "/")
