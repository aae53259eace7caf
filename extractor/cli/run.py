"""``extractor run``: records of files and folders as JSON Lines."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.cli import display, exits
from extractor.cli.exits import ExitCode
from extractor.cli.options import (
    BUILTIN_MODEL,
    Encoding,
    MaxDepth,
    MaxExtracted,
    MaxMembers,
    MaxMemory,
    MaxRatio,
    MaxSize,
    Ner,
    NerModel,
    NerScope,
    NoNer,
    PatternsDir,
    TimeLimit,
    kinds_of,
    ner_of,
)
from extractor.cli.text import examples, known_encoding

if TYPE_CHECKING:
    from extractor.archive.documents import File, Refused
    from extractor.archive.run import Outcome, Summary
    from extractor.archive.sinks import Sink

NAME = "run"
HELP = """Extract records from files and folders. 从文件和文件夹提取记录。

Writes JSON Lines: for every document its document record, then what was found, in order. A document that can't be
read gives an error record, and the others are not harmed. Read are text, web pages, Word, Excel, PDF, RTF, mail and
CSV files, and archives (ZIP, 7-Zip, TAR, GZ) without unpacking them to disk; other and hidden files of a folder are
passed over, the former with an error record. A record states the path inside the folder given, and inside an archive
as archive.zip!/report.docx. A file over a limit gives an error record that names the option.
"""
EPILOG = examples(
    "extractor run reports/ -o records.jsonl",
    "extractor run report.docx --kinds amount,count | head",
    "extractor run archive.zip --time-limit 300 -o records.jsonl",
    "iconv -f big5 -t utf-8 old.txt | extractor run -",
    after=exits.table(),
)

_ERRORS_SHOWN = 20


def command(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATHS", help="Files and folders; - reads standard input. 文件、文件夹或 -。")
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="Where to write; - is standard output. 输出文件。")
    ] = "-",
    kinds: Annotated[
        str | None,
        typer.Option(metavar="KIND,...", help="Only records of these kinds: amount, count, date, … 只要这些种类。"),
    ] = None,
    encoding: Encoding = None,
    patterns: PatternsDir = None,
    ner: Ner = NerScope.ALL,
    no_ner: NoNer = False,
    ner_model: NerModel = BUILTIN_MODEL,
    max_size: MaxSize = 64,
    max_extracted: MaxExtracted = 4096,
    max_ratio: MaxRatio = 200,
    max_members: MaxMembers = 50_000,
    max_depth: MaxDepth = 3,
    max_memory: MaxMemory = 4096,
    time_limit: TimeLimit = 60,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="No progress and no summary. 不显示进度和汇总。")
    ] = False,
) -> None:
    """See HELP."""
    wanted = kinds_of(kinds)
    known_encoding(encoding)
    from extractor.archive.documents import Stream
    from extractor.archive.run import run as run_over
    from extractor.archive.walk import walk
    from extractor.pipeline import Extractor
    from extractor.readers.source import MEGABYTE, Limits

    limits = Limits(
        size=int(max_size * MEGABYTE),
        extracted=int(max_extracted * MEGABYTE),
        ratio=max_ratio,
        members=max_members,
        depth=max_depth,
        seconds=time_limit,
        memory=int(max_memory * MEGABYTE),
    )
    reader = Extractor(
        patterns=patterns,
        kinds=wanted,
        ner=ner_of(ner, no_ner),
        ner_model=ner_model,
        encoding=encoding,
        limits=limits,
    )
    target = None if output == "-" else Path(output)
    named = [Path(path) for path in paths if path != "-"]

    def documents() -> Iterator[File | Refused | Stream]:
        yield from walk(named, skip=[target] if target else [])
        if "-" in paths:
            yield Stream(sys.stdin.buffer)

    with _sink(target) as sink, _progress(documents, quiet) as told:
        summary = run_over(reader, documents(), sink, opener=reader.opener, progress=told)
    if not quiet:
        _conclude(summary, target)
    if not summary.documents:
        display.error("there was no document to read; give files, or folders that hold some")
    raise typer.Exit(_exit_code(summary))


def _exit_code(summary: Summary) -> ExitCode:
    if summary.failed == summary.documents:
        return ExitCode.NOTHING_READ
    return ExitCode.FOUND_FAULTS if summary.errors else ExitCode.OK


@contextlib.contextmanager
def _sink(target: Path | None) -> Iterator[Sink]:
    from extractor.archive.sinks import JsonLines, json_lines_file

    if target is None:
        yield JsonLines(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        with json_lines_file(target) as sink:
            yield sink


@contextlib.contextmanager
def _progress(documents: Callable[[], Iterator[Any]], quiet: bool) -> Iterator[Callable[[Outcome], None]]:
    """A progress bar on a terminal; the first errors in words, there and in a pipe."""
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
        task = bar.add_task("", total=sum(1 for _ in documents()))

        def told(outcome: Outcome) -> None:
            for line in errors_of(outcome):
                console.print(line, markup=False, highlight=False)
            if outcome.further:  # a member of an archive: the bar was measured in files
                bar.update(task, total=(bar.tasks[0].total or 0) + 1)
            bar.update(task, advance=1, description=outcome.name)

        yield told


def _conclude(summary: Summary, target: Path | None) -> None:
    """The closing account on stderr: a table on a terminal, one line elsewhere."""
    megabytes = summary.bytes / (1 << 20)
    records, errors = summary.records.total() - summary.errors.total(), summary.errors.total()
    total = (
        f"{summary.documents} documents, {records} records, {errors} errors, {megabytes:.2f} MB in "
        f"{summary.seconds:.1f} s" + (f", written to {target}" if target else "")
    )
    if sys.stderr.isatty():
        rows = [(kind, count) for kind, count in summary.records.most_common() if kind != "error"]
        rows += [(f"error: {code}", count) for code, count in summary.errors.most_common()]
        display.table(["kind 种类", "records 记录"], rows, stream=sys.stderr)
    display.note(total)
