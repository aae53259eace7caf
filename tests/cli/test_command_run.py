import codecs
import json
import signal
import time
from pathlib import Path

import jsonschema
import pytest

from extractor.cli.exits import ExitCode
from extractor.records import Extracted, json_schema, parse_record


def lines_of(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def decoded(data: bytes) -> str:
    """A report of the sample corpus as text, told without our own decoder."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


@pytest.fixture(scope="module")
def output(invoke, root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The lines of a run over the sample corpus."""
    target = tmp_path_factory.mktemp("run") / "records.jsonl"
    done = invoke("run", root / "corpus" / "reports", "-o", target)
    assert (done.exit_code, done.stdout) == (ExitCode.OK, "")
    return target.read_text(encoding="utf-8").splitlines()


def test_every_line_is_a_record_by_model_and_by_schema(output: list[str]) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    jsonschema.Draft202012Validator.check_schema(validator.schema)
    one_in = 7  # the schema is slow: every line is parsed by its model, each seventh checked by the schema, too
    for number, line in enumerate(output):
        record = parse_record(line)
        assert record.model_dump_json() == line
        if number % one_in == 0:
            validator.validate(json.loads(line))


def test_every_kind_is_found_and_valid_by_the_schema(output: list[str]) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    first_of_kind = {record["kind"]: record for record in reversed([json.loads(line) for line in output])}
    assert {"document", "amount", "count", "date", "disaster", "document_number", "entity"} <= first_of_kind.keys()
    for record in first_of_kind.values():
        validator.validate(record)


def test_every_record_stands_where_it_says(output: list[str], root: Path) -> None:
    source, checked, ids = "", 0, set()
    for line in output:
        record = parse_record(line)
        ids.add(record.id)
        if record.kind == "document":
            source = decoded((root / "corpus" / "reports" / record.path).read_bytes())
            assert record.characters == len(source)
        elif isinstance(record, Extracted):
            assert source[record.start : record.end] == record.raw
            checked += 1
    assert checked > 1000
    assert len(ids) == len(output)


def test_records_follow_their_document_in_order_of_place(output: list[str]) -> None:
    doc_id, last = "", 0
    for line in output:
        record = parse_record(line)
        if record.kind == "document":
            doc_id, last = record.doc_id, 0
        assert record.doc_id == doc_id
        if isinstance(record, Extracted):
            assert record.start >= last
            last = record.start


def test_a_text_from_standard_input_to_standard_output(invoke) -> None:
    done = invoke("run", "-", "--no-ner", stdin="投入资金505万元。".encode())
    document, amount = lines_of(done.stdout)
    assert (document["path"], amount["value"], amount["raw"]) == ("-", "5050000", "505万元")
    assert done.stderr.startswith("1 document, 2 records, 0 errors")


def test_kinds_and_quiet(invoke) -> None:
    text = "2011年投入资金505万元，受灾12户。".encode()
    done = invoke("run", "-", "--no-ner", "-q", "--kinds", "amount,date", stdin=text)
    assert [record["kind"] for record in lines_of(done.stdout)] == ["document", "date", "amount"]
    assert done.stderr == ""


def test_an_encoding_that_is_given_overrules(invoke) -> None:
    done = invoke("run", "-", "--no-ner", "-q", "--encoding", "big5", stdin="受災十二戶".encode("big5"))
    assert [record.get("raw") for record in lines_of(done.stdout)] == [None, "十二戶"]


def test_a_second_run_over_a_folder_does_not_read_its_own_output(invoke, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("受灾12户", encoding="utf-8")
    for _ in range(2):
        done = invoke("run", tmp_path, "--no-ner", "-o", tmp_path / "out.jsonl")
        assert done.exit_code == ExitCode.OK
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2


def test_the_folder_of_the_output_is_made(invoke, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("受灾12户", encoding="utf-8")
    invoke("run", tmp_path / "a.txt", "--no-ner", "-o", tmp_path / "out" / "records.jsonl")
    assert (tmp_path / "out" / "records.jsonl").is_file()


def test_an_empty_folder_holds_nothing_to_read(invoke, tmp_path: Path) -> None:
    done = invoke("run", tmp_path, "--no-ner")
    assert done.exit_code == ExitCode.NOTHING_READ
    assert "there was no document to read" in done.stderr


def test_many_errors_are_told_once(invoke, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.exe").write_bytes(b"MZ")
    done = invoke("run", tmp_path, "--no-ner")
    assert done.stderr.count("unsupported_type") == 20
    assert "more errors follow" in done.stderr
    assert len(lines_of(done.stdout)) == 30


def test_a_reader_that_closes_the_pipe_ends_the_run_quietly(start, root: Path) -> None:
    with start("run", root / "corpus" / "reports", "--no-ner") as process:
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        errors = process.stderr.read()
    assert process.returncode == ExitCode.PIPE_CLOSED
    assert errors == b""


def test_ctrl_c_ends_the_run_in_one_line(start, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    (tmp_path / "a.txt").write_text("受灾12户，投入5万元。\n" * 40_000, encoding="utf-8")
    with start("run", tmp_path, "--no-ner", "-o", target) as process:
        until = time.monotonic() + 20
        while not list(tmp_path.glob(".out.jsonl.*")) and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        errors = process.stderr.read()
    assert process.returncode == ExitCode.INTERRUPTED
    assert errors.decode().startswith(f"extractor: stopped; {target} is as it was.")
    assert errors.count(b"\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_full_disk_is_told(start, tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    (tmp_path / "a.txt").write_text("受灾12户", encoding="utf-8")
    with start("run", tmp_path, "--no-ner", "-q", "-o", "/dev/full") as process:
        errors = process.stderr.read().decode()
    assert process.returncode == ExitCode.NOT_WRITTEN
    assert errors.startswith("extractor: the output could not be written")
    assert errors.count("\n") == 1


@pytest.mark.parametrize("name", ["r.csv", "r.parquet", "r.duckdb", "r.xlsx", "r.jsonl.zst"])
def test_the_name_of_the_output_tells_its_form(invoke, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("投入资金300万元。", "utf-8")
    assert invoke("run", tmp_path / "a.txt", "-o", tmp_path / name, "--no-ner", "-q").exit_code == ExitCode.OK
    made = tmp_path / name
    if made.is_dir():
        assert any(path.match("amounts*") for path in made.iterdir())
    else:
        assert made.stat().st_size > 100


def test_a_batch_leaves_tables_beside_its_records(invoke, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("投入资金300万元。", "utf-8")
    for form in ("csv", "csv", "duckdb"):  # twice: it is replaced
        done = invoke("run", tmp_path / "in", "-o", f"{tmp_path}/out/", "--no-ner", "--workers", 1, "--format", form)
        assert done.exit_code == ExitCode.OK, done.stderr
    assert "3000000" in (tmp_path / "out" / "csv" / "amounts.csv").read_text("utf-8")
    assert (tmp_path / "out" / "records.duckdb").exists()


def test_tables_need_a_place(invoke, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("投入资金300万元。", "utf-8")
    done = invoke("run", tmp_path / "a.txt", "--format", "csv")
    assert done.exit_code == ExitCode.USAGE
    assert "csv can't go to standard output" in done.stderr
