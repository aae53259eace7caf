"""``extractor tokenize``: the words of a text."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from extractor.cli import display
from extractor.cli.options import AsJson, Encoding, PatternsDir, Text
from extractor.cli.text import examples, given, known_encoding

NAME = "tokenize"
HELP = """Cut a text into words, with their offsets. 分词，并给出位置。

One line a word: start, end, word. Offsets count characters of the text as it came; nothing is repaired.
An argument that names a file is read, any other is the text itself.
"""
EPILOG = examples(
    "extractor tokenize 新平县民政局下拨救灾款",
    "extractor tokenize report.txt --pos",
    "cat report.txt | extractor tokenize - --json",
)


class Backend(StrEnum):
    """What cuts the words."""

    AUTO = "auto"
    RJIEBA = "rjieba"
    JIEBA = "jieba"


def command(
    text: Text,
    pos: Annotated[bool, typer.Option("--pos", help="Give parts of speech, too. 标注词性。")] = False,
    as_json: AsJson = False,
    backend: Annotated[Backend, typer.Option(help="What cuts the words. 分词引擎。")] = Backend.AUTO,
    encoding: Encoding = None,
    patterns: PatternsDir = None,
) -> None:
    """See HELP."""
    source = given(text, known_encoding(encoding))
    from extractor.entities.segmenter import Segmenter
    from extractor.patterns import load_patterns

    tokens = Segmenter(load_patterns(patterns), backend.value).tokenize(source, pos=pos)
    if as_json:
        for token in tokens:
            stated = token._asdict() if pos else {"text": token.text, "start": token.start, "end": token.end}
            print(json.dumps(stated, ensure_ascii=False))
        return
    rows = [(token.start, token.end, token.text, *([token.pos] if pos else [])) for token in tokens]
    display.table(["start", "end", "word", *(["pos"] if pos else [])], rows)
