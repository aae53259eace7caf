"""The dot between month and day in a quoted date, which comes in a dozen forms: “8〃14” -> “8·14”."""

from __future__ import annotations

import re

from extractor.text.repair.model import Translated

_QUOTED_DAY = re.compile(r"([“”\"‘’'「『＂])([0-9]{1,2})[·•・.〃．﹒‧∙⋅･\-－—?？](?=[0-9]{1,2}[“”\"‘’'」』＂])")


def unified(text: str) -> Translated:
    """``text`` with the middle dot in every quoted day; the length stays.

    >>> unified("“8〃14”滑坡，“8?27”滑坡，“3.5倍”").text
    '“8·14”滑坡，“8·27”滑坡，“3.5倍”'
    """
    return Translated(*_QUOTED_DAY.subn(r"\1\2·", text))
