"""What is in a folder, on this machine or in a store that fsspec reaches, sorted by name."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from extractor.archive.documents import File, Remote, is_url, stamp_of
from extractor.errors import ExtractorError

_STAMPS = ("ETag", "etag", "mtime", "LastModified", "last_modified", "Last-Modified", "created", "modificationTime")
"""Where the stores that fsspec knows keep what changes with a file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing in a folder: its own name, what it is, and for a file its size and stamp."""

    name: str
    is_a: Literal["file", "folder", "other", "dangling"]
    size: int = 0
    stamp: str = ""


class Place(Protocol):
    """A file or folder: what ``walk`` has to know of it. Its methods raise OSError."""

    def kind(self) -> Literal["file", "folder", "missing"]:
        """What is there."""

    def entries(self) -> list[Entry]:
        """The things in the folder, sorted by name."""

    def identity(self) -> tuple[int, int] | None:
        """The same for the same folder by whatever way it is reached; None where no link can lead back to it."""

    def inside(self, name: str) -> Place:
        """The folder of that name in this one."""

    def file(self, name: str, entry: Entry | None = None) -> File | Remote:
        """This file, or the one that ``entry`` tells of in this folder, under the name that records state."""


class LocalPlace:
    """A file or folder of this machine."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def kind(self) -> Literal["file", "folder", "missing"]:
        """What is there; whatever is no folder is read as a file if it was named."""
        return "folder" if self._path.is_dir() else "file" if self._path.exists() else "missing"

    def entries(self) -> list[Entry]:
        """The things in the folder, sorted by name."""
        with os.scandir(self._path) as found:
            return sorted(map(_entry, found), key=lambda entry: entry.name)

    def identity(self) -> tuple[int, int]:
        """Device and inode."""
        status = self._path.stat()
        return status.st_dev, status.st_ino

    def inside(self, name: str) -> LocalPlace:
        """The folder of that name in this one."""
        return LocalPlace(self._path / name)

    def file(self, name: str, entry: Entry | None = None) -> File:
        """This file, or the one in this folder that ``entry`` tells of."""
        if entry is not None:
            return File(self._path / entry.name, name, entry.size, entry.stamp)
        status = self._path.stat()
        return File(self._path, name, status.st_size, stamp_of(status))


def _entry(found: os.DirEntry[str]) -> Entry:
    try:
        if found.is_dir():
            return Entry(found.name, "folder")
        status = found.stat()
        return Entry(found.name, "file" if found.is_file() else "other", status.st_size, stamp_of(status))
    except OSError:
        return Entry(found.name, "dangling")


class RemotePlace:
    """A file or folder in a store that fsspec reaches."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/") if url.count("/") > 2 else url
        self._given_as_folder = url.endswith("/")
        self._fs, self._path = filesystem(url)

    def kind(self) -> Literal["file", "folder", "missing"]:
        """What is there."""
        with reaching():
            if not self._given_as_folder and self._fs.isfile(self._path):
                return "file"
            return "folder" if self._fs.isdir(self._path) else "missing"

    def entries(self) -> list[Entry]:
        """The things in the folder, sorted by name."""
        with reaching():
            found = self._fs.ls(self._path, detail=True)
        inside = (told for told in found if told["name"].rstrip("/") != self._path)
        return sorted(map(_told, inside), key=lambda entry: entry.name)

    def identity(self) -> None:
        """Stores have no links."""
        return

    def inside(self, name: str) -> RemotePlace:
        """The folder of that name in this one."""
        return RemotePlace(f"{self._url}/{name}/")

    def file(self, name: str, entry: Entry | None = None) -> Remote:
        """This file, or the one in this folder that ``entry`` tells of."""
        if entry is None:
            entry = self._asked(self._path)
            return Remote(self._url, name, entry.size, entry.stamp)
        if not entry.size and not entry.stamp:  # web servers list names only
            with contextlib.suppress(OSError):  # it will be told of when it is read
                entry = self._asked(f"{self._path}/{entry.name}")
        return Remote(f"{self._url}/{entry.name}", name, entry.size, entry.stamp)

    def _asked(self, path: str) -> Entry:
        with reaching():
            return _told(self._fs.info(path))


def _told(info: dict[str, Any]) -> Entry:
    name = info["name"].rstrip("/").rpartition("/")[2]
    if info["type"] == "directory":
        return Entry(name, "folder")
    stamp = next((str(info[key]) for key in _STAMPS if info.get(key)), "")
    return Entry(name, "file", int(info.get("size") or 0), stamp)


@contextlib.contextmanager
def reaching() -> Iterator[None]:
    """Stores have errors of their own for what they can't do: they are told as the system's are."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def place_at(where: str) -> Place:
    """The place that a path or an address names."""
    return RemotePlace(where) if is_url(where) else LocalPlace(Path(where))


def matches(pattern: str) -> Iterator[str]:
    """The files and folders that a pattern with ``*`` and ``?`` names, sorted; ``**`` goes into folders."""
    if is_url(pattern):
        fs, path = filesystem(pattern)
        yield from (fs.unstrip_protocol(found) for found in sorted(fs.glob(path)))
        return
    import glob

    yield from sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (knows absolute patterns, too)


def filesystem(url: str) -> tuple[Any, str]:
    """The store behind an address, and the path in it. Raises ExtractorError where the store isn't known."""
    import fsspec

    try:
        fs, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        scheme = url.partition("://")[0]
        remedy = f"install what reads it: pip install 'county-report-extractor[{_extra(scheme)}]'"
        raise ExtractorError(f"can't reach {url}: {error}; {remedy}") from error
    return fs, str(path).rstrip("/")


def _extra(scheme: str) -> str:
    return {"https": "http", "s3a": "s3", "webhdfs": "hdfs"}.get(scheme, scheme)
