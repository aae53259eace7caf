"""Cue words: the longest at each place, whatever opens it, and all that a plain search finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.relations.cues import CueScanner

TABLES = {
    "one and two characters": {"dead": ["死", "死亡"], "none": ["死角", "亡"]},
    "one character each": {"dead": ["死"], "injured": ["伤"]},
    "none of one character": {"dead": ["死亡", "遇难者"], "injured": ["受伤"]},
    "marks that expressions use": {"range": ["-", "]^"], "other": ["^", "[死"]},
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@given(text=st.text("死亡角遇难者受伤-]^[", max_size=20))
def test_finds_the_longest_word_at_each_place(table: dict[str, list[str]], text: str) -> None:
    words = sorted((word for told in table.values() for word in told), key=len, reverse=True)
    expected = [match.span() for match in re.finditer("|".join(map(re.escape, words)), text)]
    assert [(cue.start, cue.end) for cue in CueScanner(table).find(text, 0, len(text))] == expected


def test_tells_what_a_word_means() -> None:
    [cue] = CueScanner(TABLES["one and two characters"]).find("因灾死亡3人", 0, 7)
    assert (cue.meaning, cue.word) == ("dead", "死亡")
