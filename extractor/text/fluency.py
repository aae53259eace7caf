"""How likely a character is after two others: decides what stood where a byte is gone.

A back-off model of characters. The packaged counts are those of ``training/fluency.py`` over newspaper and web
sentences, county gazetteers, reports and jieba's words, 3 M characters in all; the text at hand adds its own, for the
names that fill a report stand in it more than once. Read at the first break, not before: a third of a second.

The file: twelve stream lengths, then the LZMA-packed streams. The alphabet by frequency and the level of each
character (a level is ``STEP`` nats of minus log probability); then twice, for contexts of one character and of two:
how many followers each context has (low bytes, high bytes), the back-off level of each that has any, the rank of each
follower as a step from the rank before (high, low), and its level. Contexts of two are the pairs of the first round.
"""

from __future__ import annotations

import functools
import lzma
import math
import struct
import sys
from array import array
from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from itertools import accumulate, count
from operator import add, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import opencc

DATA = "data/fluency.bin"
STEP = 0.5
RANKS = 65536
HEADER = struct.Struct("<14I")
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9, "lc": 0, "lp": 0, "pb": 0}]
UNKNOWN = 32
"""The level of a character that the model does not know, on top of the back-off to it."""
_SHARES = [math.exp(-STEP * level) for level in range(3 * 256)]
OWN_ONE, OWN_TWO = (20.0, 3.0), (4.0, 1.0)
"""How often the text itself must have used a context of one or two characters to be believed as far as the model: so
many times, and so many more for each character that it has been followed by."""


@functools.cache
def _simplifier() -> opencc.OpenCC:
    import opencc

    return opencc.OpenCC("t2s")


