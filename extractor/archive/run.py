"""A run over many documents: each is read, extracted and written by itself, whatever befalls the others."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from extractor.archive.documents import Document, Refused, printable
from extractor.archive.sinks import Sink
from extractor.archive.walk import unreadable
from extractor.pipeline import error_record
from extractor.readers.opening import Opened, Opener
from extractor.records import AnyRecord, Error
from extractor.records.codes import ErrorCode


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
    further: bool = False
    """Whether another one of the same file came before, as the members of an archive do."""

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
    opener: Opener | None = None,
    progress: Callable[[Outcome], None] = lambda outcome: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Summary:
    """Read every document, give its records to ``sink``, tell ``progress``; only a failing sink ends the run early.

    ``opener`` goes into archives, and holds the limits.
    """
    opener = opener or Opener()
    summary = Summary()
    began = clock()
    for document in documents:
        for outcome in process(reader, document, opener):
            sink.write(outcome.records)
            summary.add(outcome)
            progress(outcome)
    summary.seconds = clock() - began
    return summary


def process(reader: Reader, document: Document | Refused, opener: Opener) -> Iterator[Outcome]:
    """A file's way to its records, one outcome a document in it; whatever goes wrong becomes an error record."""
    if isinstance(document, Refused):
        yield _failure(document.name, document.code, document.message)
        return
    further = False
    try:
        with document.open() as stream:
            for opened in opener.documents(stream, document.name):
                outcome = _outcome(reader, opened)
                outcome.further = further
                further = True
                yield outcome
    except FileNotFoundError:
        message = "the file is gone, or is a link that leads nowhere; run again without it"
        yield _failure(document.name, "missing", message)
    except OSError as problem:
        yield _failure(document.name, "unreadable", unreadable(problem, "file"))


def _outcome(reader: Reader, opened: Opened) -> Outcome:
    name, data, problem = opened
    if data is None:
        assert problem is not None
        return _failure(name, problem.code, str(problem))
    try:
        return Outcome(name, len(data), reader.extract_bytes(data, path=name))
    except Exception as fault:  # the promise to the other documents is worth more than foreseeing every failure
        message = f"{type(fault).__name__}: {fault}; this is a fault of extractor: report it with the document"
        return _failure(name, "internal", message, len(data))


def _failure(name: str, code: ErrorCode, message: str, size: int = 0) -> Outcome:
    return Outcome(name, size, [error_record(name, "", code, printable(message))])
