"""Figures that a scanner misread, where the rest of the expression proves it: 5方元 -> 5万元, 2O11年 -> 2011年.

Optical readers give l, I or | for 1, O for 0, 方 for 万, and points for specks. A letter is read as a digit only
inside a figure that has digits of its own and a unit behind it, or inside a year, month or day that then exists. Once
such a figure has shown that the document was misread, a lone l before a unit counts too (l部 of 2OO4年). Masked figures
(19○○年, 5××元) stay. What is put right carries ``ocr_corrected``: well founded, not certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.text.alignment import Edit
from extractor.text.expression import expression
from extractor.text.repair.units import UNIT

FLAG = "ocr_corrected"
NEAR = 200
"""Characters on either side in which another bar makes one the line of a table."""

_ONE, _ZERO = "lI|", "OoОо"
_LIKE = f"{_ONE}{_ZERO}"
_DIGITS = str.maketrans(dict.fromkeys(_ONE, "1") | dict.fromkeys(_ZERO, "0"))
_ANY = f"[0-9{_LIKE}]"
_YEAR = rf"(?<=[12{_ONE}]){_ANY}{{3}}(?=年|[—－–～~至到-]{{1,2}}[12{_ONE}]{_ANY}{{3}}年)"
_DATED = rf"(?<=年.){_ANY}?(?=月)|(?<=月.){_ANY}?(?=日)|{_ANY}?(?=月{_ANY}{{1,2}}日)"
_FIGURE = rf"(?<=[0-9{_ONE}])(?:{_ANY}|[.,](?={_ANY})){{1,12}}(?=[余多]?(?:{UNIT}|方元))"
_GLUED = "A-Za-zА-я0-9|."
_MISREAD = expression(rf"{_ANY}(?<![{_GLUED}].)(?:(?P<year>{_YEAR})|(?P<dated>{_DATED})|(?P<figure>{_FIGURE}))")
"""Begins with one class, which `re` leaps to; each group holds what stands behind the first character."""
_LONE = expression(rf"(?<![{_GLUED}])(?:l(?={UNIT})|[0-9]+[{_ZERO}]+(?![A-Za-z0-9]))")
_SUSPECT = re.compile(rf"[{_LIKE}](?:(?<=[0-9年月{_LIKE}].)|(?=[0-9月]))")
_NUMBER = expression(r"[1-9][0-9]*(?:\.[0-9]+)?|0\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")

_WAN = expression(
    r"方(?:(?<=[0-9余多百千].)(?=元(?![宝旦首素件勋帅老]))"
    r"|(?<=[0-9].)(?=亩|户|吨|公[斤顷]|人[口次])|(?<=[0-9.][0-9].)(?=人(?![员士马])))"
)
_SPECK = expression(
    r"(?<![0-9.])(?:(?:1[5-9]|20)[0-9]{2}[.．·•'`](?=年)|(?<=年)(?:1[0-2]|[1-9])[.．·•'`](?=月)"
    r"|(?<=月)(?:[12][0-9]|3[01]|[1-9])[.．·•'`](?=日))"
)
_MARKED = [re.compile(rf"{unit}(?<=[.．·•'`].)") for unit in "年月日"]
_STOP = re.compile(r"。(?<=[0-9]。)(?=[0-9]{1,4}(?:[万亿千]|元|[%％]))")
_OPEN_FIGURE = re.compile(r"[资金款失值约共计达][0-9]{1,6}\Z")
"""A figure of money without a unit, which ends no sentence."""


def corrected(text: str) -> list[Edit]:
    """Edits that put misread figures right.

    >>> [edit.replacement for edit in corrected("l995年l0月投资5O.2方元，3.5方人口")]
    ['1995', '10', '50.2', '万', '万']
    """
    edits: list[Edit] = []
    if any(letter in text for letter in _LIKE) and _SUSPECT.search(text):
        edits += _letters(text)
    if "方" in text:
        edits += [Edit(match.start(), match.end(), "万", FLAG) for match in _WAN.finditer(text)]
    if any(marked.search(text) for marked in _MARKED):
        edits += [Edit(match.start(), match.end(), match[0][:-1], FLAG) for match in _SPECK.finditer(text)]
    for match in _STOP.finditer(text):
        if _OPEN_FIGURE.search(text, max(0, match.start() - 7), match.start()):
            edits.append(Edit(match.start(), match.end(), ".", FLAG))
    return sorted(edits)


def _letters(text: str) -> Iterator[Edit]:
    """Figures with letters for digits; if there are any, also those that the document's other ones make likely."""
    found: dict[int, Edit] = {}
    for match in _MISREAD.finditer(text):
        read = _read(match)
        if read is not None and not _bars(text, match):
            found[match.start()] = Edit(match.start(), match.end(), read, FLAG)
    if found:
        taken = {i for edit in found.values() for i in range(edit.start, edit.end)}
        for match in _LONE.finditer(text):
            if taken.isdisjoint(range(*match.span())):
                found[match.start()] = Edit(match.start(), match.end(), match[0].translate(_DIGITS), FLAG)
    yield from found.values()


def _read(match: re.Match[str]) -> str | None:
    """The figure with digits for its letters, if it had any and is one then."""
    digits = match[0].translate(_DIGITS)
    own = sum(char.isdigit() for char in match[0])
    if digits == match[0]:
        return None
    if match["year"]:
        likely = own >= 2 or (own == 1 and digits.startswith("20"))
        return digits if likely and 1500 <= int(digits) < 2100 and digits != "1900" else None  # 19OO is masked
    if match["dated"] is not None:
        return digits if 1 <= int(digits) <= 31 else None
    return digits if own and _NUMBER.fullmatch(digits) else None


def _bars(text: str, match: re.Match[str]) -> bool:
    """Whether the figure holds a bar that may be the line of a table: others stand beside it."""
    if "|" not in match[0]:
        return False
    before = text[max(0, match.start() - NEAR) : match.start()].rpartition("\n")[2]
    behind = text[match.end() : match.end() + NEAR].partition("\n")[0]
    return "|" in before or "|" in behind
