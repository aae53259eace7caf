"""``extractor convert``: records in another form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli import display
from extractor.cli.batch_options import PartitionBy, known_form
from extractor.cli.one_file import sink_to
from extractor.cli.options import kinds_of
from extractor.cli.text import examples

NAME = "convert"
HELP = """Write records in another form: Parquet, CSV, DuckDB, Excel. 将记录转换为其他格式。

INPUT is what extractor run or convert wrote: JSON Lines (also .gz and .zst), the folder or address of a run, or a
folder of Parquet; - reads standard input. The form is told by the name of OUTPUT, or by --to. csv and parquet make a
folder with a table a kind of record, the others a file, which appears when it is whole. In Parquet and DuckDB decimals
are exact, and a date as precise as its text stands beside its first and last day. A DuckDB file also has the views
facts, facts_by_division_year, disaster_impacts, failed_checks and doubtful (facts to look at before they are trusted).
jsonl to parquet and back gives the same bytes.

With --partition-by issued_year (or province) Parquet lies in amounts/issued_year=1998/ and so on, which DuckDB, Arrow,
pandas, Polars and Spark read as a column and pass over where it is not asked for. All records of a document lie in the
partition of the document; 0 holds those that state no date of issue, or no place.
"""
EPILOG = examples(
    "extractor convert records.jsonl records.duckdb",
    "extractor convert out/ tables --to csv --bom",
    "extractor convert records.jsonl.zst records.parquet --kinds amount,count",
    "extractor convert out/ records.parquet --partition-by issued_year",
    "extractor run reports/ | extractor convert - records.xlsx",
    "extractor convert records.parquet - | head",
)


def command(
    source: Annotated[str, typer.Argument(metavar="INPUT", help="Records to read; - is standard input. 输入。")],
    target: Annotated[
        str, typer.Argument(metavar="OUTPUT", help="File or folder to write; - is standard output. 输出。")
    ],
    to: Annotated[
        str | None, typer.Option(metavar="FORM", help="jsonl, parquet, csv, duckdb or xlsx. 输出格式。")
    ] = None,
    kinds: Annotated[
        str | None,
        typer.Option(metavar="KIND,...", help="Only records of these kinds: amount, count, date, … 只要这些种类。"),
    ] = None,
    partition_by: PartitionBy = None,
    bom: Annotated[bool, typer.Option("--bom", help="Mark CSV as UTF-8, for Excel. CSV 加 UTF-8 标记。")] = False,
) -> None:
    """See HELP."""
    from extractor.archive.formats.forms import ALWAYS, form_of
    from extractor.archive.formats.partition import known_key
    from extractor.archive.formats.reading import read_records

    wanted = kinds_of(kinds)
    form = known_form(target, to) if target == "-" else form_of(Path(target).name, to)
    key = known_key(partition_by, form)
    count = 0
    with sink_to(None if target == "-" else Path(target), form, wanted, key, mark=bom) as sink:
        for record in read_records(source):
            if wanted is None or record.kind in wanted or record.kind in ALWAYS:
                sink.write([record])
                count += 1
    if target != "-":
        display.note(f"{display.counted(count, 'record')}, written to {target}")
