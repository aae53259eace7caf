"""Gold passages and predicted records in the one form that scoring compares."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from extractor.errors import EvaluationError
from extractor.records import AnyRecord
from extractor.records.codes import Kind

SCORED_KINDS: tuple[Kind, ...] = ("amount", "count", "disaster", "date", "document_number", "entity")


@dataclass(frozen=True, slots=True)
class Item:
    """One record to compare, gold or predicted; ``fields`` are the contract's."""

    kind: str
    start: int
    end: int
    fields: Mapping[str, Any]

    @property
    def optional(self) -> bool:
        """Whether careful readers may argue about it (gold only)."""
        return bool(self.fields.get("optional"))

    def overlap(self, other: Item) -> int:
        """Characters that both hold; none or fewer when they are apart."""
        return min(self.end, other.end) - max(self.start, other.start)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with all its records, or all those of ``kinds``."""

    pid: str
    text: str
    items: tuple[Item, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold file: its passages and the digest of its bytes."""

    passages: tuple[Passage, ...]
    digest: str


def read_gold(path: Path) -> Gold:
    """The gold file at ``path``."""
    data = _read(path)
    passages = tuple(_passage(path, number, line) for number, line in _objects(path, data))
    twice = [pid for pid, count in _counted(passage.pid for passage in passages).items() if count > 1]
    if twice:
        raise EvaluationError(f"{path}: the pid {twice[0]!r} stands twice; give every passage its own")
    return Gold(passages, hashlib.sha256(data).hexdigest())


def read_predictions(path: Path, known: Collection[str] = ()) -> dict[str, list[Item]]:
    """Records that a run wrote, by passage: its pid, one of those ``known``, is the document's path, or that's stem."""
    pid_of: dict[str, str] = {}
    predictions: dict[str, list[Item]] = defaultdict(list)
    for number, record in _objects(path, _read(path)):
        try:
            if record["kind"] == "document":
                stated = record["path"]
                pid_of[record["doc_id"]] = stated if stated in known else PurePosixPath(stated).stem
            elif record["kind"] in SCORED_KINDS:
                item = Item(record["kind"], record["start"], record["end"], record)
                predictions[pid_of[record["doc_id"]]].append(item)
        except KeyError as error:
            message = f"{path}:{number}: no {error} is known for this record; give the whole output of a run"
            raise EvaluationError(message) from error
    return dict(predictions)


def items_of(records: Iterable[AnyRecord]) -> list[Item]:
    """The records of one document that scoring looks at."""
    dumped = (record.model_dump() for record in records if record.kind in SCORED_KINDS)
    return [Item(fields["kind"], fields["start"], fields["end"], fields) for fields in dumped]


def _passage(path: Path, number: int, stated: Mapping[str, Any]) -> Passage:
    where = f"{path}:{number}"
    try:
        text: str = stated["text"]
        items = tuple(Item(record["kind"], *_span(text, record, where), record) for record in stated["records"])
        return Passage(stated["pid"], text, items, tuple(stated.get("kinds", SCORED_KINDS)))
    except KeyError as error:
        raise EvaluationError(f"{where}: {error} is missing; a gold line holds pid, text and records") from error


def _span(text: str, record: Mapping[str, Any], where: str) -> tuple[int, int]:
    """Where a gold record stands: as stated, or at the ``nth`` place where its surface does."""
    if "start" in record:
        return record["start"], record["end"]
    surface: str = record["text"]
    start = -1
    for _ in range(record.get("nth", 1)):
        start = text.find(surface, start + 1)
        if start < 0:
            raise EvaluationError(f"{where}: {surface!r} is not in the passage that often; correct its text or nth")
    return start, start + len(surface)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EvaluationError(f"can't read {path}: {(error.strerror or str(error)).lower()}; check the path") from error


def _objects(path: Path, data: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    """The JSON objects of ``data``, one a line, with the number of their line."""
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise EvaluationError(f"{path}:{number}: no JSON ({error}); each line has to be one JSON object") from error
        if not isinstance(value, dict):
            raise EvaluationError(f"{path}:{number}: each line has to be one JSON object")
        yield number, value


def _counted(values: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for value in values:
        counts[value] += 1
    return counts
