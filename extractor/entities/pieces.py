"""What the names model reads: words cut no longer than a few characters, with what the word lists say of them.

The segmenter cuts words; a word longer than ``longest`` is cut again, because names end inside words of the dictionary
(印度政府). Each piece keeps the word it comes from and that word's class with the piece's place in it (``B-bureau``):
what the rules know, the model can learn from.
"""

from __future__ import annotations

import functools
import hashlib
import re
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from extractor.entities.grammar import SYMBOL
from extractor.entities.segmenter import UNKNOWN
from extractor.entities.words import words_of
from extractor.patterns import load_patterns

Rows: TypeAlias = npt.NDArray[np.uint64]
"""Pieces as the network takes them: a row a piece, a hash for each of its ATTRIBUTES."""

ATTRIBUTES = ("form", "first character", "last character", "tag", "word")

_CLASS_OF = {symbol: name for name, symbol in SYMBOL.items()}
_DIGIT = re.compile(r"\d")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class Piece(NamedTuple):
    """A part of a word: its text, its tag (place in the word and class of the word), and the word in normal form."""

    text: str
    tag: str
    word: str


class Pieces:
    """Cuts text into pieces of at most ``longest`` characters; with 1 they are the characters.

    Words are those of the shipped patterns, whatever a user lays over them: the model was trained with them.
    """

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self._segmenter, self._lexicon = words_of(load_patterns())

    def of(self, text: str) -> list[Piece]:
        """The pieces of ``text``; joined, their texts are the text again."""
        return [piece for word in self.words(text) for piece in self._of_word(word)]

    def words(self, text: str) -> list[str]:
        """The words of ``text``, before they are cut again."""
        return self._segmenter.words(text, guess=False)

    def rows(self, word: str) -> tuple[Rows, list[int]]:
        """The pieces of one word as rows, and how many characters each has."""
        pieces = self._of_word(word)
        rows = np.array([row_of(piece) for piece in pieces], dtype=np.uint64)
        return rows, [len(piece.text) for piece in pieces]

    def _of_word(self, word: str) -> list[Piece]:
        parts = self._cut(word)
        word_class = _CLASS_OF[self._lexicon.classes([word])]
        inner = ["M"] * (len(parts) - 2)
        places = ["S"] if len(parts) == 1 else ["B", *inner, "E"]
        whole = normal_form(word)
        return [Piece(part, f"{place}-{word_class}", whole) for part, place in zip(parts, places, strict=True)]

    def _cut(self, word: str) -> list[str]:
        """``word`` in parts, known words where it can be; a run of digits or letters is one piece."""
        if len(word) <= self.longest or not "\u4e00" <= word[0] <= "\u9fd5":
            return [word]
        parts = []
        start = 0
        while start < len(word):
            end = min(len(word), start + self.longest)
            while end - start > 1 and self._segmenter.pos(word[start:end]) == UNKNOWN:
                end -= 1
            parts.append(word[start:end])
            start = end
        return parts


def row_of(piece: Piece) -> tuple[int, ...]:
    """A hash for each of the ATTRIBUTES."""
    form = normal_form(piece.text)
    return (_hash(form), _hash(form[:1]), _hash(form[-1:]), _hash(piece.tag), _hash(piece.word))


@functools.lru_cache(maxsize=50_000)
def _hash(text: str) -> int:
    """Sixty-four bits that are the same on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def normal_form(text: str) -> str:
    """Full-width characters half-width, and every digit the same.

    >>> normal_form("１９９８"), normal_form("，")
    ('0000', ',')
    """
    return _DIGIT.sub("0", text.translate(_HALF_WIDTH))
