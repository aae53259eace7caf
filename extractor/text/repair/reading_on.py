"""GBK bytes read on in step behind a break, until they meet the text's own step again."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from extractor.text.fluency import is_common
from extractor.text.gbk import STANDING, decoded, encoded, followers, leaders
from extractor.text.readings import by_reading
from extractor.text.repair.charsets import simple
from extractor.text.repair.pinyin import READING

AFTER_DIGIT = "0123456789.年月日时個个萬万億亿元戶户人名間间畝亩噸吨公米條条座處处所歲岁%"
"""What stands behind an eaten character when that was a digit."""
_LEAD_OF_STOP = encoded("。")[0]
MOST_GAPS = 3
"""Places where a byte is gone that one stretch may have."""
LONGEST = 200
"""Characters that may lie between a break and the place where the step is met again."""
_ANNOTATION = re.compile(rf"\(({READING})\)")
_LETTER = re.compile(rf"([A-Za-z])\(({READING})\)")
_LOST_BRACKET = re.compile(rf"({READING})\)")


class Stretch(NamedTuple):
    """What stands between a break and the place where the text is in step again."""

    parts: tuple[str | tuple[str, ...], ...]
    """Characters read, and between them tuples of what may stand where a byte is gone."""
    end: int
    """Where the text is in step again."""
    eaten: bool
    """Whether an ASCII character, most likely a digit, went with the last trail byte."""
    readings: tuple[tuple[str, str], ...]
    """Annotations met inside, as character and reading."""


class _Reader:
    """What has been read so far, behind a break."""

    def __init__(self, text: str, at: int, pending: int) -> None:
        self.text, self.at, self.pending = text, at, pending
        self.parts: list[str | tuple[str, ...]] = []
        self.met: list[tuple[str, str]] = []
        self.gaps = 0

    def put(self, part: str | tuple[str, ...]) -> None:
        if isinstance(part, str) and self.parts and isinstance(self.parts[-1], str):
            self.parts[-1] += part
        else:
            self.parts.append(part)
            self.gaps += not isinstance(part, str)

    def done(self, end: int, *, eaten: bool = False) -> Stretch:
        return Stretch(tuple(self.parts), end, eaten, tuple(self.met))


def read_on(text: str, at: int, pending: int) -> Stretch | None:
    """Read ``text`` from ``at`` on, where the lead byte ``pending`` waits for its trail; None where that fails."""
    reader = _Reader(text, at, pending)
    stop = min(len(text), at + LONGEST)
    while reader.at < stop and reader.gaps <= MOST_GAPS:
        char = text[reader.at]
        code = encoded(char)
        if char == "?":
            at = reader.at
            stretch = _at_question_mark(reader)
            if stretch or reader.at == at:
                return stretch
        elif len(code) == 1:
            last = decoded(bytes((reader.pending, code[0]))) if code[0] >= 0x40 else ""
            reader.put(last)
            return reader.done(reader.at + 1) if last else None
        else:
            whole = decoded(bytes((reader.pending, code[0]))) if code else ""
            if not whole:
                return None
            reader.put(whole)
            _pass_over(reader, char, code[1])
    return None


def _pass_over(reader: _Reader, char: str, pending: int) -> None:
    """Go on behind ``char`` and its reading."""
    reader.pending = pending
    reader.at += 1
    if annotation := _ANNOTATION.match(reader.text, reader.at):
        reader.met.append((char, annotation[1]))
        reader.at = annotation.end()


def _at_question_mark(reader: _Reader) -> Stretch | None:
    """The trail byte is under a ``?``: what follows tells which it is, or leaves a choice.

    None where nothing does, or (the reader then stands behind the ``?``) where reading goes on out of step.
    """
    text, at, pending = reader.text, reader.at, reader.pending
    follows = text[at + 1 : at + 2]
    if bracket := _LOST_BRACKET.match(text, at + 1):
        found = tuple(makers().get((pending, bracket[1]), ()))
        if found:
            reader.put(found)
            reader.met += [(char, bracket[1]) for char in found]
            return reader.done(bracket.end())
    if annotation := _LETTER.match(text, at + 1):
        # An annotated character of which only the trail byte, a letter, is left: its lead byte went with ours.
        for char in by_reading().get(annotation[2], ()):
            lead, trail = encoded(char)
            if trail == ord(annotation[1]):
                reader.put(tuple(c for c in followers(pending) if not decoded(bytes((encoded(c)[1], lead)))))
                reader.put(char)
                reader.met.append((char, annotation[2]))
                return reader.done(annotation.end())
    if not follows or follows in STANDING.replace("?", ""):
        line_ends = not follows or follows in "\r\n"
        reader.put("。" if line_ends and pending == _LEAD_OF_STOP else followers(pending))
        return reader.done(at + 1)
    if follows in AFTER_DIGIT:
        reader.put(followers(pending))
        return reader.done(at + 1, eaten=True)
    code = encoded(follows)
    if len(code) == 2 or (follows.isalpha() and follows.isascii()):
        reader.put(straddlers(pending, code[0]))
        reader.at += 1
        if len(code) == 1:
            return reader.done(at + 2)
        _pass_over(reader, follows, code[1])
    return None


@functools.cache
def makers() -> dict[tuple[int, str], list[str]]:
    """Lead byte and reading -> the annotated characters that they are of."""
    table: dict[tuple[int, str], list[str]] = {}
    for reading, chars in by_reading().items():
        for char in chars:
            table.setdefault((encoded(char)[0], reading), []).append(char)
    return table


@functools.lru_cache(maxsize=4096)
def straddlers(lead: int, trail: int) -> tuple[str, ...]:
    """Two characters, ``lead`` the first's lead byte and ``trail`` the second's trail byte, whose middle is no code."""
    firsts = [c for c in followers(lead) if is_common(simple(c))]
    seconds = [c for c in leaders(trail) if is_common(simple(c))]
    return tuple(a + b for a in firsts for b in seconds if not decoded(encoded(a)[1:] + encoded(b)[:1]))
