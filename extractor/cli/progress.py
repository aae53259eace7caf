"""How a batch shows on a terminal, and in a log, where a line a minute is enough."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeVar

from extractor.cli import display

if TYPE_CHECKING:
    from extractor.archive.progress import Snapshot

_LOGGED_EVERY = 60.0
_T = TypeVar("_T")


class Shown(Protocol):
    """Where a batch tells how far it is."""

    def planning(self, found: int) -> None:
        """So many documents have been found."""

    def working(self, snapshot: Snapshot) -> None:
        """So much is done."""


class _Silent:
    def planning(self, found: int) -> None:
        pass

    def working(self, snapshot: Snapshot) -> None:
        pass


class _Log:
    """A line a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()

    def planning(self, found: int) -> None:
        self._say(lambda: f"planning: {found} files so far")

    def working(self, snapshot: Snapshot) -> None:
        self._say(snapshot.in_words)

    def _say(self, words: Callable[[], str]) -> None:
        if self._clock() - self._last >= _LOGGED_EVERY:
            self._last = self._clock()
            display.note(words())


class _Bar:
    """A bar of bytes, on a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        columns = (BarColumn(), TextColumn("{task.description}", markup=False))
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self.bar.add_task("planning", total=None)

    def planning(self, found: int) -> None:
        self.bar.update(self._task, description=f"planning: {found} files")

    def working(self, snapshot: Snapshot) -> None:
        total = max(snapshot.bytes_planned, 1)
        done = min(snapshot.bytes, total)
        self.bar.update(self._task, total=total, completed=done, description=snapshot.in_words())


@contextlib.contextmanager
def shown(quiet: bool) -> Iterator[Shown]:
    """Progress on stderr: a bar on a terminal, lines elsewhere, nothing where ``quiet``."""
    if quiet:
        yield _Silent()
    elif sys.stderr.isatty():
        bar = _Bar()
        with bar.bar:
            yield bar
    else:
        yield _Log()


def counted(found: Iterable[_T], told: Shown) -> Iterator[_T]:
    """Pass on what is found, and tell how much it is now and then."""
    for number, one in enumerate(found, 1):
        if number % 1000 == 0:
            told.planning(number)
        yield one
