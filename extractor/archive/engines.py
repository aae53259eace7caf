"""What an engine is: it has shards done, somewhere, and tells of each as it is finished."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Protocol

from extractor.archive.marker import Marker
from extractor.archive.plan import Shard


@dataclass(frozen=True, slots=True)
class Finished:
    """A shard that is done, or the reason why it was set apart."""

    shard: Shard
    marker: Marker | None
    apart: str = ""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What is done of shards that aren't finished."""

    documents: int = 0
    bytes: int = 0
    records: int = 0
    errors: int = 0


class Engine(Protocol):
    """Takes shards one by one, no more than it can work on, and gives back what became of them, in any order."""

    def run(self, shards: Iterator[Shard], tick: Callable[[UnderWay], None]) -> Generator[Finished, None, None]:
        """Have the shards done; ``tick`` is called several times a second. Closing the iterator ends the work."""
