"""Sentences cover a text without a gap and none is longer than the limit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.sentences import LONGEST, sentences


@given(st.text("甲乙。！\n”3. ", max_size=60))
def test_sentences_cover_the_text(text: str) -> None:
    assert "".join(text[start:end] for start, end in sentences(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一是修路。二是架桥。", ["一是修路。", "二是架桥。"]),
        ("他说：“都走。”随后出发", ["他说：“都走。”", "随后出发"]),
        ("标题\n正文", ["标题\n", "正文"]),
        ("损失4.5亿元", ["损失4.5亿元"]),
        ("", []),
    ],
)
def test_ends(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@pytest.mark.parametrize("text", ["1" * 200_000, "受灾" * 100_000, "。" * 100_000, " " * 100_000])
def test_no_sentence_is_endless(text: str) -> None:
    spans = list(sentences(text))
    assert text[0] == "。" or max(end - start for start, end in spans) <= LONGEST
    assert spans[-1][1] == len(text)
