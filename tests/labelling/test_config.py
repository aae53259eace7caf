"""The labelling configuration, held against the records' models and codes."""

from typing import get_args
from xml.etree import ElementTree

import pytest

from extractor.evaluation.gold import SCORED_KINDS
from extractor.evaluation.links import LINKED
from extractor.evaluation.scoring import ATTRIBUTES
from extractor.labelling.config import labelling_config, relation_label
from extractor.labelling.fields import FIELDS, LABELS, LINKS, codes_of, fields_with_kinds
from extractor.labelling.wording import CODE_WORDS, FIELD_WORDS, LABEL_WORDS, LINK_WORDS
from extractor.records import MODELS
from extractor.records.codes import Bound, Measure, Role, Status


@pytest.fixture(scope="module")
def root() -> ElementTree.Element:
    return ElementTree.fromstring(labelling_config())


def values(element: ElementTree.Element, tag: str) -> list[str]:
    return [one.get("alias") or one.attrib["value"] for one in element.iter(tag)]


def test_every_field_that_evaluation_compares_can_be_set() -> None:
    assert tuple(FIELDS) == SCORED_KINDS
    assert all(set(names) <= set(FIELDS[kind]) for kind, names in ATTRIBUTES.items())
    assert {link for links in LINKS.values() for link in links} == set(LINKED)
    assert all(name in MODELS[kind].model_fields for kind in SCORED_KINDS for name in FIELDS[kind])


def test_its_choices_are_the_codes_of_the_records(root) -> None:
    choices = {one.get("name"): values(one, "Choice") for one in root.iter("Choices")}
    assert choices == {
        "bound": list(get_args(Bound)),
        "role": list(get_args(Role)),
        "measure": list(get_args(Measure)),
        "status": list(get_args(Status)),
        "shared": ["shared"],
        "optional": ["optional"],
    }


def test_its_labels_relations_and_free_fields(root) -> None:
    assert values(root, "Label") == list(LABELS)
    assert values(root, "Relation") == [
        relation_label(link) for link in ("part_of", "beneficiary", "impacts", "same_as")
    ]
    written = {one.get("name") for one in root.iter("TextArea")}
    assert written == {name for name, kinds in fields_with_kinds() if not codes_of(kinds[0], name)}
    assert {one.get("name") for one in root.iter("TextArea") if one.get("maxSubmissions") is None} == {"hazards"}


def test_names_are_unique_and_belong_to_the_text(root) -> None:
    controls = [one for one in root.iter() if one.get("toName")]
    names = [one.get("name") for one in (*controls, *root.iter("Text"))]
    assert len(names) == len(set(names))
    assert {one.get("toName") for one in controls} == {root.find("Text").get("name")}
    shown = {label for one in controls for label in (one.get("whenLabelValue") or "").split(",") if label}
    assert shown == set(LABELS)


def test_everything_shown_has_chinese_words() -> None:
    codes = {code for name, kinds in fields_with_kinds() for kind in kinds for code in codes_of(kind, name)}
    assert set(CODE_WORDS) == codes | {"optional"}
    assert set(FIELD_WORDS) == {name for name, _ in fields_with_kinds()} | {"optional"}
    assert set(LABEL_WORDS) == set(LABELS)
    assert set(LINK_WORDS) == set(LINKED)


def test_only_the_kinds_asked_for() -> None:
    root = ElementTree.fromstring(labelling_config(("date", "document_number")))
    assert values(root, "Label") == ["date", "document_number"]
    assert values(root, "Relation") == []
    assert [one.get("name") for one in root.iter("TextArea")] == ["date", "canonical"]