class _Symbols(dict[int, str]):
    """What a character counts as: simplified, marks in ASCII, any digit 0, any Latin letter a."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        wide = 0xFF01 <= code <= 0xFF5E
        plain = chr(code - 0xFEE0) if wide else char
        if plain.isascii():
            symbol = "0" if plain.isdigit() else "a" if plain.isalpha() else plain
            symbol = {"\t": " ", "\r": "\n"}.get(symbol, symbol)
        else:
            symbol = {"\u3000": " ", "〃": "·"}.get(plain) or str(_simplifier().convert(plain))
        self[code] = symbol
        return symbol


_SYMBOLS = _Symbols()


def symbols(text: str) -> str:
    """``text`` as the model sees it, of the same length.

    >>> symbols("發展，2Ａ")
    '发展,0a'
    """
    return text.translate(_SYMBOLS)


Entry = tuple[int, str, bytes]
NO_ENTRY: Entry = (0, "", b"")


class Model:
    """Log probabilities of characters after up to two others."""

    def __init__(self, data: bytes) -> None:
        sizes = HEADER.unpack_from(data)
        unpacked = lzma.decompress(data[HEADER.size :], lzma.FORMAT_RAW, filters=FILTERS)
        streams = [unpacked[end - size : end] for size, end in zip(sizes, accumulate(sizes), strict=True)]
        alphabet = streams[0].decode()
        self._single = dict(zip(alphabet, streams[1], strict=True))
        self._ranks = dict(zip(alphabet, count()))
        self._ones, self._twos = _Round(alphabet, streams[2:8]), _Round(alphabet, streams[8:])
        self._met: dict[str, tuple[Entry, Entry]] = {}

    def __contains__(self, char: str) -> bool:
        return char in self._single

    def followers(self, context: str) -> str:
        """The characters seen behind ``context``, two characters, and behind the last of them."""
        return "".join(followers for _, followers, _ in self._entries(context))

    def probability(self, context: str, char: str) -> float:
        """Of ``char`` after ``context``, two characters."""
        weight = 0
        for backoff, followers, levels in self._entries(context):
            found = followers.find(char)
            if found >= 0:
                return _SHARES[levels[found] + weight]
            weight += backoff
        return _SHARES[self._single.get(char, UNKNOWN) + weight]

    def _entries(self, context: str) -> tuple[Entry, Entry]:
        """What follows ``context``, and what follows the last character of it."""
        found = self._met.get(context)
        if found is None:
            last = context[-1:]
            pair = self._ones.place(self._ranks.get(context[-2:-1]), last)
            found = self._met[context] = self._twos.entry(pair), self._ones.entry(self._ranks.get(last))
        return found


class _Round:
    """What follows contexts of one length. A context is known by its place among all, used or not."""

    def __init__(self, alphabet: str, streams: list[bytes]) -> None:
        low_sizes, high_sizes, self._backoffs, high, low, self._levels = streams
        sizes = _joined(low_sizes, high_sizes)
        self._ends = array("I", accumulate(sizes, initial=0))
        self._used = array("I", accumulate(map(bool, sizes), initial=0))
        sums = _little("Q", accumulate(_joined(low, high))).tobytes()
        ranks = bytearray(2 * len(low))
        ranks[::2], ranks[1::2] = sums[::8], sums[1::8]  # of each sum the two low bytes: steps back wrap around there
        self._followers = ranks.decode("utf-16-le").translate(dict(enumerate(alphabet)))

    def place(self, context: int | None, char: str) -> int | None:
        """Where ``context`` with ``char`` behind it stands among the contexts of the next round."""
        if context is None:
            return None
        found = self._followers.find(char, *self._ends[context : context + 2])
        return None if found < 0 else found

    def entry(self, context: int | None) -> Entry:
        """The back-off level of ``context``, its followers and their levels."""
        if context is None:
            return NO_ENTRY
        start, end = self._ends[context : context + 2]
        if start == end:
            return NO_ENTRY
        return self._backoffs[self._used[context]], self._followers[start:end], self._levels[start:end]


def _joined(low: bytes, high: bytes) -> array[int]:
    """Numbers of two bytes each."""
    both = bytearray(2 * len(low))
    both[::2], both[1::2] = low, high
    return _little("H", bytes(both))


def _little(code: str, data: bytes | Iterable[int]) -> array[int]:
    """An array from, or for, bytes in little-endian order."""
    made = array(code, data)
    if sys.byteorder == "big":
        made.byteswap()
    return made


_path: list[Path] = []


def use(path: Path) -> None:
    """Decide with the counts of another file: for measuring."""
    _path[:] = [path]
    model.cache_clear()


@functools.cache
def model() -> Model:
    """The packaged model, read once."""
    return Model(_path[0].read_bytes() if _path else (files("extractor.text") / DATA).read_bytes())


class Fluency:
    """The model, and what the text at hand has of its own."""

    def __init__(self, text: str) -> None:
        self._model = model()
        self._own, self._kinds = _counts(text)
        self._weights: dict[str, tuple[tuple[str, float, float], ...]] = {}
        self._known: dict[str, float] = {}

    def knows(self, symbol: str) -> bool:
        """Whether the character is common enough to be guessed at all."""
        return symbol in self._model or symbol in self._own

    def log_prob(self, context: str, char: str) -> float:
        """Of ``char`` after ``context``, two characters, all as :func:`symbols` gives them."""
        key = context + char
        found = self._known.get(key)
        if found is None:
            share = self._model.probability(context, char)
            for known, weight, whole in self._weights.get(context) or self._weighed(context):
                share = (self._own.get(known + char, 0) + weight * share) / whole
            found = self._known[key] = math.log(share)
        return found

    def _weighed(self, context: str) -> tuple[tuple[str, float, float], ...]:
        """For one character of context and for two: how much the model counts, and all there is to count."""
        weighed = []
        for size, (least, each) in ((1, OWN_ONE), (2, OWN_TWO)):
            known = context[-size:]
            if seen := self._own.get(known):
                weight = least + each * self._kinds.get(known, 0)
                weighed.append((known, weight, seen + weight))
        self._weights[context] = tuple(weighed)
        return self._weights[context]

    def likely(self, context: str) -> str:
        """The characters that the model has seen behind ``context``."""
        return self._model.followers(context)

    def rest(self, context: str) -> float:
        """The probability of all other characters."""
        return max(0.01, 1.0 - sum(math.exp(self.log_prob(context, char)) for char in set(self.likely(context))))


def _counts(text: str) -> tuple[dict[str, int], dict[str, int]]:
    """How often each run of up to three characters occurs, and how many characters follow each of up to two."""
    pairs = Counter(map(add, text, text[1:]))
    threes = Counter(map("".join, zip(text, text[1:], text[2:], strict=False)))
    kinds = {**Counter(map(itemgetter(0), pairs)), **Counter(map(itemgetter(slice(2)), threes))}
    return {**Counter(text), **pairs, **threes}, kinds
