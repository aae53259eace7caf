"""Files and folders that appear under their name when they are whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from extractor.errors import ExtractorError


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
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with telling_of(path):
            part.open("xb").close()
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def whole_folder(path: Path, *, replace: bool = False) -> Iterator[Path]:
    """A new folder beside ``path`` to be filled, which becomes ``path`` at the end; on failure nothing is left of it.

    Raises ExtractorError when ``path`` can't be made, or holds something already that is not to be replaced.
    """
    target = path.resolve()
    if target.exists() and (not target.is_dir() or (not replace and any(target.iterdir()))):
        raise ExtractorError(f"{path} is there already and not empty; give a new folder, or move the old one away")
    _make_one_folder(target.parent)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with telling_of(path):
            part.mkdir()
        yield part
        if target.exists():
            shutil.rmtree(target)
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


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
