"""Where records go: JSON Lines on a stream, or in a file that appears when it is whole."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from extractor.errors import ExtractorError
from extractor.records import AnyRecord


class Sink(Protocol):
    """Takes the records of one document at a time."""

    def write(self, records: Iterable[AnyRecord]) -> None:
        """Keep ``records``, in order."""


class JsonLines:
    """Records as JSON Lines in UTF-8, one record a line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, records: Iterable[AnyRecord]) -> None:
        """Write ``records``, in order."""
        for record in records:
            self._stream.write(record.model_dump_json().encode() + b"\n")


@contextlib.contextmanager
def json_lines_file(path: Path) -> Iterator[JsonLines]:
    """A file of JSON Lines that takes the place of ``path`` when it is whole; on failure the old one stays."""
    if path.exists() and not path.is_file():  # a pipe or a device: nothing there to be replaced
        with _writable(path, path, "wb") as stream:
            yield JsonLines(stream)
        return
    target = path.resolve()  # through a link the file behind it is replaced, and the link stays
    if target.parent.parent.is_dir():  # one new folder is meant; more of them are a slip in the path
        with contextlib.suppress(OSError):
            target.parent.mkdir(exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with _writable(path, part, "xb") as stream:
            yield JsonLines(stream)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _writable(named: Path, path: Path, mode: str) -> BinaryIO:
    try:
        return path.open(mode)  # type: ignore[return-value]
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ExtractorError(f"can't write {named}: {reason}; give another file with -o") from error
