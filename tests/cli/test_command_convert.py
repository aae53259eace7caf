from pathlib import Path

import pandas
import pytest

from extractor.cli.exits import ExitCode


@pytest.fixture
def lines(invoke, tmp_path: Path) -> Path:
    report = tmp_path / "report.txt"
    report.write_text("投入资金300万元，受灾2197户8788人。", "utf-8")
    assert invoke("run", report, "-o", tmp_path / "records.jsonl", "--no-ner").exit_code == ExitCode.OK
    return tmp_path / "records.jsonl"


def test_to_parquet_and_back(invoke, lines: Path, tmp_path: Path) -> None:
    done = invoke("convert", lines, tmp_path / "r.parquet")
    assert (done.exit_code, done.stderr) == (ExitCode.OK, f"5 records, written to {tmp_path / 'r.parquet'}\n")
    assert invoke("convert", tmp_path / "r.parquet", tmp_path / "again.jsonl").exit_code == ExitCode.OK
    assert (tmp_path / "again.jsonl").read_bytes() == lines.read_bytes()


def test_only_some_kinds(invoke, lines: Path, tmp_path: Path) -> None:
    assert invoke("convert", lines, tmp_path / "t", "--to", "csv", "--kinds", "count").exit_code == ExitCode.OK
    assert sorted(path.name for path in (tmp_path / "t").iterdir()) == ["counts.csv", "documents.csv", "errors.csv"]
    assert pandas.read_csv(tmp_path / "t" / "counts.csv")["value"].tolist() == [2197, 8788]


def test_from_standard_input(invoke, lines: Path, tmp_path: Path) -> None:
    done = invoke("convert", "-", tmp_path / "r.jsonl.gz", stdin=lines.read_bytes())
    assert done.exit_code == ExitCode.OK
    assert invoke("convert", tmp_path / "r.jsonl.gz", tmp_path / "r.jsonl").exit_code == ExitCode.OK
    assert (tmp_path / "r.jsonl").read_bytes() == lines.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.jsonl", "r.csv"], "there is no file or folder gone.jsonl"),
        (["RECORDS", "r"], "name one with --to"),
        (["RECORDS", "r.csv", "--to", "sas"], "'sas' is no form"),
        (["RECORDS", "r.csv", "--kinds", "money"], "'money' is no kind"),
        (["FOLDER", "r.csv"], "holds no records"),
    ],
)
def test_slips_are_told(invoke, lines: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "empty").mkdir()
    places = {"RECORDS": lines, "FOLDER": tmp_path / "empty", "r.csv": tmp_path / "r.csv"}
    done = invoke("convert", *(places.get(argument, argument) for argument in arguments))
    assert done.exit_code == ExitCode.USAGE
    assert message in done.stderr
    assert not (tmp_path / "r.csv").exists()
