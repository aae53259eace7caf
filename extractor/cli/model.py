"""``extractor model``: the models for names, seen and measured."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.cli import display
from extractor.cli.options import BUILTIN_MODEL, AsJson
from extractor.cli.text import examples

if TYPE_CHECKING:
    from extractor.evaluation.scoring import Row

HELP = "Show and measure what finds names. 查看和评测识别名称的模型。"

app = typer.Typer(
    name="model",
    help=HELP,
    epilog=examples("extractor model info", "extractor model evaluate gold.jsonl --model rules"),
    rich_markup_mode=None,
    no_args_is_help=True,
)

Model = Annotated[
    str,
    typer.Argument(metavar="[NAME|PATH]", help="builtin, rules, model, or a spaCy pipeline. 模型名称或文件夹。"),
]


@app.command(
    short_help="Show what a model is made of. 显示模型信息。",
    help="""Show what a model is made of: version, labels, data, licences, scores, size. 显示模型信息。
""",
    epilog=examples("extractor model info", "extractor model info my-model/ --json"),
)
def info(model: Model = BUILTIN_MODEL, as_json: AsJson = False) -> None:
    """See help."""
    from extractor.entities.choice import facts_about

    facts = facts_about(model)
    if as_json:
        print(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
        return
    display.table(["what", "is"], [(key, _in_words(value)) for key, value in facts.items()])


@app.command(
    short_help="Precision and recall of names on gold. 评测名称识别。",
    help="""Measure the names that a model finds on gold passages, label by label. 评测名称识别的准确率和召回率。

A name is right when both its ends and its label are. Give several models to compare them.
""",
    epilog=examples(
        "extractor model evaluate corpus/gold.jsonl",
        "extractor model evaluate corpus/gold.jsonl --model rules --model my-model/",
    ),
)
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Passages with their names. 标注语料。")],
    model: Annotated[
        list[str] | None, typer.Option("--model", metavar="NAME|PATH", help="Model to measure; may be repeated. 模型。")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """See help."""
    from extractor.evaluation.gold import read_gold
    from extractor.evaluation.running import predictions_of
    from extractor.evaluation.scoring import score
    from extractor.pipeline import Extractor

    passages = [passage for passage in read_gold(gold).passages if "entity" in passage.kinds]
    measured: dict[str, dict[str, Row]] = {}
    for name in model or [BUILTIN_MODEL]:
        rows = score(passages, predictions_of(Extractor(ner_model=name, kinds={"entity"}), passages)).rows
        measured[name] = {row.removeprefix("entity:"): rows[row] for row in rows if row.startswith("entity")}
    if as_json:
        print(json.dumps({name: {row: f.as_json() for row, f in rows.items()} for name, rows in measured.items()}))
        return
    display.table(
        ["model", "names", "gold", "pred", "right", "P", "R", "F1"],
        [
            (name, row, f.gold, f.predicted, f.right, f"{f.precision:.3f}", f"{f.recall:.3f}", f"{f.f1:.3f}")
            for name, rows in measured.items()
            for row, f in rows.items()
        ],
    )


def _in_words(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_in_words(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_in_words, value))
    return str(value)
