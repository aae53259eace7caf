"""Characters knocked out of step by byte-level replacements, restored: 嚴重?fù)p失 -> 嚴重損失.

Two breaks give themselves away. ``?reading)``: the annotated character was made of the trail byte of the character
before and of a lead byte that was eaten with the bracket. ``?`` and a punctuation mark: the mark was made of the
trail byte A3 of a character that is gone and of a lead byte known from the mark. From either the bytes are read on
(:mod:`~extractor.text.repair.reading_on`).

A result counts only if damaging it again gives the source exactly, and if nothing else that does is likely too
(:mod:`~extractor.text.repair.judging`). Else a character becomes □ of which a byte is gone for good, and a break
that can't be told apart from others stays as it is, in doubt. A figure behind an eaten byte is never certain.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractor.text.alignment import Edit
from extractor.text.expression import expression
from extractor.text.repair.pinyin import ANNOTATED, READING

if TYPE_CHECKING:
    from extractor.text.repair.judging import Document, Judged

_BREAK = expression(
    r"(?P<numbered>\?(?:1[89]|20)?[0-9]{2}\?(?=第?[0-9]))"  # the brackets of a document number: no break at all
    rf"|(?<=[^\x00-\x7f])(?P<reading>\?{READING}\))"
    rf"|\?[?,:;!](?!{READING}\))"
    r"|\?(?=(?P<figure>[0-9万萬亿億千百]))"
)
_BEFORE = expression(rf"[^\x00-\x7f](?:\({READING}\))?\Z")
_NUMBER = expression(r"[0-9万萬亿億千百][0-9.,]*[0-9万萬亿億千百]*")
_YEAR_TAIL = expression(r"([089])[0-9]{2}年")
_NEAR = 12
"""Characters before a break that are looked at."""


def restored(text: str) -> list[Edit]:
    """Edits that put characters back in step, and doubts where bytes are gone or nothing can be proved."""
    if "?" not in text or not (ANNOTATED.search(text) or _lost_bracket().search(text)):
        return []
    from extractor.text.repair.judging import Document  # the way to judge them is long, and few texts need it

    document = Document(text)
    edits: list[Edit] = []
    position = 0
    while match := _BREAK.search(text, position):
        made = _edits(document, match, edits[-1] if edits else Edit(0, 0, ""))
        edits += made
        position = max([match.end(), *(edit.end for edit in made)])
    return edits


@functools.cache
def _lost_bracket() -> re.Pattern[str]:
    return re.compile(rf"[^\x00-\x7f]\?{READING}\)")


def _edits(document: Document, match: re.Match[str], last: Edit) -> list[Edit]:
    text, start = document.text, match.start()
    if match["numbered"]:
        return []
    if match["figure"]:
        return _lost_digit(document, start, match.end())
    low = max(last.end, start - _NEAR)
    before = ANNOTATED.sub(r"\1", (last.replacement if last.end > start - _NEAR else "") + text[low:start])
    prefix = _BEFORE.search(text, low, start)
    judged = document.judge(start, before, prefix[0] if prefix else "")
    if judged.nodes:
        return list(_put_back(document, judged, start))
    if judged.untouched and not match["reading"]:
        return [] if _is_question(text, start, match.end()) else [Edit(start, match.end(), match[0], "repaired")]
    return _in_doubt(text, start, max(match.end(), start + judged.end), digit=judged.digit)


def _is_question(text: str, start: int, end: int) -> bool:
    """Whether the marks look like a question: Chinese goes right on behind a break."""
    return start == 0 or text[start - 1].isspace() or text[end : end + 1] in ("", "\n", "”", "』", "」")


def _in_doubt(text: str, start: int, end: int, *, digit: bool) -> list[Edit]:
    """The text as it stands, in doubt, and the figure behind it."""
    doubt = Edit(start, end, text[start:end], "digit_may_be_lost" if digit else "repaired")
    number = _NUMBER.match(text, end)
    return [doubt, Edit(*number.span(), number[0], "digit_may_be_lost")] if number else [doubt]


def _put_back(document: Document, judged: Judged, start: int) -> Iterator[Edit]:
    """An edit for each stretch that was out of step."""
    at = begin = start
    true = ""
    out = eaten = False
    for node in judged.nodes:
        if node.kind != "read" or out:
            if not out:
                begin, true, eaten = at, "", False
            true += node.char if node.kind != "eaten" or node.char in "()" else ""
            eaten = eaten or node.kind == "eaten"
            out = node.waits
            if not out:
                yield from _stretch(document, begin, start + node.end, true, digit=eaten or judged.digit)
        at = start + node.end


def _stretch(document: Document, start: int, end: int, true: str, *, digit: bool) -> Iterator[Edit]:
    if not digit:
        yield Edit(start, end, true, "repaired")
    elif _year_digit(document, end):
        yield Edit(start, end - 1, true, "repaired")
        yield from _lost_digit(document, end - 1, end)
    elif number := _NUMBER.match(document.text, end):
        yield Edit(start, end, true, "repaired")
        yield Edit(*number.span(), number[0], "digit_may_be_lost")
    else:  # the number was that one digit
        yield Edit(start, end, true, "digit_may_be_lost")


def _lost_digit(document: Document, mark: int, end: int) -> list[Edit]:
    """The ``?`` at ``mark`` ate a digit: put it back where the year leaves no choice; the number is in doubt."""
    number = _NUMBER.match(document.text, end)
    doubt = [Edit(*number.span(), number[0], "digit_may_be_lost")] if number else []
    digit = _year_digit(document, end)
    return [Edit(mark, end, digit, "digit_may_be_lost"), *doubt] if digit else doubt


def _year_digit(document: Document, end: int) -> str:
    """The first digit of a year of which the other three stand at ``end``, where the text has years of its century."""
    tail = _YEAR_TAIL.match(document.text, end)
    if not tail:
        return ""
    digit = "2" if tail[1] == "0" else "1"
    return digit if digit + tail[1] in document.centuries else ""
