"""Every rule of every pattern file finds what its examples mark and nothing in its counterexamples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import PatternError
from extractor.patterns import Patterns, Rule, check_rule, load_patterns, one_of, sought, unmark
from extractor.patterns.family import SHORT

PATTERNS = load_patterns()
TIMED = Patterns(PATTERNS.files, "")


@pytest.mark.parametrize(("family", "rule"), PATTERNS.rules(), ids=[rule.id for _, rule in PATTERNS.rules()])
def test_rule_does_what_its_examples_say(family: str, rule: Rule) -> None:
    assert check_rule(PATTERNS.family(family), rule) == []


@pytest.mark.parametrize("family", PATTERNS.families())
@settings(deadline=None)  # the first sentence waits for the family to be compiled
@given(data=st.data())
def test_no_short_sentence_takes_long(family: str, data: st.DataObject) -> None:
    """Such sentences are searched without the time limit; here with it, and it raises where it is reached."""
    rules = [rule for name, rule in PATTERNS.rules() if name == family]
    examples = st.sampled_from([unmark(text)[0] for rule in rules for text in (*rule.examples, *rule.counterexamples)])
    piece = data.draw(examples)
    begin = data.draw(st.integers(0, len(piece) - 1))
    end = data.draw(st.integers(begin + 1, len(piece)))
    sentence = (data.draw(examples)[:12] + piece[begin:end] * SHORT)[:SHORT]
    for start in range(24):
        found = TIMED.family(family).match(sentence, start)
        assert found is None or found.match.start() == start


@given(words=st.sets(st.text("旱大水灾雨", min_size=1, max_size=3), min_size=1), text=st.text("旱大水灾雨，"))
def test_words_are_sought_wherever_they_stand(words: set[str], text: str) -> None:
    fast, plain = re.compile(f"(?={sought(words)})"), re.compile(f"(?={one_of(words)})")
    assert [match.start() for match in fast.finditer(text)] == [match.start() for match in plain.finditer(text)]


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for _, rule in PATTERNS.rules()]
    assert len(ids) == len(set(ids))


def test_every_rule_has_a_reason() -> None:
    assert all(rule.reason for _, rule in PATTERNS.rules())


def test_examples_unmark() -> None:
    assert unmark("甲⟦一⟧乙⟦二⟧") == ("甲一乙二", [(1, 2), (3, 4)])


def test_digest_tells_pattern_folders_apart(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "family: own\nrules:\n- {id: own.a, reason: test, pattern: 甲, examples: ['⟦甲⟧']}\n", "utf-8"
    )
    own = load_patterns(tmp_path)
    assert own.digest != PATTERNS.digest
    assert [m.match.group() for m in own.family("own").finditer("甲乙甲")] == ["甲", "甲"]


def test_a_name_that_nothing_defines_is_told(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "family: own\nrules:\n- {id: own.a, reason: test, pattern: '{no_such_name}', examples: ['⟦甲⟧']}\n", "utf-8"
    )
    with pytest.raises(PatternError, match="no_such_name"):
        load_patterns(tmp_path).family("own")
