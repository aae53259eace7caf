"""Tables drawn with lines: heavy, double and dashed rules become the light ones that readers of tables know."""

from __future__ import annotations

import re

from extractor.text.repair.model import Translated
from extractor.text.repair.unusual import unusual

_VERTICAL = "┃┆┇┊┋║╎╏╽╿"
_HORIZONTAL = "━┄┅┈┉═╌╍╼╾"
_LIGHT = "─│┌┐└┘├┤┬┴┼"
_JOINTS = "".join(chr(code) for code in range(0x2500, 0x2580) if chr(code) not in _VERTICAL + _HORIZONTAL + _LIGHT)
_RULES = str.maketrans(dict.fromkeys(_VERTICAL, "│") | dict.fromkeys(_HORIZONTAL, "─") | dict.fromkeys(_JOINTS, "┼"))
_FOUND = re.compile(f"[{_VERTICAL}{_HORIZONTAL}{_JOINTS}]+")


def redrawn(text: str) -> Translated:
    """``text`` with its tables in light lines; the length stays.

    >>> redrawn("┃甲乡┃35.5┃").text
    '│甲乡│35.5│'
    """
    if not _FOUND.search(unusual(text)):
        return Translated(text, 0)
    return Translated(*_FOUND.subn(lambda found: found[0].translate(_RULES), text))
