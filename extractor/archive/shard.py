"""What is done with a shard: a function of the shard and the settings, for any process on any machine."""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from extractor._version import __version__
from extractor.archive import marker
from extractor.archive.compression import packed
from extractor.archive.documents import File, Planned, Refused
from extractor.archive.folder import Folder
from extractor.archive.marker import RECORDS, Marker
from extractor.archive.plan import Shard
from extractor.archive.run import Before, Outcome, Summary, failure, process
from extractor.archive.settings import Settings
from extractor.archive.sinks import JsonLines, Sink
from extractor.errors import DocumentError, ExtractorError
from extractor.patterns import patterns_digest
from extractor.pipeline import Extractor
from extractor.records import Error
from extractor.records.codes import ErrorCode

_PASSING: frozenset[ErrorCode] = frozenset({"missing", "unreadable"})
"""What may be otherwise when the archive is read again, without its plan being any different."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a shard a worker is: at which document of which file, and whether it has been taken out of it."""

    file: int
    ordinal: int
    taken: bool


@dataclass(frozen=True, slots=True)
class Avoided:
    """A document that ended a worker before, and is not tried again."""

    spot: Spot
    code: ErrorCode
    message: str


class Watcher(Protocol):
    """Is told where a worker is, before each step that may end it."""

    def __call__(self, spot: Spot | None, summary: Summary) -> None:
        """``spot`` is None outside any document."""


def run_shard(
    shard: Shard,
    settings: Settings,
    folder: Folder,
    avoided: Sequence[Avoided] = (),
    watcher: Watcher = lambda spot, summary: None,
) -> Marker:
    """Write the records of a shard to ``folder``, then its marker, which is given back too.

    Everything it does can be done again, by two processes at a time even: the files appear whole, with the same bytes.
    Raises OutputError where they can't be written, ExtractorError where this machine has other patterns.
    """
    reader = extractor_for(settings)
    work = _Work()
    began = time.perf_counter()
    name = output_name(shard, settings)
    with folder.new(f"{RECORDS}/{name}") as stream:
        with packed(stream, "wb", name) as content:
            digested = _Digested(content)
            sink = JsonLines(digested)
            for number, document in enumerate(shard.documents):
                blamed = {(one.spot.ordinal, one.spot.taken): one for one in avoided if one.spot.file == number}
                before = _before(number, blamed, work.summary, watcher)
                work.do(document, process(reader, document, reader.opener, settings.fields, before), sink)
        size = stream.tell()
        watcher(None, work.summary)
    work.summary.seconds = time.perf_counter() - began
    done = Marker(
        key=shard.key,
        settings=settings.digest,
        size=size,
        sha256=digested.digest.hexdigest(),
        settled=work.settled,
        summary=work.summary,
        errors=tuple(error.model_dump(mode="json") for error in work.errors),
    )
    marker.write(folder, done)
    return done


class _Work:
    """What has been done of a shard so far."""

    def __init__(self) -> None:
        self.summary = Summary()
        self.errors: list[Error] = []
        self.settled = True

    def do(self, document: Planned, outcomes: Iterable[Outcome], sink: Sink) -> None:
        """Write what comes of a document, and note if it is no longer what it was when the shard was planned."""
        found = _state(document)
        for outcome in outcomes:
            self._keep(outcome, sink)
            passing = not _PASSING.isdisjoint(error.code for error in outcome.errors)
            self.settled = self.settled and not (passing and not _was_missing(document))
        if found is None:  # gone, or refused when it was planned
            return
        left = _state(document)
        if left is not None and left != found:
            message = "the file changed while it was read, so its records may be a mixture; run the same again"
            self._keep(failure(document.name, "changed", message), sink)
        self.settled = self.settled and left == found == _planned_state(document, found)

    def _keep(self, outcome: Outcome, sink: Sink) -> None:
        sink.write(outcome.records)
        self.summary.add(outcome)
        self.errors += outcome.errors


def _before(number: int, blamed: Mapping[tuple[int, bool], Avoided], summary: Summary, watcher: Watcher) -> Before:
    def before(ordinal: int, taken: bool) -> DocumentError | None:
        watcher(Spot(number, ordinal, taken), summary)
        one = blamed.get((ordinal, taken))
        return DocumentError(one.code, one.message) if one else None

    return before


def _was_missing(document: Planned) -> bool:
    """Whether it was not there when the shard was planned: where it comes, the plan will be another."""
    if isinstance(document, Refused):
        return document.code == "missing"
    return isinstance(document, File) and not document.stamp


def _state(document: Planned) -> tuple[int, str] | None:
    if isinstance(document, Refused):
        return None
    try:
        return document.now()
    except OSError:
        return None


def _planned_state(document: Planned, found: tuple[int, str]) -> tuple[int, str]:
    assert not isinstance(document, Refused)
    return (found[0] if document.part else document.size, document.stamp)  # a part has a size of its own


class _Digested:
    """Passes bytes on and keeps their digest."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Pass ``data`` on."""
        self.digest.update(data)
        return self._stream.write(data)


def output_name(shard: Shard, settings: Settings) -> str:
    """The file of a shard's records: in order of the archive, and never that of another shard."""
    packing = "" if settings.pack == "none" else f".{settings.pack}"
    return f"{shard.number:06d}-{shard.key}.jsonl{packing}"


@functools.lru_cache(maxsize=2)
def extractor_for(settings: Settings) -> Extractor:
    """The extractor of a process, built once. Raises ExtractorError where the patterns differ from the run's."""
    patterns = patterns_digest(Path(settings.patterns) if settings.patterns else None)
    here = (__version__, patterns, settings.model_digest_now())
    if here != (settings.version, settings.patterns_digest, settings.model_digest):
        raise ExtractorError(
            "the pattern files, the model or the version changed since the run began, or are others on this machine; "
            "use the same everywhere and start again"
        )
    return settings.extractor()
