"""What all archives share: safe names for their members, and limits on what they give."""

from __future__ import annotations

import re
from collections import Counter
from typing import BinaryIO

from extractor.errors import DocumentError
from extractor.readers.registry import Member, refusal
from extractor.readers.source import MEGABYTE, Limits

_DRIVE = re.compile(r"[A-Za-z]:(?=/|$)")
_CHUNK = MEGABYTE
_RATIO_COUNTS_FROM = MEGABYTE
"""Bytes below which no ratio is looked at: an empty table packs well and harms nobody."""
BETWEEN = "!/"
"""Stands between the name of an archive and that of its member: ``a.zip!/b.txt``."""


class Tally:
    """Counts what an archive gives; raises DocumentError ``too_many`` or ``too_large`` where it is over the limit."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._bytes = 0
        self._names: Counter[str] = Counter()

    def member(self, name: str) -> str:
        """Count a member. Its name, with a number where an archive has several of that name."""
        if self._names.total() >= self._limits.members:
            raise too_many(self._limits)
        self._names[name] += 1
        return name if self._names[name] == 1 else f"{name}#{self._names[name]}"

    def add(self, size: int) -> None:
        """Count bytes that were unpacked."""
        self._bytes += size
        if self._bytes > self._limits.extracted:
            message = (
                f"unpacks to more than the limit of {self._limits.extracted / MEGABYTE:g} MB; what came before is "
                "read, the rest not; if the archive can be trusted, raise the limit with --max-extracted"
            )
            raise DocumentError("too_large", message)


def too_many(limits: Limits) -> DocumentError:
    """The error for an archive with more members than the limit."""
    message = (
        f"more members than the limit of {limits.members}; those before are read, the others not; "
        "if the archive can be trusted, raise the limit with --max-members"
    )
    return DocumentError("too_many", message)


def ignored(name: str) -> bool:
    """Whether a member is hidden, or a folder, and passed over as in a folder on disk."""
    return name.endswith("/") or any(
        (part.startswith(".") and part != "..") or part == "__MACOSX" for part in _parts(name)
    )


def cleaned(name: str) -> tuple[str, DocumentError | None]:
    r"""A member's name for records, and what is wrong with it if it leads out of the archive.

    Nothing is ever written under such a name; the record says what it was read as.

    >>> cleaned("a/./b.txt")
    ('a/b.txt', None)
    >>> name, problem = cleaned("..\\..\\etc/x.txt")
    >>> name, problem.code
    ('etc/x.txt', 'unsafe_path')
    """
    slashed = name.replace("\\", "/")
    parts = [part for part in _parts(slashed) if part != ".."]
    shown = "".join(char if char.isprintable() else _spelled(char) for char in "/".join(parts)) or "unnamed"
    if ".." in slashed.split("/") or slashed.startswith("/") or _DRIVE.match(slashed):
        message = (
            f"the archive names this member {name!a}, which leads out of the archive; it was read as {shown} and "
            "nothing was written; don't unpack this archive with other programs before you know where it is from"
        )
        return shown, DocumentError("unsafe_path", message)
    return shown, None


def _parts(name: str) -> list[str]:
    return [part for part in _DRIVE.sub("", name).split("/") if part not in ("", ".")]


def _spelled(char: str) -> str:
    return char.encode("unicode_escape").decode()


def unpacked(stream: BinaryIO, packed: int, limits: Limits, tally: Tally) -> bytes:
    """All of a member, if it is within the limits. Raises DocumentError."""
    parts: list[bytes] = []
    size = 0
    while part := stream.read(_CHUNK):
        size += len(part)
        tally.add(len(part))
        check(size, packed, limits)
        parts.append(part)
    return b"".join(parts)


def check(size: int, packed: int, limits: Limits) -> None:
    """Raise DocumentError if a member of ``size`` bytes, ``packed`` in the archive, is over a limit."""
    if size > limits.size:
        message = (
            f"larger than {limits.size / MEGABYTE:g} MB when unpacked; split it, or raise the limit with --max-size"
        )
        raise DocumentError("too_large", message)
    if size > _RATIO_COUNTS_FROM and size > limits.ratio * max(packed, 1):
        message = (
            f"grows to more than {limits.ratio:g} times its packed size, as no report does; "
            "if it can be trusted, raise the limit with --max-ratio"
        )
        raise DocumentError("too_compressed", message)


def refused(name: str) -> Member | None:
    """The member as it is told of if nothing reads files with its ending."""
    problem = refusal(name)
    return Member(name, None, problem) if problem else None
