"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from extractor.errors import ExtractorError

if TYPE_CHECKING:
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
NoNer = Annotated[bool, typer.Option("--no-ner", help="Leave out places, organizations and persons. 不识别名称。")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON. 输出 JSON。")]


def kinds_of(stated: str | None) -> frozenset[Kind] | None:
    """The kinds named in ``amount,count``; None for all."""
    if stated is None:
        return None
    from extractor.records.codes import Kind

    named = [kind.strip() for kind in stated.split(",") if kind.strip()]
    known = get_args(Kind)
    wrong = [kind for kind in named if kind not in known] if named else [stated]
    if wrong:
        raise ExtractorError(f"{wrong[0]!r} is no kind of record; the kinds are {', '.join(known)}")
    return frozenset(cast("list[Kind]", named))
