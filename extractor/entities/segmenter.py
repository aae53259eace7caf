"""Words of a Chinese text, by jieba's dictionary and algorithm.

``rjieba`` (jieba in Rust) does the work where it is installed, ``jieba`` itself elsewhere. Only runs of Han
characters are given to them; everything between is cut here, so that both give the same tokens. The domain's
own words come from ``patterns/segmentation.yaml``.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple, Protocol

from extractor.errors import PatternError
from extractor.patterns import Patterns

Backend = Literal["auto", "rjieba", "jieba"]

UNKNOWN = "x"
"""Part of speech of a word that the dictionary does not hold, as jieba writes it."""

_PIECE = re.compile(r"([\u4e00-\u9fd5]+)|\d+(?:\.\d+)*%?|[A-Za-z]+|\s+|.", re.DOTALL)


class Token(NamedTuple):
    """A word; ``text[start:end]`` in code points, half-open. ``pos`` is jieba's part of speech, if asked for."""

    text: str
    start: int
    end: int
    pos: str | None


class _Engine(Protocol):
    """What a backend has to offer."""

    cut: Callable[[str, bool], list[str]]
    """(run of Han characters, guess unknown words by the hidden Markov model?) -> words"""

    def knows(self, word: str) -> bool:
        """Whether the dictionary holds the word."""

    def pos(self, word: str) -> str:
        """The dictionary's part of speech of a word; UNKNOWN for one that it would rather cut in two."""

    def add(self, word: str, frequency: int, pos: str) -> None:
        """Take a word into the dictionary."""


class Segmenter:
    """Cuts text into words with the words of one :class:`Patterns` known.

    ``extra`` words (names from a gazetteer) are taken in where the dictionary lacks them.
    """

    def __init__(self, patterns: Patterns, backend: Backend = "auto", extra: Iterable[str] = ()) -> None:
        self._engine, self.backend = _engine(backend)
        self._pos: dict[str, str] = {}
        settings = patterns.table("segmentation", "frequency")
        for word in extra:
            if not self._engine.knows(word):
                self._engine.add(word, settings["names"], "ns")
                self._pos[word] = "ns"
        for pos, words in patterns.table("segmentation", "dictionary").items():
            for word in words:
                self._engine.add(word, settings["words"], pos)
                self._pos[word] = pos
        self._splits: dict[str, list[str]] = patterns.table("segmentation", "splits")
        for word, parts in self._splits.items():
            if "".join(parts) != word:
                raise PatternError(f"patterns/segmentation.yaml: the parts of the split {word!r} do not make it up")

    def words(self, text: str, guess: bool = True) -> list[str]:
        """The words of ``text``; joined, they are ``text`` again.

        ``guess`` joins characters that are no known word by jieba's hidden Markov model; without it they stand alone.
        """
        cut = self._engine.cut
        found: list[str] = []
        for piece in _PIECE.finditer(text):
            if piece.lastindex:
                found += cut(piece[0], guess)
            else:
                found.append(piece[0])
        if not self._splits.keys().isdisjoint(found):
            found = [part for word in found for part in self._splits.get(word, (word,))]
        return found

    def tokenize(self, text: str, pos: bool = False) -> list[Token]:
        """The words of ``text`` with their offsets, and their part of speech if ``pos``."""
        tokens = []
        start = 0
        for word in self.words(text):
            end = start + len(word)
            tokens.append(Token(word, start, end, self.pos(word) if pos else None))
            start = end
        return tokens

    def pos(self, word: str) -> str:
        """The dictionary's part of speech of ``word``: ``ns`` a place, ``nr`` a person, ``v`` a verb, ``x`` unknown."""
        known = self._pos.get(word)
        if known is None:
            known = self._pos[word] = self._engine.pos(word)
        return known


def _engine(backend: Backend) -> tuple[_Engine, str]:
    if backend == "auto":
        backend = "rjieba" if importlib.util.find_spec("rjieba") else "jieba"
    return (_Rust(), "rjieba") if backend == "rjieba" else (_Python(), "jieba")


class _Rust:
    def __init__(self) -> None:
        import rjieba

        self._jieba = rjieba.Jieba()
        self.cut: Callable[[str, bool], list[str]] = self._jieba.cut

    def knows(self, word: str) -> bool:
        return bool(self._jieba.has_word(word))

    def pos(self, word: str) -> str:
        tagged = self._jieba.tag(word, False) if self.knows(word) else ()
        return str(tagged[0][1]) if len(tagged) == 1 else UNKNOWN

    def add(self, word: str, frequency: int, pos: str) -> None:
        self._jieba.add_word(word, frequency, pos)


class _Python:
    """jieba through a tokenizer of its own: the one that other code in the process uses stays as it is."""

    def __init__(self) -> None:
        import jieba
        import jieba.posseg

        jieba.setLogLevel(60)
        self._jieba = jieba.Tokenizer()
        self._jieba.initialize()
        self._tags: dict[str, str] = jieba.posseg.POSTokenizer(self._jieba).word_tag_tab
        lcut = self._jieba.lcut
        self.cut: Callable[[str, bool], list[str]] = lambda run, guess: lcut(run, HMM=guess)

    def knows(self, word: str) -> bool:
        return bool(self._jieba.FREQ.get(word))

    def pos(self, word: str) -> str:
        whole = self.knows(word) and len(self.cut(word, False)) == 1
        return self._tags.get(word, UNKNOWN) if whole else UNKNOWN

    def add(self, word: str, frequency: int, pos: str) -> None:
        self._jieba.add_word(word, frequency, pos)
