"""``extractor text``, and runs over files of every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.cli.exits import ExitCode
from tests.readers.makers import make_csv, make_docx, make_pdf, zipped
from tests.readers.test_archives import GOOD, MEMBERS

REPORT = "全县受灾12户，投入资金505万元。"
ZEROS = bytes(40 << 20)


def test_a_run_over_a_folder_of_archives(invoke, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(MEMBERS))
    (tmp_path / "b.txt").write_bytes(GOOD)
    (tmp_path / "c.docx").write_bytes(make_docx("死亡3人"))
    done = invoke("run", tmp_path, "--no-ner")
    assert done.exit_code == ExitCode.FOUND_FAULTS
    assert done.stderr.endswith(" s\n")
    assert "6 documents, 10 records, 1 error" in done.stderr
    assert "a.zip!/c.exe: unsupported_type" in done.stderr


def test_the_text_of_a_member(invoke, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({**MEMBERS, "in.zip": zipped({"x.txt": GOOD})}))
    for name, text in {"甲/报告.txt": "受灾12户", "b.docx": "死亡3人\n", "in.zip!/x.txt": "受灾12户"}.items():
        done = invoke("text", f"{tmp_path}/a.zip!/{name}")
        assert (done.exit_code, done.stdout) == (ExitCode.OK, text)
    for name, message in {
        "a.zip!/gone.txt": "甲/报告.txt",
        "a.zip": "name one of its members",
        "x.zip!/a": "can't read",
    }.items():
        done = invoke("text", tmp_path / name)
        assert (done.exit_code, done.stdout) == (ExitCode.USAGE, "")
        assert message in done.stderr
    assert "files are not read" in invoke("text", f"{tmp_path}/a.zip!/c.exe").stderr


def test_a_broken_file_harms_no_other(invoke, tmp_path: Path) -> None:
    for name, data in {
        "a.pdf": b"%PDF-1.7",
        "b.docx": make_docx(REPORT),
        "c.zip": zipped({"zeros.txt": ZEROS}),
        "d.pdf": make_pdf(REPORT),
        "e.txt": REPORT.encode(),
    }.items():
        (tmp_path / name).write_bytes(data)
    done = invoke("run", tmp_path, "--no-ner", "--kinds", "amount")
    assert done.stdout.count('"505万元"') >= 3
    assert done.stdout.count('"kind":"error"') == 2


@pytest.mark.parametrize(("name", "make"), [("a.docx", make_docx), ("a.pdf", make_pdf), ("a.csv", make_csv)])
def test_the_text_printed_is_the_one_that_offsets_count_in(invoke, tmp_path: Path, name: str, make) -> None:
    (tmp_path / name).write_bytes(make(REPORT))
    text = invoke("text", tmp_path / name).stdout
    records = [json.loads(line) for line in invoke("run", tmp_path, "--no-ner", "-q").stdout.splitlines()]
    extracted = [record for record in records if "raw" in record]
    assert [record["raw"] for record in extracted] == ["12户", "505万元"]
    assert all(text[record["start"] : record["end"]] == record["raw"] for record in extracted)
    assert records[0]["characters"] == len(text)


def test_the_text_as_json_with_pages_and_cells(invoke, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf(REPORT))
    (tmp_path / "a.csv").write_bytes("乡镇,合计\n石羊乡,5".encode())
    assert json.loads(invoke("text", tmp_path / "a.pdf", "--json").stdout)["pages"] == [0]
    assert json.loads(invoke("text", tmp_path / "a.csv", "--json").stdout)["cells"][-1] == [10, 11, "B2"]


def test_other_commands_read_documents_as_well(invoke, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(make_docx("受灾12户"))
    assert "12户" in invoke("explain", tmp_path / "a.docx", "--no-ner").stdout


@pytest.mark.parametrize("option", ["--max-extracted", "--max-ratio", "--max-members", "--max-memory", "--time-limit"])
def test_limits_have_options(invoke, tmp_path: Path, option: str) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD)
    assert invoke("run", tmp_path, "--no-ner", "-q", option, "100").exit_code == ExitCode.OK
    assert invoke("run", tmp_path, "--no-ner", "-q", option, "-1").exit_code == ExitCode.USAGE
