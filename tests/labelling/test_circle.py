"""Records out to tasks, annotations back to gold: what was left alone, changed, added, deleted, and what can't be."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import EvaluationError
from extractor.evaluation.gold import SCORED_KINDS, read_gold
from extractor.evaluation.running import predictions_of
from extractor.evaluation.scoring import score
from extractor.labelling.annotated import gold_of
from extractor.labelling.config import labelling_config, relation_label
from extractor.labelling.tasks import MODEL_VERSION, task_of

TEXT = (
    "𠮷山县民政局关于“7·15”洪涝灾害的报告\r\n\r\n  2008年7月15日，𠮷村乡发生“7·15”特大洪涝灾害，受灾3.5万人，死亡3人，"
    "倒塌房屋100—120间，直接经济损失1.2亿元。\r\n投入救灾资金300万元（其中，县级财政200万元，群众自筹100万元），"
    "救助365户1420人，另有50银元。\n𠮷政发〔2008〕12号"
)
"""With characters beyond U+FFFF before everything else, both kinds of line break, and blanks that browsers collapse."""


@pytest.fixture(scope="module")
def task(extractor) -> dict[str, Any]:
    return task_of(TEXT, extractor.extract_text(TEXT, path="乡/报告.txt"), SCORED_KINDS)


@pytest.fixture
def exported(task) -> Callable[..., list[dict[str, Any]]]:
    """The task as Label Studio exports it, its annotation the prediction with ``change`` made to its results."""

    def export(change: Callable[[list[dict[str, Any]]], Any] = lambda result: None) -> list[dict[str, Any]]:
        result = copy.deepcopy(task["predictions"][0]["result"])
        surfaces = {one["id"]: one["value"]["text"] for one in result if one["type"] == "labels"}
        for one in result:
            if one["type"] == "choices":  # the editor adds the text of the region to them
                one["value"]["text"] = surfaces[one["id"]]
        change(result)
        annotation = {"id": 7, "result": result, "was_cancelled": False, "ground_truth": False}
        return [{"id": 1, "data": task["data"], "annotations": [annotation], "predictions": [3]}]

    return export


def parts(result: list[dict[str, Any]], surface: str) -> list[dict[str, Any]]:
    """The results of the region on ``surface``."""
    place = next(one["id"] for one in result if one["type"] == "labels" and one["value"]["text"] == surface)
    return [one for one in result if one.get("id") == place]


def set_field(result: list[dict[str, Any]], surface: str, field: str, **value: Any) -> None:
    [label, *others] = parts(result, surface)
    for one in others:
        if one["from_name"] == field:
            result.remove(one)
    form = "choices" if "choices" in value else "textarea"
    place = {key: label["value"][key] for key in ("start", "end")}
    result.append({**label, "from_name": field, "type": form, "value": {**place, **value}})


def record(passage: dict[str, Any], surface: str) -> dict[str, Any]:
    return next(one for one in passage["records"] if one["text"] == surface)


def passage_of(tasks: list[dict[str, Any]]) -> dict[str, Any]:
    returned = gold_of(tasks)
    assert (returned.left_out, returned.faults) == ([], [])
    [passage] = returned.passages
    return passage


def test_a_task_holds_what_label_studio_wants(task) -> None:
    assert task["data"]["text"] == TEXT
    assert task["data"]["path"] == "乡/报告.txt"
    [prediction] = task["predictions"]
    assert prediction["model_version"] == MODEL_VERSION
    config = labelling_config()
    seen = set()
    for one in prediction["result"]:
        if one["type"] == "relation":
            assert {one["from_id"], one["to_id"]} <= seen, "regions come before the relations that join them"
            continue
        if one["type"] == "labels":
            assert TEXT[one["value"]["start"] : one["value"]["end"]] == one["value"]["text"]
            seen.add(one["id"])
        assert one["id"] in seen, "a region's label comes before its fields"
        assert f'name="{one["from_name"]}" toName="{one["to_name"]}"' in config
        assert set(one["value"]) - {"start", "end", "text"} <= {one["type"]}


def test_annotations_equal_to_the_predictions_score_one(exported, extractor, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(passage_of(exported()), ensure_ascii=False), encoding="utf-8")
    read = read_gold(gold)
    report = score(read.passages, predictions_of(extractor, read.passages))
    assert {"amount", "count", "disaster", "date", "entity", "impacts", "part_of"} <= set(report.rows)
    assert {name: (row.precision, row.recall) for name, row in report.rows.items()} == dict.fromkeys(
        report.rows, (1.0, 1.0)
    )
    assert all(share == 1.0 for row in report.rows.values() for share in row.attributes.values())


def test_a_region_left_alone_keeps_all_its_fields(exported) -> None:
    passage = passage_of(exported())
    assert record(passage, "1.2亿元") == {
        "kind": "amount",
        "text": "1.2亿元",
        "start": TEXT.index("1.2亿元"),
        "end": TEXT.index("1.2亿元") + 5,
        "value": "120000000",
        "bound": "exact",
        "low": None,
        "high": None,
        "currency": "CNY",
        "role": "loss",
        "payer": None,
        "purpose": None,
        "place": None,
        "date": "2008-07-15",
        "period": None,
        "part_of": None,
        "beneficiary": [],
    }
    assert record(passage, "200万元")["part_of"] == passage["records"].index(record(passage, "300万元"))
    assert record(passage, "50银元")["currency"] is None


def test_a_field_that_was_changed_is_taken(exported) -> None:
    def change(result: list[dict[str, Any]]) -> None:
        set_field(result, "3人", "value", text=["5"])
        set_field(result, "3人", "status", choices=["missing"])
        set_field(result, "3人", "place", text="𠮷村乡")
        set_field(result, "1.2亿元", "optional", choices=["optional"])
        set_field(result, "365户", "status", choices=[], text="365户")

    passage = passage_of(exported(change))
    changed = record(passage, "3人")
    assert (changed["value"], changed["status"], changed["place"]) == ("5", "missing", "𠮷村乡")
    assert record(passage, "1.2亿元")["optional"] is True
    assert record(passage, "365户")["status"] is None


def test_a_new_region_has_what_it_was_given(exported) -> None:
    start = TEXT.index("另有")

    def change(result: list[dict[str, Any]]) -> None:
        base = {"id": "n_w1", "to_name": "text"}
        place = {"start": start, "end": start + 2}
        result.append({**base, "from_name": "kind", "type": "labels", "value": {**place, "labels": ["count"]}})
        result.append({**base, "from_name": "value", "type": "textarea", "value": {**place, "text": ["12.50"]}})
        result.append({**base, "from_name": "measure", "type": "choices", "value": {**place, "choices": ["items"]}})

    added = record(passage_of(exported(change)), "另有")
    assert added["kind"] == "count"
    assert (added["value"], added["measure"], added["bound"], added["status"]) == ("12.5", "items", "exact", None)


def test_a_deleted_region_is_gone(exported) -> None:
    def change(result: list[dict[str, Any]]) -> None:
        gone = parts(result, "100万元")[0]["id"]
        result[:] = [one for one in result if gone not in (one.get("id"), one.get("from_id"), one.get("to_id"))]

    assert "100万元" not in [one["text"] for one in passage_of(exported(change))["records"]]


def test_relations_may_be_drawn_either_way(exported) -> None:
    def change(result: list[dict[str, Any]]) -> None:
        owner, target = (parts(result, surface)[0]["id"] for surface in ("3人", "365户"))
        label = [relation_label("part_of")]
        result.append({"type": "relation", "from_id": target, "to_id": owner, "direction": "left", "labels": label})

    passage = passage_of(exported(change))
    assert record(passage, "3人")["part_of"] == passage["records"].index(record(passage, "365户"))


def test_offsets_that_count_utf16_are_told_by_the_text(exported) -> None:
    """As Label Studio before 1.5 wrote them: a character beyond U+FFFF counts twice."""

    def change(result: list[dict[str, Any]]) -> None:
        for one in result:
            for end in ("start", "end"):
                if end in one.get("value", {}):
                    one["value"][end] = len(TEXT[: one["value"][end]].encode("utf-16-le")) // 2

    assert passage_of(exported(change)) == passage_of(exported())


@pytest.mark.parametrize("written", ["县\\n\\n\\n\\n  2008年", "县\\n2008年", "县\n\n2008年"])
def test_line_breaks_in_the_text_of_a_region_are_as_the_editor_writes_them(exported, written: str) -> None:
    tasks = exported()
    tasks[0]["data"] = {**tasks[0]["data"], "text": "甲县\r\n\r\n  2008年，𠮷县"}
    value = {"start": 1, "end": 13, "text": written, "labels": ["date"]}
    date = {"start": 1, "end": 13, "text": ["2008"]}
    base = {"id": "x", "to_name": "text"}
    tasks[0]["annotations"][0]["result"] = [
        {**base, "from_name": "kind", "type": "labels", "value": value},
        {**base, "from_name": "date", "type": "textarea", "value": date},
    ]
    assert passage_of(tasks)["records"] == [
        {"kind": "date", "text": "县\r\n\r\n  2008年", "start": 1, "end": 13, "date": "2008"}
    ]


def test_a_character_that_browsers_drop_keeps_its_place(extractor) -> None:
    text = "\0拨款5万元。"
    made = task_of(text, extractor.extract_text(text), ("amount",))
    assert made["data"]["text"] == "\ufffd拨款5万元。"
    assert made["data"]["kinds"] == ["amount"]
    assert [one["value"]["text"] for one in made["predictions"][0]["result"] if one["type"] == "labels"] == ["5万元"]


@pytest.mark.parametrize(
    ("annotations", "told"),
    [
        ([], "乡/报告.txt: not annotated"),
        ([{"id": 1, "was_cancelled": True, "result": []}], "乡/报告.txt: skipped by its annotator"),
    ],
)
def test_tasks_without_an_annotation_are_told_of(exported, annotations, told: str) -> None:
    returned = gold_of([{**exported()[0], "annotations": annotations}])
    assert (returned.passages, returned.left_out, returned.faults) == ([], [told], [])


@pytest.mark.parametrize(
    ("first", "second", "used"),
    [
        ({"updated_at": "2026-01-02"}, {"updated_at": "2026-01-01"}, 1),
        ({"updated_at": "2026-01-02"}, {"updated_at": "2026-01-01", "ground_truth": True}, 2),
    ],
)
def test_of_several_annotations_one_counts(exported, first, second, used: int) -> None:
    annotations = [{"id": 1, "result": [], **first}, {"id": 2, "result": [], **second}]
    returned = gold_of([{**exported()[0], "annotations": annotations}])
    assert len(returned.passages) == 1
    assert f"only {used} is used" in returned.left_out[0]


def _no_number(result: list[dict[str, Any]]) -> None:
    set_field(result, "3人", "value", text=["三个"])


def _two_values(result: list[dict[str, Any]]) -> None:
    set_field(result, "3人", "value", text=["3", "4"])


def _no_measure(result: list[dict[str, Any]]) -> None:
    result.remove(next(one for one in parts(result, "3人") if one["from_name"] == "measure"))


def _no_label(result: list[dict[str, Any]]) -> None:
    result.remove(parts(result, "3人")[0])


def _moved(result: list[dict[str, Any]]) -> None:
    parts(result, "3人")[0]["value"]["start"] += 1


def _beyond_the_end(result: list[dict[str, Any]]) -> None:
    value = parts(result, "3人")[0]["value"]
    del value["text"]
    value["end"] = 10_000


def _without_offsets(result: list[dict[str, Any]]) -> None:
    parts(result, "3人")[0]["value"]["start"] = "/p[1]/text()[1]"


def _other_label(result: list[dict[str, Any]]) -> None:
    parts(result, "3人")[0]["value"]["labels"] = ["PER"]


def _relation(label: str, owner: str = "3人", target: str = "365户") -> Callable[[list[dict[str, Any]]], None]:
    def change(result: list[dict[str, Any]]) -> None:
        ids = [next((p["id"] for p in parts(result, one)), one) if one != "gone" else one for one in (owner, target)]
        result.append({"type": "relation", "from_id": ids[0], "to_id": ids[1], "labels": [label] if label else []})

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_no_number, "count '3人': value '三个' can't be"),
        (_two_values, "'3人' has more than one value: 3, 4"),
        (_no_measure, "count '3人': measure is missing"),
        (_no_label, "has no label"),
        (_moved, "doesn't stand in the text there"),
        (_beyond_the_end, "doesn't stand in the text there"),
        (_without_offsets, "a region has no start and end in the text"),
        (_other_label, "'3人' is labelled PER"),
        (_relation("impacts"), "the relation 'impacts' can't lead from count '3人' to '365户'; count has part_of"),
        (_relation(""), "the relation '' can't lead"),
        (_relation("part_of", target="gone"), "the region gone, which is gone"),
        (_relation("part_of", "200万元", "1.2亿元"), "'200万元' has more than one part_of"),
    ],
)
def test_an_annotation_that_cannot_be_gold_is_told(exported, change, told: str) -> None:
    returned = gold_of(exported(change))
    assert returned.passages == []
    [fault] = returned.faults
    assert fault.startswith("乡/报告.txt: ")
    assert told in fault


def test_a_document_that_stands_twice_is_told(exported) -> None:
    returned = gold_of([*exported(), *exported()])
    assert len(returned.passages) == 1
    assert returned.faults == ["乡/报告.txt: stands twice in the export; delete one of the two tasks"]


@pytest.mark.parametrize("tasks", [{}, [1], [{"data": {}}], [{"data": {"text": "甲"}}], [{"id": 1, "text": "甲"}]])
def test_what_is_no_export_of_our_tasks_is_refused(tasks) -> None:
    with pytest.raises(EvaluationError, match="export"):
        gold_of(tasks)
