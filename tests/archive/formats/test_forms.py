"""Records in every form, each opened by the programs that researchers open it with."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import polars
import pytest

from extractor import Extractor
from extractor.archive.compression import opened
from extractor.archive.fact_table import Wanted, fact_rows
from extractor.archive.formats.columns import TABLES, columns, day
from extractor.archive.formats.delimited import cell
from extractor.archive.formats.forms import form_of, sink_for
from extractor.archive.formats.parquet import ParquetFolder
from extractor.archive.formats.partition import KEYS
from extractor.archive.formats.reading import read_records
from extractor.archive.sinks import JsonLines
from extractor.errors import ExtractorError
from extractor.pipeline import error_record
from extractor.records import Amount, AnyRecord

REPORT = """石门县人民政府文件
石政发〔2009〕12号
2008年7月15日，石门乡发生“7·15”特大洪涝灾害，受灾2197户8788人，死亡3人，直接经济损失1.25亿元。
投入救灾资金300万元（其中，县级财政200万元，群众自筹90万元）。8月中旬至9月补助灾民每人150元。
"""


@pytest.fixture(scope="module")
def records() -> list[AnyRecord]:
    extractor = Extractor()
    found = extractor.extract_bytes(REPORT.encode(), path="2009/石门.txt")
    found.append(error_record("2009/坏.doc", "", "damaged", "=SUM(A1) is no document; send it again"))
    return [*found, *extractor.extract_bytes(b"", path="empty.txt")]


@pytest.fixture(scope="module")
def lines(records: list[AnyRecord], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "records.jsonl"
    written(path, records)
    return path


def written(path: Path, records: list[AnyRecord], **options: Any) -> Path:
    with sink_for(path, form_of(path.name, None), **options) as sink:
        for record in records:
            sink.write([record])
    return path


def test_the_sample_has_every_kind(records: list[AnyRecord]) -> None:
    assert {record.kind for record in records} == set(TABLES)


@pytest.mark.parametrize("name", ["r.parquet", "r.jsonl", "r.jsonl.gz", "r.jsonl.zst"])
def test_back_to_the_same_lines(records: list[AnyRecord], lines: Path, tmp_path: Path, name: str) -> None:
    between = written(tmp_path / name, records)
    again = written(tmp_path / "again.jsonl", list(read_records(str(between))))
    assert again.read_bytes() == lines.read_bytes()


def test_parts_of_bounded_size_keep_the_order(
    records: list[AnyRecord], lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.archive.formats.parquet.PART_ROWS", 2)
    monkeypatch.setattr("extractor.archive.formats.tables.BATCH", 2)
    monkeypatch.setattr("extractor.archive.formats.arrow.ROWS", 2)
    folder = written(tmp_path / "r.parquet", records)
    assert len(list((folder / "amounts").iterdir())) > 1
    again = written(tmp_path / "again.jsonl", list(read_records(str(folder))))
    assert again.read_bytes() == lines.read_bytes()


def test_parquet_is_typed_for_pandas_polars_and_duckdb(records: list[AnyRecord], tmp_path: Path) -> None:
    folder = written(tmp_path / "r.parquet", records)
    amounts = [record for record in records if record.kind == "amount"]
    in_pandas = pandas.read_parquet(folder / "amounts")
    assert list(in_pandas["value"].map(lambda value: value.normalize())) == [a.value.normalize() for a in amounts]
    in_polars = polars.read_parquet(folder / "disasters/*.parquet")
    assert in_polars["date_start"].to_list() == [datetime.date(2008, 7, 15)]
    assert "洪涝" in in_polars["hazards"].to_list()[0][0]
    query = f"SELECT sum(value) FROM read_parquet('{folder}/amounts/*.parquet') WHERE part_of IS NOT NULL"
    assert duckdb.sql(query).fetchall() == [(Decimal(2_900_000),)]
    nothing = pandas.read_parquet(written(tmp_path / "none.parquet", []) / "counts")
    assert len(nothing) == 0
    assert "measure" in nothing.columns


@pytest.fixture(scope="module")
def of_years() -> list[AnyRecord]:
    """Reports of three years and two provinces by turns, one of no known year, and an error."""
    extractor, found = Extractor(), []
    for number, (year, place) in enumerate([(2008, "石门县"), (2010, "汶川县"), (2008, "汶川县"), (2009, "石门县")]):
        harm = f"受灾{number + 2}户，死亡{number + 1}人，损失{number + 1}万元。"
        text = f"{place}人民政府关于灾情的报告\n{harm}\n{place}人民政府\n{year}年3月1日\n"
        found += extractor.extract_bytes(text.encode(), path=f"{number}.txt")
    found.append(error_record("坏.doc", "", "damaged", "send it again"))
    return [*found, *extractor.extract_bytes("投入资金5万元。".encode(), path="undated.txt")]


@pytest.mark.parametrize("key", ["issued_year", "province"])
@pytest.mark.parametrize("limits", [{}, {"OPEN_PARTS": 1, "HELD_ROWS": 2}, {"PART_ROWS": 1, "arrow.ROWS": 1}])
def test_partitions_keep_the_order(
    of_years: list[AnyRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, limits: dict[str, int]
) -> None:
    for name, value in limits.items():
        monkeypatch.setattr(f"extractor.archive.formats.parquet.{name}", value)
    monkeypatch.setattr("extractor.archive.formats.tables.BATCH", 3 if limits else 1024)
    folder = written(tmp_path / "r.parquet", of_years, key=key)
    assert list(read_records(str(folder))) == of_years
    for kind, table in TABLES.items():
        parts = list((folder / table).rglob("*.parquet"))
        assert all(part.parent.name.startswith(f"{key}=") for part in parts)
        assert sum(len(polars.read_parquet(part)) for part in parts) == sum(r.kind == kind for r in of_years)


def test_keys_are_no_column_already() -> None:
    assert not {column.name for kind in TABLES for column in columns(kind)} & set(KEYS)


def test_partitions_are_columns_to_duckdb_pandas_and_polars(of_years: list[AnyRecord], tmp_path: Path) -> None:
    by_year = written(tmp_path / "y.parquet", of_years, key="issued_year")
    losses = [(0, Decimal(50_000)), (2008, Decimal(40_000)), (2009, Decimal(40_000)), (2010, Decimal(20_000))]
    table = f"read_parquet('{by_year}/amounts/*/*.parquet', hive_partitioning = true)"
    assert duckdb.sql(f"SELECT issued_year, sum(value) FROM {table} GROUP BY ALL ORDER BY ALL").fetchall() == losses
    in_pandas = pandas.read_parquet(by_year / "amounts", filters=[("issued_year", "=", 2008)])
    assert in_pandas["value"].astype(int).tolist() == [10_000, 30_000]
    in_polars = polars.scan_parquet(by_year / "amounts", hive_partitioning=True).filter(
        polars.col("issued_year") == 2010
    )
    assert in_polars.collect()["value"].to_list() == [20_000]
    for table in TABLES.values():
        assert len(pandas.read_parquet(by_year / table)) == len(polars.read_parquet(by_year / table / "**/*.parquet"))
    by_province = written(tmp_path / "p.parquet", of_years, key="province")
    deaths = polars.scan_parquet(by_province / "counts", hive_partitioning=True).filter(polars.col("status") == "dead")
    told = deaths.group_by("province").agg(polars.col("value").sum()).sort("province").collect().rows()
    assert told == [(430000, 5), (510000, 5)]


def test_duckdb_holds_tables_and_joins(records: list[AnyRecord], tmp_path: Path) -> None:
    with duckdb.connect(str(written(tmp_path / "r.duckdb", records)), read_only=True) as base:
        for kind, table in TABLES.items():
            expected = sum(record.kind == kind for record in records)
            assert base.sql(f"SELECT count(*) FROM {table}").fetchall() == [(expected,)]
        path, value = base.sql("SELECT path, value FROM facts WHERE role = 'loss'").fetchall()[0]
        assert (path, value) == ("2009/石门.txt", 125_000_000)
        dead = base.sql("SELECT name, value FROM disaster_impacts WHERE status = 'dead'").fetchall()
        assert dead == [("7·15", 3)]
        assert base.sql("SELECT name, expected, found, raw FROM failed_checks").fetchall() == [
            ("sum_of_parts", "3000000", "2900000", "300万元")
        ]
        totals = base.sql(
            "SELECT division_name, year, facts, total FROM facts_by_division_year WHERE status = 'dead'"
        ).fetchall()
        assert totals == [("石门县", 2008, 1, 3)]
        doubtful = base.sql("SELECT raw, flags, failed_checks FROM doubtful WHERE failed_checks IS NOT NULL").fetchall()
        assert ("300万元", ["arithmetic_mismatch"], ["sum_of_parts"]) in doubtful


def test_the_views_of_duckdb_agree_with_the_table_of_facts(tmp_path: Path) -> None:
    """Undated reports, a year of the fact's own, a guess, units that must not be summed, the same file twice."""
    extractor = Extractor()
    texts = {
        "a.txt": "新平县民政局关于灾情的报告\n2003年5月8日，受灾20亩，又受灾30公顷。当年救灾。下拨救灾款5万元。\n",
        "b.txt": "石门县民政局关于灾情的报告\n死亡3人。\n石门县民政局\n1999年3月1日\n",
    }
    found = [record for path, text in texts.items() for record in extractor.extract_bytes(text.encode(), path=path)]
    found += extractor.extract_bytes(texts["b.txt"].encode(), path="copy of b.txt")
    names = "path, id, raw, division_code, division_name, year, year_of, part_of, guessed, failed_checks"
    with duckdb.connect(str(written(tmp_path / "r.duckdb", found)), read_only=True) as base:
        told = base.sql(f'SELECT {names} FROM facts ORDER BY path, "start"').fetchall()
        by_year = "FROM facts_by_division_year WHERE"
        areas = base.sql(f"SELECT unit, total {by_year} measure = 'area' ORDER BY unit").fetchall()
        dead = base.sql(f"SELECT documents, total {by_year} status = 'dead'").fetchall()
    rows = [tuple(row[name] for name in names.split(", ")) for row in fact_rows(found)]
    assert [tuple(value or None for value in row) for row in told] == rows
    assert any(row[-2] for row in rows)
    assert areas == [("亩", 20), ("公顷", 30)]
    assert dead == [(1, 3)]
    without_copies = fact_rows(found, Wanted(kinds={"count"}, copies=False))
    assert [row["path"] for row in without_copies] == ["a.txt", "a.txt", "b.txt"]


