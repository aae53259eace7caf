"""Every rule of every pattern file finds what its examples mark and nothing in its counterexamples."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import PatternError
from extractor.patterns import Rule, check_rule, load_patterns, unmark

PATTERNS = load_patterns()


@pytest.mark.parametrize(("family", "rule"), PATTERNS.rules(), ids=[rule.id for _, rule in PATTERNS.rules()])
def test_rule_does_what_its_examples_say(family: str, rule: Rule) -> None:
    assert check_rule(PATTERNS.family(family), rule) == []


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
