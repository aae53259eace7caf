"""The unusual characters of a text: they tell most repair steps at a glance that there is nothing to do."""

from __future__ import annotations

import functools
import re
import string

from extractor.text.repair.everyday import first_level

_AT_ONCE = 1 << 16
"""Characters looked at together: all of them may be found, one by one."""
_MARKS = "，。、：；（）《》“”！？·—…\u3000"


@functools.lru_cache(maxsize=1)
def unusual(text: str) -> str:
    """Each character of ``text`` that plain reports do without, once: all but ASCII, first-level characters and marks.

    The steps ask one after the other about the same text, so the last answer is kept.

    >>> "".join(sorted(unusual("２００８年，灾害發生，损失5万元 (發)")))
    '發０２８'
    """
    found: set[str] = set()
    for start in range(0, len(text), _AT_ONCE):
        found.update(_unusual().findall(text, start, start + _AT_ONCE))
    return "".join(found)


@functools.cache
def _unusual() -> re.Pattern[str]:
    plain = "".join(map(re.escape, sorted({*first_level(), *_MARKS, *string.printable})))
    return re.compile(f"[^{plain}]")