def test_duckdb_of_some_kinds_has_its_views(records: list[AnyRecord], tmp_path: Path) -> None:
    with sink_for(tmp_path / "r.duckdb", "duckdb", ["count"]) as sink:
        sink.write([record for record in records if record.kind in ("document", "count")])
    with duckdb.connect(str(tmp_path / "r.duckdb"), read_only=True) as base:
        assert base.sql("SELECT kind, count(*) FROM facts GROUP BY ALL").fetchall() == [("count", 3)]
        assert base.sql("SELECT count(*) FROM disaster_impacts").fetchall() == [(0,)]


def test_csv_is_plain_and_unarmed(records: list[AnyRecord], tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    with sink_for(folder, "csv", mark=True) as sink:
        sink.write(records)
    assert (folder / "errors.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader((folder / "errors.csv").open(encoding="utf-8-sig", newline="")))
    assert rows[0]["message"] == "'=SUM(A1) is no document; send it again"
    counts = pandas.read_csv(folder / "counts.csv", dtype=str)
    assert counts["value"].tolist() == [str(r.value) for r in records if r.kind == "count"]
    documents = pandas.read_csv(folder / "documents.csv")
    assert json.loads(documents["counts"][0])["amount"] == 5


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        (Decimal("-4.50"), "-4.5"),
        ("-4", "'-4"),
        ("@x", "'@x"),
        ("平掌", "平掌"),
        ([], ""),
        (["=a", "b"], "'=a;b"),
        ([{"step": "wraps", "count": 2}], '[{"step": "wraps", "count": 2}]'),
        (False, "false"),
    ],
)
def test_cells(value: object, shown: object) -> None:
    assert cell(value) == shown


