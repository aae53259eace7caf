"""The quality gate: no figure may sink below its floor.

Raise the floors after a gain, one command a file::

    extractor evaluate corpus/gold.jsonl --write-floors tests/quality/floors-corpus.json
    extractor evaluate ../shared/gold/dev.jsonl --write-floors tests/quality/floors-dev.json
"""

from pathlib import Path

import pytest

from extractor.evaluation.floors import read_floors
from extractor.evaluation.gold import SCORED_KINDS, read_gold
from extractor.evaluation.running import predictions_of
from extractor.evaluation.scoring import score
from extractor.pipeline import Extractor

HERE = Path(__file__).parent


def faults(gold_path: Path, floors_path: Path, extractor: Extractor) -> list[str]:
    """What is below its floor."""
    gold, floors = read_gold(gold_path), read_floors(floors_path)
    floors.require(gold.digest, floors_path)
    return floors.below(score(gold.passages, predictions_of(extractor, gold.passages)).figures())


def test_the_sample_corpus(extractor: Extractor, root: Path) -> None:
    assert faults(root / "corpus" / "gold.jsonl", HERE / "floors-corpus.json", extractor) == []


def test_the_gold_beside_the_checkout(extractor: Extractor, shared: Path) -> None:
    path = shared / "gold" / "dev.jsonl"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    assert faults(path, HERE / "floors-dev.json", extractor) == []


@pytest.mark.parametrize("name", ["floors-corpus.json", "floors-dev.json"])
def test_every_kind_has_a_floor(name: str) -> None:
    floors = read_floors(HERE / name).floors
    assert {*SCORED_KINDS, "count:core"} <= floors.keys()
    assert all("f1" in row for row in floors.values())


@pytest.mark.parametrize("name", ["floors-corpus.json", "floors-dev.json"])
def test_every_floor_lowered_has_its_reason(name: str) -> None:
    assert all(len(entry.reason.split()) > 2 for entry in read_floors(HERE / name).lowered)
