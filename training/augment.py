"""The damage and layout of real archives, done to training sentences; and names changed for others."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator

import opencc

from training.sentences import Name, Sentence
from training.synthetic import Names

_HALF = str.maketrans(
    {"，": ",", "。": ".", "：": ":", "；": ";", "（": "(", "）": ")", "？": "?", "！": "!", "、": ","}
)
_SUFFIXES = {"乡": "town", "镇": "town", "村": "village", "县": "county", "河": "river", "路": "road"}
_DIGITS = re.compile(r"\d{2,}")


class Augmenter:
    """Gives sentences back as they are or changed."""

    def __init__(self, names: Names, draw: random.Random) -> None:
        self._names = names
        self._draw = draw
        self._traditional = opencc.OpenCC("s2t")
        self._ways: list[tuple[float, Callable[[Sentence], Sentence]]] = [
            (0.08, self.wrapped),
            (0.08, half_width),
            (0.04, self.spaced_digits),
            (0.03, self.traditional),
        ]

    def with_others(self, sentences: Iterable[Sentence], again: float) -> Iterator[Sentence]:
        """Every sentence varied, and a share ``again`` of those with names once more with other names."""
        for sentence in sentences:
            yield self.varied(sentence)
            if sentence.names and self._draw.random() < again:
                yield self.varied(self.renamed(sentence))

    def renamed(self, sentence: Sentence) -> Sentence:
        """Persons, and places with a suffix, changed for others."""

        def other(surface: str, label: str | None) -> str:
            if label == "person" and 2 <= len(surface) <= 4:
                return self._names.person()
            if label == "place" and len(surface) <= 5 and (kind := _SUFFIXES.get(surface[-1])):
                name = self._names.kinds[kind]()
                return name if name[-1] == surface[-1] else surface
            return surface

        return _rewritten(sentence, other)

    def varied(self, sentence: Sentence) -> Sentence:
        """The sentence, in some cases as a bad scan or a web page would have it."""
        for share, way in self._ways:
            if self._draw.random() < share:
                sentence = way(sentence)
        return sentence

    def wrapped(self, sentence: Sentence) -> Sentence:
        """With a line break in it, inside a name too."""
        if len(sentence.text) < 8:
            return sentence
        at = self._draw.randrange(3, len(sentence.text) - 2)
        return _inserted(sentence, at, self._draw.choice(("\n", "\n ", "\n  ")))

    def spaced_digits(self, sentence: Sentence) -> Sentence:
        """With blanks between the digits of one number."""
        match = _DIGITS.search(sentence.text)
        if match is None:
            return sentence
        for at in range(match.end() - 1, match.start(), -1):
            sentence = _inserted(sentence, at, " ")
        return sentence

    def traditional(self, sentence: Sentence) -> Sentence:
        """In traditional characters, where one stands for one."""
        text = self._traditional.convert(sentence.text)
        return Sentence(text, sentence.names, sentence.guide) if len(text) == len(sentence.text) else sentence


def half_width(sentence: Sentence) -> Sentence:
    """With the punctuation of a Latin keyboard."""
    return Sentence(sentence.text.translate(_HALF), sentence.names, sentence.guide)


def _inserted(sentence: Sentence, at: int, what: str) -> Sentence:
    text = sentence.text[:at] + what + sentence.text[at:]
    more = len(what)
    names = [Name(n.start + more * (n.start >= at), n.end + more * (n.end > at), n.label) for n in sentence.names]
    return Sentence(text, tuple(names), sentence.guide)


def _rewritten(sentence: Sentence, other: Callable[[str, str | None], str]) -> Sentence:
    pieces: list[str] = []
    names: list[Name] = []
    position = length = 0
    for name in sentence.names:
        before = sentence.text[position : name.start]
        surface = other(sentence.text[name.start : name.end], name.label)
        length += len(before)
        names.append(Name(length, length + len(surface), name.label))
        length += len(surface)
        pieces += [before, surface]
        position = name.end
    return Sentence("".join([*pieces, sentence.text[position:]]), tuple(names), sentence.guide)
