"""``extractor run`` into a folder, and the commands about it."""

import json
import os
from pathlib import Path

import pytest

from extractor.cli.exits import ExitCode


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("甲.txt", "乙.txt"):
        (folder / name).write_text("投入资金505万元，受灾12户。", encoding="utf-8")
    return folder


@pytest.fixture
def run(invoke):
    """A batch with names off."""

    def given(*arguments, **options):
        return invoke("run", "--no-ner", "--workers", "1", *arguments, **options)

    return given


def test_a_folder_is_filled_and_told_of(run, invoke, reports: Path, tmp_path: Path) -> None:
    output = f"{tmp_path / 'out'}/"
    done = run(reports, "-o", output)
    assert (done.exit_code, done.stdout) == (ExitCode.OK, "")
    assert done.stderr.startswith("2 documents, 6 records, 0 errors")
    again = run(reports, "-o", tmp_path / "out")  # it is there now: no slash needed
    assert "; 1 shard done before" in again.stderr
    told = invoke("status", output)
    assert "state\tfinished" in told.stdout
    assert "shards\t1 of 1" in told.stdout
    assert json.loads(invoke("status", output, "--json").stdout)["summary"]["documents"] == 2
    one = invoke("merge", output, "-o", "-")
    assert [json.loads(line)["kind"] for line in one.stdout.splitlines()] == ["document", "amount", "count"] * 2
    assert (tmp_path / "out" / "errors.jsonl").read_bytes() == b""


def test_shares_by_number_and_by_slurm(
    run, invoke, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = f"{tmp_path / 'out'}/"
    assert "1 shard of 2 files planned" in run(reports, "-o", output, "--plan").stderr
    assert "state\tplanned" in invoke("status", output).stdout
    for name, value in {"ID": "11", "COUNT": "2", "MIN": "10", "STEP": "1"}.items():
        monkeypatch.setenv(f"SLURM_ARRAY_TASK_{name}", value)
    assert "share 2 of 2 is done" in run(reports, "-o", output, "--shard", "auto").stderr
    missing = invoke("merge", output)
    assert missing.exit_code == ExitCode.FOUND_FAULTS
    assert "1 shard is not done: 0" in missing.stderr
    assert run(reports, "-o", output, "--shard", "1/2").exit_code == ExitCode.OK
    merged = invoke("merge", output, "-o", tmp_path / "all.jsonl.gz")
    assert (merged.exit_code, merged.stderr) == (ExitCode.OK, "2 documents, 6 records, 0 errors in 1 shard\n")
    assert (tmp_path / "all.jsonl.gz").read_bytes().startswith(b"\x1f\x8b")


def test_a_list_of_files_with_lines_of_texts(run, reports: Path, tmp_path: Path) -> None:
    (tmp_path / "more.jsonl").write_text('{"id": "a", "body": "受灾3户"}\n', encoding="utf-8")
    listed = b"\0".join(os.fsencode(path) for path in (reports / "乙.txt", tmp_path / "more.jsonl")) + b"\0"
    options = ("--files-from", "-", "--text-field", "body", "--id-field", "id", "--kinds", "count")
    done = run(*options, "-o", f"{tmp_path / 'out'}/", stdin=listed)
    assert done.stderr.startswith("2 documents, 4 records, 0 errors")
    [records] = (tmp_path / "out" / "records").iterdir()
    told = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
    assert [one["path"] for one in told if one["kind"] == "document"] == [
        (reports / "乙.txt").as_posix(),
        f"{(tmp_path / 'more.jsonl').as_posix()}!/a",
    ]


def test_lines_of_texts_from_standard_input_to_standard_output(invoke) -> None:
    lines = '{"text": "受灾3户"}\n{"text": "受灾4户"}\n'.encode()
    done = invoke("run", "-", "--text-field", "text", "--no-ner", "-q", "--kinds", "count", stdin=lines)
    assert [json.loads(line).get("path") or json.loads(line)["raw"] for line in done.stdout.splitlines()] == [
        "-!/@0",
        "3户",
        "-!/@23",
        "4户",
    ]


def test_patterns_of_names(invoke, reports: Path) -> None:
    done = invoke("run", reports / "*.txt", "--no-ner", "-q", "--kinds", "count")
    assert len(done.stdout.splitlines()) == 4
    gone = invoke("run", reports / "*.doc", "--no-ner", "-q")
    assert json.loads(gone.stdout)["code"] == "missing"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-", "-o", "OUT/"), "standard input can't be read again after an interruption"),
        (("REPORTS", "-o", "x.jsonl", "--fresh"), "--fresh is for a folder of records"),
        (("REPORTS", "-o", "OUT/", "--shard", "3/2"), "there is no share 3 of 2; they are 1/2 to 2/2"),
        (("REPORTS", "-o", "OUT/", "--shard", "some"), "--shard some is no share"),
        (("REPORTS", "-o", "OUT/", "--shard", "auto"), "for a Slurm job array, and this is none"),
        (("REPORTS", "-o", "OUT/", "--shard", "1/2", "--fresh"), "would undo what other jobs do"),
        (("REPORTS", "-o", "OUT/", "--engine", "magic"), "'magic' is no engine"),
        (("REPORTS", "-o", "OUT/", "--pack", "rar"), "--pack rar is not known; give one of none, gz, zst"),
        (("REPORTS", "-o", "REPORTS/"), "is or holds the input"),
        (("--files-from", "GONE", "-o", "OUT/"), "can't read the list"),
        ((), "nothing to read"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_remedy(
    invoke, reports: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    places = {"REPORTS": str(reports), "REPORTS/": f"{reports}/", "OUT/": f"{tmp_path / 'out'}/"}
    places["GONE"] = str(tmp_path / "gone")
    done = invoke("run", "--no-ner", *(places.get(argument, argument) for argument in arguments))
    assert done.exit_code == ExitCode.USAGE
    assert words in done.stderr
    assert sorted(path.name for path in reports.iterdir()) == ["乙.txt", "甲.txt"]


def test_a_folder_of_others_is_no_batch(invoke, tmp_path: Path) -> None:
    for command in ("status", "merge"):
        done = invoke(command, tmp_path)
        assert done.exit_code == ExitCode.USAGE
        assert "is no output of extractor run" in done.stderr
