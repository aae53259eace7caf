"""What the names model learns from: every step that makes sentences of it keeps names where they are."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from extractor.entities.decoding import TAGS
from extractor.entities.network import UNKNOWN
from extractor.entities.pieces import Pieces
from training.augment import Augmenter
from training.fitting import lessons_of
from training.labelled import by_county_rules, read_bio, read_cluener
from training.leakage import Gold
from training.sentences import COUNTY, GUIDES, NEWSWIRE, Name, Sentence, read, write
from training.silver import agreed, full_name_test
from training.synthetic import Names, sentences

DIVISIONS = """代码,一级行政区,二级行政区,名称,级别,状态,启用时间,变更/弃用时间,新代码
530400,云南省,,玉溪市,地级,在用,1998,,
530427,云南省,玉溪市,新平彝族傣族自治县,县级,在用,1981,,
"""
TOWNSHIPS = """code,name,areaCode,provinceCode,cityCode
530427101,漠沙镇,530427,53,5304
530427102,平掌乡,530427,53,5304
"""


@pytest.fixture
def names(tmp_path: Path) -> Names:
    (tmp_path / "divisions.csv").write_text(DIVISIONS, encoding="utf-8")
    (tmp_path / "townships.csv").write_text(TOWNSHIPS, encoding="utf-8")
    persons = ["普建国", "刀文华", "李明"]
    return Names(tmp_path / "divisions.csv", tmp_path / "townships.csv", persons, random.Random(1))


def told(sentence: Sentence) -> list[tuple[str, str]]:
    return list(sentence.surfaces())


def test_bio_files(tmp_path: Path) -> None:
    file = tmp_path / "some.bio"
    file.write_text("在\tO\n昆\tB-LOC\n明\tI-LOC\n市\tB-LOC\n\n李 B-PER\n明 I-PER\n", encoding="utf-8")
    first, second = read_bio(file)
    assert (first.text, told(first)) == ("在昆明市", [("昆明", "place"), ("市", "place")])
    assert (second.text, told(second), second.guide) == ("李明", [("李明", "person")], NEWSWIRE)


def test_cluener_files(tmp_path: Path) -> None:
    label = {"address": {"新平": [[0, 1]]}, "name": {"李明": [[3, 4]]}, "book": {"红": [[2, 2]]}}
    (tmp_path / "a.txt").write_text(json.dumps({"text": "新平红李明", "label": label}), encoding="utf-8")
    [sentence] = read_cluener(tmp_path / "a.txt")
    assert told(sentence) == [("新平", "place"), ("李明", "person")]


def test_newswire_by_our_rules() -> None:
    names = (Name(0, 3, "place"), Name(3, 6, "place"), Name(7, 8, "place"))
    converted = by_county_rules(Sentence("云南省玉溪市访美", names, NEWSWIRE))
    assert told(converted) == [("云南省玉溪市", "place")]
    assert converted.names[1] == Name(7, 8, None)  # one character: left open


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("据说新平县民政局局长李明华到漠沙镇看望了群众", True),
        ("新平县 民政局,局长李明华 到漠沙镇", True),  # blanks and marks do not hide it
        ("漠沙镇看望", True),  # short, and whole in the passage
        ("元江县民政局局长王明到红河查看了庄稼", False),
        ("漠沙镇开会", False),
    ],
)
def test_what_the_gold_holds_is_known(tmp_path: Path, text: str, held: bool) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"text": "新平县民政局局长李明华到漠沙镇看望受灾群众。"}), encoding="utf-8")
    assert Gold(path).holds(text) is held


def test_rules_and_teacher_together(tmp_path: Path) -> None:
    text = "刘大山和王氏到白水镇柳河村，李等人去了青山"
    by_rules = [Sentence(text, (Name(0, 3, "person"), Name(7, 10, "place")), COUNTY)]
    theirs = [[0, 3, "person"], [4, 6, "person"], [10, 13, "place"], [14, 16, "person"], [19, 21, "place"]]
    (tmp_path / "teacher.jsonl").write_text(json.dumps(theirs) + "\n", encoding="utf-8")
    [silver] = agreed(by_rules, tmp_path / "teacher.jsonl", full_name_test())
    assert told(silver) == [("刘大山", "person"), ("白水镇柳河村", "place")]
    assert [text[n.start : n.end] for n in silver.names if n.label is None] == ["李等", "青山"]


def test_made_sentences_mark_their_names(names: Names) -> None:
    made = list(sentences(names, random.Random(2), 300))
    assert all(sentence.guide == COUNTY and "{" not in sentence.text for sentence in made)
    for sentence in made:
        assert all(surface.strip() == surface and surface for surface, _ in told(sentence))
        assert [name.start for name in sentence.names] == sorted(name.start for name in sentence.names)
    assert {label for sentence in made for _, label in told(sentence)} == {"place", "organization", "person"}


def test_the_same_seed_makes_the_same_sentences(names: Names, tmp_path: Path) -> None:
    again = Names(
        tmp_path / "divisions.csv", tmp_path / "townships.csv", ["普建国", "刀文华", "李明"], random.Random(1)
    )
    assert list(sentences(names, random.Random(2), 20)) == list(sentences(again, random.Random(2), 20))


@pytest.mark.parametrize("way", ["wrapped", "spaced_digits", "traditional", "varied"])
def test_augmented_sentences_keep_their_names(names: Names, way: str) -> None:
    augmenter = Augmenter(names, random.Random(3))
    sentence = Sentence("县长普建国到漠沙镇查看2197户灾情。", (Name(2, 5, "person"), Name(6, 9, "place")), COUNTY)
    for _ in range(30):
        changed = getattr(augmenter, way)(sentence)
        surfaces = ["".join(surface.split()) for surface, _ in told(changed)]
        assert [len(surface) for surface in surfaces] == [3, 3]
        assert surfaces[0][0] == "普"
        assert surfaces[1].startswith("漠沙")


def test_names_are_changed_for_others_of_their_kind(names: Names) -> None:
    sentence = Sentence("县长王大山到白水镇。", (Name(2, 5, "person"), Name(6, 9, "place")), COUNTY)
    changed = {tuple(told(Augmenter(names, random.Random(seed)).renamed(sentence))) for seed in range(20)}
    assert len(changed) > 3
    assert all(label == "place" and place.endswith("镇") for _, (place, label) in changed)


def test_files_of_sentences(tmp_path: Path) -> None:
    sentence = Sentence("漠沙\n镇", (Name(0, 2, "place"), Name(3, 4, None)), COUNTY)
    assert write(tmp_path / "s.jsonl", [sentence]) == 1
    assert list(read(tmp_path / "s.jsonl")) == [sentence]


def test_lessons_leave_open_what_pieces_cannot_show() -> None:
    text = "李明到漠沙镇"
    names = (Name(0, 2, "person"), Name(3, 6, "place"))
    [lesson] = lessons_of(Pieces(1), GUIDES, [Sentence(text, names, COUNTY)])
    assert [TAGS[number] for number in lesson.wanted] == [
        *("B-person", "L-person", "O"),
        *("B-place", "I-place", "L-place"),
    ]
    [open_one] = lessons_of(Pieces(1), GUIDES, [Sentence(text, (Name(0, 2, None),), NEWSWIRE)])
    assert np.array_equal(open_one.wanted, [UNKNOWN, UNKNOWN, 0, 0, 0, 0])
    assert open_one.guide == GUIDES.index(NEWSWIRE)
