"""Exact offsets between two forms of a text: the source as it came and the text after repair.

A repair step describes what it does as :class:`Edit` s; applying them gives the new text and an
:class:`Alignment`. Alignments compose, so any number of steps still map back to the source.

Offsets count Unicode code points and spans are half-open, as Python slices them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """``old[start:end]`` becomes ``replacement``; ``flag`` marks text that can't be fully trusted."""

    start: int
    end: int
    replacement: str
    flag: str | None = None


class Block(NamedTuple):
    """A stretch that was edited: ``old[old_start:old_end]`` stands as ``new[new_start:new_end]``."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The edited blocks between an old text and a new one, in order; all between them is unchanged.

    Building is O(blocks), a query O(log blocks).
    """

    blocks: tuple[Block, ...] = ()
    _old_ends: tuple[int, ...] = ()
    _new_ends: tuple[int, ...] = ()

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> Alignment:
        """An alignment of ``blocks``, which must be ascending and must not overlap."""
        kept = tuple(blocks)
        return cls(kept, tuple(b.old_end for b in kept), tuple(b.new_end for b in kept))

    def to_old(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of the old text that holds all that stands at ``new[start:end]``.

        A boundary inside an edited block widens to the block's edge, so the span never cuts an edit.
        An empty span maps to an empty one.

        >>> Alignment.of([Block(1, 6, 1, 2)]).to_old(0, 2)   # 号(hào) -> 号 at offset 1
        (0, 6)
        """
        return _mapped(self.blocks, self._new_ends, _NEW, _OLD, start, end)

    def to_new(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of the new text that holds all that is left of ``old[start:end]``."""
        return _mapped(self.blocks, self._old_ends, _OLD, _NEW, start, end)

    def inverse(self) -> Alignment:
        """The same alignment read from the new text to the old."""
        return Alignment.of(Block(b.new_start, b.new_end, b.old_start, b.old_end) for b in self.blocks)

    def then(self, later: Alignment) -> Alignment:
        """This alignment followed by ``later``: from this one's old text to the later one's new text."""
        if not later.blocks:
            return self
        if not self.blocks:
            return later
        return Alignment.of(_compose(self.blocks, self._new_ends, later.blocks, later._old_ends))


_OLD, _NEW = 0, 2
"""The column of a block that its side begins at; the side ends one column on."""


def _mapped(
    blocks: Sequence[Block], ends: Sequence[int], given: int, wanted: int, start: int, end: int
) -> tuple[int, int]:
    """The span ``start:end`` of one side on the other; ``ends`` are where the blocks end on the given side."""
    if not blocks:
        return start, max(start, end)
    i = bisect_right(ends, start)
    if i < len(blocks) and blocks[i][given] < start + (start < end):
        low = blocks[i][wanted]  # the span starts inside an edit
    else:
        low = start if i == 0 else start + blocks[i - 1][wanted + 1] - blocks[i - 1][given + 1]
    if start >= end:
        return low, low
    i = bisect_left(ends, end)
    # Text deleted right behind the span (an empty side at `end`) does not belong to it.
    if i < len(blocks) and blocks[i][given] < end:
        return low, blocks[i][wanted + 1]
    return low, end if i == 0 else end + blocks[i - 1][wanted + 1] - blocks[i - 1][given + 1]


def apply_edits(text: str, edits: Sequence[Edit]) -> tuple[str, Alignment]:
    """``text`` with ``edits`` (ascending, not overlapping) made, and the alignment from it to the result.

    >>> apply_edits("4号(hào)文", [Edit(1, 7, "号")])[0]
    '4号文'
    """
    if not edits:
        return text, Alignment()
    pieces: list[str] = []
    blocks: list[Block] = []
    position = shift = 0
    for start, end, replacement, _ in edits:
        if start < position or end < start:
            raise ValueError(f"edits overlap or are out of order at offset {start}")
        pieces.append(text[position:start])
        pieces.append(replacement)
        blocks.append(Block(start, end, start + shift, start + shift + len(replacement)))
        shift += len(replacement) - (end - start)
        position = end
    pieces.append(text[position:])
    return "".join(pieces), Alignment.of(blocks)


def _compose(
    first: Sequence[Block], first_ends: Sequence[int], second: Sequence[Block], second_ends: Sequence[int]
) -> Iterable[Block]:
    """Blocks of ``first`` then ``second``: blocks that meet in the middle text are merged, O(n + m).

    ``first_ends`` and ``second_ends`` are where their blocks end in the middle text.
    """
    i = j = 0
    shift_first = shift_second = 0  # old - middle behind the blocks of `first` passed; new - middle likewise
    while i < len(first) or j < len(second):
        take_first = j == len(second) or (i < len(first) and first[i].new_start <= second[j].old_start)
        # Nearly all blocks meet no other: a run of them is copied at once, one side shifted.
        if take_first:
            run = len(first) if j == len(second) else bisect_left(first_ends, second[j].old_start, i)
            if run > i:
                yield from [Block(a, b, c + shift_second, d + shift_second) for a, b, c, d in first[i:run]]
                shift_first = first[run - 1].old_end - first[run - 1].new_end
                i = run
                continue
        else:
            run = len(second) if i == len(first) else bisect_left(second_ends, first[i].new_start, j)
            if run > j:
                yield from [Block(a + shift_first, b + shift_first, c, d) for a, b, c, d in second[j:run]]
                shift_second = second[run - 1].new_end - second[run - 1].old_end
                j = run
                continue
        low, high = first[i][2:] if take_first else second[j][:2]
        begin_i, begin_j = i, j
        grown = True
        while grown:
            grown = False
            while i < len(first) and _meets(
                first[i].new_start, first[i].new_end, low, high, i == begin_i and take_first
            ):
                high = max(high, first[i].new_end)
                i, grown = i + 1, True
            while j < len(second) and _meets(
                second[j].old_start, second[j].old_end, low, high, j == begin_j and not take_first
            ):
                high = max(high, second[j].old_end)
                j, grown = j + 1, True
        old_start, new_start = low + shift_first, low + shift_second
        if i > begin_i:
            shift_first = first[i - 1].old_end - first[i - 1].new_end
        if j > begin_j:
            shift_second = second[j - 1].new_end - second[j - 1].old_end
        yield Block(old_start, high + shift_first, new_start, high + shift_second)


def _meets(start: int, end: int, low: int, high: int, opens: bool) -> bool:
    """Whether a block of the middle text belongs to the merged stretch ``low:high``."""
    return opens or start < high or (start == end == high) or (low == high == start)
