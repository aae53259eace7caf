"""``extractor run`` with a file as output, or a pipe: all in this process, and whole at the end or not there."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from extractor.cli import display
from extractor.cli.exits import ExitCode
from extractor.cli.inputs import Inputs

if TYPE_CHECKING:
    from extractor.archive.formats.forms import Form
    from extractor.archive.formats.partition import Key
    from extractor.archive.run import Outcome, Summary
    from extractor.archive.settings import Settings
    from extractor.archive.sinks import Sink
    from extractor.records.codes import Kind

_ERRORS_SHOWN = 20


def run_into_file(inputs: Inputs, settings: Settings, output: str, form: Form, key: Key | None, quiet: bool) -> None:
    """Do a run and tell how it went; ends with an exit code."""
    from extractor.archive.run import run

    reader = settings.extractor()
    target = None if output == "-" else Path(output)
    skip = [target] if target else []
    measured = None if inputs.only_once else (lambda: inputs.documents(skip))
    try:
        with sink_to(target, form, settings.kinds, key) as sink, _progress(measured, quiet) as told:
            documents = inputs.documents(skip)
            summary = run(reader, documents, sink, opener=reader.opener, fields=settings.fields, progress=told)
    except KeyboardInterrupt:
        if target is not None:
            display.error(f"stopped; {target} is as it was. A run into a folder (-o out/) goes on where it was stopped")
        raise
    if not quiet:
        _conclude(summary, target)
    if not summary.documents:
        display.error("there was no document to read; give files, or folders that hold some")
    raise typer.Exit(exit_code(summary))


def exit_code(summary: Summary) -> ExitCode:
    """What the counts of a run mean to a script."""
    if summary.failed == summary.documents:
        return ExitCode.NOTHING_READ
    return ExitCode.FOUND_FAULTS if summary.errors else ExitCode.OK


@contextlib.contextmanager
def sink_to(
    target: Path | None, form: Form, kinds: Collection[Kind] | None, key: Key | None, *, mark: bool = False
) -> Iterator[Sink]:
    """A sink into ``target``, or standard output for None; says at the end which numbers it could not hold."""
    from extractor.archive.formats.forms import sink_for
    from extractor.archive.sinks import JsonLines

    if target is None:
        yield JsonLines(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        with sink_for(target, form, kinds, mark=mark, key=key) as sink:
            yield sink
        tell_left_null(sink, form)


def tell_left_null(sink: Sink, form: Form) -> None:
    """Say which numbers a column could not hold."""
    for name in getattr(sink, "left_null", [])[:_ERRORS_SHOWN]:
        display.note(f"{name}: its number has more digits than a column of {form} holds; it is null there, raw has it")


@contextlib.contextmanager
def _progress(documents: Callable[[], Iterator[Any]] | None, quiet: bool) -> Iterator[Callable[[Outcome], None]]:
    """A progress bar on a terminal, measured by ``documents`` if given; the first errors in words everywhere."""
    shown = 0

    def errors_of(outcome: Outcome) -> Iterator[str]:
        nonlocal shown
        for error in outcome.errors:
            shown += 1
            if shown <= _ERRORS_SHOWN:
                yield f"{error.path}: {error.code}: {error.message}"
            elif shown == _ERRORS_SHOWN + 1:
                yield "more errors follow: they are in the records"

    if quiet:
        yield lambda outcome: None
        return
    if not sys.stderr.isatty():

        def noted(outcome: Outcome) -> None:
            for line in errors_of(outcome):
                display.note(line)

        yield noted
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=sum(1 for _ in documents()) if documents else None)

        def told(outcome: Outcome) -> None:
            for line in errors_of(outcome):
                console.print(line, markup=False, highlight=False)
            total = bar.tasks[0].total
            if outcome.further and total is not None:  # a member of an archive: the bar was measured in files
                bar.update(task, total=total + 1)
            bar.update(task, advance=1, description=outcome.name)

        yield told


def _conclude(summary: Summary, target: Path | None) -> None:
    """The closing account on stderr: a table on a terminal, one line elsewhere."""
    tell_counts(summary)
    megabytes = summary.bytes / (1 << 20)
    written = f", written to {target}" if target else ""
    display.note(f"{in_words(summary)}, {megabytes:.2f} MB in {summary.seconds:.1f} s{written}")


def in_words(summary: Summary) -> str:
    """What a run found, in one line."""
    errors = summary.errors.total()
    found = {"document": summary.documents, "record": summary.records.total() - errors, "error": errors}
    return ", ".join(display.counted(number, thing) for thing, number in found.items())


def tell_counts(summary: Summary) -> None:
    """On a terminal the counts by kind, status and error code as a table."""
    if sys.stderr.isatty():
        rows = [(kind, count) for kind, count in summary.records.most_common() if kind != "error"]
        rows += [(f"status: {status}", count) for status, count in summary.statuses.most_common() if status != "ok"]
        rows += [(f"error: {code}", count) for code, count in summary.errors.most_common()]
        display.table(["kind 种类", "records 记录"], rows, stream=sys.stderr)
