"""Gold passages read by an extractor, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from extractor.evaluation.gold import Item, Passage, items_of
from extractor.records import AnyRecord


class Reader(Protocol):
    """What makes records of a text: an Extractor."""

    def extract_text(self, text: str, *, path: str) -> list[AnyRecord]:
        """The records of one text."""


def predictions_of(reader: Reader, passages: Iterable[Passage]) -> dict[str, Sequence[Item]]:
    """What ``reader`` finds in every passage, by pid."""
    return {passage.pid: items_of(reader.extract_text(passage.text, path=passage.pid)) for passage in passages}
