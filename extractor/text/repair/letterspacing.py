"""Spaces between all characters of a line, as titles are set and scanners read: 新 平 县 民 政 局 -> 新平县民政局.

Only whole lines of single characters are closed up, and none that heads a table: there they name narrow columns
(户 人 亩 元). Gaps of two spaces and more stay, and so does the space between two figures.
"""

from __future__ import annotations

import re

from extractor.text.alignment import Edit
from extractor.text.expression import expression
from extractor.text.repair.lines import is_row

FEWEST = 4
"""Chinese characters that a line must hold."""
_SPACED = expression(r"[ \u3000][\u4e00-\u9fff][ \u3000]\S(?!\S)")
_SUSPECT = [re.compile(space + r"\S[ \u3000]\S(?!\S)") for space in " \u3000"]
"""Each begins with one character, which the engine finds fastest; no line is letterspaced where none is found."""
_TOKEN = expression(r"[0-9][0-9.,]*[0-9]|[A-Za-z]+|\S")
_GAP = expression(r"(?<=\S)[ \u3000](?=\S)")
_HAN = expression("[\u4e00-\u9fff]")
_NUMERALS = frozenset("〇一二三四五六七八九十甲乙丙丁戊己庚辛壬癸")


def closed_up(text: str) -> list[Edit]:
    """Edits that take out the spaces of letterspaced lines.

    >>> from extractor.text.alignment import apply_edits
    >>> apply_edits(title := "新 平 县 民 政 局  2 0 1 1 年", closed_up(title))[0]
    '新平县民政局  2011年'
    """
    edits: list[Edit] = []
    if not any(suspect.search(text) for suspect in _SUSPECT):
        return edits
    position = 0
    while hit := _SPACED.search(text, position):
        start = text.rfind("\n", 0, hit.start()) + 1
        position = text.find("\n", hit.end())
        position = len(text) if position < 0 else position
        edits += _line(text, start, position)
    return edits


def _line(text: str, start: int, end: int) -> list[Edit]:
    tokens = text[start:end].split()
    letters = _letters(tokens)
    if len(letters) < FEWEST or not all(map(_TOKEN.fullmatch, tokens)) or _is_list(letters):
        return []
    below = text[end + 1 : text.find("\n", end + 1) % (len(text) + 1)]
    if is_row(below) and len(_letters(below.split())) < FEWEST:  # the heads of columns
        return []
    digit_by_digit = all(len(token) == 1 for token in tokens if token.isdigit())
    edits = []
    for gap in _GAP.finditer(text, start, end):
        sides = text[gap.start() - 1] + text[gap.end()]
        if not sides.isascii() or (digit_by_digit and not any(map(str.isalpha, sides))):
            edits.append(Edit(gap.start(), gap.end(), ""))
    return edits


def _letters(tokens: list[str]) -> list[str]:
    return [token for token in tokens if _HAN.fullmatch(token)]


def _is_list(letters: list[str]) -> bool:
    """Whether the characters number something: 一 二 三 四, 甲 乙 丙 丁."""
    return 2 * sum(letter in _NUMERALS for letter in letters) > len(letters)
