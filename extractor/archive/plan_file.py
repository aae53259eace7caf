"""The plan as a file: a line a shard, so that neither a large archive nor its plan has to fit into memory."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from extractor.archive.folder import Folder
from extractor.archive.plan import Shard

_LINES = "state/plan.jsonl.gz"
_TOTALS = "state/plan.json"
_GZIP_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Totals:
    """What a plan adds up to, and what it was made for."""

    shards: int
    documents: int
    """Files, and pieces of large ones: how many documents are in archives is known when they are read."""
    bytes: int
    made_for: str
    """Digest of the inputs and the settings."""


@dataclass(frozen=True, slots=True)
class Line:
    """A shard in the plan; its documents are unpacked when they are wanted."""

    key: str
    documents: int
    bytes: int
    packed: str

    def shard(self) -> Shard:
        """The shard itself."""
        return Shard.from_json(json.loads(self.packed))


def write(folder: Folder, shards: Iterable[Shard], made_for: str) -> Totals:
    """Write a plan down. Raises OutputError."""
    count = documents = size = 0
    with folder.new(_LINES) as stream, gzip.GzipFile("", "wb", _GZIP_LEVEL, stream, mtime=0) as packed:
        for shard in shards:
            count += 1
            documents += len(shard.documents)
            size += shard.bytes
            told = json.dumps(shard.to_json(), separators=(",", ":"))
            packed.write(f"{shard.key}\t{len(shard.documents)}\t{shard.bytes}\t{told}\n".encode())
    totals = Totals(count, documents, size, made_for)
    with folder.new(_TOTALS) as stream:
        stream.write(json.dumps(asdict(totals)).encode())
    return totals


def totals(folder: Folder) -> Totals | None:
    """What the plan adds up to; None where there is none."""
    told: dict[str, Any] | None = json.loads(folder.read(_TOTALS) or b"null")
    return Totals(**told) if told else None


def lines(folder: Folder) -> Iterator[Line]:
    """The shards of the plan, in order."""
    with folder.open(_LINES) as stream, gzip.GzipFile(fileobj=stream) as packed:
        for line in packed:
            key, documents, size, told = line.decode().split("\t", 3)
            yield Line(key, int(documents), int(size), told)


def release(folder: Folder) -> None:
    """Let jobs with shares plan anew, when all that was planned is done; what it was stays to be looked up."""
    kept = totals(folder)
    if kept is not None:
        with folder.new(_TOTALS) as stream:
            stream.write(json.dumps({**asdict(kept), "made_for": ""}).encode())


def remove(folder: Folder) -> None:
    """Forget the plan."""
    folder.remove(_TOTALS)
    folder.remove(_LINES)
