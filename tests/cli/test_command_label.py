import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from extractor.cli.exits import ExitCode

TEXT = "受灾12户，死亡3人。𠮷乡投入资金505万元。\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "乡").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "乡/a.txt"):
        (folder / name).write_text(f"{name}：{TEXT}", encoding="utf-8", newline="")
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.writestr("c.txt", TEXT)
        archive.writestr("empty.txt", "\n")
    (folder / "photo.xyz").write_bytes(b"\x00")
    return folder


def paths(file: Path) -> list[str]:
    return [task["data"]["path"] for task in json.loads(file.read_text(encoding="utf-8"))]


def test_from_documents_to_gold(invoke, folder: Path, tmp_path: Path) -> None:
    file, export, gold = (tmp_path / name for name in ("tasks.json", "export.json", "gold.jsonl"))
    done = invoke("label", "tasks", folder, "--no-ner", "-o", file)
    assert done.exit_code == ExitCode.OK
    assert paths(file) == ["a.txt", "b.txt", "z.zip!/c.txt", "乡/a.txt"]
    assert "z.zip!/empty.txt: there is no text in it" in done.stderr
    assert "photo.xyz: " in done.stderr
    assert f"4 tasks, written to {file}" in done.stderr

    tasks = json.loads(file.read_text(encoding="utf-8"))
    for task in tasks:
        task["annotations"] = [{"id": 1, "result": task["predictions"][0]["result"]}]
    tasks[1]["annotations"][0]["was_cancelled"] = True
    export.write_text(json.dumps(tasks), encoding="utf-8")
    done = invoke("label", "gold", export, "-o", gold)
    assert done.exit_code == ExitCode.OK
    assert "b.txt: skipped by its annotator\n3 passages, no faults" in done.stderr

    scores = json.loads(invoke("evaluate", gold, "--json").stdout)
    assert {name: row["f1"] for name, row in scores.items()} == {
        "amount": 1.0,
        "count": 1.0,
        "count:core": 1.0,
    } | {name: 0.0 for name in scores if not scores[name]["gold"]}

    kept = tmp_path / "kept"
    (kept / "乡").mkdir(parents=True)
    for name in ("a.txt", "乡/a.txt"):
        (kept / name).write_bytes((folder / name).read_bytes())
    invoke("run", kept, "--no-ner", "-q", "-o", tmp_path / "out.jsonl")
    scores = json.loads(invoke("evaluate", gold, "--records", tmp_path / "out.jsonl", "--json").stdout)
    assert (scores["count"]["pred"], scores["count"]["right"]) == (4, 4), "two files named a.txt are told apart"


def test_a_sample_is_the_same_wherever_it_is_drawn(invoke, folder: Path, tmp_path: Path) -> None:
    drawn = {}
    for seed in range(6):
        file = tmp_path / f"{seed}.json"
        assert invoke("label", "tasks", folder, "--no-ner", "--sample", 2, "--seed", seed, "-o", file).exit_code == 0
        drawn[seed] = paths(file)
    everything = ["a.txt", "b.txt", "z.zip!/c.txt", "乡/a.txt"]
    assert all(found == [path for path in everything if path in found] for found in drawn.values())
    assert len({tuple(found) for found in drawn.values()}) > 1
    again = invoke("label", "tasks", folder, "--no-ner", "--sample", 2, "--seed", 3)
    assert [task["data"]["path"] for task in json.loads(again.stdout)] == drawn[3]


def test_faults_end_with_1_and_harm_no_other_passage(invoke, folder: Path, tmp_path: Path) -> None:
    tasks = json.loads(invoke("label", "tasks", folder, "--kinds", "count").stdout)
    for task in tasks:
        task["annotations"] = [{"id": 1, "result": task["predictions"][0]["result"]}]
    tasks[0]["annotations"][0]["result"][0]["value"]["start"] += 1
    (tmp_path / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    done = invoke("label", "gold", tmp_path / "export.json")
    assert done.exit_code == ExitCode.FOUND_FAULTS
    gold = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(passage["pid"], passage["kinds"]) for passage in gold] == [
        (task["data"]["path"], ["count"]) for task in tasks[1:]
    ]
    assert "a.txt: the region" in done.stderr


def test_the_configuration(invoke) -> None:
    root = ElementTree.fromstring(invoke("label", "config", "--kinds", "date").stdout)
    assert [label.get("alias") for label in root.iter("Label")] == ["date"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["tasks", "/nowhere.txt"], ExitCode.NOTHING_READ, "no file or folder"),
        (["tasks", "x", "--kinds", "check"], ExitCode.USAGE, "check can't be labelled"),
        (["gold", "/nowhere.json"], ExitCode.USAGE, "can't read"),
        (["gold", "corpus/gold.jsonl"], ExitCode.USAGE, "is no JSON"),
    ],
)
def test_bad_input(invoke, arguments, code: ExitCode, told: str) -> None:
    done = invoke("label", *arguments)
    assert done.exit_code == code
    assert told in done.stderr
