"""From the paths a user names to the documents to read, always in the same order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from extractor.archive.documents import File, Refused, printable
from extractor.readers.registry import refusal


def walk(paths: Sequence[Path], skip: Collection[Path] = ()) -> Iterator[File | Refused]:
    """The documents under ``paths``: files as they are named, folders with all that is in them, sorted by name.

    The name of a document is its path as given; that of one in the only folder given is its path in that folder,
    so that an archive gives the same names wherever it lies. Files in ``skip`` are left out.
    """
    left_out = frozenset(path.resolve() for path in skip)
    for path in paths:
        if path.is_dir():
            prefix = "" if len(paths) == 1 else f"{path.as_posix().rstrip('/')}/"
            yield from _inside(path, prefix, left_out, ())
        elif path.exists():
            yield File(path, printable(path.as_posix()))
        else:
            message = f"there is no file or folder {printable(str(path))}; check the path"
            yield Refused(printable(path.as_posix()), "missing", message)


def _inside(
    folder: Path, prefix: str, skip: Collection[Path], above: tuple[tuple[int, int], ...]
) -> Iterator[File | Refused]:
    """Everything in ``folder``; ``above`` are the folders around it, so that a link back to one of them ends there."""
    try:
        status = folder.stat()
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        yield Refused(printable(prefix) or "./", "unreadable", unreadable(error, "folder"))
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        return
    for name in names:
        path = folder / name
        if name.startswith(".") or (skip and path.resolve() in skip):
            continue
        stated = printable(prefix + name)
        if path.is_dir():
            yield from _inside(path, f"{prefix}{name}/", skip, (*above, here))
        elif path.exists() and not path.is_file():
            yield Refused(stated, "unsupported_type", "this is no regular file; move it out of the folder")
        elif (problem := refusal(name)) is not None:
            yield Refused(stated, problem.code, str(problem))
        else:
            yield File(path, stated)


def unreadable(error: OSError, what: str) -> str:
    """What to tell about a file or folder that the system does not let us read."""
    reason = error.strerror or type(error).__name__
    return f"the {what} can't be read ({reason.lower()}); check its permissions and the disk"
