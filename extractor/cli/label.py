"""``extractor label``: records to Label Studio for correction, and back as gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import display
from extractor.cli.exits import ExitCode
from extractor.cli.inputs import inputs
from extractor.cli.options import BUILTIN_MODEL, Encoding, NerModel, NoNer, PatternsDir, kinds_of
from extractor.cli.output import text_output
from extractor.cli.text import examples, known_encoding
from extractor.errors import EvaluationError, ExtractorError

if TYPE_CHECKING:
    from extractor.records.codes import Kind

HELP = "Have records corrected in Label Studio, and get gold back. 用 Label Studio 校正记录，得到标注语料。"

_CIRCLE = (
    "extractor label config > config.xml",
    "extractor label tasks reports/ --sample 50 -o tasks.json",
    "extractor label gold export.json -o gold.jsonl",
    "extractor evaluate gold.jsonl --errors 5",
)
app = typer.Typer(name="label", help=HELP, epilog=examples(*_CIRCLE), rich_markup_mode=None, no_args_is_help=True)

Kinds = Annotated[
    str | None,
    typer.Option(metavar="KIND,...", help="Only these: amount, count, disaster, date, … 只要这些种类。"),
]
Output = Annotated[
    str, typer.Option("-o", "--output", metavar="FILE", help="Where to write; - is standard output. 输出文件。")
]


@app.command(
    short_help="Make tasks of documents and their records. 生成标注任务。",
    help="""Make tasks of documents and their records, for import into Label Studio. 生成供 Label Studio 导入的任务。

A JSON list with one task a document: its text, its path, and the records as predictions, with the fields that extractor
evaluate compares and the relations between records. --sample draws documents by their names and --seed, the same ones
wherever it runs; members of archives are drawn like files. What can't be read is told and makes no task.
""",
    epilog=examples(
        "extractor label tasks reports/ -o tasks.json",
        "extractor label tasks archive.zip --sample 200 --seed 7 -o tasks.json",
        "extractor label tasks report.docx --kinds amount,count | head",
    ),
)
def tasks(
    paths: Annotated[list[str], typer.Argument(metavar="PATHS", help="Files, folders, patterns, addresses. 文件等。")],
    output: Output = "-",
    kinds: Kinds = None,
    sample: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Only N documents, drawn by chance. 随机抽取 N 份文件。")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Another seed draws others. 随机种子。")] = 0,
    encoding: Encoding = None,
    patterns: PatternsDir = None,
    no_ner: NoNer = False,
    ner_model: NerModel = BUILTIN_MODEL,
) -> None:
    """See help."""
    known_encoding(encoding)
    given = inputs(paths, None, lines=False)
    asked = _kinds(kinds, no_ner)
    from extractor.labelling.sources import sampled_tasks, tasks_of
    from extractor.pipeline import Extractor

    reader = Extractor(patterns=patterns, kinds=asked, ner="entity" in asked, ner_model=ner_model, encoding=encoding)
    documents = given.documents([Path(output)])
    if sample is None:
        made = tasks_of(documents, reader, asked, _tell)
    else:
        made = sampled_tasks(documents, reader, asked, _tell, number=sample, seed=seed)
    count = 0
    with text_output(output) as stream:
        for count, task in enumerate(made, start=1):
            stream.write(f"{'[' if count == 1 else ','}\n{json.dumps(task, ensure_ascii=False)}")
        stream.write("\n]\n" if count else "[]\n")
    if output != "-":
        display.note(f"{count} tasks, written to {output}")
    if not count:
        display.error("there was no document to make a task of; give files, or folders that hold some")
        raise typer.Exit(ExitCode.NOTHING_READ)


@app.command(
    short_help="Print the labelling configuration. 输出标注界面配置。",
    help="""Print the labelling configuration for the project in Label Studio. 输出 Label Studio 项目的标注界面配置。

Paste it in Settings, Labeling Interface, Code. It is made from the codes of the records and shows them in Chinese and
English.
""",
    epilog=examples("extractor label config > config.xml", "extractor label config --kinds amount,count"),
)
def config(kinds: Kinds = None) -> None:
    """See help."""
    asked = _kinds(kinds, no_ner=False)
    from extractor.labelling.config import labelling_config

    print(labelling_config(asked), end="")


@app.command(
    short_help="Make gold of what annotators did. 将标注结果转为标注语料。",
    help="""Make gold of what annotators did, as extractor evaluate reads it. 将标注结果转为评测用的标注语料。

EXPORT is what Label Studio exports as JSON. Each annotated task becomes a passage; its pid is the path of the document.
Of several annotations of a task the one marked as ground truth counts, else the last one. Tasks that were skipped or
not annotated are left out and told of; so are those with an annotation that can't be right (a value that is no number,
a region without label), and then the command ends with 1.
""",
    epilog=examples("extractor label gold export.json -o gold.jsonl", "extractor evaluate gold.jsonl --errors 5"),
)
def gold(
    export: Annotated[Path, typer.Argument(metavar="EXPORT.json", help="What Label Studio exported. 导出的文件。")],
    output: Output = "-",
) -> None:
    """See help."""
    from extractor.labelling.annotated import gold_of

    returned = gold_of(_json(export))
    with text_output(output) as stream:
        for passage in returned.passages:
            stream.write(json.dumps(passage, ensure_ascii=False) + "\n")
    for message in (*returned.left_out, *returned.faults):
        display.note(message)
    left = f"{len(returned.faults)} with faults" if returned.faults else "no faults"
    display.note(f"{len(returned.passages)} passages, {left}" + (f", written to {output}" if output != "-" else ""))
    if returned.faults:
        raise typer.Exit(ExitCode.FOUND_FAULTS)


def _kinds(stated: str | None, no_ner: bool) -> tuple[Kind, ...]:
    """The kinds to be labelled: those that gold knows."""
    from extractor.evaluation.gold import SCORED_KINDS

    named = kinds_of(stated)
    wrong = sorted(set(named or ()) - set(SCORED_KINDS))
    if wrong:
        raise ExtractorError(f"{wrong[0]} can't be labelled; the kinds that can are {', '.join(SCORED_KINDS)}")
    return tuple(
        kind for kind in SCORED_KINDS if (named is None or kind in named) and not (no_ner and kind == "entity")
    )


def _tell(name: str, why: str) -> None:
    display.note(f"{name}: {why}")


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise EvaluationError(f"can't read {path}: {(error.strerror or str(error)).lower()}; check the path") from error
    except ValueError as error:
        raise EvaluationError(f"{path} is no JSON ({error}); export as JSON from Label Studio") from error
