"""Words beside a number that bound it: 约, 近, 超过 before it; 以上, 左右 behind its unit."""

from __future__ import annotations

from extractor.patterns import Patterns
from extractor.records.codes import Bound
from extractor.rules.numerals import Quantity

_HAN_MULTIPLIERS = frozenset("十百千万亿")


class Bounds:
    """The two tables of ``patterns/numerals.yaml``, read at the edges of a figure."""

    def __init__(self, patterns: Patterns) -> None:
        self._before: dict[str, Bound] = patterns.table("numerals", "bound_before")
        self._after: dict[str, Bound] = patterns.table("numerals", "bound_after")
        self._last_of_before = frozenset(word[-1] for word in self._before)
        self._first_of_after = frozenset(word[0] for word in self._after)
        self._longest_before = max(map(len, self._before))
        self._longest_after = max(map(len, self._after))

    def before(self, text: str, start: int, low: int = 0) -> Bound:
        """The bound that the longest word ending at ``start`` gives."""
        while start > low and text[start - 1] == " ":
            start -= 1
        if start <= low or text[start - 1] not in self._last_of_before:
            return "exact"
        for length in range(min(self._longest_before, start - low), 0, -1):
            bound = self._before.get(text[start - length : start])
            if bound is not None:
                return bound
        return "exact"

    def after(self, text: str, end: int, high: int) -> tuple[Bound, int]:
        """The bound that the longest word beginning at ``end`` gives, and where that word ends."""
        if end >= high or text[end] not in self._first_of_after:
            return "exact", end
        for length in range(min(self._longest_after, high - end), 0, -1):
            bound = self._after.get(text[end : end + length])
            if bound is not None:
                return bound, end + length
        return "exact", end

    def around(self, text: str, quantity: Quantity, start: int, end: int, low: int, high: int) -> tuple[Quantity, int]:
        """``quantity`` with the bounds told around ``text[start:end]``, and the span's end with 以上 or 左右 in it."""
        behind, new_end = self.after(text, end, high)
        if behind != "exact":
            return quantity.bounded(behind), new_end
        ahead = self.before(text, start, low)
        if ahead == "over" and text[start - 1] == "上" and text[start] not in _HAN_MULTIPLIERS:
            ahead = "exact"  # 上 bounds 上万, 上千; elsewhere it ends a place or a verb
        return quantity.bounded(ahead), end
