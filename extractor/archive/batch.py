"""A batch from its inputs to a folder of records: plan, do what is not done yet, put it together."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from extractor.archive import marker, plan_file, run_file
from extractor.archive.documents import Planned
from extractor.archive.done import Done
from extractor.archive.engines import Engine, UnderWay
from extractor.archive.folder import Folder
from extractor.archive.lock import WHOLE, locked
from extractor.archive.marker import RECORDS
from extractor.archive.merge import ERRORS, Merged, clear_parts, merge
from extractor.archive.plan import Shard, in_pieces, shards
from extractor.archive.plan_file import Totals
from extractor.archive.progress import Progress, Snapshot
from extractor.archive.settings import Settings
from extractor.errors import ExtractorError, OutputError


@dataclass(frozen=True, slots=True)
class Share:
    """One of several jobs that do a batch together: the ``number``-th, from 1, of ``of``."""

    number: int
    of: int

    def has(self, shard_number: int) -> bool:
        """Whether a shard is this job's to do."""
        return shard_number % self.of == self.number - 1

    def about(self, totals: Totals) -> Totals:
        """What of a plan is this job's to do, about: shards are even."""
        return replace(totals, shards=-(-totals.shards // self.of), bytes=totals.bytes // self.of)

    @property
    def name(self) -> str:
        """Names its lock."""
        return f"share-{self.number}-of-{self.of}"


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done."""

    inputs: list[str]
    """The inputs as they were named, to tell a folder made from others."""
    documents: Callable[[], Iterable[Planned]]
    settings: Settings
    folder: Folder
    share: Share | None = None
    fresh: bool = False
    plan_only: bool = False
    engine: str = "local"
    workers: int = 1

    @property
    def made_for(self) -> str:
        """Digest of what the plan depends on."""
        told = json.dumps([self.inputs, self.settings.digest])
        return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:16]


@dataclass(slots=True)
class Report:
    """What came of a batch."""

    planned: Totals
    merged: Merged = field(default_factory=Merged)
    resumed: int = 0
    """Shards that an earlier run had done."""
    apart: list[tuple[int, str]] = field(default_factory=list)
    """Numbers of shards set apart, with the reason."""
    seconds: float = 0.0


def run_batch(
    job: Job, engine: Engine, tell: Callable[[Snapshot], None], clock: Callable[[], float] = time.monotonic
) -> Report:
    """Do a batch, or go on with it.

    Raises BusyError where another run is at it, ExtractorError where the folder was made with other settings,
    OutputError where it can't be written.
    """
    began = clock()
    folder = job.folder
    run_file.check_ours(folder)
    if not job.fresh:
        run_file.check_same(folder, job.settings, job.inputs)
    with locked(folder, job.share.name if job.share else WHOLE):
        if job.fresh:
            clear(folder)
        told = run_file.begun(job.settings, job.inputs, job.engine, job.workers)
        run_file.write(folder, told)
        try:
            report = _work(job, engine, tell)
        except BaseException:
            with contextlib.suppress(OutputError):
                run_file.write(folder, told | {"state": "interrupted", "ended": run_file.now()})
            raise
        report.seconds = clock() - began
        if job.plan_only:
            run_file.write(folder, told | {"state": "planned"})
        elif job.share is None:
            run_file.write(folder, told | results(report.merged, report.seconds))
    return report


def _work(job: Job, engine: Engine, tell: Callable[[Snapshot], None]) -> Report:
    folder = job.folder
    if job.share is None:
        marker.readmit(folder)
        clear_parts(folder)
    else:
        marker.readmit(folder, job.share.has)
    report = Report(planned(job))
    if job.plan_only:
        return report
    progress = Progress(job.share.about(report.planned) if job.share else report.planned, folder)

    def tick(under_way: UnderWay) -> None:
        snapshot = progress.snapshot(under_way)
        progress.save(snapshot)
        tell(snapshot)

    sizes: dict[str, int] = {}
    todo = _todo(job, progress, report, sizes)
    with contextlib.closing(engine.run(todo, tick)) as results_of_engine:  # however it ends, no worker outlives it
        for finished in results_of_engine:
            progress.shards += 1
            progress.bytes += sizes.pop(finished.shard.key)
            if finished.marker is not None:
                progress.now.join(finished.marker.summary)
            else:
                marker.set_apart(folder, finished.shard.key, finished.shard.number, finished.apart)
                report.apart.append((finished.shard.number, finished.apart))
    if job.share is None:
        report.merged = merge(folder, job.settings.digest)
    else:
        report.merged.summary = progress.now
        report.merged.shards = progress.shards + progress.shards_before
    return report


def planned(job: Job) -> Totals:
    """The plan of a job, made anew; a job that does a share takes one that is there, so that all have the same."""
    if job.share is not None:
        totals = plan_file.totals(job.folder)
        if totals is not None and totals.made_for == job.made_for:
            return totals
    settings = job.settings
    pieces = in_pieces(job.documents(), settings.shard_bytes, settings.limits, settings.text_field is not None)
    return plan_file.write(job.folder, shards(pieces, settings.shard_bytes), job.made_for)


def _todo(job: Job, progress: Progress, report: Report, sizes: dict[str, int]) -> Iterator[Shard]:
    """The shards that are not done yet. They are looked up when an engine asks for one: none waits in memory.

    Engines ask from threads of theirs: of ``progress`` only what was done before is counted here.
    """
    done = Done(job.folder, job.settings.digest)
    for number, line in enumerate(plan_file.lines(job.folder)):
        if job.share is not None and not job.share.has(number):
            continue
        if (found := done.is_done(line)) is not None:
            report.resumed += 1
            progress.shards_before += 1
            progress.bytes_before += line.bytes
            progress.before.join(found.summary)
            continue
        sizes[line.key] = line.bytes
        yield line.shard()


def finish(folder: Folder) -> Merged:
    """Put together what jobs with shares did. Raises ExtractorError where a folder is none of a batch, or is in use."""
    told = run_file.read(folder)
    if told is None or plan_file.totals(folder) is None:
        raise ExtractorError(f"{folder.where} is no output of extractor run, or nothing was planned in it")
    began = time.monotonic()
    with locked(folder):
        merged = merge(folder, told["settings_digest"])
        run_file.write(folder, told | results(merged, time.monotonic() - began))
        if not merged.missing:
            plan_file.release(folder)
    return merged


def results(merged: Merged, seconds: float) -> dict[str, object]:
    """What ``run.json`` says at the end."""
    return {
        "state": "incomplete" if merged.missing else "finished",
        "ended": run_file.now(),
        "seconds": round(seconds, 3),
        "shards": merged.shards,
        "shards_missing": merged.missing,
        "shards_unsettled": merged.unsettled,
        "summary": merged.summary.to_json(),
        "digest": merged.digest,
    }


def clear(folder: Folder) -> None:
    """Take away all that a batch wrote, the marker of each shard before its records."""
    marker.readmit(folder)
    for key in sorted(marker.keys(folder)):
        marker.remove(folder, key)
    for name in folder.files(RECORDS):
        folder.remove(f"{RECORDS}/{name}")
    clear_parts(folder)
    plan_file.remove(folder)
    for name in (ERRORS, run_file.NAME):
        folder.remove(name)
