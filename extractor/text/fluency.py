"""Which of several characters makes a stretch of Chinese most likely, by the word counts of jieba's dictionary.

Only asked where a byte is gone and the characters around it must decide; the dictionary is read at the first question.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable
from importlib.resources import files

LONGEST = 4
"""Characters of the longest word looked at."""
_STOPS = {"。": 2_500_000, "、": 1_500_000, "“": 600_000, "”": 600_000, "《": 200_000, "》": 200_000}
"""How often these marks stand among the 60 million words that the dictionary counts."""
_ENTRY = re.compile(rf"^([\u4e00-\u9fff]{{1,{LONGEST}}}) ([0-9]+)", re.MULTILINE)
_LEAST = 20
"""How often a character must be counted to be guessed at all."""


@functools.cache
def _counts() -> dict[str, str]:
    """Word -> its count, still as digits: of 350,000 words, a text asks for a few hundred."""
    listed = (files("jieba") / "dict.txt").read_text("utf-8")
    return dict(_ENTRY.findall(listed)) | {stop: str(count) for stop, count in _STOPS.items()}


@functools.cache
def _log_total() -> float:
    return math.log(sum(map(int, _counts().values())))


@functools.lru_cache(maxsize=65536)
def _log_share(word: str) -> float:
    """The log probability of a word; of what is no word minus infinity, of a rare character next to it."""
    count = _counts().get(word)
    if count is None:
        return -math.inf if len(word) > 1 else math.log(0.5) - _log_total()
    return math.log(int(count) + 0.5) - _log_total()


def is_common(char: str) -> bool:
    """Whether ``char`` is common enough to be guessed at all."""
    return int(_counts().get(char, "0")) >= _LEAST


def best_fit(left: str, candidates: Iterable[str], right: str) -> tuple[str, float]:
    """The candidate, of one character or two, that fits best between ``left`` and ``right``, and its lead in log odds.

    >>> best_fit("总人", "口卡库", "")[0]
    '口'
    """
    before = _scores(left)
    after = _scores(right, backwards=True)
    heads = [(left[i:], before[i]) for i in range(max(0, len(left) - LONGEST + 1), len(left) + 1)]
    tails = [(right[:j], after[j]) for j in range(min(len(right), LONGEST - 1) + 1)]
    scored = []
    for candidate in candidates:
        if len(candidate) == 1:
            scored.append((_one(heads, candidate, tails), candidate))
        elif _makes_words(left, candidate, right):
            scored.append((_scores(left + candidate + right)[-1], candidate))
    scored.sort(reverse=True)
    if not scored:
        return "", 0.0
    return scored[0][1], scored[0][0] - scored[1][0] if len(scored) > 1 else math.inf


def _makes_words(left: str, two: str, right: str) -> bool:
    """Whether two characters are a word, or each is part of one with its neighbour: all others aren't worth a look."""
    counts = _counts()
    joins_left, joins_right = left[-1:] + two[0] in counts, two[1] + right[:1] in counts
    return two in counts or (joins_left and (joins_right or two[1] in _STOPS))


def _one(heads: list[tuple[str, float]], char: str, tails: list[tuple[str, float]]) -> float:
    """The best segmentation's log probability with ``char`` in the middle: over all words that take it in."""
    best = -math.inf
    for head, before in heads:
        start = head + char
        for tail, after in tails[: LONGEST - len(head)]:
            score = before + _log_share(start + tail) + after
            if score > best:
                best = score
    return best


def _scores(text: str, *, backwards: bool = False) -> list[float]:
    """Best log probability of every prefix of ``text``; ``backwards``: of what lies behind every offset."""
    size = len(text)
    scores = [-math.inf] * (size + 1)
    scores[0] = 0.0
    for end in range(1, size + 1):
        for start in range(max(0, end - LONGEST), end):
            word = text[size - end : size - start] if backwards else text[start:end]
            scores[end] = max(scores[end], scores[start] + _log_share(word))
    return scores[::-1] if backwards else scores
