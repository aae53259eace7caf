"""Page numbers that fell into the text: lines of their own (— 3 —, 第 3 页) and figures behind a full stop (。1).

The form feeds between pages that PDF readers write go with them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from extractor.text.alignment import Edit
from extractor.text.expression import expression

_DASH = "[-—–－─―~～]{1,2}"
_NUMBER = "[0-9]{1,4}"
_NUMBER_LINE = (
    rf"[ \t\u3000\f]*(?:{_DASH} ?{_NUMBER} ?{_DASH}|第 ?{_NUMBER} ?页(?:[ ,，/]{{0,3}}共 ?{_NUMBER} ?页)?)"
    r"[ \t\u3000\r\f]*(?:\Z|\n)"
)
_FIRST_NUMBER_LINE, _FURTHER_NUMBER_LINE = re.compile(_NUMBER_LINE), re.compile("\n" + _NUMBER_LINE)
_BEHIND_STOP = expression(r"[。！]([0-9]{1,3})(?=\r?\n)")
_BARE = expression(r"\n[ \t\f]*([0-9]{1,3})[ \t\r\f]*(?=\n)")
_FIGURE_LAST = re.compile(r"\n(?<=[0-9 \t\r\f]\n)")
"""The end of a line that ends with a figure or a blank: where there is none, no number stands behind a stop or bare."""
_FORM_FEED = re.compile(r"\n?\f+")
_BLANK = " \t\u3000\r\n\f"
FEWEST = 3
"""So many bare numbers must count upwards one by one before they are taken for page numbers."""


def numbers_removed(text: str) -> list[Edit]:
    """Edits that take page numbers away, with the blank lines around them."""
    edits = [whole_lines(text, match.start(), match.end()) for match in _number_lines(text)]
    if _FIGURE_LAST.search(text):
        edits += [Edit(*match.span(1), "") for match in _BEHIND_STOP.finditer(text)]
        edits += [whole_lines(text, match.start(), match.end()) for match in _counting(text)]
    if "\f" in text:
        edits += [Edit(match.start(), match.end(), "\n") for match in _FORM_FEED.finditer(text)]
    return merged(edits)


def _number_lines(text: str) -> list[re.Match[str]]:
    found = []
    match = _FIRST_NUMBER_LINE.match(text) or _FURTHER_NUMBER_LINE.search(text)
    while match:
        found.append(match)
        # The line break behind may open the next such line.
        match = _FURTHER_NUMBER_LINE.search(text, max(match.end() - 1, match.start() + 1))
    return found


def _counting(text: str) -> list[re.Match[str]]:
    """Lines that hold a bare number, where these count upwards one by one and lie apart: no column of a table."""
    bare = list(_BARE.finditer(text))
    if len(bare) < FEWEST:
        return []
    pairs = list(itertools.pairwise(bare))
    apart = all(text.count("\n", a.end() + 1, b.start() + 1) >= 5 for a, b in pairs)
    upwards = all(int(b[1]) == int(a[1]) + 1 for a, b in pairs)
    return bare if apart and upwards else []


def merged(edits: Iterable[Edit]) -> list[Edit]:
    """Removals in order, those that overlap made one."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if kept and edit.start < kept[-1].end:
            first = kept.pop()
            edit = Edit(first.start, max(first.end, edit.end), min(first.replacement, edit.replacement))
        kept.append(edit)
    return kept


def whole_lines(text: str, start: int, end: int) -> Edit:
    """The stretch grown over the blank lines around it, and one line break in its place (none at either edge)."""
    while start > 0 and text[start - 1] in _BLANK:
        start -= 1
    while end < len(text) and text[end] in "\r\n\f":
        end += 1
    return Edit(start, end, "\n" if start > 0 and end < len(text) else "")
