from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

import extractor.entities.spacy_component  # noqa: F401  (an installed package has the entry point)

TEXT = "新平县民政局局长李明华到漠沙镇查看灾情。"
FOUND = [("新平县民政局", "organization"), ("李明华", "person"), ("漠沙镇", "place")]


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("zh")
    pipeline.add_pipe("extractor_entities")
    return pipeline


def entities(doc: Doc) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in doc.ents]


def test_entities_of_a_document(nlp: Language) -> None:
    assert entities(nlp(TEXT)) == FOUND
    assert nlp(TEXT).ents[0].id_.startswith("organization.")


def test_pipe_gives_the_same(nlp: Language) -> None:
    assert [entities(doc) for doc in nlp.pipe([TEXT, "", TEXT])] == [FOUND, [], FOUND]


def test_round_trip_over_disk(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert entities(spacy.load(tmp_path)(TEXT)) == FOUND


def test_coarse_tokens_are_taken_whole(nlp: Language) -> None:
    component = nlp.get_pipe("extractor_entities")
    doc = Doc(nlp.vocab, words=["到漠", "沙镇", "去"], spaces=[False] * 3)
    assert entities(component(doc)) == [("到漠沙镇", "place")]


def test_entities_set_before_stay(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    doc.ents = [Span(doc, 0, 3, label="GPE")]
    assert entities(nlp.get_pipe("extractor_entities")(doc)) == [("新平县", "GPE"), *FOUND[1:]]
    again = spacy.blank("zh")
    again.add_pipe("extractor_entities", config={"overwrite": True})
    doc = again.make_doc(TEXT)
    doc.ents = [Span(doc, 0, 3, label="GPE")]
    assert entities(again.get_pipe("extractor_entities")(doc)) == FOUND
