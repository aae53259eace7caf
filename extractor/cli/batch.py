"""``extractor run`` with a folder as output: a batch that can be stopped, gone on with, and shared out."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from extractor.cli import display
from extractor.cli.exits import ExitCode
from extractor.cli.inputs import Inputs
from extractor.cli.one_file import exit_code, in_words, tell_counts, tell_left_null
from extractor.cli.progress import counted, shown
from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.archive.batch import Job, Report, Share
    from extractor.archive.engines import Engine
    from extractor.archive.formats.forms import Form
    from extractor.archive.formats.partition import Key
    from extractor.archive.settings import Settings

_REASONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class How:
    """How a batch is to be done: what makes no difference to its records."""

    workers: int | None
    engine: str
    scheduler: str | None
    share: str | None
    fresh: bool
    plan_only: bool
    quiet: bool
    form: Form
    partition_key: Key | None


def run_into_folder(inputs: Inputs, settings: Settings, output: str, how: How) -> NoReturn:
    """Do a batch and tell how it went; ends with an exit code."""
    from extractor.archive.batch import Job, run_batch
    from extractor.archive.folder import folder_at

    if "-" in inputs.paths:
        raise ExtractorError(
            "standard input can't be read again after an interruption; put it in a file, or give -o a file name"
        )
    share = _share(how.share)
    if share is not None and how.fresh:
        raise ExtractorError("--fresh with --shard would undo what other jobs do; use --fresh with --plan, once")
    workers = how.workers or _cores()
    folder = folder_at(output)
    _keep_apart(inputs.paths, folder.where)
    with shown(how.quiet) as told:
        job = Job(
            inputs=inputs.named,
            documents=lambda: counted(inputs.files([Path(folder.where)]), told),
            settings=settings,
            folder=folder,
            share=share,
            fresh=how.fresh,
            plan_only=how.plan_only,
            engine=how.engine,
            workers=workers,
        )
        engine = _engine(how, settings, folder.where, workers)
        try:
            with _terminated_as_interrupted():
                report = run_batch(job, engine, told.working)
        except KeyboardInterrupt:
            _say_interrupted(job)
            raise typer.Exit(ExitCode.INTERRUPTED) from None
    if not how.quiet:
        _conclude(job, report)
    if how.form != "jsonl" and job.share is None and not job.plan_only and not report.merged.missing:
        _make_tables(job, how)
    raise typer.Exit(_exit_code(job, report))


def _engine(how: How, settings: Settings, where: str, workers: int) -> Engine:
    if how.engine == "local":
        if how.scheduler:
            raise ExtractorError("--scheduler is for --engine dask")
        from extractor.archive.local_engine import LocalEngine

        return LocalEngine(settings, where, workers)
    if how.engine == "dask":
        from extractor.archive.dask_engine import DaskEngine

        return DaskEngine(settings, where, workers, how.scheduler)
    raise ExtractorError(f"{how.engine!r} is no engine; the engines are local, dask")


def _share(stated: str | None) -> Share | None:
    """The share that ``3/8`` means, or the environment of a Slurm job array for ``auto``."""
    from extractor.archive.batch import Share

    if stated is None:
        return None
    if stated == "auto":
        told = os.environ
        try:
            first, step = int(told.get("SLURM_ARRAY_TASK_MIN", 0)), int(told.get("SLURM_ARRAY_TASK_STEP", 1))
            number = (int(told["SLURM_ARRAY_TASK_ID"]) - first) // step + 1
            of = int(told["SLURM_ARRAY_TASK_COUNT"])
        except (KeyError, ValueError) as error:
            message = f"--shard auto is for a Slurm job array, and this is none ({error} is not set); give --shard I/N"
            raise ExtractorError(message) from error
    else:
        one, _, all_of_them = stated.partition("/")
        if not (one.isdecimal() and all_of_them.isdecimal()):
            raise ExtractorError(f"--shard {stated} is no share; give one as 1/8 to 8/8, or auto")
        number, of = int(one), int(all_of_them)
    if not 1 <= number <= of:
        raise ExtractorError(f"there is no share {number} of {of}; they are 1/{of} to {of}/{of}")
    return Share(number, of)


def _cores() -> int:
    """The cores that this process may use, which on a cluster are not all that there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _keep_apart(paths: Sequence[str], output: str) -> None:
    """Raise ExtractorError where the output folder is an input, or holds one."""
    made = Path(output)
    for path in paths:
        given = Path(path).absolute()
        if made == given or made in given.parents:
            raise ExtractorError(f"the output {output} is or holds the input {path}; give another folder with -o")


@contextlib.contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """Let a polite end (a scheduler's, a shutdown's) be one like Ctrl-C, with all workers ended."""

    def interrupt(number: int, frame: Any) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _say_interrupted(job: Job) -> None:
    from extractor.archive import marker, plan_file

    done, totals = len(marker.keys(job.folder)), plan_file.totals(job.folder)
    of = f" of {totals.shards}" if totals else ""
    display.error(f"stopped; {job.folder.where} holds {done}{of} shards: the same command goes on from there")


def _conclude(job: Job, report: Report) -> None:
    """The closing account on stderr."""
    if job.plan_only:
        shards = display.counted(report.planned.shards, "shard")
        files = display.counted(report.planned.documents, "file")
        display.note(f"{shards} of {files} planned in {job.folder.where}")
        return
    for number, reason in report.apart[:_REASONS_SHOWN]:
        display.error(f"shard {number} was set apart: {reason}")
    summary = report.merged.summary
    tell_counts(summary)
    where = job.folder.where
    megabytes = summary.bytes / (1 << 20)
    before = f"; {display.counted(report.resumed, 'shard')} done before" if report.resumed else ""
    display.note(f"{in_words(summary)}, {megabytes:.2f} MB in {report.seconds:.1f} s, written to {where}{before}")
    if summary.errors:
        display.note(f"what could not be read is in {where}/errors.jsonl")
    if report.merged.unsettled:
        shards = display.counted(report.merged.unsettled, "shard")
        display.note(f"gone, changed or unreadable were files of {shards}: the same command does these again")
    if job.share is not None:
        display.note(f"share {job.share.number} of {job.share.of} is done; when all are: extractor merge {where}")


def _make_tables(job: Job, how: How) -> None:
    """The records of a finished batch in another form, beside them."""
    from extractor.archive.folder import LocalFolder
    from extractor.archive.formats.forms import FOLDERS, sink_for
    from extractor.archive.formats.reading import read_records

    if not isinstance(job.folder, LocalFolder):
        raise ExtractorError(f"{how.form} is made on a local disk; copy the records, then extractor convert them")
    target = job.folder.path / (how.form if how.form in FOLDERS else f"records.{how.form}")
    with sink_for(target, how.form, job.settings.kinds, replace=True, key=how.partition_key) as sink:
        for record in read_records(job.folder.where):
            sink.write([record])
    tell_left_null(sink, how.form)
    if not how.quiet:
        display.note(f"as {how.form}: {target}")


def _exit_code(job: Job, report: Report) -> ExitCode:
    summary = report.merged.summary
    if report.apart or report.merged.missing:
        return ExitCode.FOUND_FAULTS
    if not summary.documents and job.share is None and not job.plan_only:
        display.error("there was no document to read; give files, or folders that hold some")
        return ExitCode.NOTHING_READ
    return exit_code(summary) if summary.documents else ExitCode.OK
