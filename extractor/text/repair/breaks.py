"""Characters knocked out of step by byte-level replacements, restored: 嚴重?fù)p失 -> 嚴重損失.

Two breaks give themselves away. ``?reading)``: the annotated character was made of the trail byte of the character
before and of a lead byte that was eaten with the bracket. ``?`` and a punctuation mark: the mark was made of the
trail byte A3 of a character that is gone and of a lead byte known from the mark. From either the bytes are read on.

A result counts only if damaging it again gives the source exactly; else the text stays as it is, in doubt. Where a
byte is gone for good, the words around must leave no choice; else the character becomes □, as editors write one that
can't be read. A figure behind an eaten byte is never certain.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.text.alignment import Edit
from extractor.text.fluency import best_fit, is_common
from extractor.text.gbk import PUNCTUATION, STANDING, damaged, encoded, leaders, replacements
from extractor.text.repair.charsets import simple
from extractor.text.repair.pinyin import READING
from extractor.text.repair.reading_on import Stretch, makers, read_on

MARGIN = math.log(5)
"""By how much one character must beat all others before it is put where a byte is gone."""
MARGIN_TWO = math.log(100)
"""The same for two characters at once."""
MARGIN_GONE = math.log(30)
"""The same for a character of which the lead byte, which says most, is gone."""
CLOSING = tuple("、。，”》』」〉")
"""What never follows a full stop that is not quoted itself."""
GONE = "□"
"""What a character becomes of which nothing but the lead byte is known."""
CONTEXT = 5
"""Characters looked at on either side where the words around decide."""

_ANNOTATED = re.compile(rf"([\u3400-\u9fff])\(({READING})\)")
_BREAK = re.compile(
    r"(?P<numbered>\?(?:1[89]|20)?[0-9]{2}\?(?=第?[0-9]))"  # the brackets of a document number: no break at all
    rf"|(?P<before>[^\x00-\x7f])\?(?P<reading>{READING})\)"
    rf"|\?(?P<mark>[?,:;!])(?!{READING}\))"
    r"|\?(?=(?P<figure>[0-9万萬亿億千百]))"
)
_NUMBER = re.compile(r"[0-9万萬亿億千百][0-9.,]*[0-9万萬亿億千百]*")
_CENTURY = re.compile(r"(?<![0-9])(1[89]|20)[0-9]{2}(?![0-9])")
_YEAR_TAIL = re.compile(r"([089])[0-9]{2}年")
_CLAUSE_TAIL = re.compile(r"[^\s,，。、;；:：!?！？“”《》()（）]{4}\Z")  # a sentence has as much before its stop
_HAN_TAIL = re.compile(r"[\u4e00-\u9fff。]*\Z")
_HAN_HEAD = re.compile(r"[\u4e00-\u9fff]*")


class Document(NamedTuple):
    """What the whole text tells about its breaks."""

    annotated: Mapping[str, str]
    """The characters that are annotated in it, with their readings: the damage's own table."""
    centuries: frozenset[str]
    """The first two digits of the years in it."""


class Restored(NamedTuple):
    """The true text of ``source[start:end]``; ``eaten`` when an ASCII character behind it went for good."""

    start: int
    end: int
    text: str
    eaten: bool


def restored(text: str) -> list[Edit]:
    """Edits that put characters back in step, and doubts where bytes are gone or nothing can be proved."""
    if "?" not in text or not (_ANNOTATED.search(text) or _lost_bracket().search(text)):
        return []
    document = Document(dict(_ANNOTATED.findall(text)), frozenset(_CENTURY.findall(text)))
    edits: list[Edit] = []
    position = 0
    while match := _BREAK.search(text, position):
        made = _edits(text, match, document, edits[-1].end if edits else 0)
        edits += made
        position = max(match.end(), made[-1].end if made else 0)
    return edits


@functools.cache
def _lost_bracket() -> re.Pattern[str]:
    return re.compile(rf"[^\x00-\x7f]\?{READING}\)")


def _edits(text: str, match: re.Match[str], document: Document, done: int) -> list[Edit]:
    if match["numbered"]:
        return []
    if match["figure"]:
        return _lost_digit(text, match.start(), match.end(), document)
    annotated = document.annotated
    found = _by_reading(text, match, annotated) if match["reading"] else _by_mark(text, match, annotated, done)
    if found:
        return _put_back(text, found, document)
    if not match["reading"]:
        at = match.start()
        return [Edit(at, match.end(), match[0], "repaired")] if _knocked_out(text, at, match.end()) else []
    at = match.start() + 1
    doubt = Edit(at, match.end(), text[at : match.end()], "repaired")
    number = _NUMBER.match(text, match.end())
    return [doubt, Edit(*number.span(), number[0], "digit_may_be_lost")] if number else [doubt]


def _knocked_out(text: str, start: int, end: int) -> bool:
    """Whether the marks at ``text[start:end]`` look like a break and not like a question: Chinese goes right on."""
    return start > 0 and not text[start - 1].isspace() and text[end : end + 1] not in ("", "\n", "”", "』", "」")


def _put_back(text: str, found: Restored, document: Document) -> list[Edit]:
    if not found.eaten:
        return [Edit(found.start, found.end, found.text, "repaired")]
    if _year_digit(text, found.end, document):
        return [
            Edit(found.start, found.end - 1, found.text, "repaired"),
            *_lost_digit(text, found.end - 1, found.end, document),
        ]
    number = _NUMBER.match(text, found.end)
    if not number:  # the number was that one digit
        return [Edit(found.start, found.end, found.text, "digit_may_be_lost")]
    return [
        Edit(found.start, found.end, found.text, "repaired"),
        Edit(*number.span(), number[0], "digit_may_be_lost"),
    ]


