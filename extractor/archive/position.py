"""Where a worker is: a few numbers in a file that it maps into memory, and that outlives it.

So the one that waits for the worker sees how it gets on, and if it dies or hangs at which document, without a message
for each document.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import struct
import tempfile
from pathlib import Path
from typing import NamedTuple

from extractor.archive.run import Summary
from extractor.archive.shard import Spot

_FORMAT = struct.Struct("<8q")
_NOWHERE = -1


class Position(NamedTuple):
    """What the file says; ``steps`` grows with every step, so that standing still can be seen."""

    steps: int
    file: int
    ordinal: int
    taken: int
    documents: int
    bytes: int
    records: int
    errors: int

    @property
    def spot(self) -> Spot | None:
        """At which document; None outside any."""
        return Spot(self.file, self.ordinal, bool(self.taken)) if self.file != _NOWHERE else None


START = Position(0, _NOWHERE, 0, 0, 0, 0, 0, 0)


class PositionFile:
    """The file, on the side of the one that waits."""

    def __init__(self) -> None:
        descriptor, name = tempfile.mkstemp(prefix="extractor-position-")
        os.close(descriptor)
        self.path = Path(name)
        self.clear()

    def clear(self) -> None:
        """Back to the start, for a new worker. Never cut short: others may be reading."""
        with self.path.open("r+b") as file:
            file.write(_FORMAT.pack(*START))

    def read(self) -> Position:
        """What it says now."""
        return Position(*_FORMAT.unpack(self.path.read_bytes()))

    def remove(self) -> None:
        """It is no longer needed."""
        with contextlib.suppress(OSError):  # Windows keeps it as long as a worker that is ending maps it
            self.path.unlink()


class PositionWriter:
    """The file, on the side of the worker."""

    def __init__(self, path: str) -> None:
        with open(path, "r+b") as file:  # noqa: PTH123
            self._map = mmap.mmap(file.fileno(), _FORMAT.size)
        self._steps = 0

    def __call__(self, spot: Spot | None, summary: Summary) -> None:
        """Note a step."""
        self._steps += 1
        file, ordinal, taken = (spot.file, spot.ordinal, spot.taken) if spot else (_NOWHERE, 0, False)
        errors = summary.errors.total()
        records = summary.records.total() - errors
        told = (self._steps, file, ordinal, taken, summary.documents, summary.bytes, records, errors)
        _FORMAT.pack_into(self._map, 0, *told)
