"""The names model: pieces, decoding, network, the shipped weights, and the join with the rules."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import Adam

import extractor.entities.tagger  # noqa: F401  (an installed package has the entry point)
from extractor.entities.choice import recognizer_called
from extractor.entities.decoding import LABELS, TAGS, decode
from extractor.entities.forward import Forward
from extractor.entities.found import FoundEntity
from extractor.entities.joined import joined
from extractor.entities.model_recognizer import SCORES, ScoredEntity
from extractor.entities.name_model import SHIPPED, NameModel, load_name_model
from extractor.entities.network import UNKNOWN, Lesson, Network, Shape, build, learn, names_over
from extractor.entities.pieces import ATTRIBUTES, Pieces, Rows, row_of
from extractor.entities.recognizer import Reading
from extractor.patterns import load_patterns
from extractor.text.sentences import sentences

REPORT = (
    "新平县民政局关于救灾工作的总结\n县长普建国同志带队到漠沙镇、戛洒镇查看灾情，村民刀文华家倒塌房屋3间。"
    "省人民政府拨付救灾款50万元，云南恒丰糖业有限公司捐款20万元。\n新平县民政局\n2009年12月8日"
)


@pytest.fixture(scope="module")
def model() -> NameModel:
    return load_name_model()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(SHIPPED)


# pieces


@settings(deadline=None)
@given(st.text(alphabet="印度政府新平县１2 a\n，。○〇\U00020000", max_size=40))
def test_pieces_make_up_the_text(text: str) -> None:
    pieces = Pieces(2)
    assert "".join(piece.text for piece in pieces.of(text)) == text
    for word in pieces.words(text):
        rows, lengths = pieces.rows(word)
        assert len(rows) == len(lengths)
        assert sum(lengths) == len(word)


def test_pieces_know_their_word() -> None:
    found = [(piece.text, piece.tag, piece.word) for piece in Pieces(2).of("民政局2009年")]
    assert [text for text, _, _ in found] == ["民政", "局", "2009", "年"]
    assert [word for _, _, word in found] == ["民政局", "民政局", "0000", "年"]
    assert [tag[0] for _, tag, _ in found] == ["B", "E", "S", "S"]


def test_characters_are_pieces_of_one() -> None:
    assert [piece.text for piece in Pieces(1).of("民政局")] == ["民", "政", "局"]


# decoding


def shares(*tags: dict[str, float]) -> np.ndarray:
    rows = np.full((len(tags), len(TAGS)), 1e-6, dtype=np.float32)
    for row, stated in zip(rows, tags, strict=True):
        for tag, share in stated.items():
            row[TAGS.index(tag)] = share
    return rows / rows.sum(axis=1, keepdims=True)


def test_a_name_must_begin_and_end() -> None:
    # alone, I-place is likeliest in the middle, but nothing has begun
    found = decode(shares({"O": 0.9}, {"I-place": 0.6, "U-place": 0.4}, {"O": 0.9}))
    assert [(span.first, span.last, span.label) for span in found] == [(1, 2, "place")]
    assert found[0].score == pytest.approx(0.4, abs=0.01)


def test_names_beside_one_another() -> None:
    found = decode(shares({"B-person": 1}, {"L-person": 1}, {"U-place": 1}, {"O": 1}, {"U-organization": 1}))
    assert [(span.first, span.last, span.label) for span in found] == [
        (0, 2, "person"),
        (2, 3, "place"),
        (4, 5, "organization"),
    ]


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(0.01, 1), min_size=len(TAGS), max_size=len(TAGS)), max_size=8))
def test_decoding_gives_the_best_allowed_sequence(scores: list[list[float]]) -> None:
    rows = np.array(scores, dtype=np.float32).reshape(-1, len(TAGS))
    rows /= rows.sum(axis=1, keepdims=True)
    found = decode(rows)
    assert all(span.first < span.last <= len(rows) and span.label in LABELS for span in found)
    assert all(before.last <= after.first for before, after in itertools.pairwise(found))
    assert likelihood(rows, [span[:3] for span in found]) == pytest.approx(best_likelihood(rows), abs=1e-3)


def likelihood(rows: np.ndarray, names: list[tuple[int, int, str]]) -> float:
    tags = ["O"] * len(rows)
    for first, last, label in names:
        tags[first:last] = spelled(label, last - first)
    return sum(float(np.log(row[TAGS.index(tag)])) for row, tag in zip(rows, tags, strict=True))


def best_likelihood(rows: np.ndarray) -> float:
    """The same by the plainest means: the best way to each position, whole names as steps."""
    best = [0.0]
    for end in range(1, len(rows) + 1):
        ways = [best[end - 1] + float(np.log(rows[end - 1, 0]))]
        for start in range(end):
            ways += [best[start] + likelihood(rows[start:end], [(0, end - start, label)]) for label in LABELS]
        best.append(max(ways))
    return best[-1]


def spelled(label: str, length: int) -> list[str]:
    inner = [f"I-{label}"] * (length - 2)
    return [f"U-{label}"] if length == 1 else [f"B-{label}", *inner, f"L-{label}"]


# network


def test_a_network_learns_what_it_is_taught() -> None:
    pieces = Pieces(2)
    network = build(Shape((500, 100, 100, 100, 500), 8, 16, 2, 2))
    text = "王大山到了白水镇"
    rows, lengths = rows_of(text), [len(piece.text) for piece in pieces.of(text)]
    ends = np.cumsum([0, *lengths]).tolist()
    name, verb = ends.index(3), ends.index(5) - ends.index(3)
    tags = [TAGS.index(tag) for tag in [*spelled("person", name), *["O"] * verb]]
    wanted = np.array(tags + [UNKNOWN] * (len(lengths) - len(tags)), dtype=np.int64)
    lesson = Lesson(rows, wanted, 1)
    optimizer = Adam(0.01)
    losses = []
    for _ in range(60):
        losses.append(learn(network, [lesson, lesson], drop=0.0))
        network.finish_update(optimizer)
    assert losses[-1] < 0.05 * losses[0]
    [found] = names_over(network, [rows], 1)
    assert (0, name, "person") in [span[:3] for span in found]


def rows_of(text: str) -> Rows:
    rows = [row_of(piece) for piece in Pieces(2).of(text)]
    return np.array(rows, dtype=np.uint64).reshape(-1, len(ATTRIBUTES))


def test_texts_do_not_see_one_another(nlp: Language) -> None:
    network, guide = network_of(nlp)
    first, second = rows_of("漠沙镇"), rows_of(REPORT)
    together = names_over(network, [first, second, first[:0]], guide)
    alone = names_over(network, [second], guide)[0]
    assert [span[:3] for span in together[1]] == [span[:3] for span in alone]
    assert [span.score for span in together[1]] == pytest.approx([span.score for span in alone], abs=1e-4)
    assert together[2] == []


def test_reading_gives_what_the_layers_give(nlp: Language) -> None:
    network, guide = network_of(nlp)
    texts = [rows_of(text) for text in (REPORT, "", "漠沙镇", "今天")]
    forward = Forward(network, guide)
    scores = forward.scores([forward.embedded(rows) for rows in texts])
    first = guide * len(TAGS)
    given = [rows[:, first : first + len(TAGS)] for rows in network.predict(texts)]
    start = 0
    for rows in given:
        assert scores[start : start + len(rows)] == pytest.approx(rows, abs=1e-3)
        assert scores[start + len(rows)].argmax() == 0
        start += len(rows) + 1
    assert start == len(scores)


def network_of(nlp: Language) -> tuple[Network, int]:
    tagger = nlp.get_pipe("names")
    return tagger.model, tagger.cfg["guides"].index(tagger.cfg["guide"])


def test_a_shape_needs_a_table_for_each_attribute() -> None:
    with pytest.raises(ValueError, match="a table of rows is wanted for each"):
        build(Shape((10, 10), 4, 8, 1, 1))


# the shipped model


def test_the_shipped_model_reads_a_report(model: NameModel) -> None:
    found = [(entity.name, entity.label) for entity in model.recognize(REPORT, list(sentences(REPORT)))]
    assert {("普建国", "person"), ("漠沙镇", "place"), ("戛洒镇", "place"), ("省人民政府", "organization")} <= {*found}
    assert found.count(("新平县民政局", "organization")) == 2


def test_offsets_are_those_of_the_text(model: NameModel) -> None:
    for entity, score in model.scored(REPORT, list(sentences(REPORT))):
        assert REPORT[entity.start : entity.end] == entity.name
        assert 0 < score <= 1
        assert entity.rule == model.name


def test_the_spacy_pipeline_gives_the_same(model: NameModel, nlp: Language) -> None:
    whole = [(0, len(REPORT))]
    doc = nlp(REPORT)
    assert [(e.start_char, e.end_char, e.label_, e.text) for e in doc.ents] == [
        (found.start, found.end, found.label, found.name) for found in model.recognize(REPORT, whole)
    ]
    assert doc.user_data[SCORES] == pytest.approx([score for _, score in model.scored(REPORT, whole)], abs=1e-4)


def test_round_trips(nlp: Language, tmp_path: Path) -> None:
    expected = [(e.text, e.label_) for e in nlp(REPORT).ents]
    nlp.to_disk(tmp_path)
    for again in (spacy.load(tmp_path), spacy.blank("zh").from_config(nlp.config).from_bytes(nlp.to_bytes())):
        assert [(e.text, e.label_) for e in again(REPORT).ents] == expected


def test_the_pipeline_can_be_trained_on(nlp: Language) -> None:
    learner = spacy.blank("zh").from_config(nlp.config).from_bytes(nlp.to_bytes())
    text = "白水镇人"
    reference = Doc(learner.vocab, words=list(text), spaces=[False] * 4)
    reference.set_ents([Span(reference, 0, 3, label="place")])
    example = Example(learner.make_doc(text), reference)
    optimizer = Adam(0.005)
    losses = [learner.update([example], sgd=optimizer)["names"] for _ in range(30)]
    assert losses[-1] < losses[0] or losses[0] < 0.01
    assert [ent.text for ent in learner(text).ents] == ["白水镇"]


def test_the_model_stays_small() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) < 12_000_000


def test_empty_texts(model: NameModel, nlp: Language) -> None:
    assert model.scored("", []) == []
    assert model.scored(" \n", [(0, 2)]) == []
    assert [doc.ents for doc in nlp.pipe(["", " "])] == [(), ()]


def test_what_is_remembered_does_not_grow_with_numbers(model: NameModel) -> None:
    lexicon = model.pieces._lexicon
    text = "漠沙镇受灾{}人。"
    model.recognize(text.format(1), [(0, 8)])
    before = len(lexicon)
    for number in range(1000, 1050):
        model.recognize(text.format(number), [(0, 11)])
    assert len(lexicon) == before


# the join


def entity(start: int, end: int, label: str) -> FoundEntity:
    return FoundEntity(start, end, label, "rule", "x" * (end - start))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rules", "model", "expected"),
    [
        ([], [((0, 2, "person"), 0.9)], [(0, 2)]),
        ([], [((0, 2, "person"), 0.1)], []),
        ([(0, 2, "place")], [((4, 6, "person"), 0.9)], [(0, 2), (4, 6)]),
        ([(4, 6, "place")], [((0, 2, "person"), 0.9)], [(0, 2), (4, 6)]),
        ([(0, 4, "place")], [((2, 6, "place"), 0.99)], [(0, 4)]),  # they cross: the rules' stands
        ([(2, 4, "place")], [((0, 4, "place"), 0.99)], [(0, 4)]),  # the model's is longer
        ([(2, 4, "place")], [((0, 4, "person"), 0.99)], [(2, 4)]),  # but it must be of the same label
        ([(0, 2, "place"), (2, 4, "place")], [((0, 4, "place"), 0.99)], [(0, 4)]),
        ([(0, 2, "place"), (6, 8, "place")], [((3, 5, "place"), 0.99)], [(0, 2), (3, 5), (6, 8)]),
    ],
)
def test_joined(rules: list, model: list, expected: list[tuple[int, int]]) -> None:
    scored = [ScoredEntity(entity(*name), score) for name, score in model]
    found = joined(Reading([entity(*name) for name in rules], []), scored)
    assert [(name.start, name.end) for name in found] == expected


def test_what_a_rule_rejects_the_model_cannot_add() -> None:
    scored = [ScoredEntity(entity(start, start + 2, "place"), 0.99) for start in (0, 4, 8)]
    found = joined(Reading([entity(6, 7, "place")], [(3, 5)]), scored)
    assert [(name.start, name.end) for name in found] == [(0, 2), (6, 7), (8, 10)]


def test_the_default_is_both_joined() -> None:
    found = recognizer_called(None, load_patterns()).recognize(REPORT, list(sentences(REPORT)))
    assert {"新平县民政局", "漠沙镇", "普建国"} <= {entity.name for entity in found}
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
