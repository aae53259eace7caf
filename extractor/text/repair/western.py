"""The bytes behind the characters that programs of Western Windows show: cp1252, and Latin-1 where that has none."""

from __future__ import annotations

import re


def _shown(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


BYTE_OF = {shown: byte for byte in range(0x80, 0x100) for shown in {_shown(byte), chr(byte)}}
"""What either of the two shows for a byte beyond ASCII -> the byte."""
UNSHOWN = tuple(byte for byte in range(0x80, 0xA0) if _shown(byte) == chr(byte))
"""The five bytes that cp1252 lacks: some readers put a replacement character for them."""
ACCENTED = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]")
"""What every Chinese text that was misread so holds."""


def between(first: int, last: int) -> str:
    """All that may be shown for the bytes from ``first`` to ``last``, for a class of a regular expression."""
    return "".join(re.escape(shown) for shown, byte in BYTE_OF.items() if first <= byte <= last)
