"""What ``extractor run`` is to read: paths, addresses and patterns, a list of them, standard input."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.text import told
from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.archive.documents import Planned, Stream


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs as they were given."""

    paths: tuple[str, ...]
    files_from: str | None = None
    lines: bool = False
    """Whether files of JSON Lines are read, too."""

    @property
    def only_once(self) -> bool:
        """Whether they can't be gone over twice."""
        return self.files_from == "-"

    @property
    def named(self) -> list[str]:
        """As they are told of."""
        return [*self.paths, *([f"--files-from {self.files_from}"] if self.files_from else [])]

    def documents(self, skip: Collection[Path]) -> Iterator[Planned | Stream]:
        """All documents, standard input last."""
        from extractor.archive.documents import Stream

        yield from self.files(skip)
        if "-" in self.paths:
            yield Stream(sys.stdin.buffer)

    def files(self, skip: Collection[Path]) -> Iterator[Planned]:
        """The documents that are files. Raises ExtractorError where the list can't be read."""
        from extractor.archive.texts import LINES
        from extractor.archive.walk import listed, walk

        also = LINES if self.lines else frozenset()
        yield from walk([path for path in self.paths if path != "-"], skip, also=also)
        if self.files_from == "-":
            yield from listed(sys.stdin.buffer, also)
        elif self.files_from is not None:
            try:
                stream = Path(self.files_from).open("rb")  # noqa: SIM115
            except OSError as error:
                raise ExtractorError(f"can't read the list {self.files_from}: {told(error)}; check its path") from error
            with stream:
                yield from listed(stream, also)


def inputs(paths: list[str] | None, files_from: str | None, lines: bool) -> Inputs:
    """The inputs, if there are any. Raises ExtractorError."""
    if not paths and files_from is None:
        raise ExtractorError("nothing to read: give files, folders or addresses, - for standard input, or --files-from")
    if files_from == "-" and "-" in (paths or ()):
        raise ExtractorError("standard input can't be both a document and the list of --files-from")
    return Inputs(tuple(paths or ()), files_from, lines)
