"""The lines of a text with what page numbers and hard wraps are told by: width, ending, beginning."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import NamedTuple

from extractor.text.expression import expression

TERMINAL = "。.！？!?；;：:…”」』）)》】"
"""Characters that a paragraph may end with."""

MARKER = expression(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[、.．](?![0-9])"
    r"|第[一二三四五六七八九十百0-9]{1,4}[章节条篇编部]|[①-⑳]|附[件：:表录]|[注附][：:]|[●■◆★▲※○◎·•－—-])"
)
"""What a heading or the item of a list begins with."""

DATE_LINE = expression(r"\s*[（(]?[0-9一二三四五六七八九十〇○零]{2,4}年.{1,8}日[）)]?\s*")
"""A line that is a date and nothing else, as the 成文日期 is."""

_GAPS = re.compile(r"\S(?:\t|[ ]{2,}|\u3000+)(?=\S)")
_BARE_FIGURE = re.compile("[0-9][0-9.,，%％]*")


class Line(NamedTuple):
    """``text[start:end]`` without its line break."""

    start: int
    end: int
    text: str

    @property
    def cells(self) -> int:
        """The width in half-width cells: two for a Chinese character, one for an ASCII one."""
        return 2 * len(self.text) - len(self.text.encode("ascii", "ignore"))


@functools.lru_cache(maxsize=1)
def split(text: str) -> Sequence[Line]:
    """The lines of ``text``; a carriage return before a line break stays out of its line.

    One step after the other asks about the same text, so the last answer is kept.
    """
    lines = []
    start = 0
    for piece in text.split("\n"):
        content = piece.removesuffix("\r")
        lines.append(Line(start, start + len(content), content))
        start += len(piece) + 1
    return lines


def numbered(text: str) -> Callable[[int], int]:
    """What gives the number of the line, from 0, that an offset of ``text`` stands in."""
    breaks = [match.start() for match in re.finditer("\n", text)]
    return lambda offset: bisect_left(breaks, offset)


def is_row(line: str) -> bool:
    """Whether ``line`` is a row of a table: cells with gaps or rules between them, several bare figures, or a rule."""
    if "\t" in line or "|" in line or "│" in line:
        return True
    body = line.strip()
    if body.startswith(("─", "┌", "├", "└", "┼", "+-")):
        return True
    if "\u3000\u3000" in body:
        return True
    if " " not in body:
        return False
    if body.count("  ") + body.count("\u3000") >= 2 and len(_GAPS.findall(body)) >= 2:
        return True
    return sum(_BARE_FIGURE.fullmatch(cell) is not None for cell in body.split()) >= 2
