"""``run.json``: with which settings and versions an output folder was made, when, and what came of it."""

from __future__ import annotations

import json
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from extractor.archive.folder import Folder
from extractor.archive.settings import Settings
from extractor.errors import ExtractorError

NAME = "run.json"
_LIBRARIES = ("pydantic", "regex", "spacy", "opencc", "rjieba", "pypdfium2", "selectolax", "openpyxl")


def read(folder: Folder) -> dict[str, Any] | None:
    """What a folder says of itself; None where it is no output of a batch."""
    try:
        told = json.loads(folder.read(NAME) or b"null")
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def write(folder: Folder, told: dict[str, Any]) -> None:
    """Write it down. Raises OutputError."""
    with folder.new(NAME) as stream:
        stream.write(json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n")


def begun(settings: Settings, inputs: list[str], engine: str, workers: int) -> dict[str, Any]:
    """What there is to say at the start."""
    return {
        "state": "running",
        "inputs": inputs,
        "settings": settings.to_json(),
        "settings_digest": settings.digest,
        "engine": engine,
        "workers": workers,
        "command": sys.argv,
        "versions": versions(),
        "started": now(),
    }


def check_ours(folder: Folder) -> None:
    """Raise ExtractorError where a folder holds what no batch wrote: that must not be written over or cleared away."""
    if read(folder) is None:
        held = sorted(name for name in folder.names() if not name.startswith(".") and name != "state")
        if held:
            raise ExtractorError(
                f"{folder.where} is no output of a batch, and not empty: it holds {held[0]}; give a new folder with -o"
            )


def check_same(folder: Folder, settings: Settings, inputs: list[str]) -> None:
    """Raise ExtractorError where a folder was made from something else, or otherwise: the two would be mixed."""
    told = read(folder)
    if told is None:
        return
    changes = [] if told.get("inputs") == inputs else [f"inputs: {told.get('inputs')} then, {inputs} now"]
    if told.get("settings_digest") != settings.digest:
        changes += settings.changes_from(told.get("settings", {}))
    if changes:
        raise ExtractorError(
            f"{folder.where} was made with other settings:\n  "
            + "\n  ".join(changes)
            + "\ngive the same again, another folder with -o, or --fresh to start over"
        )


def versions() -> dict[str, str]:
    """Of Python and of the libraries that can make a difference to records."""
    found = {"python": platform.python_version(), "system": platform.platform()}
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found


def now() -> str:
    """The time, for people: nothing is decided by it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
