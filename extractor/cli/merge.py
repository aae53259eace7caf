"""``extractor merge``: what several jobs did becomes one output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import display
from extractor.cli.exits import ExitCode
from extractor.cli.one_file import exit_code, in_words
from extractor.cli.text import examples

if TYPE_CHECKING:
    from extractor.archive.folder import Folder

NAME = "merge"
HELP = """Put together what jobs with --shard did. 合并各分片的结果。

Checks that all shards of the plan are done, puts the records in the order of the archive, and writes run.json and
errors.jsonl. With -o all records go into one file, packed if its name ends with .gz or .zst. Tells which shards are
missing, and which share to run again.
"""
EPILOG = examples(
    "extractor run archive/ -o out/ --shard 1/2   # on one machine",
    "extractor run archive/ -o out/ --shard 2/2   # on another one with the same disk",
    "extractor merge out/ -o records.jsonl.gz",
)

_SHOWN = 20


def command(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The output folder of the jobs. 输出文件夹。")],
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Also one file, or - for standard output. 文件。"),
    ] = None,
) -> None:
    """See HELP."""
    from extractor.archive.batch import finish
    from extractor.archive.folder import folder_at

    place = folder_at(folder)
    merged = finish(place)
    if merged.missing:
        listed = ", ".join(map(str, merged.missing[:_SHOWN])) + (", …" if len(merged.missing) > _SHOWN else "")
        are = "1 shard is" if len(merged.missing) == 1 else f"{len(merged.missing)} shards are"
        display.error(
            f"{are} not done: {listed}; of N shares, shard S is done by share S mod N + 1: "
            "run these again, or all that is left with the command without --shard"
        )
        raise typer.Exit(ExitCode.FOUND_FAULTS)
    if output is not None:
        _write(place, output)
    display.note(f"{in_words(merged.summary)} in {display.counted(merged.shards, 'shard')}")
    raise typer.Exit(exit_code(merged.summary) if merged.summary.documents else ExitCode.NOTHING_READ)


def _write(place: Folder, output: str) -> None:
    from extractor.archive.compression import opened
    from extractor.archive.output import record_lines
    from extractor.archive.whole import telling_of, whole_file

    if output == "-":
        sys.stdout.buffer.writelines(record_lines(place))
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    with whole_file(target) as part, telling_of(target), opened(part, "wb", target.name) as stream:
        stream.writelines(record_lines(place))
