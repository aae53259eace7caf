"""Which sentences names are looked for in: all of them, or only those where a name can matter to a figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

Scope: TypeAlias = Literal["all", "figures"]
"""``figures``: sentences that hold an amount, a count or a disaster; headings; the head and the foot of a document."""

_HEAD, _FOOT = 8, 4
"""Sentences at the head of a document, at most, and at its foot, where titles, offices and signatures stand."""
_HEADING = re.compile(r"[^，。；！？!?\n]{1,40}\n")


def worth_reading(text: str, sentences: Sequence[tuple[int, int]], figures: Iterable[int]) -> list[tuple[int, int]]:
    """Those of ``sentences`` that the scope ``figures`` keeps; ``figures`` are the places where the figures begin.

    >>> text = "救灾总结\\n雨很大。人们都来了。天晴了。修路3公里。天又阴了。县里来人。王家村。其他。县民政局"
    >>> from extractor.text.sentences import sentences
    >>> [text[start:end] for start, end in worth_reading(text, [*sentences(text)], [text.index("3")])]
    ['救灾总结\\n', '雨很大。', '修路3公里。', '县里来人。', '王家村。', '其他。', '县民政局']
    """
    written = [i for i, (start, end) in enumerate(sentences) if not text[start:end].isspace()]
    kept = {*_head(text, sentences, written), *written[-_FOOT:]}
    starts = [start for start, _ in sentences]
    kept.update(bisect_right(starts, figure) - 1 for figure in figures)
    kept.update(i for i in written if _HEADING.fullmatch(text, *sentences[i]))
    return [sentences[i] for i in sorted(kept)]


def _head(text: str, sentences: Sequence[tuple[int, int]], written: Sequence[int]) -> list[int]:
    """Up to the first sentence that ends in a full stop."""
    for number, i in enumerate(written[:_HEAD], start=1):
        if not text[slice(*sentences[i])].endswith("\n"):
            return list(written[:number])
    return list(written[:_HEAD])
