"""Bad input: an error record or a plain document record each, and never a word lost on the others."""

import json
from pathlib import Path
from random import Random

import pytest

from extractor.cli.exits import ExitCode
from extractor.records import parse_record

GOOD = "投入资金505万元。"
BINARY = Random(0).randbytes(50_000)

DOCUMENTS = {
    "binary.txt": BINARY,
    "digits.txt": b"1234567890" * 500_000,
    "empty.txt": b"",
    "line.txt": ("全县受灾群众踊跃参加抗洪抢险" * 24_000).encode(),
    "nul.txt": b"\0" * 1000,
    "numerals.txt": ("一二三四五六七八九十百千万" * 26_000).encode(),
    "pdf.pdf": b"%PDF-1.7\n\0",
    "surrogates.txt": "受灾".encode() + b"\xed\xa0\x80\xed\xb0\x80" + "12户，".encode() * 3,
    "truncated.txt": "受灾12户。".encode()[:-2] + b"\n" + "受灾".encode("gb18030")[:-1],
    "good.txt": GOOD.encode(),
}
REFUSED = {"binary.txt", "pdf.pdf"}
ARGUABLE = {"nul.txt", "surrogates.txt", "truncated.txt"}
"""The decoder may make a text of these or refuse them; either way it says so."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    for name, data in DOCUMENTS.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def records(invoke, folder: Path) -> dict[str, list]:
    """The records of a run over all bad documents and a good one, by path."""
    done = invoke("run", folder, "--no-ner")
    assert done.exit_code == ExitCode.FOUND_FAULTS
    parsed = [parse_record(line) for line in done.stdout.splitlines()]
    path_of = {record.doc_id: record.path for record in parsed if record.kind in ("document", "error")}
    by_path: dict[str, list] = {}
    for record in parsed:
        by_path.setdefault(path_of[record.doc_id], []).append(record)
    return by_path


def test_every_document_is_told_of(records) -> None:
    assert sorted(records) == sorted(DOCUMENTS)


def test_the_good_one_is_unharmed(records) -> None:
    assert [getattr(record, "raw", None) for record in records["good.txt"]] == [None, "505万元"]


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_no_text_is_refused_with_what_to_do(records, name: str) -> None:
    [error] = records[name]
    assert (error.kind, error.path) == ("error", name)
    assert error.code in ("undecodable", "unsupported_type", "damaged")
    assert len(error.message) > 30


@pytest.mark.parametrize("name", sorted(DOCUMENTS.keys() - REFUSED - ARGUABLE))
def test_odd_text_is_read(records, name: str) -> None:
    assert records[name][0].kind == "document"


def test_nothing_is_found_in_nothing(records) -> None:
    [document] = records["empty.txt"]
    assert document.status == "empty"


def test_no_error_is_a_fault_of_ours(records) -> None:
    errors = [record for group in records.values() for record in group if record.kind == "error"]
    assert [error.message for error in errors if error.code in ("internal", "timeout")] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [("binary.txt", ExitCode.NOTHING_READ), ("gone.txt", ExitCode.NOTHING_READ), ("good.txt", ExitCode.OK)],
)
def test_exit_codes(invoke, folder: Path, name: str, code: ExitCode) -> None:
    assert invoke("run", folder / name, "--no-ner").exit_code == code


def test_a_missing_path_beside_a_good_one(invoke, folder: Path) -> None:
    done = invoke("run", folder / "gone.txt", folder / "good.txt", "--no-ner")
    kinds = [(record["kind"], record.get("code")) for record in map(json.loads, done.stdout.splitlines())]
    assert kinds == [("error", "missing"), ("document", None), ("amount", None)]
    assert done.exit_code == ExitCode.FOUND_FAULTS
    assert "check the path" in done.stderr


def test_a_document_too_large(invoke, folder: Path) -> None:
    done = invoke("run", folder / "digits.txt", folder / "good.txt", "--no-ner", "--max-size", "1")
    first = json.loads(done.stdout.splitlines()[0])
    assert (first["kind"], first["code"]) == ("error", "too_large")
    assert "--max-size" in first["message"]


def test_the_wrong_encoding(invoke, folder: Path) -> None:
    done = invoke("run", folder / "good.txt", "--no-ner", "--encoding", "ascii")
    [error] = map(json.loads, done.stdout.splitlines())
    assert (error["code"], done.exit_code) == ("undecodable", ExitCode.NOTHING_READ)
    assert "--encoding" in error["message"]


@pytest.mark.parametrize("command", ["explain", "tokenize"])
def test_an_argument_that_is_no_text(invoke, command: str) -> None:
    done = invoke(command, "受灾\udcff12户")
    assert done.exit_code == ExitCode.USAGE
    assert "put it in a file" in done.stderr


@pytest.mark.parametrize("command", ["explain", "tokenize"])
@pytest.mark.parametrize("name", ["binary.txt", "empty.txt", "surrogates.txt"])
def test_other_commands_do_not_fall_over_either(invoke, folder: Path, command: str, name: str) -> None:
    done = invoke(command, folder / name)
    assert done.exit_code in (ExitCode.OK, ExitCode.USAGE)
    assert done.exception is None or isinstance(done.exception, SystemExit)
