"""Which characters tell traditional text from simplified text: worked out from the codecs and OpenCC, not listed."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import opencc

_HAN = [chr(code) for code in range(0x4E00, 0x9FA6)]


@functools.cache
def converter(config: str) -> opencc.OpenCC:
    """OpenCC for ``t2s`` or ``s2t``, loaded once."""
    import opencc  # no plain text needs it

    return opencc.OpenCC(config)


def simple(text: str) -> str:
    """``text`` in simplified characters, of the same length."""
    converted = str(converter("t2s").convert(text))
    return converted if len(converted) == len(text) else text


def encodable(encoding: str) -> set[str]:
    """The Han characters that ``encoding`` holds."""
    return set("".join(_HAN).encode(encoding, "ignore").decode(encoding))


@functools.cache
def simplified_forms() -> dict[str, str]:
    """Every Han character that OpenCC changes -> its simplified form, each by itself."""
    changed = converter("t2s").convert("\n".join(_HAN)).split("\n")
    return {char: new for char, new in zip(_HAN, changed, strict=True) if char != new}


@functools.cache
def traditional_only() -> frozenset[str]:
    """Characters that simplified text never uses: OpenCC changes them and GB2312 lacks them."""
    known = encodable("gb2312")
    return frozenset(char for char in simplified_forms() if char not in known)


@functools.cache
def simplified_only() -> str:
    """Characters that traditional text never uses: OpenCC changes them and Big5 lacks them."""
    changed = converter("s2t").convert("\n".join(_HAN)).split("\n")
    known = encodable("big5")
    return "".join(char for char, new in zip(_HAN, changed, strict=True) if char != new and char not in known)
