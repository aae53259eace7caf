from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from extractor.entities.gazetteer import load_gazetteer
from extractor.entities.segmenter import Segmenter
from extractor.errors import PatternError
from extractor.patterns import PatternFile, Patterns, load_patterns

REPORTS = sorted((Path(__file__).parents[2] / "corpus" / "reports").glob("*.txt"))


@pytest.fixture(scope="module")
def both() -> list[Segmenter]:
    gazetteer = load_gazetteer()
    extra = sorted(gazetteer.full | gazetteer.short)
    return [Segmenter(load_patterns(), backend, extra) for backend in ("rjieba", "jieba")]


def read(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-16")


def texts() -> list[str]:
    return [read(path) for path in REPORTS if not path.read_bytes().startswith((b"\xff\xfe", b"\xfe\xff"))]


@pytest.mark.parametrize("guess", [True, False])
def test_both_backends_cut_the_corpus_alike(both: list[Segmenter], guess: bool) -> None:
    assert len(REPORTS) > 20
    for text in texts():
        assert both[0].words(text, guess) == both[1].words(text, guess)


def test_both_backends_give_the_same_parts_of_speech(both: list[Segmenter]) -> None:
    words = {word for text in texts() for word in both[0].words(text)}
    assert {word for word in words if both[0].pos(word) != both[1].pos(word)} == set()


def test_tokens_cover_the_text(both: list[Segmenter]) -> None:
    text = "2002年8月14日，新平县\r\n损失1.43亿元　(含5%)😀𠮷。"
    for segmenter in both:
        tokens = segmenter.tokenize(text, pos=True)
        assert "".join(token.text for token in tokens) == text
        assert all(text[token.start : token.end] == token.text for token in tokens)
        assert all(a.end == b.start for a, b in pairwise(tokens))
        assert all(token.pos for token in tokens)
        assert segmenter.tokenize("县", pos=False)[0].pos is None
        assert segmenter.tokenize("") == []


@pytest.mark.parametrize(
    "word", ["救灾款", "村委会", "泥石流", "一事一议", "农村低保", "民政局", "五保户", "新平彝族傣族自治县"]
)
def test_domain_words_stay_whole(both: list[Segmenter], word: str) -> None:
    for segmenter in both:
        assert word in segmenter.words(f"下达{word}的通知")


def test_words_that_hold_two_names_are_cut(both: list[Segmenter]) -> None:
    for segmenter in both:
        assert segmenter.words("县委书记")[:2] == ["县委", "书记"]


def test_a_split_must_make_up_its_word() -> None:
    tables = {"frequency": {"words": 1, "names": 1}, "dictionary": {}, "splits": {"县委书记": ["县委"]}}
    patterns = Patterns({"s.yaml": PatternFile(family="segmentation", tables=tables)}, "")
    with pytest.raises(PatternError, match="县委书记"):
        Segmenter(patterns)
