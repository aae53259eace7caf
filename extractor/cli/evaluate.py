"""``extractor evaluate``: how good the records are, measured on gold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import display
from extractor.cli.exits import ExitCode
from extractor.cli.options import BUILTIN_MODEL, AsJson, NerModel, PatternsDir
from extractor.cli.text import examples
from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.evaluation.floors import Floors
    from extractor.evaluation.gold import Gold
    from extractor.evaluation.scoring import Report

NAME = "evaluate"
HELP = """Measure precision, recall and F1 on gold passages. 用标注语料评测准确率和召回率。

A prediction answers a gold record of its kind that it overlaps, and is right when its value is. With --floors the
command ends with 1 when a figure is below its floor. --write-floors raises floors to just under today's figures;
a floor is lowered only with --lower and a reason, which is kept in the file.
"""
EPILOG = examples(
    "extractor evaluate corpus/gold.jsonl --errors 5",
    "extractor evaluate corpus/gold.jsonl --floors tests/quality/floors-corpus.json",
    "extractor evaluate corpus/gold.jsonl --write-floors tests/quality/floors-corpus.json",
    "extractor evaluate gold.jsonl --records records.jsonl --json",
)


def command(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Passages with their records. 标注语料。")],
    records: Annotated[
        Path | None,
        typer.Option(metavar="OUT.jsonl", help="Score this output of a run; extract nothing. 评测已有输出。"),
    ] = None,
    errors: Annotated[
        int, typer.Option(metavar="N", min=0, help="Show the first N mistakes of each kind. 列出错误。")
    ] = 0,
    floors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Fail when a figure is below its floor. 检查下限。")
    ] = None,
    write_floors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Raise the floors in FILE. 提高下限。")
    ] = None,
    lower: Annotated[
        str | None, typer.Option(metavar="REASON", help="Let --write-floors lower floors, and why. 降低下限的理由。")
    ] = None,
    patterns: PatternsDir = None,
    ner_model: NerModel = BUILTIN_MODEL,
    as_json: AsJson = False,
) -> None:
    """See HELP."""
    if lower is not None and (write_floors is None or not lower.strip()):
        raise ExtractorError("--lower takes a reason and goes with --write-floors FILE")
    from extractor.evaluation.floors import read_floors
    from extractor.evaluation.gold import read_gold

    passages = read_gold(gold)
    standard = read_floors(floors) if floors else None
    if standard and floors:
        standard.require(passages.digest, floors)
    report = _report(passages, records, patterns, ner_model)
    if write_floors is not None:
        _write(write_floors, passages, report, lower)
    if as_json:
        print(json.dumps({name: row.as_json() for name, row in report.rows.items()}, ensure_ascii=False))
    else:
        _show(report, errors)
    if standard is not None and not _holds(standard, report):
        raise typer.Exit(ExitCode.FOUND_FAULTS)


def _report(gold: Gold, records: Path | None, patterns: Path | None, ner_model: str) -> Report:
    from extractor.evaluation.gold import read_predictions
    from extractor.evaluation.running import predictions_of
    from extractor.evaluation.scoring import score

    if records is not None:
        return score(gold.passages, read_predictions(records, {passage.pid for passage in gold.passages}))
    from extractor.pipeline import Extractor

    wanted = {kind for passage in gold.passages for kind in passage.kinds}
    reader = Extractor(patterns=patterns, ner="entity" in wanted, ner_model=ner_model)
    return score(gold.passages, predictions_of(reader, gold.passages))


def _show(report: Report, errors: int) -> None:
    for kind, mistakes in report.mistakes.items():
        for mistake in mistakes[:errors]:
            print(f"{kind}: {mistake}")
    headings = ["kind", "gold", "pred", "found", "right", "P", "R", "F1", "attributes of the right ones"]
    rows: list[Sequence[object]] = []
    for name, row in report.rows.items():
        shares = "  ".join(f"{attribute} {share:.3f}" for attribute, share in row.attributes.items())
        figures = [f"{share:.3f}" for share in (row.precision, row.recall, row.f1)]
        rows.append([name, row.gold, row.predicted, row.found, row.right, *figures, shares])
    display.table(headings, rows)


def _write(path: Path, gold: Gold, report: Report, reason: str | None) -> None:
    from extractor.evaluation.floors import as_json, raised, read_floors

    old = read_floors(path) if path.exists() else None
    new = raised(old, gold.digest, report.figures(), reason)
    path.write_text(as_json(new), encoding="utf-8")
    display.note(f"floors written to {path}")


def _holds(standard: Floors, report: Report) -> bool:
    faults = standard.below(report.figures())
    for fault in faults:
        display.error(fault)
    return not faults
