import json
from pathlib import Path

import pytest

from extractor.cli.exits import ExitCode

PASSAGE = {
    "pid": "a",
    "text": "投入资金505万元，受灾12户。",
    "kinds": ["amount", "count"],
    "records": [
        {
            "kind": "amount",
            "text": "505万元",
            "value": "5050000",
            "bound": "exact",
            "currency": "CNY",
            "role": "funding",
        },
        {"kind": "count", "text": "12户", "value": "13", "bound": "exact", "measure": "households"},
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(PASSAGE, ensure_ascii=False), encoding="utf-8")
    return file


def test_figures_for_people_and_for_programs(invoke, gold: Path) -> None:
    done = invoke("evaluate", gold, "--errors", 1)
    assert done.stdout.splitlines() == [
        "count: a: wrong '12户': value=13 bound=exact measure=households <> value=12 bound=exact measure=households "
        "status=affected",
        "kind\tgold\tpred\tfound\tright\tP\tR\tF1\tattributes of the right ones",
        "amount\t1\t1\t1\t1\t1.000\t1.000\t1.000\tbound 1.000  role 1.000",
        "count\t1\t1\t1\t0\t0.000\t0.000\t0.000\t",
        "count:core\t1\t1\t1\t0\t0.000\t0.000\t0.000\t",
    ]
    assert json.loads(invoke("evaluate", gold, "--json").stdout)["amount"]["f1"] == 1.0


def test_floors_are_written_checked_and_lowered(invoke, gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    assert invoke("evaluate", gold, "--write-floors", floors).exit_code == ExitCode.OK
    assert invoke("evaluate", gold, "--floors", floors).exit_code == ExitCode.OK

    stated = json.loads(floors.read_text(encoding="utf-8"))
    stated["floors"]["count"]["f1"] = 0.9
    floors.write_text(json.dumps(stated), encoding="utf-8")
    done = invoke("evaluate", gold, "--floors", floors)
    assert done.exit_code == ExitCode.FOUND_FAULTS
    assert "extractor: count f1 is 0.0000, below its floor 0.9000" in done.stderr

    refused = invoke("evaluate", gold, "--write-floors", floors)
    assert refused.exit_code == ExitCode.USAGE
    assert "--lower" in refused.stderr
    assert invoke("evaluate", gold, "--write-floors", floors, "--lower", "gold is wrong").exit_code == ExitCode.OK
    assert json.loads(floors.read_text(encoding="utf-8"))["lowered"][0]["reason"] == "gold is wrong"

    gold.write_text(gold.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = invoke("evaluate", gold, "--floors", floors)
    assert done.exit_code == ExitCode.USAGE
    assert "set on other gold" in done.stderr


def test_records_of_an_earlier_run(invoke, gold: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PASSAGE["text"], encoding="utf-8")
    output = tmp_path / "out.jsonl"
    invoke("run", tmp_path / "a.txt", "--no-ner", "-q", "-o", output)
    assert invoke("evaluate", gold, "--records", output).stdout == invoke("evaluate", gold).stdout
