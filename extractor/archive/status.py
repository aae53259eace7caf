"""How a batch stands, told from its folder alone: while it runs, after it was stopped, when it is finished."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from extractor.archive import marker, plan_file, run_file
from extractor.archive.done import Done
from extractor.archive.folder import Folder
from extractor.archive.lock import holders, is_held
from extractor.archive.progress import Snapshot, saved
from extractor.archive.run import Summary
from extractor.errors import ExtractorError

State = Literal["planned", "running", "stopped", "unmerged", "incomplete", "finished"]
"""unmerged: all shards are done, by shares or before a kill, but not put together. incomplete: some were set apart."""


@dataclass(frozen=True, slots=True)
class Status:
    """What there is to know."""

    state: State
    shards: int
    shards_planned: int
    apart: dict[str, str]
    """Keys of the shards set apart, with the reason."""
    summary: Summary
    """Of the finished shards."""
    run: dict[str, Any]
    """What ``run.json`` says."""
    by: list[str]
    """Who says to be at it: process and machine."""
    progress: Snapshot | None = None
    """How far a run on one machine was when it last told, and when that was."""
    told_at: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As JSON holds it."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        progress = asdict(self.progress) if self.progress else None
        return {**told, "summary": self.summary.to_json(), "progress": progress}


def status(folder: Folder) -> Status:
    """How a batch stands. Raises ExtractorError where a folder is no output of one."""
    told = run_file.read(folder)
    if told is None:
        raise ExtractorError(
            f"{folder.where} is no output of extractor run: it holds no {run_file.NAME}; "
            "give the folder that was named with -o"
        )
    totals = plan_file.totals(folder)
    held = is_held(folder)
    ended: State = told["state"] if told["state"] in ("planned", "incomplete", "finished") else "stopped"
    state: State = "running" if held else ended
    shards, summary = _done(folder, told)
    if state == "stopped" and totals and shards == totals.shards:
        state = "unmerged"
    progress = saved(folder) if held else None
    return Status(
        state=state,
        shards=shards,
        shards_planned=totals.shards if totals else 0,
        apart=marker.apart(folder),
        summary=summary,
        run=told,
        by=holders(folder) if held else [],
        progress=progress[0] if progress else None,
        told_at=progress[1] if progress else None,
    )


def _done(folder: Folder, told: dict[str, Any]) -> tuple[int, Summary]:
    if told["state"] == "finished":
        return told["shards"], Summary.from_json(told["summary"])
    found, summary, shards = Done(folder, told["settings_digest"]), Summary(), 0
    if plan_file.totals(folder) is not None:
        for line in plan_file.lines(folder):
            if (done := found.marker(line.key)) is not None:
                shards += 1
                summary.join(done.summary)
    return shards, summary
