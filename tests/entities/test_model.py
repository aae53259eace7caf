"""Names by spaCy pipelines: labels of other corpora, memory, what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from typer.testing import CliRunner

from extractor import Extractor
from extractor.cli.app import app
from extractor.entities.choice import facts_about, pipeline_called, recognizer_called
from extractor.entities.model_recognizer import ModelRecognizer
from extractor.entities.recognizer import RuleRecognizer
from extractor.errors import ModelError
from extractor.patterns import load_patterns
from extractor.text.sentences import sentences

TEXT = "新平县民政局李明华到漠沙镇查看灾情。\n青山县平川镇受灾300人。"
OTHERS = [
    {"label": "GPE", "pattern": "新平县"},
    {"label": "PERSON", "pattern": "李明华"},
    {"label": "government", "pattern": "民政局"},
    {"label": "CARDINAL", "pattern": "300"},
    {"label": "address", "pattern": "平川镇"},
]


def pipeline(patterns: list[dict[str, str]]) -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns(patterns)
    nlp.meta["name"], nlp.meta["version"] = "of_others", "1.2"
    return nlp


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "others"
    pipeline(OTHERS).to_disk(folder)
    return folder


def test_labels_of_other_corpora_become_ours(saved: Path) -> None:
    found = recognizer_called(saved, load_patterns()).recognize(TEXT, list(sentences(TEXT)))
    assert [(entity.name, entity.label, entity.rule) for entity in found] == [
        ("新平县", "place", "zh_of_others-1.2"),
        ("民政局", "organization", "zh_of_others-1.2"),
        ("李明华", "person", "zh_of_others-1.2"),
        ("平川镇", "place", "zh_of_others-1.2"),
    ]
    assert all(TEXT[entity.start : entity.end] == entity.name for entity in found)


def test_only_the_sentences_asked_for_are_read(saved: Path) -> None:
    recognizer = recognizer_called(saved, load_patterns())
    second = (TEXT.index("青山县"), len(TEXT))
    assert [entity.name for entity in recognizer.recognize(TEXT, [second])] == ["平川镇"]
    assert recognizer.recognize(TEXT, []) == []


def test_records_state_the_model(saved: Path) -> None:
    records = Extractor(ner_model=saved).extract_text(TEXT)
    names = [record for record in records if record.kind == "entity"]
    assert [(record.raw, record.rule) for record in names][:1] == [("新平县民政局", "zh_of_others-1.2")]


def test_what_is_read_is_forgotten(saved: Path) -> None:
    recognizer = ModelRecognizer(pipeline_called(saved))
    vocab = recognizer.pipeline.vocab
    recognizer.recognize(TEXT, list(sentences(TEXT)))
    before = len(vocab.strings), len([*vocab])
    for number in range(50):
        text = f"{number}村来了{number * 7}人，甲{number}乙。"
        recognizer.recognize(text, list(sentences(text)))
    assert (len(vocab.strings), len([*vocab])) == before


@pytest.mark.parametrize("name", ["zh_no_such_pipeline", "/nowhere/at/all"])
def test_a_missing_pipeline_is_told_with_the_remedy(name: str) -> None:
    with pytest.raises(
        ModelError, match=r"no spaCy pipeline .*Install it .*, give its folder, or leave --ner-model out"
    ):
        recognizer_called(name, load_patterns())
    done = CliRunner().invoke(app, ["run", "-", "--ner-model", name], input="投入505万元。")
    assert done.exit_code == 2
    assert "no spaCy pipeline" in done.stderr


def test_a_broken_pipeline_is_told(saved: Path, tmp_path: Path) -> None:
    pipeline(OTHERS).to_disk(tmp_path / "broken")
    (tmp_path / "broken" / "config.cfg").write_text("no config")
    with pytest.raises(ModelError, match="does not load"):
        pipeline_called(tmp_path / "broken")


def test_a_pipeline_without_names_is_refused(tmp_path: Path) -> None:
    spacy.blank("zh").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="finds no names"):
        pipeline_called(tmp_path / "blank")


def test_rules_alone_can_be_had() -> None:
    assert isinstance(recognizer_called("rules", load_patterns()), RuleRecognizer)


def test_facts_about_a_model(saved: Path) -> None:
    assert {*facts_about("rules")["rules"]} == {"place", "organization", "person"}
    facts = facts_about(saved)
    assert facts["name"] == "of_others"
    assert facts["bytes"] > 0


def test_info_and_evaluate(saved: Path, tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["model", "info", str(saved), "--json"])
    assert json.loads(told.output)["version"] == "1.2"
    gold = tmp_path / "gold.jsonl"
    names = [
        {"kind": "entity", "text": "漠沙镇", "label": "place"},
        {"kind": "entity", "text": "平川镇", "label": "place"},
        {"kind": "entity", "text": "李明华", "label": "person"},
    ]
    gold.write_text(json.dumps({"pid": "a", "text": TEXT, "records": names}), encoding="utf-8")
    done = CliRunner().invoke(app, ["model", "evaluate", str(gold), "--model", str(saved), "--json"])
    rows = json.loads(done.output)[str(saved)]
    assert (rows["person"]["f1"], rows["place"]["precision"], rows["place"]["recall"]) == (1.0, 1.0, 0.5)


SCOPED = """青山县民政局救灾总结
我县雨水很多。局长王明华到柳河镇查看。全县投入505万元，马坪村受灾30人。
天晴了。
二、白水镇
路修好了。桥也修好了。人都回来了。新的一年开始了。"""


def test_names_where_they_matter_to_figures() -> None:
    def found(**settings: object) -> list[str]:
        records = Extractor(**settings).extract_text(SCOPED)  # type: ignore[arg-type]
        return [record.raw for record in records if record.kind == "entity"]

    every = found()
    assert {"青山县民政局", "王明华", "柳河镇", "马坪村", "白水镇"} <= {*every}
    assert found(ner="figures") == [name for name in every if name not in ("王明华", "柳河镇")]
    assert found(ner=False) == []
