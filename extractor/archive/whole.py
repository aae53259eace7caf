"""Files and folders that appear under their name when they are whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from extractor.errors import ExtractorError

PART = ".part"
"""What the name of a file or folder ends with that is not whole."""
_WAITS = (0.05, 0.2, 1.0) if os.name == "nt" else ()
"""Windows lets nothing take the place of a file that is open, if only to a virus scanner: mostly for a moment."""


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A name beside ``target`` for a new file or folder, which takes its place at the end.

    On failure what was there stays, and nothing is left of the new. Raises OSError.
    """
    part = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}{PART}")
    try:
        yield part
        _take_place(part, target)
    finally:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def _take_place(part: Path, target: Path) -> None:
    for wait in _WAITS:
        try:
            part.replace(target)
            return
        except PermissionError:
            time.sleep(wait)
    part.replace(target)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A new file beside ``path`` to be written, which takes its place at the end; on failure the old one stays.

    A pipe or a device is given as it is. Raises ExtractorError when nothing can be made there.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    target = path.resolve()  # through a link the file behind it is replaced, and the link stays
    _make_one_folder(target.parent)
    with replacing(target) as part:
        with telling_of(path):
            part.open("xb").close()
        yield part


@contextlib.contextmanager
def whole_folder(path: Path, *, replace: bool = False) -> Iterator[Path]:
    """A new folder beside ``path`` to be filled, which becomes ``path`` at the end; on failure nothing is left of it.

    Raises ExtractorError when ``path`` can't be made, or holds something already that is not to be replaced.
    """
    target = path.resolve()
    if target.exists() and (not target.is_dir() or (not replace and any(target.iterdir()))):
        raise ExtractorError(f"{path} is there already and not empty; give a new folder, or move the old one away")
    _make_one_folder(target.parent)
    with replacing(target) as part:
        with telling_of(path):
            part.mkdir()
        yield part
        if target.exists():
            shutil.rmtree(target)


@contextlib.contextmanager
def telling_of(path: Path) -> Iterator[None]:
    """Tell a failure to write as one of ``path``, the name that the user gave."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ExtractorError(f"can't write {path}: {reason}; give another place with -o") from error


def _make_one_folder(folder: Path) -> None:
    """One new folder is meant; more of them are a slip in the path."""
    if folder.parent.is_dir():
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)
