import json
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


def test_to_standard_output(invoke, lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = invoke("convert", lines, "-", "--kinds", "count")
    kinds = [json.loads(line)["kind"] for line in done.stdout.splitlines()]
    assert (done.exit_code, kinds, done.stderr) == (ExitCode.OK, ["document", "count", "count"], "")
    assert not (tmp_path / "-").exists()


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
        (["RECORDS", "-", "--to", "xlsx"], "xlsx can't go to standard output"),
        (["TABLE", "r.csv"], "is xlsx, of which no records are read"),
        (["REPORT", "r.csv"], "so give it the report first"),
        (["RECORDS", "r.csv", "--to", "sas"], "'sas' is no form"),
        (["RECORDS", "r.csv", "--kinds", "money"], "'money' is no kind"),
        (["RECORDS", "r.csv", "--partition-by", "province"], "--partition-by is for parquet, and this is csv"),
        (["RECORDS", "r.parquet", "--partition-by", "year"], "give one of issued_year, province"),
        (["FOLDER", "r.csv"], "holds no records"),
    ],
)
def test_slips_are_told(invoke, lines: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "r.xlsx").touch()
    places = {"RECORDS": lines, "FOLDER": tmp_path / "empty", "r.csv": tmp_path / "r.csv"}
    places |= {"TABLE": tmp_path / "r.xlsx", "REPORT": tmp_path / "report.txt"}
    done = invoke("convert", *(places.get(argument, argument) for argument in arguments))
    assert done.exit_code == ExitCode.USAGE
    assert message in done.stderr
    assert not (tmp_path / "r.csv").exists()


def test_partitioned_and_back(invoke, lines: Path, tmp_path: Path) -> None:
    assert invoke("convert", lines, tmp_path / "r.parquet", "--partition-by", "issued_year").exit_code == ExitCode.OK
    assert [path.name for path in (tmp_path / "r.parquet" / "amounts").iterdir()] == ["issued_year=0"]
    assert invoke("convert", tmp_path / "r.parquet", tmp_path / "again.jsonl").exit_code == ExitCode.OK
    assert (tmp_path / "again.jsonl").read_bytes() == lines.read_bytes()


def test_a_run_partitions_too(invoke, tmp_path: Path) -> None:
    report = tmp_path / "in" / "report.txt"
    report.parent.mkdir()
    report.write_text("投入资金300万元。\n某县民政局\n1998年8月3日\n", "utf-8")
    options = ["--no-ner", "--partition-by", "issued_year"]
    assert invoke("run", report.parent, "-o", tmp_path / "r.parquet", *options).exit_code == ExitCode.OK
    folder = f"{tmp_path / 'out'}/"
    assert invoke("run", report.parent, "-o", folder, "--format", "parquet", *options).exit_code == ExitCode.OK
    for made in (tmp_path / "r.parquet", tmp_path / "out" / "parquet"):
        assert [path.name for path in (made / "amounts").iterdir()] == ["issued_year=1998"]
