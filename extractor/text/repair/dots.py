"""The dot between month and day in a quoted date, which comes in a dozen forms: “8〃14” -> “8·14”."""

from __future__ import annotations

import re

from extractor.text.expression import expression
from extractor.text.repair.model import Translated

_OPENING = "“”\"‘’'「『＂"
_SUSPECT = {quote: re.compile(f"{quote}[0-9]") for quote in _OPENING}
_QUOTED_DAY = expression(rf"([{_OPENING}])([0-9]{{1,2}})[·•・.〃．﹒‧∙⋅･\-－—?？](?=[0-9]{{1,2}}[“”\"‘’'」』＂])")


def unified(text: str) -> Translated:
    """``text`` with the middle dot in every quoted day; the length stays.

    >>> unified("“8〃14”滑坡，“8?27”滑坡，“3.5倍”").text
    '“8·14”滑坡，“8·27”滑坡，“3.5倍”'
    """
    if not any(quote in text and suspect.search(text) for quote, suspect in _SUSPECT.items()):
        return Translated(text, 0)
    return Translated(*_QUOTED_DAY.subn(r"\1\2·", text))
