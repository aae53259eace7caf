"""``extractor table``: one row a fact."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from extractor.cli import display
from extractor.cli.output import text_output
from extractor.cli.text import examples
from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.archive.row_writers import Form

NAME = "table"
HELP = """Amounts and counts as one table, a row each. 将金额和数量输出为一张表，每行一条。

RECORDS is what extractor run wrote: JSON Lines (also .gz and .zst), the folder of a run, or a folder of Parquet; -
reads standard input. A row states its document (path, issuer, date, division), what was counted or paid, when and
where, the figure, and its place in the source. --describe lists the columns. Parts of a total stand in rows of their
own and name it in part_of: leave them out with --no-parts before you add up, and files that lie there twice with
--no-copies. Text that a spreadsheet would take for a formula gets an apostrophe before it. Documents are read one at
a time, so any number of them will do.
"""
EPILOG = examples(
    "extractor table records.jsonl -o facts.csv",
    "extractor table records.jsonl --kind amount --role loss --no-parts -o losses.xlsx",
    "extractor table out/ --indicator 因灾死亡人口 --columns path,division_code,year,value,place",
    "extractor table records.jsonl --chinese -o 事实.xlsx",
    "extractor table records.jsonl --division 5304 --years 1998-2008 --format md",
    "extractor run reports/ | extractor table - -o facts.csv --bom",
)

_YEARS = re.compile(r"(\d{4})?-(\d{4})?|\d{4}")
_KINDS = ("amount", "count")

Several = list[str] | None


def command(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="RECORDS", help="Records to read; - is standard input. 记录。")
    ] = None,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="Where to write; - is standard output. 输出文件。")
    ] = "-",
    kind: Annotated[Several, typer.Option(metavar="KIND", help="Only amount, or only count. 只要金额或数量。")] = None,
    indicator: Annotated[Several, typer.Option(metavar="NAME", help="Only these indicators. 只要这些指标。")] = None,
    role: Annotated[Several, typer.Option(metavar="ROLE", help="Only amounts that are this. 只要这类金额。")] = None,
    measure: Annotated[Several, typer.Option(metavar="MEASURE", help="Only counts of this. 只要这类数量。")] = None,
    status: Annotated[Several, typer.Option(metavar="STATUS", help="Only counts told so. 只要这种状态。")] = None,
    division: Annotated[
        str, typer.Option(metavar="CODE", help="Only documents of this division or below. 只要该区划及下级。")
    ] = "",
    years: Annotated[
        str | None, typer.Option(metavar="FROM-TO", help="Only facts of these years: 1998-2008, 1998-, 1998. 年份。")
    ] = None,
    no_parts: Annotated[bool, typer.Option("--no-parts", help="Leave out parts of totals. 不要分项。")] = False,
    no_copies: Annotated[
        bool, typer.Option("--no-copies", help="Leave out documents with the bytes of one before. 不要重复文件。")
    ] = False,
    columns: Annotated[
        str | None, typer.Option(metavar="NAME,...", help="Only these columns, in this order. 只要这些列。")
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORM", help="csv, tsv, xlsx, jsonl or md; else by FILE. 格式。")
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Mark the file as UTF-8, for Excel. 加 UTF-8 标记。")] = False,
    chinese: Annotated[
        bool, typer.Option("--chinese", help="Headings and codes in Chinese. 列名和代码用中文。")
    ] = False,
    describe: Annotated[bool, typer.Option("--describe", help="List the columns and leave. 列出各列含义。")] = False,
) -> None:
    """See HELP."""
    from extractor.archive import fact_table
    from extractor.archive.formats.reading import read_records
    from extractor.archive.row_writers import write_rows

    known = fact_table.columns()
    if describe:
        from extractor.records.chinese import FIELDS

        told = [(column.name, column.meaning, FIELDS[column.name]) for column in known]
        display.table(["column 列", "meaning", "含义"], told)
        return
    if not sources:
        raise ExtractorError("name the records to read: a file that extractor run wrote, or - for standard input")
    shown = _chosen(columns, [column.name for column in known])
    fields: dict[str, Sequence[str] | None] = {
        "indicator": indicator,
        "role": role,
        "measure": measure,
        "status": status,
    }
    wanted = fact_table.Wanted(_kinds(kind), _known(fields), division, _years(years), not no_parts, not no_copies)
    written_as = _form(form, output)
    if written_as == "xlsx" and output == "-":
        raise ExtractorError("xlsx can't go to standard output; name a file with -o")

    count = 0

    def rows() -> Iterator[fact_table.Row]:
        nonlocal count
        for source in sources:
            for row in fact_table.fact_rows(read_records(source), wanted):
                count += 1
                yield row

    found: Iterator[fact_table.Row] = rows()
    first = list(itertools.islice(found, 1))  # what can't be read is told before a file or a heading is begun
    found = itertools.chain(first, found)
    if chinese:
        from extractor.cli.chinese import heading, rows_in_chinese

        shown, found = [heading(column) for column in shown], rows_in_chinese(found)
    if written_as == "xlsx":
        from extractor.archive.formats.workbook import write_sheet
        from extractor.archive.whole import whole_file

        with whole_file(Path(output)) as part:
            write_sheet(part, "facts", shown, found)
    else:
        with text_output(output, mark=bom) as stream:
            write_rows(stream, shown, found, written_as)
    if output != "-":
        display.note(f"{display.counted(count, 'fact')}, written to {output}")


def _chosen(stated: str | None, known: list[str]) -> list[str]:
    if stated is None:
        return known
    named = [name.strip() for name in stated.split(",") if name.strip()]
    wrong = next((name for name in named if name not in known), None)
    if wrong is not None or not named:
        raise ExtractorError(f"{wrong or stated!r} is no column of the table; the columns are {', '.join(known)}")
    return named


def _kinds(stated: Sequence[str] | None) -> frozenset[str]:
    named = [part.strip() for one in stated or () for part in one.split(",")]
    wrong = next((kind for kind in named if kind not in _KINDS), None)
    if wrong is not None:
        raise ExtractorError(f"{wrong!r} is no kind of fact; the kinds are {', '.join(_KINDS)}")
    return frozenset(named)


def _known(fields: dict[str, Sequence[str] | None]) -> dict[str, frozenset[str]]:
    """The values asked for; a code that no record can have is a slip. Indicators are told by the patterns in use."""
    from typing import get_args

    from extractor.records.codes import Measure, Role, Status

    for field, codes in (("role", get_args(Role)), ("measure", get_args(Measure)), ("status", get_args(Status))):
        wrong = next((value for value in fields[field] or () if value not in codes), None)
        if wrong is not None:
            raise ExtractorError(f"{wrong!r} is no {field}; there are {', '.join(codes)}")
    return {field: frozenset(values or ()) for field, values in fields.items()}


def _years(stated: str | None) -> tuple[int, int] | None:
    if stated is None:
        return None
    if not _YEARS.fullmatch(stated) or stated == "-":
        raise ExtractorError(f"{stated!r} is no span of years; write 1998-2008, 1998- or 1998")
    first, mark, last = stated.partition("-")
    return int(first or 0), int(last or 9999) if mark else int(first)


def _form(stated: str | None, output: str) -> Form | Literal["xlsx"]:
    from extractor.archive.row_writers import FORMS
    from extractor.readers.registry import suffix

    forms: tuple[Form | Literal["xlsx"], ...] = (*FORMS, "xlsx")
    told = stated or suffix(output).removeprefix(".")
    if stated is None and told in ("", "txt"):
        return "csv"
    form = next((form for form in forms if form == told), None)
    if form is None:
        what = f"{stated!r}" if stated is not None else f".{told}"
        raise ExtractorError(f"{what} is no form of the table; the forms are {', '.join(forms)}")
    return form
