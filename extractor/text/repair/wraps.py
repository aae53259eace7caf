"""Hard line breaks inside sentences, taken out again.

Three ways to tell them. A figure cut in two tells itself: digits, and in the next line the rest with its unit. A text
set to a fixed width has lines of one length, and most of them end in mid-sentence: there, a full line goes on in the
next one. Elsewhere a paragraph in one long line may be torn once by a page break: it ends without any mark of an end,
and what follows begins like no heading, item or row.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence

from extractor.text.alignment import Edit
from extractor.text.expression import expression
from extractor.text.repair.lines import DATE_LINE, MARKER, TERMINAL, Line, is_row, split
from extractor.text.repair.units import UNIT

NARROWEST = 16
"""Characters a line must have before its width can tell anything."""
FEWEST = 4
"""Full lines a text must have before it counts as set to a width."""
LONG = 50
"""Characters from which a line is a whole paragraph set in one line, torn if it does not end."""
REST = 20
"""Characters that the rest of a torn paragraph has at least: less may be an entry of a list."""
_RAGGED = 8
"""Cells by which full lines may differ where the margin is ragged."""
_TAIL = 0.7
_EVIDENCE = 6
"""Full lines and ends of paragraphs behind them that a text must have before its ragged margin counts."""
_HANG = 3
"""Closing punctuation that typesetting may hang beyond the width, in characters."""
_CUT = expression(r"[\u3400-\u9fff（(，,。；;、：:]([0-9][0-9.,]*)\s*\Z")
_FIGURE_ENDS = frozenset("0123456789.,")
_CLOSED = frozenset(TERMINAL) - _FIGURE_ENDS
"""With one of these a line ends that goes on in the next one only where the text is set to a width."""
_REST = expression(rf"([0-9.,]*)(?:([年月日])|{UNIT})")
_FIGURE = expression(r"[1-9][0-9]*(?:\.[0-9]+)?|0\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_PAUSES = ("，", ",", "、")
_CLAUSE = re.compile("[，,。；;]")
_ENTRY = re.compile(r"\S{1,12}(?:\s{2}|\u3000)")
_RUNS_ON = expression(r"[\u3400-\u9fff0-9“《〔]")


def joined(text: str) -> list[Edit]:
    """Edits that take out the line breaks that stand inside a sentence."""
    if text.count("\n") < 1:
        return []
    lines = split(text)
    full = _set_to_width(lines)
    edits = []
    for line, following in itertools.pairwise(lines):
        if full is None and line.text[-1:] in _CLOSED:
            continue
        if not line.text.strip() or not following.text.strip():
            continue
        cut = _cuts_figure(line.text, following.text)
        if cut or _goes_on(line, following, full):
            start = line.start + len(line.text.rstrip())
            end = following.start + len(following.text) - len(following.text.lstrip())
            spaced = " " in text[start:end]
            edits.append(Edit(start, end, "" if cut else _seam(text[start - 1], text[end], spaced=spaced)))
    return edits


def _cuts_figure(line: str, following: str) -> bool:
    """Whether a figure in running text ends the line and goes on in the next one.

    >>> _cuts_figure("入汛以来，全县共投入救灾资金14300.", "2万元")
    True
    """
    if line.rstrip()[-1:] not in _FIGURE_ENDS:
        return False
    first = _CUT.search(line)
    rest = _REST.match(following) if first and len(line) >= NARROWEST and _CLAUSE.search(line) else None
    if not first or not rest:
        return False
    figure = first[1] + rest[1]
    if rest[2]:
        return figure.isdigit() and (len(figure) == 4 if rest[2] == "年" else int(figure) <= 31)
    return _FIGURE.fullmatch(figure) is not None


def _goes_on(line: Line, following: Line, full: Callable[[Line], bool] | None) -> bool:
    if following.text.startswith(("\u3000", "  ", "\t")):
        return False
    ended = line.text.rstrip()[-1] in TERMINAL
    if full is None:
        torn = not ended and _torn_paragraph(line.text, following.text)
        return torn and not is_row(line.text) and not is_row(following.text)
    if not full(line) or is_row(following.text) or _ENTRY.match(following.text):
        return False
    if not ended:
        return True
    # The sentence ended just where the line was full: the paragraph goes on unless the next line opens something.
    closes = following.text.rstrip()[-1] in TERMINAL or full(following)
    return closes and not MARKER.match(following.text) and not DATE_LINE.fullmatch(following.text)


def _torn_paragraph(line: str, following: str) -> bool:
    return (
        len(line) >= LONG
        and not line.rstrip().endswith(_PAUSES)  # as often a slip for the full stop of the paragraph
        and _CLAUSE.search(line) is not None
        and _RUNS_ON.match(following) is not None
        and not MARKER.match(line)
        and not MARKER.match(following)
        and not _ENTRY.match(following)
        and not DATE_LINE.fullmatch(following)
        and len(following) >= REST
        and _CLAUSE.search(following) is not None
    )


def _set_to_width(lines: Sequence[Line]) -> Callable[[Line], bool] | None:
    """How to tell a full line, where the text is set to a width: in characters, else in cells."""
    filled = [line for line in lines if len(line.text.strip()) >= NARROWEST]
    if len(filled) < FEWEST:
        return None
    for measure, slack in ((_characters, 0), (_cells, 1)):
        measured = [measure(line) for line in filled]
        widths = Counter(measured)
        width, _ = max(widths.items(), key=lambda item: (item[1], item[0]))
        widest = width + _HANG * (1 + slack)
        near = sum(n for w, n in widths.items() if width - slack <= w <= widest)
        longer = sum(n for w, n in widths.items() if w > widest)
        if near < FEWEST or longer * 20 > len(filled) or 2 * near < len(filled):
            continue
        full = [line for line, w in zip(filled, measured, strict=True) if width - slack <= w <= widest]
        open_ended = sum(line.text.rstrip()[-1] not in TERMINAL for line in full)
        prose = any("。" in line.text for line in full)  # a list of entries of one length has no full stops
        if prose and 2 * open_ended > len(full):
            return lambda line, m=measure, w=width - slack: m(line) >= w  # type: ignore[misc]
    return _ragged(lines)


def _ragged(lines: Sequence[Line]) -> Callable[[Line], bool] | None:
    """How to tell a full line where the margin is ragged, as where a page counts its letters otherwise than we do.

    Lines that end in mid-sentence are then nearly all about as long as the longest, and paragraphs end in short lines
    behind them; entries of a list end so at any length.
    """
    width = max(line.cells for line in lines)
    least = width - _RAGGED
    if least < 2 * NARROWEST:
        return None

    def is_full(line: Line) -> bool:
        return line.cells >= least and line.text.rstrip()[-1:] not in TERMINAL

    def is_tail(line: Line) -> bool:
        ended = line.text.rstrip()[-1:] in TERMINAL and line.text.strip() != ""
        return ended and line.cells < _TAIL * width and not MARKER.match(line.text)

    full = sum(map(is_full, lines))
    if full < FEWEST:
        return None
    tails = sum(is_full(line) and is_tail(following) for line, following in itertools.pairwise(lines))
    stray = sum(
        line.cells < least and _CLAUSE.search(line.text) is not None and line.text.rstrip()[-1:] not in TERMINAL
        for line in lines
    )
    return is_full if tails and full + tails >= _EVIDENCE and stray * 4 <= full else None


def _characters(line: Line) -> int:
    return len(line.text)


def _cells(line: Line) -> int:
    return line.cells


def _seam(before: str, after: str, *, spaced: bool) -> str:
    """A space between two English words, or where one stood between ASCII characters; else nothing."""
    if not (before.isascii() and after.isascii()):
        return ""
    return " " if spaced or (before.isalpha() and after.isalpha()) else ""
