"""GBK bytes changed without regard for character boundaries, and read again: how the damage comes about.

The damage simulator makes it with these functions; the repair proves its results with the same ones.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

PUNCTUATION = {"，": ",", "：": ":", "；": ";", "？": "?", "！": "!", "（": "(", "）": ")"}
"""Full-width marks that the sites put into ASCII, byte by byte."""

STANDING = ",:;!?\r\n"
"""What stays when a lead byte without a trail comes before it; any other ASCII below 0x40 is eaten with it.

The one case seen in a real report is ``??傮w上看`` for ``。總體上看``: the mark behind the bare A1 stays, while digits
and brackets behind a bare lead byte go. The other marks and the line's end are taken to stay as that mark does.
"""

_READ = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\xfe][\x00-\x3f](?<![,:;!?\r\n])|[\x00-\xff]", re.DOTALL)


class Piece(NamedTuple):
    """``original[start:end]``, bytes, now stand as ``bytes``; ``added`` where a reading was put behind them."""

    start: int
    end: int
    bytes: bytes


class Token(NamedTuple):
    """One character as it is read again, and the bytes it is read from."""

    text: str
    start: int
    end: int


def encoded(char: str) -> bytes:
    """The GBK bytes of ``char``, empty where it has none."""
    return _encoded(char)


@functools.lru_cache(maxsize=65536)
def _encoded(char: str) -> bytes:
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        return b""


@functools.lru_cache(maxsize=65536)
def decoded(pair: bytes) -> str:
    """The character of two GBK bytes, empty where they are none."""
    try:
        char = pair.decode("gbk")
    except UnicodeDecodeError:
        return ""
    return char if len(char) == 1 and char != "\ufffd" else ""


@functools.cache
def followers(lead: int) -> tuple[str, ...]:
    """Every Han character and common mark whose lead byte is ``lead``."""
    chars = (decoded(bytes((lead, trail))) for trail in range(0x40, 0xFF) if trail != 0x7F)
    return tuple(char for char in chars if _is_plain(char))


@functools.cache
def leaders(trail: int) -> tuple[str, ...]:
    """Every Han character and common mark whose trail byte is ``trail``."""
    chars = (decoded(bytes((lead, trail))) for lead in range(0x81, 0xFF))
    return tuple(char for char in chars if _is_plain(char))


_MARKS = frozenset("。、“”《》‘’…—·【】〔〕％〇○，：；？！（）")


@functools.cache
def strangers(trail: int) -> frozenset[int]:
    """The bytes that make no character behind ``trail``, where ``trail`` is read as a lead byte."""
    return frozenset(byte for byte in range(0x81, 0xFF) if not decoded(bytes((trail, byte))))


def _is_plain(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char in _MARKS


def replacements(annotated: Mapping[str, str]) -> dict[bytes, bytes]:
    """Byte pairs and what the sites put in their place: ASCII for punctuation, a reading behind ``annotated``."""
    table = {mark.encode("gbk"): ascii_mark.encode() for mark, ascii_mark in PUNCTUATION.items()}
    for char, reading in annotated.items():
        table[char.encode("gbk")] = f"{char}({reading})".encode("gbk")
    return table


def replaced(data: bytes, table: Mapping[bytes, bytes]) -> list[Piece]:
    """``data`` with every pair of ``table`` replaced wherever it stands, across characters too."""
    pieces = []
    last = 0
    for match in _finder(frozenset(table)).finditer(data):
        start, end = match.span()
        if last < start:
            pieces.append(Piece(last, start, data[last:start]))
        pieces.append(Piece(start, end, table[match[0]]))
        last = end
    if last < len(data):
        pieces.append(Piece(last, len(data), data[last:]))
    return pieces


@functools.lru_cache(maxsize=256)
def _finder(pairs: Iterable[bytes]) -> re.Pattern[bytes]:
    by_lead: dict[int, list[int]] = {}
    for lead, trail in pairs:
        by_lead.setdefault(lead, []).append(trail)
    branches = (
        re.escape(bytes((lead,))) + b"[" + b"".join(re.escape(bytes((t,))) for t in sorted(trails)) + b"]"
        for lead, trails in sorted(by_lead.items())
    )
    return re.compile(b"|".join(branches), re.DOTALL)


def read_again(data: bytes) -> list[Token]:
    """``data`` read as GBK by a reader that puts ``?`` for what is no character and eats its bytes."""
    tokens = []
    for match in _READ.finditer(data):
        found = match[0]
        text = found.decode("ascii") if found < b"\x80" else decoded(found) or "?"
        tokens.append(Token(text, match.start(), match.end()))
    return tokens


def damaged(text: str, table: Mapping[bytes, bytes]) -> str:
    """``text`` as it looks after the damage; characters that GBK lacks come out as ``?``.

    >>> damaged("嚴重損失", replacements({"負": "fù"}))
    '嚴重?fù)p失'
    """
    data = b"".join(piece.bytes for piece in replaced(text.encode("gbk", "replace"), table))
    return "".join(token.text for token in read_again(data))
