"""The completion marker of a shard: written last, it says that the shard is done, from what, and how it went."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Self

from extractor.archive.folder import Folder
from extractor.archive.run import Summary

_DONE = "state/done"
_APART = "state/apart"
RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Marker:
    """What is known of a finished shard."""

    key: str
    """Digest of the shard's documents: their names, sizes and stamps."""
    settings: str
    """Digest of the settings, patterns and version that it was made with."""
    size: int
    """Bytes of the file of records, as it lies in ``records/``."""
    sha256: str
    """Digest of the records in it, unpacked."""
    settled: bool
    """False where a document was gone, changed or unreadable when it was read: the next run does the shard again."""
    summary: Summary
    errors: tuple[dict[str, Any], ...] = ()
    """The error records, once more."""

    def to_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        told = {name: getattr(self, name) for name in ("key", "settings", "size", "sha256", "settled")}
        return {**told, "summary": self.summary.to_json(), "errors": list(self.errors)}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """The marker that ``to_json`` wrote down."""
        return cls(**{**told, "summary": Summary.from_json(told["summary"]), "errors": tuple(told["errors"])})


def write(folder: Folder, marker: Marker) -> None:
    """Say that a shard is done; its records must be there already. Raises OutputError."""
    with folder.new(f"{_DONE}/{marker.key}.json") as stream:
        stream.write(json.dumps(marker.to_json(), ensure_ascii=False).encode("utf-8", "backslashreplace"))


def read(folder: Folder, key: str) -> Marker | None:
    """The marker of a shard; None where it isn't done, or where what is there can't be read as a marker."""
    try:
        return Marker.from_json(json.loads(folder.read(f"{_DONE}/{key}.json") or b"{}"))
    except (ValueError, KeyError, TypeError):
        return None


def remove(folder: Folder, key: str) -> None:
    """Take back that a shard is done."""
    folder.remove(f"{_DONE}/{key}.json")


def keys(folder: Folder) -> set[str]:
    """The keys of all shards that have a marker."""
    return {name.removesuffix(".json") for name in folder.files(_DONE) if name.endswith(".json")}


def set_apart(folder: Folder, key: str, number: int, reason: str) -> None:
    """Note that a shard ended its workers time and again, so that it is not tried for ever."""
    with folder.new(f"{_APART}/{key}.json") as stream:
        stream.write(json.dumps({"number": number, "reason": reason}).encode())


def apart(folder: Folder) -> dict[str, str]:
    """The shards set apart, each with the reason."""
    return {key: str(told["reason"]) for key, told in _apart(folder)}


def _apart(folder: Folder) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in sorted(folder.files(_APART)):
        if name.endswith(".json") and (told := folder.read(f"{_APART}/{name}")) is not None:
            yield name.removesuffix(".json"), json.loads(told)


def readmit(folder: Folder, has: Callable[[int], bool] = lambda number: True) -> None:
    """Let the shards set apart be tried again, those whose numbers one has to do."""
    for key, told in _apart(folder):
        if has(int(told["number"])):
            folder.remove(f"{_APART}/{key}.json")
