"""The formats that can be read, found by entry point: ours and those that other packages bring.

A package adds a format with an entry point in the group ``extractor.readers`` (documents) or ``extractor.containers``
(archives) that names a :class:`Reader` or a :class:`Container`. Those of other packages are asked before ours, so that
they can replace one. What a file holds decides, then its ending. The modules named must be light: they are
loaded to ask whether they know a file, and load their libraries when they read one.
"""

from __future__ import annotations

import functools
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any, BinaryIO, TypeVar

from extractor.errors import DocumentError
from extractor.readers.source import Hints, Limits, SourceText
from extractor.readers.zip_directory import is_too_long

READERS = "extractor.readers"
CONTAINERS = "extractor.containers"
_OURS = "county-report-extractor"
_HEAD = 4096
_MOST_PARTS = 50_000
"""Parts of the largest document that is a ZIP archive."""
_SUFFIX = re.compile(r"\.(?=\d*[A-Za-z])[A-Za-z0-9]{1,8}$")
"""An ending that names a type: ``.txt``, ``.7z``; the one of 总结2011.12 is none."""


class Sample:
    """What a format may look at to know its files: the ending, the first bytes, the names in a ZIP archive."""

    def __init__(self, stream: BinaryIO, path: str) -> None:
        self._stream = stream
        self.suffix = suffix(path)
        self.path = path
        stream.seek(0)
        self.head = stream.read(_HEAD)
        stream.seek(0)

    @functools.cached_property
    def zip_names(self) -> frozenset[str]:
        """The names in the file's central directory; none if it is no ZIP archive, a broken or a huge one."""
        if not self.head.startswith(b"PK") or is_too_long(self._stream, _MOST_PARTS):
            return frozenset()
        try:
            with zipfile.ZipFile(self._stream) as archive:
                return frozenset(archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return frozenset()
        finally:
            self._stream.seek(0)


@dataclass(frozen=True, slots=True)
class Reader:
    """A format of documents. ``claims`` knows it by its content, ``suffixes`` are its endings in lower case."""

    name: str
    suffixes: frozenset[str]
    read: Callable[[bytes, Hints], SourceText]
    claims: Callable[[Sample], bool] = lambda sample: False
    isolated: bool = True
    """Whether a worker process reads it, so that it can be stopped: all that isn't sure to end quickly."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, or why it could not be read; both where it was read although something is wrong."""

    name: str
    data: bytes | None
    problem: DocumentError | None = None


@dataclass(frozen=True, slots=True)
class Container:
    """A format of archives. ``members`` gives its files in order and holds itself to the limits.

    One that can be read from the middle tells the ``sizes`` of its members, as they unpack, and takes a range of their
    numbers as ``only``: several processes can then share an archive.
    """

    name: str
    suffixes: frozenset[str]
    members: Callable[..., Iterator[Member]]
    claims: Callable[[Sample], bool] = lambda sample: False
    isolated: bool = True
    sizes: Callable[[BinaryIO, Limits], list[int]] | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """A format and where it is found, so that a worker can find it, too."""

    format: Any
    where: str


_Format = TypeVar("_Format", Reader, Container)


def reader_for(sample: Sample) -> tuple[Reader, str]:
    """The reader for a document, and where it is found: plain text if nothing else knows it."""
    chosen = _chosen(_registered()[READERS], sample)
    if chosen is not None:
        return chosen.format, chosen.where
    from extractor.readers import plain

    return plain.READER, "extractor.readers.plain:READER"


def container_for(sample: Sample) -> tuple[Container, str] | None:
    """The container that a file is, and where it is found; None for a document.

    Documents such as .docx are ZIP archives as well: what a reader claims by its content is no archive.
    """
    chosen = _chosen(_registered()[CONTAINERS], sample)
    if chosen is None or any(one.format.claims(sample) for one in _registered()[READERS]):
        return None
    return chosen.format, chosen.where


def read(data: bytes, hints: Hints, reader: Reader) -> SourceText:
    """``data`` through ``reader`` in this process. Raises DocumentError."""
    source = reader.read(data, hints)
    try:
        source.text.encode()
    except UnicodeEncodeError as error:
        message = f"the reader {reader.name!r} gave half a surrogate pair at {error.start}; report it to its makers"
        raise DocumentError("invalid_text", message) from None
    return source


def refusal(path: str) -> DocumentError | None:
    """Why a file found in a folder or an archive is not opened: nothing reads files with its ending."""
    ending = suffix(path)
    if ending in readable():
        return None
    known = " ".join(sorted(readable() - {""}))
    message = f"{ending} files are not read; save it as one of {known}, or name the file on the command line"
    return DocumentError("unsupported_type", message)


@functools.cache
def readable() -> frozenset[str]:
    """All endings that some reader or container knows, and none, which is tried as text."""
    known = [*_registered()[READERS], *_registered()[CONTAINERS]]
    return frozenset({""}).union(*(one.format.suffixes for one in known))


def suffix(name: str) -> str:
    """The ending that tells a file's type, in lower case; empty where there is none.

    >>> suffix("报告.TXT"), suffix("总结2011.12"), suffix("备份.7z")
    ('.txt', '', '.7z')
    """
    match = _SUFFIX.search(name)
    return match.group().lower() if match else ""


def found_at(where: str) -> Any:
    """The format that ``where`` names, as an entry point writes it."""
    return EntryPoint("", where, "").load()


def sample_of(data: bytes, path: str) -> Sample:
    """A sample of bytes in memory."""
    return Sample(io.BytesIO(data), path)


def _chosen(known: Sequence[Registered], sample: Sample) -> Registered | None:
    by_content = next((one for one in known if one.format.claims(sample)), None)
    return by_content or next((one for one in known if sample.suffix in one.format.suffixes), None)


@functools.cache
def _registered() -> dict[str, tuple[Registered, ...]]:
    """The formats of each group, those of other packages first, each by name."""
    points = entry_points()  # of all groups at once: it reads a file of every package there is
    return {group: _loaded_of(points.select(group=group)) for group in (READERS, CONTAINERS)}


def _loaded_of(points: Iterable[EntryPoint]) -> tuple[Registered, ...]:
    ordered = sorted(points, key=lambda point: (_is_ours(point), point.name))
    return tuple(Registered(loaded, point.value) for point in ordered if (loaded := _loaded(point)) is not None)


def _loaded(point: EntryPoint) -> Any:
    """The format that a package registers; one of another package that doesn't load is told of and left out."""
    try:
        return point.load()
    except Exception as error:
        if _is_ours(point):
            raise
        package = point.dist.name if point.dist is not None else "a package"
        warnings.warn(
            f"the reader {point.name!r} of {package} does not load ({error}); update or remove it", stacklevel=2
        )
        return None


def _is_ours(point: EntryPoint) -> bool:
    return point.dist is not None and point.dist.name == _OURS
