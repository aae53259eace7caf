"""Options of ``extractor run`` that say what is read besides files, and how a folder of records is made."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.archive.formats.forms import Form
    from extractor.archive.settings import Packing

FilesFrom = Annotated[
    str | None,
    typer.Option(
        "--files-from", metavar="FILE|-", help="Read the files listed there, one a line or apart by NUL. 文件列表。"
    ),
]
TextField = Annotated[
    str | None,
    typer.Option(
        "--text-field",
        metavar="NAME",
        help="Read JSON Lines, also from standard input, as a document a line: its text is in this field. 文本字段。",
    ),
]
IdField = Annotated[
    str | None, typer.Option("--id-field", metavar="NAME", help="The field that names such a document. 标识字段。")
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, help="Processes at a time; as many as cores if not given. 进程数。"),
]
EngineName = Annotated[
    str, typer.Option("--engine", metavar="NAME", help="local, or dask for a cluster (extra [dask]). 执行引擎。")
]
Scheduler = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="ADDRESS", help="A Dask scheduler: tcp://host:8786, or its file. 调度器地址。"),
]
ShareOption = Annotated[
    str | None,
    typer.Option(
        "--shard",
        metavar="I/N",
        help="Do the I-th of N shares; auto takes them from a Slurm job array. Then: extractor merge. 作业数组分片。",
    ),
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Start over: forget what the folder holds. 重新开始。")]
PlanOnly = Annotated[bool, typer.Option("--plan", help="Only plan the shards; for job arrays. 只做计划。")]
FormName = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORM", help="jsonl, parquet, csv, duckdb, xlsx; told by the output's name. 输出格式。"
    ),
]
PartitionBy = Annotated[
    str | None,
    typer.Option(
        "--partition-by",
        metavar="KEY",
        help="Partition Parquet by issued_year or province of the documents. 按年份或省份分区。",
    ),
]
Pack = Annotated[str, typer.Option("--pack", metavar="HOW", help="Pack the records: none, gz or zst. 压缩方式。")]
ShardSize = Annotated[
    float, typer.Option("--shard-size", metavar="MB", min=0.001, help="Bytes of documents in a shard. 分片大小。")
]
DocumentLimit = Annotated[
    float,
    typer.Option(
        "--document-limit",
        metavar="S",
        min=1,
        help="Seconds for a document, analysis too. 单文件总时限。",
    ),
]


def is_folder(output: str) -> bool:
    """Whether an output is a folder, to be filled by a batch: it ends with a slash, is one, or an address.

    A name that tells a form (``tables.parquet``) is that of tables, though they may be a folder.
    """
    if output.endswith(("/", os.sep)) or "://" in output:
        return True
    from extractor.archive.formats.forms import named_form

    return output != "-" and named_form(output) is None and Path(output).is_dir()


def known_form(output: str, stated: str | None) -> Form:
    """The form of the records: as stated, as the output's name tells, or JSON Lines."""
    from extractor.archive.formats.forms import form_of, named_form

    if stated is None and named_form(output) is None and _told(output):
        raise ExtractorError(
            f"{output} does not say which form to write: end it with .jsonl, .csv, .xlsx, .parquet or .duckdb, "
            "with a slash for a folder, or name the form with --format"
        )
    form = form_of(output, stated or named_form(output) or "jsonl")
    if output == "-" and form != "jsonl":
        raise ExtractorError(f"{form} can't go to standard output; name a file or folder with -o")
    return form


def _told(output: str) -> bool:
    """Whether the name of an output ends like that of a type of files, of others than ours."""
    from extractor.archive.compression import PACKINGS
    from extractor.readers.registry import suffix

    return suffix(output) not in ("", ".txt", *PACKINGS)


def known_packing(stated: str) -> Packing:
    """``stated`` itself, if records can be packed so."""
    from extractor.archive.settings import PACKINGS

    if stated not in PACKINGS:
        raise ExtractorError(f"--pack {stated} is not known; give one of {', '.join(PACKINGS)}")
    return stated


def refuse_for_a_file(**given: object) -> None:
    """Raise ExtractorError where an option was given that makes sense only with a folder as output."""
    named = [name for name, value in given.items() if value]
    if named:
        option = f"--{named[0].replace('_', '-')}"
        raise ExtractorError(f"{option} is for a folder of records: end the output with a slash, as in -o out/")
