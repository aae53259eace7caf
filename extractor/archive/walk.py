"""From what a user names to the documents to read, always in the same order."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from extractor.archive.documents import File, Planned, Refused, is_url, printable
from extractor.archive.listing import Place, matches, place_at
from extractor.readers.registry import refusal, suffix

_WILD = frozenset("*?[")
_CHUNK = 1 << 20


def walk(paths: Sequence[Path | str], skip: Collection[Path] = (), *, also: Collection[str] = ()) -> Iterator[Planned]:
    """The documents under ``paths``: files as they are named, folders with all that is in them, sorted by name.

    A path may be an address that fsspec reaches, or a pattern with ``*``. The name of a document is its path as given;
    that of one in the only folder given is its path in that folder, so that an archive gives the same names wherever it
    lies. Files and folders in ``skip`` are left out; files with the endings ``also`` are taken besides those with a
    reader.
    """
    left_out = frozenset(path.resolve() for path in skip)
    alone = len(paths) == 1
    for path in map(str, paths):
        if _is_pattern(path):
            found = list(matches(path))
            if not found:
                yield Refused(printable(path), "missing", f"nothing matches {printable(path)}; check the pattern")
            for one in found:
                yield from _named(one, False, left_out, also)
        else:
            yield from _named(path, alone, left_out, also)


def listed(stream: BinaryIO, also: Collection[str] = ()) -> Iterator[Planned]:
    """The documents under the paths that a stream lists, one a line, or apart by NUL as ``find -print0`` writes."""
    for path in _paths(stream):
        yield from _named(path, False, frozenset(), also)


def _paths(stream: BinaryIO) -> Iterator[str]:
    """The paths in a list; the first NUL or end of line decides what stands between them."""
    held, mark = b"", b""
    while chunk := stream.read(_CHUNK):
        held += chunk
        mark = mark or (b"\0" if b"\0" in held else b"\n" if b"\n" in held else b"")
        if mark:
            *whole, held = held.split(mark)
            yield from (os.fsdecode(path) for path in map(bytes.strip, whole) if path)
    if held.strip():
        yield os.fsdecode(held.strip())


def _is_pattern(path: str) -> bool:
    return not _WILD.isdisjoint(path) and (is_url(path) or not os.path.lexists(path))


def _named(path: str, alone: bool, skip: Collection[Path], also: Collection[str]) -> Iterator[Planned]:
    """A path that was named itself."""
    name = path if is_url(path) else Path(path).as_posix()
    place = place_at(path if is_url(path) else str(Path(path).absolute()))  # workers may stand elsewhere
    try:
        found = place.kind()
        if found == "folder":
            prefix = "" if alone else f"{name.rstrip('/')}/"
            yield from _inside(place, prefix, skip, also, (), Path(path))
        elif found == "file":
            yield place.file(printable(name))
        else:
            message = f"there is no file or folder {printable(path)}; check the path"
            yield Refused(printable(name), "missing", message)
    except OSError as error:
        yield Refused(printable(name), "unreadable", unreadable(error, "file"))


def _inside(
    place: Place,
    prefix: str,
    skip: Collection[Path],
    also: Collection[str],
    above: tuple[tuple[int, int], ...],
    path: Path,
) -> Iterator[Planned]:
    """Everything in a folder; ``above`` are the folders around it, so that a link back to one of them ends there."""
    try:
        here = place.identity()
        entries = place.entries()
    except OSError as error:
        yield Refused(printable(prefix) or "./", "unreadable", unreadable(error, "folder"))
        return
    if here is not None:
        if here in above:
            return
        above = (*above, here)
    for entry in entries:
        name = entry.name
        if name.startswith(".") or _left_out(path, name, skip):
            continue
        stated = printable(prefix + name)
        if entry.is_a == "folder":
            yield from _inside(place.inside(name), f"{prefix}{name}/", skip, also, above, path / name)
        elif entry.is_a == "other":
            yield Refused(stated, "unsupported_type", "this is no regular file; move it out of the folder")
        elif suffix(name) not in also and (problem := refusal(name)) is not None:
            yield Refused(stated, problem.code, str(problem))
        elif entry.is_a == "dangling":
            yield File(path / name, stated)
        else:
            yield place.file(stated, entry)


def _left_out(folder: Path, name: str, skip: Collection[Path]) -> bool:
    """Whether a thing is to be skipped; links to it under other names are not looked for."""
    return any(name == one.name for one in skip) and (folder / name).resolve() in skip


def unreadable(error: OSError, what: str) -> str:
    """What to tell about a file or folder that the system, or the store it is in, does not let us read."""
    reason = error.strerror or str(error) or type(error).__name__
    return f"the {what} can't be read ({reason.lower()}); check its permissions, and the disk or the store"
