"""Big5 that was read as GBK, and GBK that was read as Big5, by whole lines: ``そガ`` and ``鼠票`` were ``公布``.

Both encodings put two bytes to a character and fill most of the room, so that nearly every line can be read in both.
How many of its characters are common ones tells which it was: hardly any in the wrong one, most in the right one.
"""

from __future__ import annotations

import functools
import re

from extractor.text.alignment import Edit
from extractor.text.repair.everyday import common, everyday_share, is_common
from extractor.text.repair.unusual import unusual

_FEWEST = 6
"""Characters beyond ASCII that a line must have."""
_MOST_SHOWN = 0.2
"""The share of the commonest characters that a misread line may have."""
_LEAST_TRUE = 0.4
"""The share of them that it then has at least; half of that will do where all its characters are common ones."""
_WAYS = (("gb18030", "big5hkscs"), ("big5hkscs", "gb18030"))
_LINE = re.compile("[^\n]+")


@functools.cache
def _suspect() -> re.Pattern[str]:
    """Characters one behind the other that hardly stand together in a sound line."""
    usual = "".join(map(re.escape, sorted(common())))
    return re.compile(3 * f"[^\\x00-\u04ff\u2000-\u206f\ufffd{usual}]")  # `re` leaps to a class, not to a repetition


def read_again(text: str) -> list[Edit]:
    """Edits for the misread lines of ``text``.

    >>> "".join(edit.replacement for edit in read_again("そガр皚ゑ戳"))
    ''
    """
    shown = unusual(text)
    if not shown or common().issuperset(shown) or not _suspect().search(text):
        return []
    lines = [(line.start(), line[0]) for line in _LINE.finditer(text) if not line[0].isascii()]
    suspects = [line for _, line in lines if _suspect().search(line)]
    suspects.append("".join(line for _, line in lines))  # short ones tell together what none of them tells alone
    for misread, true in _WAYS:
        if any(_proved(line, misread, true) for line in suspects):
            return [edit for line in lines for edit in _edits(*line, misread, true)]
    return []


def _proved(line: str, misread: str, true: str) -> bool:
    """Whether ``line`` shows by itself that it was misread."""
    if everyday_share(line) > _MOST_SHOWN:
        return False
    read = _read(line, misread, true)
    share = everyday_share(read)
    return len(read) >= _FEWEST and is_common(read) and share >= _LEAST_TRUE / (2 if common().issuperset(read) else 1)


def _edits(start: int, line: str, misread: str, true: str) -> list[Edit]:
    """Edits for a line that is no Chinese as it stands and is in the right encoding."""
    if (shown := everyday_share(line)) > 2 * _MOST_SHOWN:
        return []
    read = _read(line, misread, true)
    if not is_common(read) or everyday_share(read) <= shown:
        return []
    places = (place for place, char in enumerate(line, start) if char > "\x7f")
    return [Edit(place, place + 1, char) for place, char in zip(places, read, strict=True)]


def _read(line: str, misread: str, true: str) -> str:
    """The characters of ``line`` beyond ASCII in the right encoding; nothing where one of them is in none."""
    read = [_again(char, misread, true) for char in line if char > "\x7f"]
    return "".join(read) if all(read) else ""


@functools.lru_cache(maxsize=65536)
def _again(char: str, misread: str, true: str) -> str:
    """``char`` through the right encoding; empty where it has no two bytes or these are no one character."""
    try:
        code = char.encode(misread)
        read = code.decode(true)
    except UnicodeError:
        return ""
    return read if len(code) == 2 and len(read) == 1 and not "\ue000" <= read <= "\uf8ff" else ""
