"""The folder that a batch writes to, on this machine or in a store: each file appears in it whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from extractor.archive.documents import is_url
from extractor.archive.listing import filesystem
from extractor.archive.whole import PART, replacing
from extractor.errors import OutputError

_SHOW_WHOLE_FILES = frozenset({"memory", "s3", "s3a", "gs", "gcs", "abfs", "az", "oss"})
"""Stores that show an object when all of it is there; in others a file gets its name last."""


class Folder(Protocol):
    """Names in it are paths with ``/``. What can't be written raises OutputError."""

    where: str
    """Its path or address."""

    def new(self, name: str) -> contextlib.AbstractContextManager[BinaryIO]:
        """A stream to a file that takes its name when the context ends well, after its bytes are on the disk."""

    def read(self, name: str) -> bytes | None:
        """A file's bytes; None where there is none."""

    def open(self, name: str) -> BinaryIO:
        """A file to be read. Raises FileNotFoundError."""

    def files(self, name: str = "") -> dict[str, int]:
        """The files right inside the folder ``name``, with their sizes; none where it does not exist."""

    def names(self) -> set[str]:
        """All that is right inside, files and folders."""

    def rename(self, old: str, new: str) -> None:
        """Give a file another name."""

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""


class LocalFolder:
    """A folder of this machine, or of a disk that it shares."""

    def __init__(self, path: Path) -> None:
        self.where = str(path)
        self.path = path

    @contextlib.contextmanager
    def new(self, name: str) -> Iterator[BinaryIO]:
        """See :class:`Folder`."""
        target = self.path / name
        with telling(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            with replacing(target) as part, part.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            _sync(target.parent)

    def read(self, name: str) -> bytes | None:
        """See :class:`Folder`."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def open(self, name: str) -> BinaryIO:
        """See :class:`Folder`."""
        return (self.path / name).open("rb")

    def files(self, name: str = "") -> dict[str, int]:
        """See :class:`Folder`."""
        try:
            with os.scandir(self.path / name) as found:
                return {entry.name: entry.stat().st_size for entry in found if entry.is_file()}
        except (FileNotFoundError, NotADirectoryError):
            return {}

    def names(self) -> set[str]:
        """See :class:`Folder`."""
        try:
            return {path.name for path in self.path.iterdir()}
        except (FileNotFoundError, NotADirectoryError):
            return set()

    def rename(self, old: str, new: str) -> None:
        """See :class:`Folder`."""
        with telling(self.path / new):
            (self.path / old).replace(self.path / new)

    def remove(self, name: str) -> None:
        """See :class:`Folder`."""
        with telling(self.path / name):
            (self.path / name).unlink(missing_ok=True)


class RemoteFolder:
    """A folder in a store that fsspec reaches: files are made here and put there whole."""

    def __init__(self, url: str) -> None:
        self.where = url.rstrip("/")
        self._fs, self._path = filesystem(url)
        self._shows_whole_files = url.partition("://")[0] in _SHOW_WHOLE_FILES

    @contextlib.contextmanager
    def new(self, name: str) -> Iterator[BinaryIO]:
        """See :class:`Folder`."""
        target = f"{self._path}/{name}"
        with tempfile.TemporaryDirectory() as here:
            made = Path(here) / "made"
            with telling(f"{self.where}/{name}"):
                with made.open("xb") as stream:
                    yield stream
                self._fs.makedirs(target.rpartition("/")[0], exist_ok=True)
                if self._shows_whole_files:
                    self._fs.put_file(str(made), target)
                else:
                    part = f"{target}.{uuid.uuid4().hex[:8]}{PART}"
                    self._fs.put_file(str(made), part)
                    self._fs.mv(part, target)

    def read(self, name: str) -> bytes | None:
        """See :class:`Folder`."""
        try:
            return bytes(self._fs.cat_file(f"{self._path}/{name}"))
        except FileNotFoundError:
            return None

    def open(self, name: str) -> BinaryIO:
        """See :class:`Folder`."""
        stream: BinaryIO = self._fs.open(f"{self._path}/{name}", "rb")
        return stream

    def files(self, name: str = "") -> dict[str, int]:
        """See :class:`Folder`."""
        found = self._listed(f"{self._path}/{name}".rstrip("/"))
        return {_last(one["name"]): int(one.get("size") or 0) for one in found if one["type"] == "file"}

    def names(self) -> set[str]:
        """See :class:`Folder`."""
        return {_last(one["name"]) for one in self._listed(self._path)}

    def _listed(self, path: str) -> list[dict[str, Any]]:
        self._fs.invalidate_cache()
        try:
            found: list[dict[str, Any]] = self._fs.ls(path, detail=True)
        except FileNotFoundError:
            return []
        return found

    def rename(self, old: str, new: str) -> None:
        """See :class:`Folder`."""
        with telling(f"{self.where}/{new}"):
            self._fs.mv(f"{self._path}/{old}", f"{self._path}/{new}")

    def remove(self, name: str) -> None:
        """See :class:`Folder`."""
        with telling(f"{self.where}/{name}"), contextlib.suppress(FileNotFoundError):
            self._fs.rm_file(f"{self._path}/{name}")


def folder_at(where: str) -> Folder:
    """The folder that a path or an address names."""
    return RemoteFolder(where) if is_url(where) else LocalFolder(Path(os.path.abspath(where)))  # noqa: PTH100 (resolves no links)


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def is_part(name: str) -> bool:
    """Whether a file is what a run that was cut short left of one."""
    return name.endswith(PART)


@contextlib.contextmanager
def telling(where: Path | str) -> Iterator[None]:
    """Tell a failure to write with its remedy. Raises OutputError."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error) or type(error).__name__).lower()
        remedy = "free some space" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "mend that, or give another -o"
        raise OutputError(
            f"can't write {where}: {reason}; {remedy}, and run the same again: what is done stays"
        ) from error


def _sync(folder: Path) -> None:
    """Put the folder's own list of files on the disk, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
