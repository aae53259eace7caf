"""The end of a batch: shards done by whomever become one output, in order, with its counts and its digest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from extractor.archive import marker, plan_file
from extractor.archive.done import Done
from extractor.archive.folder import Folder, is_part
from extractor.archive.marker import RECORDS
from extractor.archive.run import Summary

ERRORS = "errors.jsonl"


@dataclass(slots=True)
class Merged:
    """What the shards of a plan come to."""

    summary: Summary = field(default_factory=Summary)
    shards: int = 0
    missing: list[int] = field(default_factory=list)
    """Numbers of the shards that are not done."""
    unsettled: int = 0
    """Shards that the next run does again: a file of theirs was gone, changed or unreadable."""
    digest: str = ""
    """SHA-256 over the digests of the shards' records, in order: equal for equal records, however they are packed."""


def merge(folder: Folder, settings_digest: str) -> Merged:
    """Put what is done in the order of the plan, write ``errors.jsonl``, and clear away what no longer belongs.

    Nothing may be working on the folder meanwhile. Raises OutputError.
    """
    found, merged, digest = Done(folder, settings_digest), Merged(), hashlib.sha256()
    planned: set[str] = set()
    with folder.new(ERRORS) as errors:
        for number, line in enumerate(plan_file.lines(folder)):
            planned.add(line.key)
            done = found.marker(line.key)
            if done is None:
                merged.missing.append(number)
                continue
            merged.shards += 1
            merged.unsettled += not done.settled
            merged.summary.join(done.summary)
            digest.update(bytes.fromhex(done.sha256))
            for error in done.errors:
                errors.write(json.dumps(error, ensure_ascii=False).encode() + b"\n")
            _put_in_order(folder, found.files(line.key), number)
    merged.digest = digest.hexdigest()
    for key, files in found.others(planned):
        marker.remove(folder, key)  # first: a marker without records is no harm
        for name in files:
            folder.remove(f"{RECORDS}/{name}")
    clear_parts(folder)
    return merged


def clear_parts(folder: Folder) -> None:
    """Remove what runs that were cut short left of files."""
    for place in (RECORDS, "state", "state/done", ""):
        for name in folder.files(place):
            if is_part(name):
                folder.remove(f"{place}/{name}".lstrip("/"))


def _put_in_order(folder: Folder, names: list[str], number: int) -> None:
    """Number a file of records by its place in the plan: documents may have come or gone before it.

    Where one with that number is there it was made last, and what has another number is left over.
    """
    wanted = f"{number:06d}-{names[0].partition('-')[2]}"
    if wanted not in names:
        folder.rename(f"{RECORDS}/{names[0]}", f"{RECORDS}/{wanted}")
        names = names[1:]
    for name in names:
        if name != wanted:
            folder.remove(f"{RECORDS}/{name}")
