import io
from pathlib import Path

import openpyxl
import pandas
import pytest

from extractor.cli.exits import ExitCode

REPORT = "1998年7月，投入资金300万元（其中县级财政200万元，群众自筹100万元），受灾2197户。"


@pytest.fixture
def lines(invoke, tmp_path: Path) -> Path:
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    done = invoke("run", tmp_path / "report.txt", "-o", tmp_path / "records.jsonl", "--no-ner")
    assert done.exit_code == ExitCode.OK
    return tmp_path / "records.jsonl"


def test_csv_is_what_pandas_reads(invoke, lines: Path) -> None:
    done = invoke("table", lines)
    assert done.exit_code == ExitCode.OK
    table = pandas.read_csv(io.StringIO(done.stdout))
    assert table["value"].tolist() == [3000000, 2000000, 1000000, 2197]
    assert table["part_of"].notna().tolist() == [False, True, True, False]
    assert table["payer"].dropna().tolist() == ["县级财政", "群众自筹"]
    assert table["kind"].tolist() == ["amount"] * 3 + ["count"]


def test_a_file_for_excel(invoke, lines: Path, tmp_path: Path) -> None:
    done = invoke("table", lines, "-o", tmp_path / "facts.tsv", "--bom", "--kind", "amount", "--no-parts")
    assert done.stderr == f"1 fact, written to {tmp_path / 'facts.tsv'}\n"
    assert (tmp_path / "facts.tsv").read_bytes().startswith(b"\xef\xbb\xbfpath\tdoc_id")
    assert pandas.read_csv(tmp_path / "facts.tsv", sep="\t")["raw"].tolist() == ["300万元"]


def test_a_workbook_with_numbers_that_add_up(invoke, lines: Path, tmp_path: Path) -> None:
    done = invoke("table", lines, "-o", tmp_path / "facts.xlsx", "--columns", "path,value,part_of", "--kind", "amount")
    assert done.stderr == f"3 facts, written to {tmp_path / 'facts.xlsx'}\n"
    [sheet] = openpyxl.load_workbook(tmp_path / "facts.xlsx")
    rows = list(sheet.values)
    assert (sheet.title, rows[0]) == ("facts", ("path", "value", "part_of"))
    assert [row[1] for row in rows[1:]] == [3000000, 2000000, 1000000]


def test_in_chinese(invoke, lines: Path) -> None:
    done = invoke("table", lines, "--chinese", "--columns", "kind,role,status,value,payer,flags", "--format", "tsv")
    headings, total, *_, households = done.stdout.splitlines()
    assert headings == "种类\t资金性质\t状态\t数值\t出资方\t警示"
    assert total == "金额\t资金投入\t\t3000000\t\t"
    assert households == "数量\t\t受灾\t2197\t\t"


def test_nothing_is_begun_before_the_records_are_found(invoke, tmp_path: Path) -> None:
    assert invoke("table", "gone.jsonl").stdout == ""
    assert invoke("table", "gone.jsonl", "-o", tmp_path / "facts.xlsx").exit_code == ExitCode.USAGE
    assert list(tmp_path.iterdir()) == []


def test_standard_input_and_several_files(invoke, lines: Path) -> None:
    done = invoke("table", "-", lines, "--columns", "raw", "--kind", "count", stdin=lines.read_bytes())
    assert done.stdout == "raw\n2197户\n2197户\n"


def test_columns_in_the_order_asked_for(invoke, lines: Path) -> None:
    done = invoke("table", lines, "--columns", "value,raw", "--role", "funding", "--format", "md")
    assert done.stdout.splitlines()[0] == "| value | raw |"
    assert len(done.stdout.splitlines()) == 5


def test_columns_are_described(invoke) -> None:
    done = invoke("table", "--describe")
    assert done.exit_code == ExitCode.OK
    assert "payer\tWhose money" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name the records to read"),
        (["gone.jsonl"], "there is no file or folder gone.jsonl"),
        (["RECORDS", "--kind", "money"], "'money' is no kind of fact"),
        (["RECORDS", "--role", "money"], "'money' is no role"),
        (["RECORDS", "--columns", "money"], "'money' is no column"),
        (["RECORDS", "--columns", ","], "',' is no column"),
        (["RECORDS", "--years", "199x"], "'199x' is no span of years"),
        (["RECORDS", "--format", "sas"], "'sas' is no form"),
        (["REPORT"], "so give it the report first"),
        (["RECORDS", "-o", "facts.xls"], ".xls is no form of the table"),
        (["RECORDS", "--format", "xlsx"], "xlsx can't go to standard output"),
    ],
)
def test_slips_are_told(invoke, lines: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    places = {"RECORDS": lines, "REPORT": tmp_path / "report.txt"}
    done = invoke("table", *(places.get(argument, argument) for argument in arguments))
    assert done.exit_code == ExitCode.USAGE
    assert message in done.stderr


def test_a_file_that_is_none_of_records_leaves_no_table(invoke, lines: Path, tmp_path: Path) -> None:
    assert invoke("table", tmp_path / "report.txt", "-o", tmp_path / "t.csv").exit_code == ExitCode.USAGE
    assert not (tmp_path / "t.csv").exists()
