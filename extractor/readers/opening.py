"""From a file to the documents in it: itself, or the members of an archive, to the depth that is allowed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, NamedTuple

from extractor.errors import DocumentError
from extractor.readers.isolation import Workers
from extractor.readers.members import BETWEEN
from extractor.readers.registry import Sample, container_for, read, reader_for, sample_of
from extractor.readers.source import DEFAULT_LIMITS, MEGABYTE, Hints, Limits, SourceText


class Opened(NamedTuple):
    """A document under the name that its records state: its bytes, or what is wrong with it, or both."""

    name: str
    data: bytes | None
    problem: DocumentError | None = None


class Opener:
    """Opens files and reads documents within limits. Worker processes serve it as long as it lives."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS, encoding: str | None = None) -> None:
        self.limits = limits
        self._encoding = encoding
        self._workers = Workers(limits)

    def read(self, data: bytes, name: str) -> SourceText:
        """The source text of one document. Raises DocumentError."""
        sample = sample_of(data, name)
        reader, where = reader_for(sample)
        hints = Hints(name, self._encoding, self.limits)
        return self._workers.read(where, data, hints) if reader.isolated else read(data, hints, reader)

    def documents(self, stream: BinaryIO, name: str, only: tuple[int, int] | None = None) -> Iterator[Opened]:
        """The documents in a file, in order, at least one. What goes wrong is told in them; only OSError is raised.

        ``only`` are the numbers, half-open, of the members wanted of an archive whose format tells their ``sizes``.
        """
        if not stream.seekable():
            held = self._document(stream, name)
            if held.data is None:
                yield held
                return
            stream = io.BytesIO(held.data)
        yield from self._documents(stream, name, self.limits, depth=0, only=only)

    def _documents(
        self, stream: BinaryIO, name: str, limits: Limits, depth: int, only: tuple[int, int] | None = None
    ) -> Iterator[Opened]:
        found = container_for(Sample(stream, name))
        if found is None:
            yield self._document(stream, name)
            return
        container, where = found
        if depth >= limits.depth:
            message = f"an archive inside {depth} others, deeper than the limit; raise it with --max-depth"
            yield Opened(name, None, DocumentError("too_deep", message))
            return
        if container.isolated:
            members = self._workers.members(where, stream, name, limits)
        elif only is not None:
            members = container.members(stream, name, limits, range(*only))
        else:
            members = container.members(stream, name, limits)
        empty = True
        spent, count = 0, 0
        try:
            for member in members:
                empty = False
                inside = f"{name}{BETWEEN}{member.name}"
                count += 1
                if member.data is None:
                    yield Opened(inside, None, member.problem)
                    continue
                spent += len(member.data)
                left = replace(limits, extracted=limits.extracted - spent, members=limits.members - count)
                for opened in self._documents(io.BytesIO(member.data), inside, left, depth + 1):
                    if opened.name != inside:
                        count += 1
                        spent += len(opened.data or b"")
                    yield opened
                if member.problem is not None:
                    yield Opened(inside, None, member.problem)
        except DocumentError as error:
            yield Opened(name, None, error)
            return
        if empty:
            message = "the archive holds no files, or only hidden ones; there is nothing to read in it"
            yield Opened(name, None, DocumentError("empty_archive", message))

    def _document(self, stream: BinaryIO, name: str) -> Opened:
        data = stream.read(self.limits.size + 1)
        if len(data) > self.limits.size:
            message = f"larger than {self.limits.size / MEGABYTE:g} MB; split it, or raise the limit with --max-size"
            return Opened(name, None, DocumentError("too_large", message))
        return Opened(name, data)
