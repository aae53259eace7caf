"""Traditional characters into simplified ones, line by line: traditional lines whole, others their strays.

In a simplified text a lone traditional character is most often a misprint for another one (李動 for 李勣), or a name:
it stays, unless it is the unit of a figure.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Literal

from extractor.text.expression import expression
from extractor.text.repair.charsets import converter, simple, simplified_only, traditional_only
from extractor.text.repair.everyday import first_level
from extractor.text.repair.model import Translated
from extractor.text.repair.unusual import unusual

_LINE = re.compile(r"[^\n]*\n?")
_UNITS = expression("(?<=[0-9一二三四五六七八九十百千余餘多几幾])[萬億戶畝噸間個條處頭隻][萬億戶畝噸]?")


@functools.cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(traditional_only())}]")


@functools.cache
def _simplified() -> re.Pattern[str]:
    return re.compile(f"[{simplified_only()}]")


@functools.cache
def _strays() -> dict[int, str]:
    """Traditional characters whose simplified form is one of GB2312's first level."""
    return {ord(char): new for char in traditional_only() if (new := simple(char)) in first_level()}


def _holds_traditional(text: str) -> bool:
    shown = unusual(text)
    return bool(shown) and not traditional_only().isdisjoint(shown)


def script_of(text: str) -> Literal["simplified", "traditional", "mixed"]:
    """The script that ``text`` is written in: mixed when a tenth or more of its telling characters are the other's.

    >>> script_of("災害發生"), script_of("灾害发生"), script_of("2011.8")
    ('traditional', 'simplified', 'simplified')
    """
    if not _holds_traditional(text):
        return "simplified"
    traditional = len(_traditional().findall(text))
    simplified = len(_simplified().findall(text))
    if traditional > 9 * simplified:
        return "traditional"
    return "mixed" if 9 * traditional > simplified else "simplified"


def into_simplified(text: str) -> Translated:
    """``text`` with its traditional lines in simplified characters; the length stays.

    A stray traditional character in a simplified line is turned too, where it has an everyday simplified form and the
    text as a whole is not simplified.

    >>> into_simplified("災害發生後\\n周喆赴灾区，救助12戶").text
    '灾害发生后\\n周喆赴灾区，救助12户'
    """
    if not _holds_traditional(text):
        return Translated(text, 0)
    strays = _units_turned if script_of(text) == "simplified" else _strays_turned
    new = _LINE.sub(lambda line: _line(line[0], strays), text)
    return Translated(new, 0 if new == text else sum(map(str.__ne__, new, text)))


def _line(line: str, strays: Callable[[str], str]) -> str:
    traditional = len(_traditional().findall(line))
    if not traditional:
        return line
    if traditional <= len(_simplified().findall(line)):
        return strays(line)
    converted = converter("t2s").convert(line)
    if len(converted) != len(line):  # a phrase that OpenCC shortens or lengthens: character by character instead
        return "".join(one if len(one := converter("t2s").convert(char)) == 1 else char for char in line)
    return str(converted)


def _strays_turned(line: str) -> str:
    return line.translate(_strays())


def _units_turned(line: str) -> str:
    return _UNITS.sub(lambda unit: simple(unit[0]), line)