def test_excel_shows_texts_as_texts_and_numbers_as_numbers(records: list[AnyRecord], tmp_path: Path) -> None:
    strange = next(r for r in records if r.kind == "amount").model_copy(update={"sentence": "=1+1\x0b"})
    book = openpyxl.load_workbook(written(tmp_path / "r.xlsx", [*records, strange]))
    assert book.sheetnames == list(TABLES.values())
    header, *rows = book["amounts"].values
    last = dict(zip(header, rows[-1], strict=True))
    assert last["sentence"] == "=1+1\ufffd"
    assert last["value"] == int(strange.value)


def test_a_sheet_too_full_is_said_and_leaves_nothing(
    records: list[AnyRecord], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.archive.formats.workbook.MOST_ROWS", 3)
    with pytest.raises(ExtractorError, match="write duckdb, csv or parquet"):
        written(tmp_path / "r.xlsx", records)
    assert list(tmp_path.iterdir()) == []


def test_a_number_too_long_for_a_column_is_null_and_named(records: list[AnyRecord], tmp_path: Path) -> None:
    amount = next(r for r in records if isinstance(r, Amount))
    giant = amount.model_copy(update={"value": Decimal("1" * 27), "id": "giant-1"})
    sink = ParquetFolder(tmp_path, TABLES)
    sink.write([amount, giant])
    sink.close()
    assert sink.left_null == ["giant-1"]
    values = polars.read_parquet(tmp_path / "amounts/*.parquet")["value"].to_list()
    assert values == [amount.value, None]


@pytest.mark.parametrize("name", ["r.parquet", "r.csv", "r.duckdb", "r.jsonl.gz"])
def test_a_failure_leaves_nothing_behind(records: list[AnyRecord], tmp_path: Path, name: str) -> None:
    def interrupted() -> Iterator[AnyRecord]:
        yield from records
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), sink_for(tmp_path / name, form_of(name, None)) as sink:
        sink.write(interrupted())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(records: list[AnyRecord], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ExtractorError, match="not empty"), sink_for(tmp_path, "csv") as sink:
        sink.write(records)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("name", "stated", "form"),
    [("a.jsonl", None, "jsonl"), ("a.JSONL.GZ", None, "jsonl"), ("a", "csv", "csv"), ("a.xlsx", "jsonl", "jsonl")],
)
def test_forms_by_name(name: str, stated: str | None, form: str) -> None:
    assert form_of(name, stated) == form


