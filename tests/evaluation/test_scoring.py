import json
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.errors import EvaluationError
from extractor.evaluation.gold import Item, Passage, items_of, read_gold, read_predictions
from extractor.evaluation.matching import attribute_equal, compare, right
from extractor.evaluation.running import predictions_of
from extractor.evaluation.scoring import score
from extractor.pipeline import Extractor


def amount(start: int, end: int, value: str | None, **fields) -> Item:
    stated = {"text": "…", "value": value, "bound": "exact", "currency": "CNY", **fields}
    return Item("amount", start, end, stated)


def count(start: int, end: int, value: str, measure: str) -> Item:
    return Item("count", start, end, {"text": "…", "value": value, "bound": "exact", "measure": measure})


def entity(start: int, end: int, label: str) -> Item:
    return Item("entity", start, end, {"text": "…", "label": label})


def test_the_right_value_is_matched_before_the_longer_overlap() -> None:
    gold = [amount(0, 10, "5")]
    comparison = compare(gold, [amount(0, 10, "6"), amount(8, 12, "5")])
    assert [match.predicted.start for match in comparison.matched] == [8]
    assert [item.start for item in comparison.spurious] == [0]


def test_one_prediction_answers_one_gold_record() -> None:
    comparison = compare([amount(0, 2, "5"), amount(3, 5, "6")], [amount(0, 5, "5")])
    assert [match.gold.start for match in comparison.matched] == [0]
    assert [item.start for item in comparison.missed] == [3]
    assert comparison.spurious == ()


def test_optional_gold_and_what_is_found_on_it_count_for_nothing() -> None:
    gold = [amount(0, 2, "5", optional=True)]
    assert compare(gold, [amount(0, 2, "7"), amount(1, 3, "8")]) == compare([], [])
    assert len(compare(gold, [amount(4, 5, "7")]).spurious) == 1


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        (amount(0, 1, "5.0"), amount(0, 1, "5"), True),
        (amount(0, 1, None), amount(0, 1, None), True),
        (amount(0, 1, "5"), amount(0, 1, None), False),
        (amount(0, 1, "5"), amount(0, 1, "5", currency="USD"), False),
        (amount(0, 1, "5", currency=None), amount(0, 1, "5", currency="USD"), True),
        (amount(0, 1, None, bound="range", low="1", high="2"), amount(0, 1, None, low="1", high="2"), True),
        (amount(0, 1, None, bound="range", low="1", high="2"), amount(0, 1, None, low="1", high="3"), False),
        (entity(0, 2, "place"), entity(0, 3, "place"), False),
        (entity(0, 2, "place"), entity(0, 2, "place"), True),
    ],
)
def test_right(gold: Item, found: Item, same: bool) -> None:
    assert right(gold, found) is same


def test_an_entity_of_another_label_does_not_answer() -> None:
    comparison = compare([entity(0, 2, "place")], [entity(0, 2, "person")])
    assert (len(comparison.missed), len(comparison.spurious)) == (1, 1)


@pytest.mark.parametrize(
    ("name", "gold", "found", "same"),
    [
        ("hazards", ["洪涝"], ("洪涝", "滑坡"), True),
        ("hazards", ["洪涝"], (), False),
        ("hazards", [], ("洪涝",), True),
        ("payer", "", None, True),
        ("role", "loss", "funding", False),
    ],
)
def test_attributes(name: str, gold: object, found: object, same: bool) -> None:
    assert attribute_equal(name, gold, found) is same


def test_the_figures_of_a_report() -> None:
    passage = Passage(
        "p", "…", (count(0, 2, "5", "persons"), count(3, 5, "6", "area"), count(6, 8, "7", "rooms")), ("count",)
    )
    report = score([passage], {"p": [count(0, 2, "5", "items"), count(3, 5, "9", "area")]})
    assert report.rows["count"].as_json() == {
        "gold": 3,
        "pred": 2,
        "found": 2,
        "right": 1,
        "precision": 0.5,
        "recall": 0.3333,
        "f1": 0.4,
        "bound": 1.0,
        "measure": 0.0,
    }
    assert list(report.rows) == ["count", "count:core", "count:other"]
    assert [mistake.split()[1] for mistake in report.mistakes["count"]] == ["wrong", "missed"]


def test_kinds_that_a_passage_is_not_gold_for_are_not_judged() -> None:
    passage = Passage("p", "…", (), ("count",))
    assert score([passage], {"p": [amount(0, 1, "5")]}).rows == {}


def test_documents_that_are_not_in_the_gold_are_refused() -> None:
    with pytest.raises(EvaluationError, match="not in the gold: x"):
        score([], {"x": []})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "no JSON"),
        ("[]", "one JSON object"),
        ('{"pid": "a", "records": []}', "'text' is missing"),
        (
            '{"pid": "a", "text": "五元", "records": [{"kind": "amount", "text": "六元"}]}',
            "'六元' is not in the passage",
        ),
        ('{"pid": "a", "text": "五元", "records": [{"kind": "amount", "text": "五元", "nth": 2}]}', "that often"),
        ('{"pid": "a", "text": "", "records": []}\n{"pid": "a", "text": "", "records": []}', "stands twice"),
    ],
)
def test_gold_that_is_wrong_is_named(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(EvaluationError, match=message):
        read_gold(file)


def test_surfaces_are_found_by_their_number(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    stated = {"pid": "a", "text": "五元五元五元", "records": [{"kind": "amount", "text": "五元", "nth": 3}]}
    file.write_text(json.dumps(stated), encoding="utf-8")
    [passage] = read_gold(file).passages
    assert (passage.items[0].start, passage.items[0].end) == (4, 6)


def test_records_of_a_run_score_as_the_run_itself(figures_only: Extractor, root: Path, tmp_path: Path) -> None:
    gold = read_gold(root / "corpus" / "gold.jsonl")
    few = gold.passages[:5]
    output = tmp_path / "out.jsonl"
    with output.open("w", encoding="utf-8") as stream:
        for passage in few:
            for record in figures_only.extract_text(passage.text, path=f"some/where/{passage.pid}.txt"):
                print(record.model_dump_json(), file=stream)
    assert score(few, read_predictions(output)) == score(few, predictions_of(figures_only, few))


def test_the_same_figures_as_the_reference_scorer(extractor: Extractor, shared: Path, tmp_path: Path) -> None:
    path = shared / "gold" / "dev.jsonl"
    gold = read_gold(path)
    output = tmp_path / "out.jsonl"
    found = {}
    with output.open("w", encoding="utf-8") as stream:
        for passage in gold.passages:
            records = extractor.extract_text(passage.text, path=f"{passage.pid}.txt")
            found[passage.pid] = items_of(records)
            stream.writelines(f"{record.model_dump_json()}\n" for record in records)
    command = [sys.executable, shared / "tools" / "score.py", "score", path, output, "--json"]
    reference = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert {name: row.as_json() for name, row in score(gold.passages, found).rows.items()} == reference
