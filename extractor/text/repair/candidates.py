"""Which characters may have stood where a byte is gone, and which made an annotation."""

from __future__ import annotations

import functools
from typing import NamedTuple

from extractor.text.fluency import symbols
from extractor.text.gbk import encoded
from extractor.text.readings import by_reading
from extractor.text.repair.charsets import converter

UNUSUAL = -3.0
"""Log odds of a traditional form that is not the usual one, or of an annotated character that no list has."""


class Candidate(NamedTuple):
    """A character, what the model counts it as, its log odds for being written so, and its two bytes."""

    char: str
    symbol: str
    odds: float
    lead: int
    trail: int


@functools.lru_cache(maxsize=4096)
def candidates(chars: tuple[str, ...]) -> tuple[Candidate, ...]:
    """``chars``, each of two bytes, with what is needed to weigh them."""
    if not chars:
        return ()
    plain = symbols("".join(chars))
    usual = converter("s2t").convert("\n".join(plain)).split("\n")
    return tuple(
        Candidate(char, symbol, 0.0 if char == held else UNUSUAL, *encoded(char))
        for char, symbol, held in zip(chars, plain, usual, strict=True)
    )


@functools.lru_cache(maxsize=4096)
def written(plain: str) -> tuple[Candidate, ...]:
    """The usual traditional forms of simplified characters, those of two bytes."""
    usual = converter("s2t").convert("\n".join(plain.replace("\n", ""))).split("\n")
    return candidates(tuple(dict.fromkeys(char for char in usual if len(char) == 1 and len(encoded(char)) == 2)))


@functools.cache
def makers() -> dict[tuple[int, str], list[str]]:
    """Lead byte and reading -> the annotated characters that they are of."""
    table: dict[tuple[int, str], list[str]] = {}
    for reading, chars in by_reading().items():
        for char in chars:
            table.setdefault((encoded(char)[0], reading), []).append(char)
    return table
