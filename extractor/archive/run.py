"""A run over many documents: each is read, extracted and written by itself, whatever befalls the others."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from extractor.archive.documents import Document, Refused, printable
from extractor.archive.sinks import Sink
from extractor.archive.walk import unreadable
from extractor.pipeline import error_record
from extractor.records import AnyRecord, Error
from extractor.records.codes import ErrorCode

MEGABYTE = 1 << 20
DEFAULT_LIMIT = 64 * MEGABYTE
"""Bytes of the largest document that is read: far above any report, well below what memory holds."""


class Reader(Protocol):
    """What makes records of a document: an Extractor."""

    def extract_bytes(self, data: bytes, *, path: str) -> list[AnyRecord]:
        """The records of one document."""


@dataclass(slots=True)
class Outcome:
    """How one document went."""

    name: str
    size: int
    records: list[AnyRecord]

    @property
    def errors(self) -> list[Error]:
        """The error records among its records."""
        return [record for record in self.records if isinstance(record, Error)]

    @property
    def readable(self) -> bool:
        """Whether it could be read at all."""
        return bool(self.records) and not isinstance(self.records[0], Error)


@dataclass(slots=True)
class Summary:
    """What a run did: counts only, so that it never grows with the archive."""

    documents: int = 0
    failed: int = 0
    """Documents of which nothing could be read."""
    bytes: int = 0
    seconds: float = 0.0
    records: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count one more document."""
        self.documents += 1
        self.failed += not outcome.readable
        self.bytes += outcome.size
        self.records.update(record.kind for record in outcome.records)
        self.errors.update(error.code for error in outcome.errors)


def run(
    reader: Reader,
    documents: Iterable[Document | Refused],
    sink: Sink,
    *,
    limit: int = DEFAULT_LIMIT,
    progress: Callable[[Outcome], None] = lambda outcome: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Summary:
    """Read every document, give its records to ``sink``, tell ``progress``; only a failing sink ends the run early."""
    summary = Summary()
    began = clock()
    for document in documents:
        outcome = process(reader, document, limit)
        sink.write(outcome.records)
        summary.add(outcome)
        progress(outcome)
    summary.seconds = clock() - began
    return summary


def process(reader: Reader, document: Document | Refused, limit: int = DEFAULT_LIMIT) -> Outcome:
    """One document's way to its records; whatever goes wrong becomes its error record."""
    if isinstance(document, Refused):
        return _failure(document.name, document.code, document.message)
    name = document.name
    try:
        with document.open() as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        return _failure(name, "missing", "the file is gone, or is a link that leads nowhere; run again without it")
    except OSError as problem:
        return _failure(name, "unreadable", unreadable(problem, "file"))
    size = len(data)
    if size > limit:
        message = f"larger than {limit / MEGABYTE:g} MB; split it, or raise the limit with --max-size"
        return _failure(name, "too_large", message, size)
    try:
        return Outcome(name, size, reader.extract_bytes(data, path=name))
    except Exception as problem:  # the promise to the other documents is worth more than foreseeing every failure
        message = f"{type(problem).__name__}: {problem}; this is a fault of extractor: report it with the document"
        return _failure(name, "internal", message, size)


def _failure(name: str, code: ErrorCode, message: str, size: int = 0) -> Outcome:
    return Outcome(name, size, [error_record(name, "", code, printable(message))])
