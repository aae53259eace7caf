"""The damage of document-sharing sites, made on purpose from clean text: sample input and the repair's test.

Clean text goes into traditional characters and GBK bytes; punctuation and annotated characters are replaced byte
by byte, across characters too; the result is read as GBK again. See :mod:`extractor.text.gbk`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractor.text.alignment import Alignment, Block
from extractor.text.gbk import Piece, read_again, replaced, replacements
from extractor.text.readings import HEAVY, LIGHT
from extractor.text.repair.charsets import converter

_QUOTED_DOT = re.compile(r"(?<=[“0-9])·(?=[0-9]{1,2}”)")
_YEAR_BRACKETS = re.compile(r"〔([0-9]{2,4})〕")
TABLES = {"heavy": replacements(HEAVY), "light": replacements(LIGHT)}


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text, and what became of every character of the clean one."""

    text: str
    spans: tuple[tuple[int, int], ...]
    """For each clean character where it stands in ``text``, its reading included; a character knocked out of
    step has the span of all characters that its bytes went into."""
    lost: frozenset[int]
    """Offsets of the clean characters of which a byte is gone for good."""
    breaks: tuple[tuple[int, int], ...]
    """Runs of clean characters that were knocked out of step, from the first one torn to the last one misread."""

    @property
    def alignment(self) -> Alignment:
        """From the clean text to the damaged one."""
        blocks: list[Block] = []
        for i, (start, end) in enumerate(self.spans):
            if blocks and start < blocks[-1].new_end:
                last = blocks.pop()
                blocks.append(Block(last.old_start, i + 1, last.new_start, max(last.new_end, end)))
            else:
                blocks.append(Block(i, i + 1, start, end))
        return Alignment.of(b for b in blocks if (b.old_end - b.old_start, b.new_end - b.new_start) != (1, 1))


def damage(text: str, *, density: Literal["heavy", "light"] = "heavy") -> Damaged:
    """``text``, clean and simplified, as a document-sharing site would hand it out.

    >>> damage("严重损失").text
    '嚴(yán)重?fù)p失'
    """
    held = _as_held(text)
    data = held.encode("gbk", "replace")
    owners = [i for i, char in enumerate(held) for _ in char.encode("gbk", "replace")]
    pieces = replaced(data, TABLES[density])
    origins = [origin for piece in pieces for origin in _origins(piece)]
    spans: list[list[int]] = [[-1, -1] for _ in held]
    lost: set[int] = set()
    out: list[str] = []
    stepped: set[int] = set()  # where in the bytes a character as read again begins
    owner = 0  # of the last byte read: a reading belongs to the character that it stands behind
    for token in read_again(b"".join(piece.bytes for piece in pieces)):
        sources = [origin for origin in origins[token.start : token.end] if origin >= 0]
        if token.text == "?" and token.end - token.start == 2 and -1 not in origins[token.start : token.end]:
            lost.update(owners[source] for source in sources)
        elif token.text == "?" and token.end - token.start == 1 and data[sources[0]] > 0x7F and len(sources) == 1:
            lost.add(owners[sources[0]])
        stepped.update(sources[:1])
        at = len(out)
        out.append(token.text)
        for source in sources:
            owner = owners[source]
            spans[owner][0] = at if spans[owner][0] < 0 else spans[owner][0]
            spans[owner][1] = at + 1
        if not sources and spans:
            spans[owner][1] = at + 1
    return Damaged("".join(out), tuple(_closed(spans)), frozenset(lost), tuple(_runs(owners, stepped)))


def _as_held(text: str) -> str:
    """The text before the bytes are touched: traditional, one character for one."""
    text = _YEAR_BRACKETS.sub(r"?\1?", _QUOTED_DOT.sub("〃", text))
    held = converter("s2t").convert(text)
    if len(held) == len(text):
        return str(held)
    return "".join(one if len(one := converter("s2t").convert(char)) == 1 else char for char in text)


def _origins(piece: Piece) -> list[int]:
    """For every byte of ``piece`` the byte it came from; -1 for the bytes of an inserted reading."""
    kept = piece.end - piece.start
    if len(piece.bytes) >= kept:
        inserted = len(piece.bytes) - kept
        return [*range(piece.start, piece.end), *[-1] * inserted]
    return [piece.start]


def _runs(owners: list[int], stepped: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of characters that are not read again as such, parted where a character begins in both readings."""
    start = 0
    torn = False
    for byte, owner in enumerate(owners):
        first = byte == 0 or owners[byte - 1] != owner
        if first and byte in stepped:
            if torn:
                yield start, owner
            start, torn = owner, False
        else:
            torn = torn or first or byte in stepped
    if torn:
        yield start, owners[-1] + 1


def _closed(spans: list[list[int]]) -> list[tuple[int, int]]:
    """Spans with every character's reading drawn in, and an empty span for a character that left nothing."""
    following = None
    closed: list[tuple[int, int]] = []
    for start, end in reversed(spans):
        if start < 0:
            start = end = following if following is not None else 0
        closed.append((start, end))
        following = start
    return closed[::-1]
