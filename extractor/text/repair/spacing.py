"""Spaces inside dates and figures (1 9 9 8 年3 月5 日), and zeros of Chinese years in other characters (一九九O年).

Only what can be nothing else is closed up: a whole date, single digits a space apart before a unit, or a figure
between a word and a unit that is parted at its point or at its thousands (投资23. 5万元, 救助2 197户). Figures that
stand apart (the columns of a table) stay apart.
"""

from __future__ import annotations

import re

from extractor.text.alignment import Edit
from extractor.text.expression import expression
from extractor.text.repair.model import Translated
from extractor.text.repair.units import UNIT

_YEAR = r"(?:1 ?[5-9] ?[0-9] ?[0-9]|2 ?0 ?[0-9] ?[0-9])"
_MONTH = r"(?:1 ?[0-2]|0? ?[1-9])"
_DAY = r"(?:[12] ?[0-9]|3 ?[01]|0? ?[1-9])"
_ALONE = r"(?<![0-9.])(?<![0-9] )"
_DATE = expression(rf"{_ALONE}(?:{_YEAR} ?年(?: ?{_MONTH} ?月(?: ?{_DAY} ?日)?)?|{_MONTH} ?月 ?{_DAY} ?日|{_MONTH} 月)")
_FIGURE = expression(rf"{_ALONE}[0-9](?: [0-9.,，]){{2,20}} ?(?=[万亿千百余多元人户间亩吨个名公斤头口])")
_PARTED = expression(
    r"[0-9](?<=[\u4e00-\u9fff].)(?<![第表图件注].)(?:[0-9]{0,5}(?: \.|\. )[0-9]+|[0-9]{0,2}(?:[,，]? [0-9]{3})+)"
    rf"(?={UNIT})"
)
_SUSPECT = re.compile(" (?:(?=[年月日])|(?<=[年月].)|(?=[0-9.,，])(?<=[0-9].)|(?=[0-9])(?<=[0-9][.,，].))")
"""Begins with the space itself: what has none is passed over fastest then."""
_ZERO = "O○◯ОoоΟ0"
_DIGIT = f"[一二三四五六七八九〇{_ZERO}]"
_HAN_YEAR = expression(rf"[一二](?<!{_DIGIT}.){_DIGIT}{{3}}(?=[年至到—－～-])")
_HAN_DAY = expression("[O○◯](?<=[一二三].)(?=[月日])")
_ZERO_BEHIND = re.compile("0(?<=[一二三四五六七八九〇].)")
_TO_ZERO = str.maketrans(dict.fromkeys(_ZERO, "〇"))


def closed_up(text: str) -> list[Edit]:
    """Edits that take the spaces out of dates and spaced figures.

    >>> closed_up("1 9 9 8 年3 月")
    [Edit(start=0, end=12, replacement='1998年3月', flag=None)]
    """
    edits: list[Edit] = []
    position = 0
    while hit := _SUSPECT.search(text, position):
        start, end = text.rfind("\n", position, hit.start()) + 1, text.find("\n", hit.end())
        position = end if end >= 0 else len(text)
        edits += _closed_up_line(text, max(start, 0), position)
    return edits


def zeros(text: str) -> Translated:
    """``text`` with 〇 for the zeros of its Chinese years and days; the length stays.

    >>> zeros("一九九O年，二○○八年，二OO年").text
    '一九九〇年，二〇〇八年，二OO年'
    """
    years = 0
    if _ZERO_BEHIND.search(text) or any(zero in text for zero in _ZERO[:-1]):
        text, years = _HAN_YEAR.subn(lambda year: year[0].translate(_TO_ZERO), text)
    days = 0
    if any(zero in text for zero in "O○◯"):
        text, days = _HAN_DAY.subn("〇", text)
    return Translated(text, years + days)


def _closed_up_line(text: str, start: int, end: int) -> list[Edit]:
    found = [match for kind in (_DATE, _FIGURE, _PARTED) for match in kind.finditer(text, start, end)]
    edits = sorted(Edit(m.start(), m.end(), m[0].replace(" ", "")) for m in found if " " in m[0])
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
