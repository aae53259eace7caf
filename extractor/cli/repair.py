"""``extractor repair``: a text with its damage undone, and what was done to it."""

from __future__ import annotations

import json
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import diff, display
from extractor.cli.options import AsJson, Encoding, Text
from extractor.cli.text import examples, given, is_file, known_encoding
from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.text.repair import Repaired

NAME = "repair"
HELP = """Undo the damage in a text and print it in simplified Chinese. 修复受损文本，输出简体全文。

Clean text comes out as it went in. --explain tells every change with its place, step, before and after, --diff shows
the lines before and after, --json is for programs. Offsets count characters of the text as it came. A flag says that
a change is well founded, not certain; what is in doubt as a whole is listed under Doubts. An argument that names a
file is read, any other is the text itself.
"""
EPILOG = examples(
    "extractor repair report.txt > clean.txt",
    "extractor repair report.txt --explain | less -S",
    "extractor repair report.txt --diff --skip script --skip wraps",
    "extractor repair '嚴(yán)重?fù)p失l2方元' --json",
    "extractor repair --steps",
)


def _show_steps(wanted: bool) -> None:
    if wanted:
        from extractor.text.repair import STEPS

        display.table(["step", "meaning"], [(step.name, step.meaning) for step in STEPS])
        raise typer.Exit


def command(
    text: Text,
    explain: Annotated[
        bool, typer.Option("--explain", help="Tell every change and every doubt. 列出每处修改。")
    ] = False,
    as_diff: Annotated[bool, typer.Option("--diff", help="Show the lines before and after. 显示前后差异。")] = False,
    as_json: AsJson = False,
    skip: Annotated[
        list[str] | None, typer.Option(metavar="STEP", help="Leave a step out; may be given again. 跳过某一步。")
    ] = None,
    steps: Annotated[
        bool, typer.Option("--steps", help="List the steps. 列出修复步骤。", callback=_show_steps, is_eager=True)
    ] = False,
    encoding: Encoding = None,
) -> None:
    """See HELP."""
    if explain + as_diff + as_json > 1:
        raise ExtractorError("--explain, --diff and --json are three ways to tell the same: give one of them")
    from extractor.text.repair import repair

    left_out = _known_steps(skip or [])
    source = given(text, known_encoding(encoding))
    repaired = repair(source, skip=left_out)
    if as_json:
        print(_as_json(source, repaired))
    elif explain:
        _show(source, repaired)
    elif as_diff:
        diff.show(source, repaired, text if is_file(text) else "text")
    else:
        print(repaired.text, end="\n" if sys.stdout.isatty() and not repaired.text.endswith("\n") else "")


def _known_steps(named: list[str]) -> list[str]:
    from extractor.text.repair import STEPS

    known = [step.name for step in STEPS]
    for name in named:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"the steps are {', '.join(known)}"
            raise ExtractorError(f"no repair step is called {name!r}; {hint}")
    return named


def _doubts(source: str, repaired: Repaired) -> list[tuple[int, int, str, str, str]]:
    """The spans in doubt: where in the source, what stands there, what it is read as, and the flag."""
    told: list[tuple[int, int, str, str, str]] = []
    for doubt in repaired.doubts:
        start, end = repaired.alignment.to_old(doubt.start, doubt.end)
        told.append((start, end, source[start:end], repaired.text[doubt.start : doubt.end], doubt.flag))
    return told


def _show(source: str, repaired: Repaired) -> None:
    changes = [(c.step, c.start, c.end, c.before, c.after, c.flag) for c in repaired.changes()]
    display.table(["step", "start", "end", "before", "after", "flag"], changes, title="Changes 修改")
    display.table(["start", "end", "raw", "read as", "flag"], _doubts(source, repaired), title="Doubts 存疑")


def _as_json(source: str, repaired: Repaired) -> str:
    keys = ("start", "end", "raw", "text", "flag")
    stated = {
        "text": repaired.text,
        "script": repaired.script,
        "counts": repaired.counts,
        "changes": [change._asdict() for change in repaired.changes()],
        "doubts": [dict(zip(keys, doubt, strict=True)) for doubt in _doubts(source, repaired)],
    }
    return json.dumps(stated, ensure_ascii=False, indent=2)
