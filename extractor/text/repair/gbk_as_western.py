"""GBK that was read as Latin-1 or cp1252: ``¹«²¼`` was ``公布``."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from extractor.text.alignment import Edit
from extractor.text.expression import expression
from extractor.text.repair.everyday import common, everyday_share, is_common
from extractor.text.repair.western import ACCENTED, BYTE_OF, between

_LEAD, _TRAIL = between(0x81, 0xFE), between(0x80, 0xFE)
_SMALL_MARK = "\xa9[qz{]"
"""﹒, ﹝ and ﹞."""
_RUN = expression(f"(?:[{_LEAD}][{_TRAIL}]|(?<=[{_TRAIL}])[{_LEAD}][@-~](?=[{_LEAD}])|{_SMALL_MARK})+")
"""A trail byte that is ASCII counts only between two characters beyond it, or in a mark that stands beside figures."""
_PAIR = expression(f"[{_LEAD}][{_TRAIL}]")
_BEYOND_ASCII = expression(f"[{between(0x80, 0xFF)}]")
_LINE = expression("[^\n]+")
_FEWEST = 4
"""Misread characters of a line from which it is enough that all are common ones; of fewer, two at least, most must be
the commonest."""
_LEAST_IN_SHORT = 0.6
_LEAST_EVERYDAY = 0.2
"""The share of the commonest characters in a line that holds rare ones: in most it is above a half."""

_MOST_LEFT_OVER = 0.05
"""The share of a line's characters that may be in no pair, as where one was lost."""


def read_again(text: str) -> list[Edit]:
    """Edits for the misread lines of ``text``, which may hold sound Chinese as well.

    A run may be as short as ``Äê`` (年), so the runs of a line are judged together. Hardly a
    character may be left over.

    >>> from extractor.text.alignment import apply_edits
    >>> [apply_edits(line, read_again(line))[0] for line in ("¹«²¼2011Äê", "naïve café, äöü")]
    ['公布2011年', 'naïve café, äöü']
    """
    if not _PAIR.search(text):
        return []
    read = [(proved, edits) for line in _LINE.finditer(text) for proved, edits in _line(text, *line.span())]
    sure = any(proved for proved, _ in read)
    return [edit for proved, edits in read if proved or sure for edit in edits]


def _line(text: str, start: int, end: int) -> Iterator[tuple[bool, list[Edit]]]:
    """The edits for a line, if it may be a misread one, and whether it proves that by itself."""
    if not ACCENTED.search(text, start, end):
        return
    runs = list(_RUN.finditer(text, start, end))
    edits = [Edit(at, at + 2, _char(text[at : at + 2])) for run in runs for at in range(run.start(), run.end(), 2)]
    true = "".join(edit.replacement for edit in edits)
    beyond = len(_BEYOND_ASCII.findall(text, start, end))
    left_over = beyond - sum(len(_BEYOND_ASCII.findall(run[0])) for run in runs)
    if true and left_over <= _MOST_LEFT_OVER * beyond and is_common(true):
        rare = not common().issuperset(true)
        varied = 2 * len(set(true)) > min(len(true), 8)  # ×××× masks a figure or a name
        least = _LEAST_EVERYDAY if rare else 0 if len(true) >= _FEWEST else _LEAST_IN_SHORT
        yield len(true) >= 2 and varied and everyday_share(true) >= least, edits


@functools.lru_cache(maxsize=65536)
def _char(shown: str) -> str:
    try:
        return bytes(BYTE_OF.get(char, ord(char) & 0x7F) for char in shown).decode("gb18030")
    except UnicodeDecodeError:
        return "\ufffd"
