"""``extractor run``: records of files and folders as JSON Lines."""

from __future__ import annotations

from typing import Annotated

import typer

from extractor.cli import exits
from extractor.cli.batch_options import (
    DocumentLimit,
    EngineName,
    FilesFrom,
    FormName,
    Fresh,
    IdField,
    Pack,
    PartitionBy,
    PlanOnly,
    Scheduler,
    ShardSize,
    ShareOption,
    TextField,
    Workers,
    is_folder,
    known_form,
    known_packing,
    refuse_for_a_file,
)
from extractor.cli.inputs import inputs
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

NAME = "run"
HELP = """Extract records from files and folders. 从文件和文件夹提取记录。

Writes JSON Lines: for every document its document record, then what was found, in order. A document that can't be
read gives an error record, and the others are not harmed. Read are text, web pages, Word, Excel, PDF, RTF, mail and
CSV files, and archives (ZIP, 7-Zip, TAR, GZ) without unpacking them to disk; other and hidden files of a folder are
passed over, the former with an error record. A record states the path inside the folder given, and inside an archive
as archive.zip!/report.docx. A file over a limit gives an error record that names the option.

With a folder as output (-o out/, with a slash or there already) it is a batch for archives of any size: all cores work,
a worker that dies or hangs costs one document, and what is done stays done. After Ctrl-C, a crash or a full disk the
same command goes on; over a finished batch it reads what is new or changed. Records are in out/records/, a file a
shard, in the order of the archive, with the same bytes however many workers there were; out/run.json and
out/errors.jsonl tell how it went, extractor status out/ how far it is. Other settings for a folder are refused. With
--format csv, say, the records of a finished batch are in out/csv/ as well.
"""
EPILOG = examples(
    "extractor run reports/ -o records.jsonl",
    "extractor run report.docx --kinds amount,count | head",
    "extractor run reports/ -o records.duckdb",
    "extractor run archive.zip --time-limit 300 -o records.jsonl",
    "extractor run archive/ -o out/ --workers 8",
    "find archive -name '*.txt' -print0 | extractor run --files-from - -o out/",
    "extractor run s3://bucket/reports/ texts.jsonl --text-field text -o out/",
    "iconv -f big5 -t utf-8 old.txt | extractor run -",
    after=exits.table(),
)


def command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATHS", help="Files, folders, patterns, addresses; - reads standard input. 文件等。"),
    ] = None,
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE|DIR/", help="Where to write; - is standard output. 输出。"),
    ] = "-",
    format: FormName = None,  # noqa: A002 (the option's name)
    partition_by: PartitionBy = None,
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
    files_from: FilesFrom = None,
    text_field: TextField = None,
    id_field: IdField = None,
    workers: Workers = None,
    fresh: Fresh = False,
    pack: Pack = "none",
    shard_size: ShardSize = 4,
    document_limit: DocumentLimit = 600,
    engine: EngineName = "local",
    scheduler: Scheduler = None,
    shard: ShareOption = None,
    plan: PlanOnly = False,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="No progress and no summary. 不显示进度和汇总。")
    ] = False,
) -> None:
    """See HELP."""
    wanted = kinds_of(kinds)
    known_encoding(encoding)
    given = inputs(paths, files_from, lines=text_field is not None)
    from extractor.archive.formats.partition import known_key
    from extractor.archive.settings import Settings
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
    settings = Settings.of(
        patterns,
        kinds=tuple(sorted(wanted)) if wanted is not None else None,
        ner=ner_of(ner, no_ner),
        ner_model=ner_model,
        encoding=encoding,
        limits=limits,
        text_field=text_field,
        id_field=id_field,
        pack=known_packing(pack),
        shard_bytes=int(shard_size * MEGABYTE),
        document_seconds=max(document_limit, time_limit + 60),
    )
    if is_folder(output):
        from extractor.cli.batch import How, run_into_folder

        form = known_form("", format)
        how = How(workers, engine, scheduler, shard, fresh, plan, quiet, form, known_key(partition_by, form))
        run_into_folder(given, settings, output, how)
    from extractor.cli.one_file import run_into_file

    refuse_for_a_file(
        workers=workers,
        fresh=fresh,
        pack=pack != "none",
        scheduler=scheduler,
        shard=shard,
        plan=plan,
        engine=engine != "local",
    )
    form = known_form(output, format)
    run_into_file(given, settings, output, form, known_key(partition_by, form), quiet)
