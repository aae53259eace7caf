"""UTF-8 read again where some of its bytes were lost on the way: whole characters, and what broken ones may have been.

A reader of another encoding puts a replacement character where it finds no code. The bytes on either side tell which
character of UTF-8 was broken, and how far; which one it was, only sometimes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

Byte = int | None
"""A byte of the true text; None for one that is lost."""

CONTINUES = range(0x80, 0xC0)
"""The bytes behind the first of a character."""
_FIRST = range(0xE2, 0xEA)
"""What a lost first byte may have been: those of Chinese and its marks."""
_MARKS = (0xE2, 0xE3)
"""The first bytes of “ ” ‘ ’ — … and of 、 。 《 》 〔 〕: their second is 80."""


class Unit(NamedTuple):
    """One character of the misread text, and the bytes that it was read from."""

    shown: str
    data: tuple[int, ...]
    """Empty where the misreading program put a replacement character."""


_END = Unit("", ())


class Piece(NamedTuple):
    """Units ``start:end`` are these characters, each whole or the ways it may be read."""

    start: int
    end: int
    chars: tuple[tuple[str, ...], ...]

    @property
    def whole(self) -> bool:
        """Whether no byte was lost."""
        return all(len(readings) == 1 for readings in self.chars)


def length(first: int) -> int:
    """Bytes of the character that ``first`` begins; 0 for a byte that begins none.

    >>> length(0x41), length(0xC2), length(0xE5), length(0x85)
    (1, 2, 3, 0)
    """
    if first < 0x80:
        return 1
    return 2 if 0xC2 <= first < 0xE0 else 3 if 0xE0 <= first < 0xF0 else 4 if 0xF0 <= first < 0xF5 else 0


def read(units: Iterable[Unit], possible: Callable[[int, int | None], bool]) -> list[Piece]:
    """``units`` as UTF-8, as far as they are UTF-8, cut wherever a character ends in both forms.

    ``possible(byte, following)`` says whether a byte before ``following`` (None at the end) could be lost at all.
    """
    pieces: list[Piece] = []
    chars: list[tuple[str, ...]] = []
    pending: list[Byte] = []
    begun = 0
    for i, (unit, behind) in enumerate(itertools.pairwise(itertools.chain(units, (_END,)))):
        following = behind.data[0] if behind.data else None
        if unit.data:
            data: Sequence[Byte] = unit.data
        elif not pending:  # a question mark or a replacement character of the true text
            pieces.append(Piece(i, i + 1, ((unit.shown,),)))
            begun = i + 1
            continue
        else:
            data = _lost(pending, following)
        for byte in data:
            if not pending and byte is not None and not length(byte):
                return pieces
            if pending and byte is not None and byte not in CONTINUES:
                return pieces
            pending.append(byte)
            size = 3 if pending[0] is None else length(pending[0])
            if len(pending) == size:
                readings = _readings(pending, following if data[-1] is None else 0, possible)
                if not readings:
                    return pieces
                chars.append(readings)
                pending = []
        if not pending:
            pieces.append(Piece(begun, i + 1, tuple(chars)))
            begun, chars = i + 1, []
    return pieces


def _lost(pending: Sequence[Byte], following: int | None) -> list[Byte]:
    """The bytes under a replacement character: one, or two where what follows fits only then."""
    missing = (3 if pending[0] is None else length(pending[0])) - len(pending)
    if missing == 1 and following is not None and following in CONTINUES:
        return [None, None]  # the second of them began the next character
    return [None]


def _readings(data: list[Byte], following: int | None, possible: Callable[[int, int | None], bool]) -> tuple[str, ...]:
    """What a character may be; none where its bytes can't be UTF-8."""
    known = [byte for byte in data if byte is not None]
    if len(known) == len(data):
        return _decoded(bytes(known))
    if len(data) == 3 and data[1:] == [None, None] and data[0] in _MARKS:  # 80, which no reader shows, and one more
        known = [*known, 0x80]
        data = [*known, None]
    if len(known) < 2 or len(data) != 3:
        return ("", "")
    at = data.index(None)
    behind = data[at + 1] if at + 1 < len(data) else following
    tried = _FIRST if at == 0 else CONTINUES
    found: list[str] = []
    for byte in tried:
        if possible(byte, behind):
            found += _decoded(bytes(byte if one is None else one for one in data))
    return tuple(found) or ("", "")


def _decoded(data: bytes) -> tuple[str, ...]:
    try:
        return (data.decode("utf-8"),)
    except UnicodeDecodeError:
        return ()
