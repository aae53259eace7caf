"""Facts as rows."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from decimal import Decimal

import pytest

from extractor.archive.fact_table import Wanted, columns, division_name, fact_rows
from extractor.pipeline import Extractor
from extractor.records import AnyRecord

REPORT = """新平县民政局关于1998年“7·15”洪涝灾害的报告
1998年7月15日，我县发生“7·15”洪涝灾害，死亡3人，直接经济损失1.2亿元。
投入资金300万元（其中，县级财政200万元，群众自筹90万元，社会捐助15万元）。

新平县民政局
1998年8月1日
"""


@pytest.fixture(scope="module")
def records(extractor: Extractor) -> list[AnyRecord]:
    return extractor.extract_text(REPORT, path="新平.txt")


def test_a_row_holds_the_fact_and_what_its_document_says(records: list[AnyRecord]) -> None:
    rows = {row["raw"]: row for row in fact_rows(records)}
    dead = rows["3人"]
    assert {
        name: dead[name] for name in ("path", "issued", "division_code", "division_name", "indicator", "value")
    } == {
        "path": "新平.txt",
        "issued": "1998-08-01",
        "division_code": "530427",
        "division_name": "新平彝族傣族自治县",
        "indicator": "因灾死亡人口",
        "value": Decimal(3),
    }
    assert REPORT[dead["start"] : dead["end"]] == "3人"
    assert [row["id"] for row in rows.values() if row["caused_by"]] == [dead["id"], rows["1.2亿元"]["id"]]
    assert rows["200万元"]["part_of"] == rows["300万元"]["id"]
    assert rows["300万元"]["failed_checks"] == ["sum_of_parts"]
    assert rows["300万元"]["flags"] == ["arithmetic_mismatch"]
    assert rows["1.2亿元"]["failed_checks"] is None


def test_every_row_has_every_column(records: list[AnyRecord]) -> None:
    names = [column.name for column in columns()]
    assert len(set(names)) == len(names)
    assert all(list(row) == names for row in fact_rows(records))
    assert all(column.meaning for column in columns())


@pytest.mark.parametrize(
    ("wanted", "raws"),
    [
        (Wanted(kinds={"count"}), ["3人"]),
        (Wanted(fields={"role": {"loss"}, "status": ()}), ["1.2亿元"]),
        (Wanted(fields={"indicator": {"因灾死亡人口"}}), ["3人"]),
        (Wanted(kinds={"amount"}, parts=False), ["1.2亿元", "300万元"]),
        (Wanted(kinds={"count"}, division="5304"), ["3人"]),
        (Wanted(division="5305"), []),
        (Wanted(kinds={"count"}, years=(1998, 1998)), ["3人"]),
        (Wanted(years=(1999, 2008)), []),
    ],
)
def test_what_is_wanted(records: list[AnyRecord], wanted: Wanted, raws: list[str]) -> None:
    assert [row["raw"] for row in fact_rows(records, wanted)] == raws


def test_documents_are_kept_apart(extractor: Extractor, records: list[AnyRecord]) -> None:
    others = extractor.extract_text("受灾12户", path="b.txt")
    rows = list(fact_rows([*records, *others]))
    assert (rows[-1]["path"], rows[-1]["division_code"], rows[-1]["year"]) == ("b.txt", None, None)


def test_an_error_makes_no_row(extractor: Extractor) -> None:
    assert list(fact_rows(extractor.extract_bytes(b"%PDF-1.7", path="a.pdf"))) == []


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("530427", 1998, "新平彝族傣族自治县"),
        ("530427", None, "新平彝族傣族自治县"),
        ("530427001", 1998, None),
        ("999999", 1998, None),
    ],
)
def test_division_name(code: str, year: int | None, name: str | None) -> None:
    assert division_name(code, year) == name


def test_memory_holds_one_document(figures_only: Extractor) -> None:
    made = figures_only.extract_text("受灾12户，" * 50)

    def archive(documents: int) -> Iterator[AnyRecord]:
        for number in range(documents):
            yield from (record.model_copy(update={"doc_id": str(number)}) for record in made)

    def peak(documents: int) -> int:
        tracemalloc.start()
        count = sum(1 for _ in fact_rows(archive(documents)))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == 50 * documents
        return most

    peak(2)
    assert peak(60) < 1.5 * peak(3)
