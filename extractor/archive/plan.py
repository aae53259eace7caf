"""Cuts an archive into shards: by bytes, and the same way every time.

A shard ends where the name of a document says so (a hash of it), or when it is full. So a document that is added or
taken away changes its own shard and perhaps the next, and all others stay as they are and need not be done again.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Self

from extractor.archive.documents import File, Planned, Refused, Remote, from_json, to_json
from extractor.archive.texts import LINES
from extractor.errors import DocumentError
from extractor.readers.registry import Sample, container_for, suffix
from extractor.readers.source import Limits

_BYTES_A_DOCUMENT = 1024
"""What a document costs besides its bytes, in bytes: opening it, its document record."""
_HASHES = 1 << 64


@dataclass(frozen=True)
class Shard:
    """A piece of the archive that one worker does at a time, with an output of its own."""

    number: int
    """Its place in the order of the archive, from 0."""
    documents: tuple[Planned, ...]
    copy: int = 0
    """How many shards before hold just the same documents, as where a folder was named twice."""

    @functools.cached_property
    def key(self) -> str:
        """The same for the same documents with the same sizes and stamps, wherever the archive lies."""
        told = [self.copy, *(to_json(document)[:4] for document in self.documents)]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]

    @property
    def bytes(self) -> int:
        """The size of its documents."""
        return sum(size_of(document) for document in self.documents)

    def to_json(self) -> list[Any]:
        """As JSON holds it."""
        return [self.number, self.copy, [to_json(document) for document in self.documents]]

    @classmethod
    def from_json(cls, told: list[Any]) -> Self:
        """The shard that ``to_json`` wrote down."""
        number, copy, documents = told
        return cls(number, tuple(map(from_json, documents)), copy)


def shards(documents: Iterable[Planned], full: int) -> Iterator[Shard]:
    """The documents in shards of at most ``full`` bytes; what is larger gets one to itself."""
    seen: Counter[str] = Counter()
    for number, held in enumerate(_cut(documents, full)):
        shard = Shard(number, tuple(held))
        key = shard.key
        yield replace(shard, copy=seen[key]) if key in seen else shard
        seen[key] += 1


def _cut(documents: Iterable[Planned], full: int) -> Iterator[list[Planned]]:
    held: list[Planned] = []
    weight = 0
    for document in documents:
        cost = size_of(document) + _BYTES_A_DOCUMENT
        if held and weight + cost > full:
            yield held
            held, weight = [], 0
        held.append(document)
        weight += cost
        if weight >= full or (weight >= full // 2 and _ends_here(document, cost, full)):
            yield held
            held, weight = [], 0
    if held:
        yield held


def _ends_here(document: Planned, cost: int, full: int) -> bool:
    """Whether a shard more than half full ends with this document: likely enough that most do before they are full.

    Never certain: or else large documents would be counted off, and one that is added would shift all after it.
    """
    told = f"{document.name}\0{getattr(document, 'part', None)}".encode("utf-8", "surrogateescape")
    drawn = int.from_bytes(hashlib.blake2b(told, digest_size=8).digest())
    return drawn < _HASHES * min(0.5, 4 * cost / full)


def size_of(document: Planned) -> int:
    """Bytes of a document, or of the piece that is meant."""
    if isinstance(document, Refused):
        return 0
    return document.size


def in_pieces(documents: Iterable[Planned], full: int, limits: Limits, lines: bool) -> Iterator[Planned]:
    """The documents, with large archives cut into runs of members and, where ``lines``, files of lines cut, too."""
    for document in documents:
        if isinstance(document, Refused) or document.size < full // 2:
            yield document
        elif lines and suffix(document.name) in LINES:
            yield from _stretches(document, full)
        else:
            yield from _members(document, full, limits)


def _stretches(document: File | Remote, full: int) -> Iterator[Planned]:
    """A stretch holds the lines that begin in it."""
    for start in range(0, document.size, full):
        end = min(start + full, document.size)
        yield replace(document, part=(start, end), size=end - start)


def _members(document: File | Remote, full: int, limits: Limits) -> Iterator[Planned]:
    sizes: list[int] | None = None
    with contextlib.suppress(OSError, DocumentError), document.open() as stream:
        found = container_for(Sample(stream, document.name))
        if found is not None and found[0].sizes is not None:
            sizes = found[0].sizes(stream, limits)
    # An archive over a limit is read from its beginning, to the place where the limit is reached.
    if sizes is None or len(sizes) > limits.members or sum(sizes) > limits.extracted or sum(sizes) < full // 2:
        yield document
        return
    first, weight = 0, 0
    for number, size in enumerate(sizes):
        weight += size + _BYTES_A_DOCUMENT
        if weight >= full or number == len(sizes) - 1:
            # its stamp stays that of the archive: where that changes, all its pieces are read anew
            yield replace(document, part=(first, number + 1), size=weight - (number + 1 - first) * _BYTES_A_DOCUMENT)
            first, weight = number + 1, 0