def _lost_digit(text: str, mark: int, end: int, document: Document) -> list[Edit]:
    """The ``?`` at ``mark`` ate a digit: put it back where the year leaves no choice; the number is in doubt."""
    number = _NUMBER.match(text, end)
    doubt = [Edit(*number.span(), number[0], "digit_may_be_lost")] if number else []
    digit = _year_digit(text, end, document)
    return [Edit(mark, end, digit, "digit_may_be_lost"), *doubt] if digit else doubt


def _year_digit(text: str, end: int, document: Document) -> str:
    """The first digit of a year of which the other three stand at ``end``, where the text has years of its century."""
    tail = _YEAR_TAIL.match(text, end)
    if not tail:
        return ""
    digit = "2" if tail[1] == "0" else "1"
    return digit if digit + tail[1] in document.centuries else ""


def _by_reading(text: str, match: re.Match[str], annotated: Mapping[str, str]) -> Restored | None:
    trail = encoded(match["before"])[-1:]
    if not trail:
        return None
    start = match.start() + 1
    for char in makers().get((trail[0], match["reading"]), ()):
        stretch = read_on(text, match.end(), encoded(char)[1])
        found = stretch and _settled(text, start, stretch, {**annotated, char: match["reading"]}, match["before"])
        if found:
            return found
    return None


def _by_mark(text: str, match: re.Match[str], annotated: Mapping[str, str], done: int) -> Restored | None:
    start = match.start()
    if start == 0 or start < done or text[start - 1].isspace():
        return None
    code = next(encoded(wide) for wide, narrow in PUNCTUATION.items() if narrow == match["mark"])
    stretch = read_on(text, match.end(), code[1])
    if not stretch:
        return None
    right = _right_of(stretch.parts)
    if not right and "。" in stretch.parts[0]:
        right = "。"  # a bare lead byte A1 before a line's end, a mark or a figure is that of a stop
    left = simple(_left_of(text, start))
    unstopped = _unstopped(code[0])
    clause = _CLAUSE_TAIL.search(_ANNOTATED.sub(r"\1", text[max(0, start - 40) : start]))
    first = _choice(left, leaders(code[0]) if clause and not right.startswith(CLOSING) else unstopped, right)
    if not first or (first != "。" and _choice(left, unstopped, right, MARGIN_GONE) != first):
        return None  # a real question mark, for all we know
    return _settled(text, start, stretch._replace(parts=(first, *stretch.parts)), annotated)


def _settled(
    text: str, start: int, stretch: Stretch, annotated: Mapping[str, str], before: str = ""
) -> Restored | None:
    """The stretch with its gaps filled, if damaging it again gives the source."""
    left = _left_of(text, start)
    behind = "" if stretch.eaten else _han_head(text[stretch.end : stretch.end + CONTEXT])
    true = proof = ""
    for i, part in enumerate(stretch.parts):
        if not isinstance(part, str):
            right = _right_of(stretch.parts[i + 1 :]) if i + 1 < len(stretch.parts) else simple(behind)
            least = MARGIN if len(part) < 2 or len(part[0]) == 1 else MARGIN_TWO
            chosen = _choice(simple(_han_tail(left + true)), part, right, least)
            last = i + 1 == len(stretch.parts)
            if not chosen and not (last and part and len(part[0]) == 1):
                return None  # what comes behind could not be trusted
            proof += chosen or part[0]  # any of them: the lost byte shows nowhere
            true += chosen or GONE
        else:
            proof += part
            true += part
    table = {**annotated, **dict(stretch.readings)} if stretch.readings else annotated
    stands = "" if stretch.eaten else text[stretch.end : stretch.end + 1]
    follows = "0" if stretch.eaten else stands if stands in STANDING else ""
    again = damaged(before + proof + follows, replacements(table))
    source = text[start - len(before) : stretch.end] + ("" if stretch.eaten else follows)
    return Restored(start, stretch.end, true, stretch.eaten) if again == source else None


@functools.lru_cache(maxsize=8192)
def _choice(left: str, candidates: tuple[str, ...], right: str, least: float = MARGIN) -> str:
    """The one candidate, as written, that the words around leave no doubt of."""
    if len(candidates) < 2:
        return "".join(candidates)
    written = _written(candidates)
    best, margin = best_fit(left, written, right)
    return written[best] if margin >= least else ""


@functools.cache
def _unstopped(trail: int) -> tuple[str, ...]:
    return tuple(char for char in leaders(trail) if char not in "。、“”《》")


@functools.cache
def _written(candidates: tuple[str, ...]) -> dict[str, str]:
    """Simplified form -> the candidate that it is written as, rare characters left out."""
    written: dict[str, str] = {}
    for candidate, plain in zip(candidates, simple("\n".join(candidates)).split("\n"), strict=True):
        if all(map(is_common, plain)):
            written.setdefault(plain, candidate)
    return written


def _left_of(text: str, end: int) -> str:
    """The Han characters right before ``end``, readings left out."""
    return _han_tail(_ANNOTATED.sub(r"\1", text[max(0, end - 8 * CONTEXT) : end]))


def _han_tail(text: str) -> str:
    found = _HAN_TAIL.search(text)
    return found[0][-CONTEXT:] if found else ""


def _right_of(parts: Sequence[str | tuple[str, ...]]) -> str:
    """What is known right behind a gap, in simplified characters."""
    known = parts[0] if parts and isinstance(parts[0], str) else ""
    return simple(_han_head(known) or known[:1])


def _han_head(text: str) -> str:
    found = _HAN_HEAD.match(text)
    return found[0][:CONTEXT] if found else ""
