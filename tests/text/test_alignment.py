"""Alignments compose, and no span of the new text maps to less than what it came from."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.alignment import Alignment, Block, Edit, apply_edits


@st.composite
def edited(draw: st.DrawFn, text: str) -> list[Edit]:
    edits, at = [], 0
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, min(len(text), start + 4)))
        edits.append(Edit(start, end, draw(st.text("甲乙丙", max_size=4))))
        at = end if end > start else end + 1  # two edits at one place have no order
        if at > len(text):
            break
    return edits


@st.composite
def chains(draw: st.DrawFn) -> tuple[str, str, str, Alignment, Alignment]:
    old = draw(st.text("abcde", max_size=20))
    middle, first = apply_edits(old, draw(edited(old)))
    new, second = apply_edits(middle, draw(edited(middle)))
    return old, middle, new, first, second


def unchanged(alignment: Alignment, size: int) -> list[tuple[int, int]]:
    """Old and new offset of every character of the old text that no block touches."""
    pairs, shift, at = [], 0, 0
    for block in (*alignment.blocks, Block(size, size, 0, 0)):
        pairs += [(i, i + shift) for i in range(at, block.old_start)]
        at, shift = block.old_end, block.new_end - block.old_end
    return pairs


@given(chains())
def test_what_no_block_touches_is_the_same_text(chain: tuple[str, str, str, Alignment, Alignment]) -> None:
    old, _, new, first, second = chain
    for i, j in unchanged(first.then(second), len(old)):
        assert old[i] == new[j]


@given(chains(), st.data())
def test_a_span_covers_what_it_came_from(
    chain: tuple[str, str, str, Alignment, Alignment], data: st.DataObject
) -> None:
    old, _, new, first, second = chain
    both = first.then(second)
    start = data.draw(st.integers(0, len(new)))
    end = data.draw(st.integers(start, len(new)))
    step = first.to_old(*second.to_old(start, end))
    low, high = both.to_old(start, end)
    assert 0 <= low <= high <= len(old)
    if start < end:
        assert low <= step[0]
        assert high >= step[1]


@given(chains())
def test_blocks_stay_in_order(chain: tuple[str, str, str, Alignment, Alignment]) -> None:
    *_, first, second = chain
    blocks = first.then(second).blocks
    for a, b in pairwise(blocks):
        assert a.old_end <= b.old_start
        assert a.new_end <= b.new_start


@given(chains())
def test_the_inverse_of_the_inverse_is_the_same(chain: tuple[str, str, str, Alignment, Alignment]) -> None:
    alignment = chain[3]
    assert alignment.inverse().inverse() == alignment


@pytest.mark.parametrize(
    ("edits", "new_span", "old_span"),
    [
        ([Edit(1, 7, "号")], (0, 2), (0, 7)),  # 4号(hào) : the reading belongs to its character
        ([Edit(1, 7, "号")], (2, 3), (7, 8)),
        ([Edit(2, 7, "")], (1, 2), (1, 2)),  # a deletion behind a span is not part of it
        ([Edit(2, 7, "")], (1, 3), (1, 8)),
        ([Edit(3, 3, "新")], (3, 4), (3, 3)),
    ],
)
def test_spans(edits: list[Edit], new_span: tuple[int, int], old_span: tuple[int, int]) -> None:
    _, alignment = apply_edits("4号(hào)文件", edits)
    assert alignment.to_old(*new_span) == old_span


def test_edits_must_be_in_order() -> None:
    with pytest.raises(ValueError, match="out of order"):
        apply_edits("abc", [Edit(1, 2, ""), Edit(0, 1, "")])
