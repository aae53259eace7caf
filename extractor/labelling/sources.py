"""The documents to be labelled, all that are given or a sample, each with its text and records."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from extractor.archive.documents import Document, Refused
from extractor.archive.walk import unreadable
from extractor.errors import DocumentError
from extractor.labelling.tasks import task_of
from extractor.pipeline import Extractor
from extractor.readers.opening import Opened

Tell = Callable[[str, str], None]
"""Told the name of a document that makes no task, and why."""


def tasks_of(
    documents: Iterable[Document | Refused], reader: Extractor, kinds: Sequence[str], tell: Tell
) -> Iterator[dict[str, Any]]:
    """A task for every document that has text."""
    for name, data in opened(documents, reader, tell):
        yield from _task(name, data, reader, kinds, tell)


def sampled_tasks(
    documents: Iterable[Document | Refused],
    reader: Extractor,
    kinds: Sequence[str],
    tell: Tell,
    *,
    number: int,
    seed: int,
) -> Iterator[dict[str, Any]]:
    """Tasks for ``number`` of the documents, in their order.

    Which ones is settled by their names and the seed alone, so that another machine draws the same, and documents that
    come later change the sample as little as can be. Only those drawn are kept in memory.
    """
    drawn = heapq.nsmallest(
        number, enumerate(opened(documents, reader, tell)), key=lambda entry: _lot(seed, entry[1][0])
    )
    for _, (name, data) in sorted(drawn, key=lambda entry: entry[0]):
        yield from _task(name, data, reader, kinds, tell)


def opened(documents: Iterable[Document | Refused], reader: Extractor, tell: Tell) -> Iterator[tuple[str, bytes]]:
    """The bytes of every document, those in archives too."""
    for document in documents:
        for name, data, problem in _inside(document, reader):
            if problem is not None:
                tell(name, str(problem))
            elif data is not None:
                yield name, data


def _inside(document: Document | Refused, reader: Extractor) -> Iterator[Opened]:
    if isinstance(document, Refused):
        yield Opened(document.name, None, DocumentError(document.code, document.message))
        return
    try:
        with document.open() as stream:
            yield from reader.opener.documents(stream, document.name, document.part)
    except OSError as error:
        yield Opened(document.name, None, DocumentError("unreadable", unreadable(error, "file")))


def _lot(seed: int, name: str) -> bytes:
    return hashlib.sha256(f"{seed}\0{name}".encode("utf-8", "surrogatepass")).digest()


def _task(name: str, data: bytes, reader: Extractor, kinds: Sequence[str], tell: Tell) -> Iterator[dict[str, Any]]:
    try:
        source = reader.opener.read(data, name)
    except DocumentError as error:
        tell(name, str(error))
        return
    if not source.text.strip():
        tell(name, "there is no text in it")
        return
    records = reader.extract_source(source, path=name, digest=hashlib.sha256(data).hexdigest())
    yield task_of(source.text, records, kinds)
