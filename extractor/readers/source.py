"""What a reader is given and what it gives: hints and limits in, the source text out."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from extractor.errors import DocumentError
from extractor.records.codes import ErrorCode

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. Each has an option of ``extractor run``, which the messages name."""

    size: int = 64 * MEGABYTE
    """Bytes of the largest document that is read, in a folder or in an archive: far above any report."""
    extracted: int = 4096 * MEGABYTE
    """Bytes that one archive may give, all its members and those of archives inside it together."""
    ratio: float = 200
    """So many times its packed size a member may grow; Chinese text packs to a third, the emptiest table to a 50th."""
    members: int = 50_000
    """Members of one archive, those of archives inside it counted in."""
    depth: int = 3
    """Archives inside archives: 1 reads the members of a file, 2 those of an archive in it."""
    seconds: float = 60
    """Time to read one document."""
    memory: int = 4096 * MEGABYTE
    """Bytes of address space that a parser may take, where the system can hold it to that (not on Windows)."""


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a document besides its bytes."""

    path: str = ""
    encoding: str | None = None
    """The encoding that the user gave; it overrules what a text says of itself."""
    limits: Limits = DEFAULT_LIMITS
    alive: Callable[[], None] = lambda: None
    """To be called after each page of slow work: the time limit starts anew."""


class Problem(NamedTuple):
    """A part of a document that could not be read, while the rest could: it becomes an error record beside it."""

    code: ErrorCode
    message: str


class CellPlace(NamedTuple):
    """Where the text of a table cell stands in the source text, and the cell's address, such as ``拨款!B3``."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a document as its reader gives it: the source that every offset counts in."""

    text: str
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    """How bytes became characters: an encoding, ``text-layer`` of a PDF, or ``ocr``."""
    status: Literal["ok", "needs_ocr"] = "ok"
    pages: tuple[int, ...] = ()
    """Offsets at which the pages begin, where the format has pages."""
    cells: tuple[CellPlace, ...] = ()
    """The cells of tables, in order, where the format has addresses for them."""
    problems: tuple[Problem, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The number of the page, from 1, that the character at ``offset`` stands on.

        >>> SourceText("甲乙丙", pages=(0, 2)).page_at(2)
        2
        """
        return bisect.bisect_right(self.pages, offset) or None

    def cell_at(self, offset: int) -> str | None:
        """The address of the table cell that the character at ``offset`` stands in."""
        index = bisect.bisect_right(self.cells, offset, key=lambda cell: cell.start) - 1
        return self.cells[index].address if index >= 0 and offset < self.cells[index].end else None


def damaged(what: str, reason: object) -> DocumentError:
    """The error for bytes that are not what they claim to be."""
    return DocumentError(
        "damaged", f"this {what} is damaged ({_short(reason)}); open it in its program and save it again"
    )


def _short(reason: object) -> str:
    told = " ".join(str(reason).split()) or type(reason).__name__
    return told if len(told) <= 120 else told[:119] + "…"
