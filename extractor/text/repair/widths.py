"""Full-width digits, letters and decimal points as ASCII; full-width punctuation stays as it is."""

from __future__ import annotations

import re
import string

from extractor.text.repair.model import Translated

_NARROW = {ord(char) + 0xFEE0: char for char in string.digits + string.ascii_letters}
_WIDE = "".join(map(chr, _NARROW))
_FOUND = re.compile(f"[{_WIDE}．]")
_WIDE_RUN = re.compile(f"[{_WIDE}]+")
# The point of a figure, not that of a list: 困难：1．2160户 is item 1.
_POINT = re.compile(r"．(?<=[0-9]．)(?=[0-9])(?!(?<=[：；。:;\n　][0-9]．)[0-9]{3})")


def narrowed(text: str) -> Translated:
    """``text`` with its wide digits and letters in ASCII; the length stays.

    >>> narrowed("２３．５亿（％）").text
    '23.5亿（％）'
    """
    if not _FOUND.search(text):
        return Translated(text, 0)
    narrow, count = _WIDE_RUN.subn(lambda found: found[0].translate(_NARROW), text)
    narrow, points = _POINT.subn(".", narrow) if "．" in narrow else (narrow, 0)
    return Translated(narrow, count + points)
