"""A repaired text beside its source as a unified diff: in colour on a terminal, fit for ``patch`` in a pipe."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rich.text import Text

    from extractor.text.repair import Repaired

CONTEXT = 1
"""Lines shown around a change: the lines of reports are whole paragraphs."""
_NO_BREAK = "\\ No newline at end of file"
_STYLES = {"-": "red", "+": "green", "@": "cyan", " ": ""}
_STRONG = {"-": "bold white on red", "+": "bold white on green"}

Span = tuple[int, int]


class Shown(NamedTuple):
    """One line of the diff: its sign, its text, and which characters of it differ."""

    sign: str
    text: str
    differing: Sequence[Span] = ()


def show(source: str, repaired: Repaired, name: str) -> None:
    """Print the diff; nothing if nothing changed."""
    from rich.console import Console

    lines = list(unified(source, repaired, name))
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    for line in lines:
        if console.is_terminal:
            console.print(_styled(line), soft_wrap=True)
        else:
            print(line.text)


def unified(source: str, repaired: Repaired, name: str) -> Iterator[Shown]:
    """The lines of the unified diff from ``source`` to the repaired text, heads included."""
    if source == repaired.text:
        return
    old, new = differing(source, repaired)
    before, after = _split(source), _split(repaired.text)
    before_at, after_at = _offsets(before), _offsets(after)
    yield Shown("-", f"--- {name}")
    yield Shown("+", f"+++ {name} (repaired)")
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(CONTEXT):
        first, last = group[0], group[-1]
        yield Shown("@", f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@")
        for tag, i, i_end, j, j_end in group:
            if tag == "equal":
                yield from _lines(" ", before[i:i_end], before_at[i:i_end], [])
            else:
                yield from _lines("-", before[i:i_end], before_at[i:i_end], old)
                yield from _lines("+", after[j:j_end], after_at[j:j_end], new)


def differing(source: str, repaired: Repaired) -> tuple[list[Span], list[Span]]:
    """Which characters of the source were changed, and which of the repaired text came of that."""
    from extractor.text.repair.model import runs

    old: list[Span] = []
    new: list[Span] = []
    at = shifted = 0
    for start, end, new_start, new_end in (*repaired.alignment.blocks, (len(source),) * 2 + (len(repaired.text),) * 2):
        edits = runs(source[at:start], repaired.text[shifted:new_start])  # of steps that keep the length
        old += [(at + edit.start, at + edit.end) for edit in edits]
        new += [(shifted + edit.start, shifted + edit.end) for edit in edits]
        old.append((start, end))
        new.append((new_start, new_end))
        at, shifted = end, new_end
    return old, new


def _split(text: str) -> list[str]:
    """Lines with their line feeds; other characters that end a line in Python are no ends here."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines


def _offsets(lines: Sequence[str]) -> list[int]:
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    return offsets


def _range(start: int, end: int) -> str:
    """Line numbers as ``diff`` writes them: from 1; of an empty stretch the line before it."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + 1 if count else start},{count}"


def _lines(sign: str, lines: Sequence[str], offsets: Sequence[int], spans: list[Span]) -> Iterator[Shown]:
    for line, offset in zip(lines, offsets, strict=True):
        text = line.removesuffix("\n")
        i = max(0, bisect_right(spans, (offset, offset)) - 1)
        within = []
        while i < len(spans) and spans[i][0] < offset + len(text):
            low, high = max(0, spans[i][0] - offset), min(len(text), spans[i][1] - offset)
            if low < high:
                within.append((low, high))
            i += 1
        yield Shown(sign, sign + text, within)
        if text == line:
            yield Shown("@", _NO_BREAK)


def _styled(line: Shown) -> Text:
    from rich.text import Text

    text = Text(line.text, style=_STYLES[line.sign])
    for start, end in line.differing:
        text.stylize(_STRONG[line.sign], start + 1, end + 1)
    return text
