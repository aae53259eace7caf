"""A document's way from bytes to records: read, repair, analyse, validate."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Collection
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extractor._version import __version__
from extractor.analysis import Analysis, Analyst
from extractor.emission import Emitter
from extractor.errors import DocumentError, ExtractorError
from extractor.links import DivisionReader
from extractor.patterns import load_patterns
from extractor.readers.opening import Opener
from extractor.readers.source import DEFAULT_LIMITS, Limits, SourceText
from extractor.records import AnyRecord, Document, Error, RepairCount
from extractor.records.codes import DocumentStatus, ErrorCode, Kind, known_kinds
from extractor.text.repair import Repaired, repair

if TYPE_CHECKING:
    from extractor.entities.scope import Scope

_KIND = attrgetter("kind")
_ID_LENGTH = 16
_GARBLED_SHARE = 0.05


class Extractor:
    """Reads documents and gives their records. Build one and use it for many: compiling the rules takes a while.

    ``patterns`` is a folder laid over the shipped pattern files; ``kinds`` keeps only records of those kinds
    (the document record always stays, errors too); ``encoding`` overrules detection; ``limits`` are what a file may
    cost. ``ner`` says where names are looked for: in ``"all"`` sentences (also ``True``), only where they can matter
    to ``"figures"``, or nowhere (``False``). ``ner_model`` is what finds them: ``"builtin"`` (also None), its
    ``"rules"`` or its ``"model"`` alone, or a spaCy pipeline, by name or folder.

    Raises ExtractorError: PatternError for patterns that are wrong, ModelError for a model that is not there, itself
    for an option that means nothing. What is wrong with a document is an error record, never an exception. Threads
    may share an Extractor, though they share a core too; over many files ``extractor run`` uses them all.

    >>> [record] = [r for r in Extractor(ner=False).extract_text("投入资金505万元。") if r.kind == "amount"]
    >>> record.value
    Decimal('5050000')
    """

    def __init__(
        self,
        *,
        patterns: Path | str | None = None,
        kinds: Collection[Kind] | None = None,
        ner: bool | Scope = "all",
        ner_model: str | Path | None = None,
        encoding: str | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        if ner not in (True, False, "all", "figures"):
            raise ExtractorError(f"ner={ner!r} says nothing; give 'all', 'figures' or False")
        self._kinds = known_kinds(kinds) if kinds is not None else None
        loaded = load_patterns(Path(patterns) if patterns is not None else None)
        recognizer = None
        if ner and (self._kinds is None or "entity" in self._kinds):
            from extractor.entities.choice import recognizer_called  # word lists load only where names are wanted

            recognizer = recognizer_called(ner_model, loaded)
        self.analyst = Analyst(loaded, recognizer, "figures" if ner == "figures" else "all")
        self._digest = loaded.digest
        self._divisions = DivisionReader(loaded, names=recognizer is not None)
        self.opener = Opener(limits, encoding)

    def extract_file(self, path: Path | str, *, name: str | None = None) -> list[AnyRecord]:
        """The records of one file, of an archive those of its members, one document after the other.

        ``name`` is the path to state in them. Raises OSError when the file can't be read.
        """
        file = Path(path)
        with file.open("rb") as stream:
            return self._extract_stream(stream, name or file.as_posix())

    def extract_bytes(self, data: bytes, *, path: str) -> list[AnyRecord]:
        """The records of a file as it lies on disk; one error record where it can't be read.

        ``path`` is the name to state in them; its ending tells the format where the bytes don't.
        """
        return self._extract_stream(io.BytesIO(data), path)

    def _extract_stream(self, stream: BinaryIO, path: str) -> list[AnyRecord]:
        records: list[AnyRecord] = []
        for name, data, problem in self.opener.documents(stream, path):
            if data is not None:
                records += self._extract_document(data, name)
            elif problem is not None:
                records.append(error_record(name, "", problem.code, str(problem)))
        return records

    def _extract_document(self, data: bytes, path: str) -> list[AnyRecord]:
        digest = hashlib.sha256(data).hexdigest()
        try:
            source = self.opener.read(data, path)
        except DocumentError as error:
            return [error_record(path, digest, error.code, str(error))]
        return self.extract_source(source, path=path, digest=digest)

    def extract_text(self, text: str, *, path: str = "-") -> list[AnyRecord]:
        """The records of a text; offsets count its own characters. ``path`` is the name to state in them."""
        if not isinstance(text, str):
            raise TypeError(f"a text is wanted, not {type(text).__name__}; for the bytes of a file call extract_bytes")
        try:
            data = text.encode()
        except UnicodeEncodeError as error:
            message = f"the text holds half of a surrogate pair at character {error.start}; read its file as UTF-16"
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            return [error_record(path, digest, "invalid_text", message)]
        return self.extract_source(SourceText(text), path=path, digest=hashlib.sha256(data).hexdigest())

    def analyse(self, text: str) -> tuple[Repaired, Analysis]:
        """What every step made of ``text``, for explanations; the analysis counts in the repaired text."""
        repaired = repair(text)
        return repaired, self.analyst.read(repaired.text)

    def extract_source(self, read: SourceText, *, path: str, digest: str) -> list[AnyRecord]:
        """The records of a document that ``opener`` has read; ``digest`` is the SHA-256 of its bytes."""
        source, doc_id = read.text, document_id(path, digest)
        repaired, analysis = self.analyse(source)
        issued = analysis.timeline.issued
        links = self._divisions.read(analysis)
        records = Emitter(read, repaired, doc_id, analysis, links).records(path, self._kinds)
        document = Document(
            doc_id=doc_id,
            id=f"{doc_id}-0",
            path=path,
            sha256=digest,
            encoding=read.encoding,
            media_type=read.media_type,
            script=repaired.script,
            title=analysis.letterhead.title,
            issuer=analysis.letterhead.issuer,
            issued=issued.iso if issued else None,
            division_code=links.home.division.code if links.home else None,
            characters=len(source),
            repairs=tuple(RepairCount(step=step, count=count) for step, count in repaired.counts.items()),
            counts=dict(Counter(map(_KIND, records))),
            status=_status(source) if read.status == "ok" else read.status,
            extractor_version=__version__,
            patterns_digest=self._digest,
        )
        return [document, *records]


def document_id(path: str, digest: str) -> str:
    """The same for the same bytes at the same path."""
    return hashlib.sha256(f"{path}\0{digest}".encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]


def error_record(path: str, digest: str, code: ErrorCode, message: str) -> Error:
    """The record that stands for a document that could not be processed."""
    doc_id = document_id(path, digest)
    shown = path.encode("utf-8", "replace").decode()
    return Error(doc_id=doc_id, id=f"{doc_id}-0", path=shown, code=code, message=message)


def _status(source: str) -> DocumentStatus:
    if not source.strip():
        return "empty"
    return "garbled" if source.count("\ufffd") > _GARBLED_SHARE * len(source) else "ok"
