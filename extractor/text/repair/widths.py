"""Full-width digits, letters and decimal points as ASCII; full-width punctuation stays as it is."""

from __future__ import annotations

import itertools
import re
import string

from extractor.text.expression import expression
from extractor.text.repair.model import Translated
from extractor.text.repair.unusual import unusual

_NARROW = {ord(char) + 0xFEE0: char for char in string.digits + string.ascii_letters}
_WIDE = "".join(map(chr, _NARROW))
_FOUND = re.compile(f"[{_WIDE}．]")
_WIDE_RUN = expression(f"[{_WIDE}]+")
# The point of a figure, not that of a list: 困难：1．2160户 is item 1.
_POINT = expression(r"．(?<=[0-9]．)(?=[0-9])(?!(?<=[：；。:;\n　][0-9]．)[0-9]{3})")
_ITEM = expression(r"^[ 　]*([0-9]{1,2})[．.、]", re.MULTILINE)
"""The number of an item in a list where its lines are counted: 3．10种有色金属 is item 3, not 3.10."""


def narrowed(text: str) -> Translated:
    """``text`` with its wide digits and letters in ASCII; the length stays.

    >>> narrowed("２３．５亿（％）").text
    '23.5亿（％）'
    """
    if not _FOUND.search(unusual(text)):
        return Translated(text, 0)
    narrow, count = _WIDE_RUN.subn(lambda found: found[0].translate(_NARROW), text)
    if "．" not in narrow:
        return Translated(narrow, count)
    items = _counted_items(narrow)
    points = [match.start() for match in _POINT.finditer(narrow) if match.start() not in items]
    for point in points:
        narrow = f"{narrow[:point]}.{narrow[point + 1 :]}"
    return Translated(narrow, count + len(points))


def _counted_items(text: str) -> set[int]:
    """Where the points of list numbers stand that count upwards one by one from line to line."""
    numbers = [(int(match[1]), match.end() - 1) for match in _ITEM.finditer(text)]
    counted = {b for (m, a), (n, b) in itertools.pairwise(numbers) if n == m + 1}
    return counted | {a for (m, a), (n, b) in itertools.pairwise(numbers) if n == m + 1}
