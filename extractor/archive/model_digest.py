"""Which model finds the names, told without loading it."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path


def model_digest(name: str) -> str:
    """The same for the same files of a spaCy pipeline, a package's or a folder's.

    What we ship is told by its name, for our version tells the rest; so is what isn't there, which no extractor takes.
    """
    folder = Path(name) if Path(name).is_dir() else _package(name)
    if folder is None:
        return name
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix not in (".py", ".pyc"):
            digest.update(
                file.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest()
            )
    return digest.hexdigest()[:16]


def _package(name: str) -> Path | None:
    try:
        found = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    places = found.submodule_search_locations if found else None
    return Path(places[0]) if places else None
