"""A cell of a printed table that takes several lines: how they make one text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extractor.readers.assembly import one_line

_FIGURE = re.compile(r"-?[\d,，.]*\d[\d,，.]*[%％‰]?")
_WHOLE = re.compile(r"-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[%％‰]?")


def is_figure(text: str) -> bool:
    """Whether a text is a number, maybe a broken one."""
    return _FIGURE.fullmatch(text) is not None


def is_whole(text: str) -> bool:
    """Whether a text is a number that nothing is missing of, as far as can be told.

    >>> is_whole("12,450"), is_whole("12,45"), is_whole("1195.")
    (True, False, False)
    """
    return _WHOLE.fullmatch(text) is not None


def goes_on(above: str, below: str) -> bool:
    """Whether the number on one line ends on the next: it is none by itself, but is one together with it."""
    return is_figure(above) and not is_whole(above) and is_whole(above + below)


def joined(lines: Sequence[str]) -> str:
    """The text of a cell's lines; two numbers of which neither is broken stay two.

    >>> joined(["救灾", "资金"]), joined(["12,45", "0"]), joined(["12", "40"])
    ('救灾资金', '12,450', '12 40')
    """
    text = lines[0] if lines else ""
    for above, below in itertools.pairwise(lines):
        if goes_on(above, below):
            text += below
        elif is_figure(above) or is_figure(below):
            text = f"{text} {below}"
        else:
            text = one_line(f"{text}\n{below}")
    return text.replace("\t", " ")
