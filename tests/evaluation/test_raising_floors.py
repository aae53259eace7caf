from pathlib import Path

import pytest

from extractor.errors import EvaluationError
from extractor.evaluation.floors import Floors, as_json, raised, read_floors

FIGURES = {"amount": {"precision": 0.99, "recall": 0.97, "f1": 0.98, "role": 0.9}, "entity:place": {"f1": 0.5}}


def at(f1: float, role: float = 0.9) -> dict[str, dict[str, float]]:
    return {"amount": {"precision": 0.99, "recall": 0.97, "f1": f1, "role": role}}


@pytest.fixture
def floors() -> Floors:
    return raised(None, "d1", FIGURES, None)


def test_new_floors_lie_just_under_the_figures_of_the_kinds(floors: Floors) -> None:
    assert floors.floors == {"amount": {"f1": 0.975, "role": 0.895}}


def test_a_figure_below_its_floor_is_named(floors: Floors) -> None:
    assert floors.below(at(0.975)) == []
    assert floors.below(at(0.9749)) == ["amount f1 is 0.9749, below its floor 0.9750"]
    assert len(floors.below({})) == 2


def test_a_floor_rises_and_does_not_sink_with_a_figure_that_still_clears_it(floors: Floors) -> None:
    assert raised(floors, "d1", at(0.99), None).floors["amount"]["f1"] == 0.985
    assert raised(floors, "d1", at(0.976), None).floors["amount"]["f1"] == 0.975


def test_a_floor_sinks_only_with_a_reason_that_stays(floors: Floors) -> None:
    with pytest.raises(EvaluationError, match=r"amount f1 from 0\.975 to 0\.895; say why with --lower"):
        raised(floors, "d1", at(0.9), None)
    lowered = raised(floors, "d1", at(0.9), "a harder rule")
    assert lowered.floors["amount"] == {"f1": 0.895, "role": 0.895}
    assert [(entry.figure, entry.reason) for entry in lowered.lowered] == [("amount f1", "a harder rule")]
    assert raised(lowered, "d1", at(0.99), None).lowered == lowered.lowered


def test_a_figure_that_is_gone_is_a_floor_lowered(floors: Floors) -> None:
    with pytest.raises(EvaluationError, match=r"amount role from 0\.895 to None"):
        raised(floors, "d1", {"amount": {"f1": 0.99}}, None)


def test_other_gold_is_not_compared(floors: Floors) -> None:
    floors.require("d1", Path("floors.json"))
    with pytest.raises(EvaluationError, match=r"set on other gold .*--write-floors floors\.json"):
        floors.require("d2", Path("floors.json"))
    assert raised(floors, "d2", at(0.99), None).digest == "d2"


def test_the_file_keeps_everything(floors: Floors, tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    lowered = raised(floors, "d1", at(0.9), "原因")
    file.write_text(as_json(lowered), encoding="utf-8")
    assert read_floors(file) == lowered


@pytest.mark.parametrize("content", ["", "[]", '{"floors": {}}'])
def test_a_file_that_is_none_of_floors_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "floors.json"
    file.write_text(content)
    with pytest.raises(EvaluationError, match="no file of floors"):
        read_floors(file)