@pytest.mark.parametrize(("name", "stated"), [("out", None), ("a.xls", None), ("a.csv", "xml")])
def test_forms_unknown(name: str, stated: str | None) -> None:
    with pytest.raises(ExtractorError, match="jsonl, parquet, csv, duckdb, xlsx"):
        form_of(name, stated)


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("1992", (1992, 1, 1), (1992, 12, 31)),
        ("2004-02", (2004, 2, 1), (2004, 2, 29)),
        ("1996-08-03/1996-08", (1996, 8, 3), (1996, 8, 31)),
    ],
)
def test_days(iso: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert (day(iso), day(iso, last=True)) == (datetime.date(*first), datetime.date(*last))


def test_a_day_that_no_calendar_has() -> None:
    assert day("2001-02-30") is None


def test_what_is_no_record_is_told_with_its_line(tmp_path: Path, lines: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(lines.read_bytes().splitlines(keepends=True)[0] + b'\n{"kind": "amount"}\n')
    with pytest.raises(ExtractorError, match=r"line 3 of .*mixed\.jsonl"):
        list(read_records(str(path)))


def test_a_broken_packing_is_told(tmp_path: Path) -> None:
    (tmp_path / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00")
    with pytest.raises(ExtractorError, match="can't be read"):
        list(read_records(str(tmp_path / "cut.jsonl.gz")))


def test_the_same_bytes_pack_to_the_same_bytes(tmp_path: Path, records: list[AnyRecord]) -> None:
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        with opened(tmp_path / name, "wb") as stream:
            JsonLines(stream).write(records)
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()
