"""Arguments and options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from extractor.entities.scope import Scope
    from extractor.records.codes import Kind

Text = Annotated[
    str, typer.Argument(metavar="TEXT|FILE|-", help="A text, a file, or - for standard input. 文本、文件或 -。")
]
PatternsDir = Annotated[
    Path | None,
    typer.Option("--patterns", metavar="DIR", help="Folder of pattern files laid over ours. 自定义规则文件夹。"),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="Read files in this encoding, detect nothing. 指定编码。"),
]


class NerScope(StrEnum):
    """Where names are looked for."""

    ALL = "all"
    FIGURES = "figures"


Ner = Annotated[
    NerScope,
    typer.Option(
        "--ner",
        help="Look for names in all sentences, or only where they can matter to figures: sentences that hold one, "
        "headings, head and foot. 在全部句子中识别名称，或只在与数字有关处。",
    ),
]
NoNer = Annotated[bool, typer.Option("--no-ner", help="Leave out places, organizations and persons. 不识别名称。")]
NerModel = Annotated[
    str,
    typer.Option(
        "--ner-model",
        metavar="NAME|PATH",
        help="builtin (rules and model), rules, model, or a spaCy pipeline, installed or in a folder. 识别模型。",
    ),
]
BUILTIN_MODEL = "builtin"
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON. 输出 JSON。")]

MaxSize = Annotated[
    float, typer.Option("--max-size", metavar="MB", min=0.001, help="Largest document that is read. 单个文件上限。")
]
MaxExtracted = Annotated[
    float,
    typer.Option("--max-extracted", metavar="MB", min=0.001, help="Most that an archive gives. 压缩包解压上限。"),
]
MaxRatio = Annotated[
    float, typer.Option("--max-ratio", metavar="X", min=1, help="Most that a member grows when unpacked. 压缩比上限。")
]
MaxMembers = Annotated[
    int, typer.Option("--max-members", metavar="N", min=1, help="Most members of one archive. 压缩包内文件数上限。")
]
MaxDepth = Annotated[
    int, typer.Option("--max-depth", metavar="N", min=0, help="Archives inside archives; 0: none. 压缩包嵌套层数上限。")
]
MaxMemory = Annotated[
    float, typer.Option("--max-memory", metavar="MB", min=64, help="Most memory a parser takes. 解析器内存上限。")
]
TimeLimit = Annotated[
    float,
    typer.Option("--time-limit", metavar="S", min=0.1, help="Seconds to read a document. 读取时限（秒）。"),
]


def kinds_of(stated: str | None) -> frozenset[Kind] | None:
    """The kinds named in ``amount,count``; None for all."""
    if stated is None:
        return None
    from extractor.records.codes import known_kinds

    return known_kinds([kind.strip() for kind in stated.split(",") if kind.strip()] or [stated])


def ner_of(scope: NerScope, no_ner: bool) -> Scope | Literal[False]:
    """Where names are looked for, by both options together."""
    return False if no_ner else scope.value
