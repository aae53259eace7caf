"""A run over many documents: each is read, extracted and written by itself, whatever befalls the others."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any, Protocol, Self, cast

from extractor.archive.documents import Document, Refused, Remote, Stream, printable
from extractor.archive.sinks import Sink
from extractor.archive.texts import LINES, TextFields, texts
from extractor.archive.walk import unreadable
from extractor.errors import DocumentError
from extractor.pipeline import error_record
from extractor.readers.opening import Opener
from extractor.readers.registry import suffix
from extractor.records import AnyRecord, Error
from extractor.records import Document as DocumentRecord
from extractor.records.codes import ErrorCode


class Reader(Protocol):
    """What makes records of a document: an Extractor."""

    def extract_bytes(self, data: bytes, *, path: str) -> list[AnyRecord]:
        """The records of one document."""

    def extract_text(self, text: str, *, path: str) -> list[AnyRecord]:
        """The records of one text."""


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
    statuses: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count one more document."""
        self.documents += 1
        self.failed += not outcome.readable
        self.bytes += outcome.size
        self.records.update(record.kind for record in outcome.records)
        self.statuses.update(record.status for record in outcome.records if isinstance(record, DocumentRecord))
        self.errors.update(error.code for error in outcome.errors)

    def join(self, other: Summary) -> None:
        """Count all that another run did; the seconds are those of work, however many did it at a time."""
        for name in (one.name for one in fields(self)):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def to_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: dict(sorted(value.items())) if isinstance(value, Counter) else value for name, value in told.items()
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """The summary that ``to_json`` wrote down."""
        counted = {name: Counter(value) if isinstance(value, dict) else value for name, value in told.items()}
        return cls(**cast("dict[str, Any]", counted))


Before = Callable[[int, bool], DocumentError | None]
"""Asked before the nth document of a file is taken out of it (False) and before it is read (True).

What it gives stands for the document, or for all that is left of the file: nothing is tried that is known to do harm.
"""


def run(
    reader: Reader,
    documents: Iterable[Document | Refused],
    sink: Sink,
    *,
    opener: Opener | None = None,
    fields: TextFields | None = None,
    progress: Callable[[Outcome], None] = lambda outcome: None,
    clock: Callable[[], float] = time.perf_counter,
) -> Summary:
    """Read every document, give its records to ``sink``, tell ``progress``; only a failing sink ends the run early.

    ``opener`` goes into archives, and holds the limits. With ``fields`` files of JSON Lines are read as many texts.
    """
    opener = opener or Opener()
    summary = Summary()
    began = clock()
    for document in documents:
        for outcome in process(reader, document, opener, fields):
            sink.write(outcome.records)
            summary.add(outcome)
            progress(outcome)
    summary.seconds = clock() - began
    return summary


def process(
    reader: Reader,
    document: Document | Refused,
    opener: Opener,
    fields: TextFields | None = None,
    before: Before = lambda ordinal, taken: None,
) -> Iterator[Outcome]:
    """A file's way to its records, one outcome a document in it; whatever goes wrong becomes an error record."""
    if isinstance(document, Refused):
        yield failure(document.name, document.code, document.message)
        return
    try:
        if blamed := before(0, False):
            yield failure(document.name, blamed.code, str(blamed))
            return
        with document.open() as stream:
            found = _found(reader, stream, document, opener, fields)
            ordinal = 0
            while (one := next(found, None)) is not None:
                blamed = before(ordinal, True)
                outcome = failure(one.name, blamed.code, str(blamed), one.size) if blamed else _outcome(one)
                outcome.further = ordinal > 0
                yield outcome
                ordinal += 1
                if blamed := before(ordinal, False):
                    yield failure(document.name, blamed.code, str(blamed))
                    return
    except FileNotFoundError:
        message = "the file is gone, or is a link that leads nowhere; run again without it"
        yield failure(document.name, "missing", message)
    except OSError as problem:
        yield failure(document.name, "unreadable", unreadable(problem, "file"))
    except Exception as fault:
        if isinstance(document, Remote):  # stores have errors of their own for what can't be read
            told = unreadable(OSError(f"{type(fault).__name__}: {fault}"), "file")
            yield failure(document.name, "unreadable", told)
        else:
            yield _internal(document.name, fault)


@dataclass(slots=True)
class _Found:
    """A document taken out of its file, and how to read it."""

    name: str
    size: int
    read: Callable[[], list[AnyRecord]]


def _found(
    reader: Reader, stream: Any, document: Document, opener: Opener, fields: TextFields | None
) -> Iterator[_Found]:
    if fields is not None and (isinstance(document, Stream) or suffix(document.name) in LINES):
        for text in texts(stream, document.name, fields, opener.limits.size, document.part):
            yield _Found(text.name, text.size, _reading(reader.extract_text, text.text, text.name, text.problem))
        return
    for name, data, problem in opener.documents(stream, document.name, document.part):
        yield _Found(name, len(data or b""), _reading(reader.extract_bytes, data, name, problem))


def _reading(
    extract: Callable[..., list[AnyRecord]], content: bytes | str | None, name: str, problem: DocumentError | None
) -> Callable[[], list[AnyRecord]]:
    if content is not None:
        return lambda: extract(content, path=name)
    assert problem is not None
    return lambda: failure(name, problem.code, str(problem)).records


def _outcome(found: _Found) -> Outcome:
    try:
        return Outcome(found.name, found.size, found.read())
    except MemoryError:
        message = "it takes more memory than the limit; if it can be trusted, raise the limit with --max-memory"
        return failure(found.name, "out_of_memory", message, found.size)
    except Exception as fault:  # the promise to the other documents is worth more than foreseeing every failure
        return _internal(found.name, fault, found.size)


def _internal(name: str, fault: Exception, size: int = 0) -> Outcome:
    message = f"{type(fault).__name__}: {fault}; this is a fault of extractor: report it with the document"
    return failure(name, "internal", message, size)


def failure(name: str, code: ErrorCode, message: str, size: int = 0) -> Outcome:
    """The outcome of a document that could not be read."""
    return Outcome(name, size, [error_record(name, "", code, printable(message))])
