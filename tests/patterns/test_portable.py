"""A pattern put in other words for `re` matches what it matched in `regex`."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from extractor.patterns import Patterns, load_patterns, unmark
from extractor.patterns.portable import portable

PATTERNS = load_patterns()
TIMED = Patterns(PATTERNS.files, "")


@pytest.mark.parametrize(
    ("pattern", "fixed"),
    [
        ("(?<=约|大约)1", "(?:(?<=约)|(?<=大约))1"),
        ("(?<!第|全省前)3", "(?<!第)(?<!全省前)3"),
        ("(?<=约)1", "(?<=约)1"),
        ("(?<=约|近)1", "(?<=约|近)1"),
        ("(?<=^|，)1", "(?:(?<=^)|(?<=，))1"),
        ("(?<=万[余多]?)人", "(?:(?<=万)|(?<=万[余多]))人"),
        ("(?<=达{1,2})1", "(?:(?<=达)|(?<=(?:达){2}))1"),
        ("(?<=(?:人口|总量)为?)1", "(?:(?<=(?:人口|总量))|(?<=(?:人口|总量)为))1"),
        (r"(?<=(?<!\d)[(（]\s?)1", r"(?:(?<=(?<!\d)[(（])|(?<=(?<!\d)[(（]\s))1"),
        ("(?<=雨(?=水)|大雪)1", "(?:(?<=雨(?=水))|(?<=大雪))1"),
        ("(?<=a*)1", "(?<=a*)1"),
        ("(?<=(a|bc))1", "(?<=(a|bc))1"),
    ],
)
def test_looks_behind_over_a_fixed_number_of_characters(pattern: str, fixed: str) -> None:
    assert portable(pattern) == fixed


@pytest.mark.parametrize("pattern", [r"\p{Han}+", r"[\d\p{Han}]+", r"[^\p{Han}，]+", r"(?<=\p{Han}{1,2})1"])
@given(text=st.text("一龥㐀々〇𠮷豈，1aあ가", max_size=12))
def test_han_characters_are_the_same(pattern: str, text: str) -> None:
    assert re.findall(portable(pattern), text) == regex.findall(pattern, text)


@pytest.mark.parametrize(
    "pattern",
    [
        "(?<=^|[约近]|大约{1,2})1",
        "(?<!约|大约|(?:近|约){2,3})1",
        "(?<=(?<!大)约(?:近(?:大|约大)?){0,2})1",
        "(?<!(?:大?约|近)?近|^大)1",
    ],
)
@given(text=st.text("大约近1", max_size=10))
def test_both_engines_look_behind_alike(pattern: str, text: str) -> None:
    found = [match.start() for match in re.finditer(portable(pattern), text)]
    assert found == [match.start() for match in regex.finditer(pattern, text)]


@pytest.mark.parametrize("family", PATTERNS.families())
def test_every_family_finds_the_same_with_and_without_the_time_limit(family: str) -> None:
    rules = [rule for name, rule in PATTERNS.rules() if name == family]
    sentences = [unmark(text)[0] for rule in rules for text in (*rule.examples, *rule.counterexamples)]
    found = 0
    for sentence in sentences:
        quick, timed = (
            [(hit.rule.id, hit.match.span(), hit.values()) for hit in patterns.family(family).finditer(sentence)]
            for patterns in (PATTERNS, TIMED)
        )
        assert quick == timed
        found += len(quick)
    assert found >= len(rules)
