"""The examples in the pattern files, run through the recognizer; cases as marked sentences; texts as a whole."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractor.entities.grammar import SYMBOL, Grammar
from extractor.entities.recognizer import RuleRecognizer
from extractor.errors import PatternError
from extractor.patterns import Rule, check_rule, load_patterns
from extractor.text.sentences import sentences

RULES = Grammar(load_patterns()).rules()


@pytest.fixture(scope="module")
def recognizer() -> RuleRecognizer:
    return RuleRecognizer(load_patterns())


class Matches:
    """The recognizer in the shape that check_rule reads."""

    def __init__(self, recognizer: RuleRecognizer) -> None:
        self.recognizer = recognizer

    def finditer(self, text: str):
        for rule, start, end in self.recognizer.matches(text):
            match = SimpleNamespace(span=lambda s=start, e=end: (s, e), group=lambda s=start, e=end: text[s:e])
            yield SimpleNamespace(rule=rule, match=match)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_of_the_rule(recognizer: RuleRecognizer, rule: Rule) -> None:
    assert check_rule(Matches(recognizer), rule) == []


def test_every_rule_has_an_example_and_a_reason() -> None:
    assert [rule.id for rule in RULES if not rule.examples or not rule.reason] == []


def laid_over(tmp_path: Path, pattern: str) -> Grammar:
    shipped = (Path(__file__).parents[2] / "patterns" / "places.yaml").read_text("utf-8")
    shipped = shipped.replace("pattern: '{chain}'", f"pattern: '{pattern}'")
    (tmp_path / "places.yaml").write_text(shipped, "utf-8")
    return Grammar(load_patterns(tmp_path))


@pytest.mark.parametrize(
    ("pattern", "message"), [("(<noun>", "place.chain"), ("<nuon>", "'nuon'"), ("{stam}", "'stam'")]
)
def test_a_wrong_pattern_is_named(tmp_path: Path, pattern: str, message: str) -> None:
    with pytest.raises(PatternError, match=message):
        laid_over(tmp_path, pattern)


def test_a_pattern_that_matches_nothing_does_no_harm(tmp_path: Path) -> None:
    assert laid_over(tmp_path, "<village>?").names(SYMBOL["village"] + SYMBOL["noun"])[0][:2] == (0, 1)


def test_no_word_is_listed_in_two_classes() -> None:
    lists = [load_patterns().table(family, "classes") for family in ("places", "organizations", "persons")]
    words = Counter(word for classes in lists for listed in classes.values() for word in listed)
    assert [word for word, count in words.items() if count > 1] == []


def names(recognizer: RuleRecognizer, text: str) -> list[str]:
    return [f"{e.name}/{e.label[0]}" for e in recognizer.recognize(text, list(sentences(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云南省玉溪市新平县漠沙镇发生滑坡", ["云南省玉溪市新平县漠沙镇/p"]),
        ("新平彝族傣族自治县地处哀牢山", ["新平彝族傣族自治县/p", "哀牢山/p"]),
        ("玉溪市委市人民政府高度重视", ["玉溪市委市人民政府/o"]),
        ("县委书记李明华赶赴现场", ["县委/o", "李明华/p"]),
        ("印发《新平县防汛应急预案》的通知", []),
        ("有关部门和各乡镇要加强值守", []),
        ("北京时间8时30分", []),
        ("要深入贯彻落实，大力推进", []),
    ],
)
def test_cases(recognizer: RuleRecognizer, text: str, expected: list[str]) -> None:
    assert names(recognizer, text) == expected


def test_a_name_given_in_full_is_found_for_short(recognizer: RuleRecognizer) -> None:
    assert names(recognizer, "石岭乡遭受冰雹。雹灾过后，石岭、桐木两地补种。")[:2] == ["石岭乡/p", "石岭/p"]


def test_offsets_are_those_of_the_text(recognizer: RuleRecognizer) -> None:
    text = "前言。\n新平县民政局下达救灾款，漠沙镇、戛洒镇受灾。\n"
    found = recognizer.recognize(text, list(sentences(text)))
    assert found
    assert all(text[e.start : e.end] == e.name for e in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_only_the_sentences_asked_for_are_read(recognizer: RuleRecognizer) -> None:
    text = "玉溪市受灾。昆明市受灾。"
    assert [e.name for e in recognizer.recognize(text, [(6, 12)])] == ["昆明市"]


def test_both_backends_find_the_same(recognizer: RuleRecognizer) -> None:
    text = "1998年8月，新平县漠沙镇、平掌乡等5个乡镇受灾，县长李明华、副县长王志强带领县民政局干部赶赴灾区。"
    assert RuleRecognizer(load_patterns(), "jieba").recognize(text, list(sentences(text))) == recognizer.recognize(
        text, list(sentences(text))
    )


@pytest.mark.parametrize(
    "piece", ["县", "东山", "李", "县委", "石、", "王乡", "中国", "大大小小", "一二三", "局长李", "县政府"]
)
def test_repetition_costs_no_more_than_its_length(recognizer: RuleRecognizer, piece: str) -> None:
    text = piece * (1500 // len(piece))
    started = time.perf_counter()
    recognizer.recognize(text, [(0, len(text))])
    assert time.perf_counter() - started < 2


def test_import_is_light() -> None:
    code = (
        "import sys, extractor.entities, extractor.entities.recognizer; "
        "print(*{'jieba', 'rjieba', 'spacy'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""
