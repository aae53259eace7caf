"""How far a batch is: counts, speed and the time that is left, for a terminal, a log and ``extractor status``."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from extractor.archive.engines import UnderWay
from extractor.archive.folder import Folder
from extractor.archive.plan_file import Totals
from extractor.archive.run import Summary
from extractor.archive.run_file import now
from extractor.errors import OutputError
from extractor.readers.source import MEGABYTE

_FILE = "state/progress.json"
_SAVED_EVERY = 2.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How far it is at one moment."""

    shards: int
    shards_planned: int
    documents: int
    bytes: int
    bytes_planned: int
    records: int
    errors: int
    seconds: float
    bytes_a_second: float
    seconds_left: float | None
    """None where too little is done to tell."""

    def in_words(self) -> str:
        """One line."""
        share = self.bytes / self.bytes_planned if self.bytes_planned else 1.0
        left = "" if self.seconds_left is None else f", {duration(self.seconds_left)} left"
        return (
            f"{min(share, 1):.0%}, {self.documents} documents, {self.records} records, {self.errors} errors, "
            f"{self.bytes_a_second / MEGABYTE:.2f} MB/s{left}"
        )


@dataclass(slots=True)
class Progress:
    """Takes in what is done, and says how far that is."""

    totals: Totals
    folder: Folder
    clock: Callable[[], float] = time.monotonic
    before: Summary = field(default_factory=Summary)
    shards_before: int = 0
    bytes_before: int = 0
    """What earlier runs did, in bytes of the plan."""
    now: Summary = field(default_factory=Summary)
    shards: int = 0
    bytes: int = 0
    """What this run has finished."""
    _began: float = 0.0
    _saved: float = float("-inf")

    def __post_init__(self) -> None:
        self._began = self.clock()

    def snapshot(self, under_way: UnderWay) -> Snapshot:
        """How far it is now."""
        seconds = self.clock() - self._began
        new = self.bytes + under_way.bytes
        speed = new / seconds if seconds > 0 else 0.0
        left = max(self.totals.bytes - self.bytes_before - new, 0)
        errors = self.before.errors.total() + self.now.errors.total()
        records = self.before.records.total() + self.now.records.total() - errors
        return Snapshot(
            shards=self.shards_before + self.shards,
            shards_planned=self.totals.shards,
            documents=self.before.documents + self.now.documents + under_way.documents,
            bytes=self.bytes_before + new,
            bytes_planned=self.totals.bytes,
            records=records + under_way.records,
            errors=errors + under_way.errors,
            seconds=seconds,
            bytes_a_second=speed,
            seconds_left=left / speed if speed > 0 and seconds > 1 else None,
        )

    def save(self, snapshot: Snapshot) -> None:
        """Let other terminals know, now and then; a disk that is full is told of where records are written."""
        if self.clock() - self._saved >= _SAVED_EVERY:
            self._saved = self.clock()
            with contextlib.suppress(OutputError), self.folder.new(_FILE) as stream:
                stream.write(json.dumps({**asdict(snapshot), "at": now()}).encode())


def saved(folder: Folder) -> tuple[Snapshot, str] | None:
    """What a run, perhaps on another machine, last said of its progress, and when."""
    try:
        told: dict[str, Any] = json.loads(folder.read(_FILE) or b"{}")
        at = str(told.pop("at"))
        return Snapshot(**told), at
    except (ValueError, KeyError, TypeError):
        return None


def duration(seconds: float) -> str:
    """A stretch of time, as exactly as one wants to know it.

    >>> duration(42), duration(200), duration(7300), duration(200_000)
    ('42 s', '3 min', '2.0 h', '2.3 d')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 36 * 3600 else f"{seconds / 86400:.1f} d"
