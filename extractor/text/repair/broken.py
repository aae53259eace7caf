"""Which character a broken one was: what its bytes leave open, settled by what stands around it, or left as □."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Sequence

from extractor.text.alignment import Edit
from extractor.text.expression import expression
from extractor.text.fluency import Fluency, symbols
from extractor.text.repair.charsets import simple
from extractor.text.repair.everyday import common
from extractor.text.repair.lost_bytes import Piece

GONE = "□"
"""What a character becomes that can't be known, as editors write one that can't be read."""
FLAG = "repaired"
LOST_DIGIT = "digit_may_be_lost"
MARGIN = math.log(30)
"""By how much one character must beat all others before it is put where a byte is gone."""
CONTEXT = 5
"""Characters looked at on either side."""

_NUMBER = expression(r"[0-9.][0-9.,]*")
_BRACKETED_YEAR = expression(r"(?:1[89]|20)[0-9]{2}[〕銆]")  # 銆 is what is left of 〕 itself
_IN_YEAR_BRACKETS = expression(r"〔(?:1[89]|20)[0-9]{2}\Z")
_DATED = {
    "年": re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}\Z"),
    "月": re.compile(r"年[0-9]{1,2}\Z"),
    "日": re.compile(r"月[0-9]{1,2}\Z"),
}
_NO_QUOTE = expression(r"[0-9年月日%％元]\Z")


def settled(text: str, stretches: Iterable[tuple[int, Sequence[Piece]]]) -> list[Edit]:
    """Edits that put pieces in place of ``text``, each stretch from its offset on; broken characters are flagged."""
    edits: list[Edit] = []
    read = ""
    last = 0
    for start, pieces in stretches:
        read = (read + text[last:start])[-4 * CONTEXT :] if edits else text[max(0, start - 4 * CONTEXT) : start]
        for i, piece in enumerate(pieces):
            begin, end = start + piece.start, start + piece.end
            behind = pieces[i + 1].chars[0] if i + 1 < len(pieces) else ("",)
            right = text[end : end + CONTEXT] if i + 1 == len(pieces) else behind[0] if len(behind) == 1 else ""
            new = ""
            for char in piece.chars:
                new += char[0] if len(char) == 1 else _chosen(read + new, char, right)
            lost = not piece.whole or "\ufffd" in text[begin:end]
            edits.append(Edit(begin, end, new, FLAG if lost else None))
            if lost and text[end - 1] == "?" and (figure := _NUMBER.match(text, end)):
                edits.append(Edit(end, figure.end(), figure[0], LOST_DIGIT))  # some readers eat what follows
            read = (read + new)[-4 * CONTEXT :]
            last = end
    return edits


def _chosen(left: str, readings: Sequence[str], right: str) -> str:
    around = left + right
    traditional = simple(around) != around
    likely = [char for char in readings if char in common() and (traditional or simple(char) == char)]
    for char in likely:
        if (found := _MARKS.get(char)) is not None:
            return found(left, right)
        if char in _DATED and _DATED[char].search(left):
            return char
    if len(likely) == 1:
        return likely[0]
    if not likely or not all("\u4e00" <= char <= "\u9fff" for char in likely):
        return GONE
    left, right = symbols(left)[-2:], symbols(right)[:2]
    fluency = _fluency()
    scores = sorted(((_odds(fluency, left, symbols(char), right), char) for char in likely), reverse=True)
    return scores[0][1] if scores[0][0] - scores[1][0] >= MARGIN else GONE


@functools.cache
def _fluency() -> Fluency:
    """Without a text of its own: what is misread must not teach it."""
    return Fluency("")


def _odds(fluency: Fluency, left: str, char: str, right: str) -> float:
    """The log odds of ``char`` between its neighbours, two on either side."""
    text = left + char + right
    return sum(fluency.log_prob(text[max(0, i - 2) : i], text[i]) for i in range(len(left), len(text)))


def _stop_or_bracket(left: str, right: str) -> str:
    """One of 、 。 《 》 〔 〕: a full stop at the end of a line, brackets around a year."""
    if not right or right[0] in "\r\n":
        return "。"
    if _BRACKETED_YEAR.match(right):
        return "〔"
    return "〕" if _IN_YEAR_BRACKETS.search(left) else GONE


def _quotation_mark(left: str, right: str) -> str:
    """One of “ ” ‘ ’ — …: a quotation is closed, or opened where no dash can stand."""
    line = left.rpartition("\n")[2]
    if line.count("“") > line.count("”"):
        return "”"
    return GONE if _NO_QUOTE.search(line) or not right or right[0] in "\r\n" else "“"


_MARKS = {"。": _stop_or_bracket, "“": _quotation_mark}
