"""The whole way from bytes to records: over the sample corpus, the user's sample report and bad input."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor
from extractor.records import AnyRecord, Extracted
from extractor.text.decode import decode

ROOT = Path(__file__).parent.parent
REPORTS = sorted((ROOT / "corpus" / "reports").glob("*.txt"))
SEED = ROOT.parent / "shared" / "seed" / "report.txt"
needs_seed = pytest.mark.skipif(not SEED.is_file(), reason="the user's sample report is not beside this checkout")


@pytest.fixture(scope="module")
def reader() -> Extractor:
    return Extractor(ner=False)


def of_kind(records: list[AnyRecord], kind: str) -> list[Any]:
    return [record for record in records if record.kind == kind]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_record_stands_in_its_source(reader: Extractor, path: Path) -> None:
    data = path.read_bytes()
    records = reader.extract_bytes(data, path=path.name)
    source = decode(data).text
    document, *rest = records
    extracted = [record for record in rest if isinstance(record, Extracted)]
    assert extracted
    assert all(source[record.start : record.end] == record.raw for record in extracted)
    assert [record.start for record in extracted] == sorted(record.start for record in extracted)
    assert document.kind == "document"
    assert document.counts == Counter(record.kind for record in rest)
    assert len({record.id for record in records}) == len(records)
    ids = {record.id for record in records}
    assert all(part.part_of in ids for part in rest if getattr(part, "part_of", None))


def test_the_same_bytes_at_the_same_path_give_the_same_records(reader: Extractor) -> None:
    data = REPORTS[0].read_bytes()
    assert reader.extract_bytes(data, path="a.txt") == Extractor(ner=False).extract_bytes(data, path="a.txt")
    elsewhere = reader.extract_bytes(data, path="b.txt")
    assert elsewhere[0].doc_id != reader.extract_bytes(data, path="a.txt")[0].doc_id


def test_ids_do_not_depend_on_the_kinds_wanted(reader: Extractor) -> None:
    data = REPORTS[0].read_bytes()
    every = {record.id: record for record in reader.extract_bytes(data, path="a.txt")}
    amounts = Extractor(ner=False, kinds={"amount"}).extract_bytes(data, path="a.txt")[1:]
    assert amounts
    assert {record.kind for record in amounts} == {"amount"}
    assert all(every[record.id] == record for record in amounts)


def test_a_figure_behind_lost_bytes_has_no_value(reader: Extractor) -> None:
    records = reader.extract_text("全縣總?cè)丝?8.5萬人。")
    for count in of_kind(records, "count"):
        assert count.value is None
        assert "digit_may_be_lost" in count.flags


def test_an_impossible_day_is_reported_and_has_no_date(reader: Extractor) -> None:
    records = reader.extract_text("2010年2月30日，拨款5万元。")
    [date] = of_kind(records, "date")
    [check] = of_kind(records, "check")
    assert (date.date, date.flags) == (None, ("date_not_in_calendar",))
    assert (check.name, check.passed, check.found, check.records) == ("date_exists", False, "2010-02-30", (date.id,))


def test_parts_that_do_not_add_up_are_reported_and_kept(reader: Extractor) -> None:
    records = reader.extract_text("投入资金100万元（其中，县财政50万元，群众自筹48万元）。")
    total, *parts = of_kind(records, "amount")
    [check] = of_kind(records, "check")
    assert [part.part_of for part in parts] == [total.id, total.id]
    assert (check.passed, check.expected, check.found) == (False, "1000000", "980000")
    assert all("arithmetic_mismatch" in amount.flags for amount in (total, *parts))


def test_a_text_with_half_a_surrogate_is_an_error_record(reader: Extractor) -> None:
    [error] = reader.extract_text("拨款5万元\ud800。")
    assert (error.kind, error.code) == ("error", "invalid_text")


@needs_seed
def test_the_sample_report_gives_every_figure_and_nothing_else(reader: Extractor) -> None:
    records = reader.extract_file(SEED)
    amounts = of_kind(records, "amount")
    wan = Decimal(10_000)
    assert [amount.value / wan for amount in amounts] == [
        Decimal(n) for n in ("45000", "14300.2", "4075", "85.12", "1612.51", "8527.57", "505", "564.87")
    ]
    assert [amount.role for amount in amounts] == ["loss", *["funding"] * 7]
    checks = {check.name: check for check in of_kind(records, "check")}
    assert all(check.passed for check in checks.values())
    check = checks["sum_of_parts"]
    assert (check.name, check.passed, check.expected) == ("sum_of_parts", True, "143002000")
    assert check.records == tuple(amount.id for amount in amounts[1:6])
    counts = {(count.value, count.unit, count.status) for count in of_kind(records, "count")}
    assert {
        (100_000, "人", "affected"),
        (57, "人", "dead"),
        (23, "人", "missing"),
        (67, "人", "injured"),
        (5530, "间", "damaged"),
        (2197, "户", "resettled"),
        (8788, "人", "resettled"),
    } <= counts
    assert {count.value for count in of_kind(records, "count")} == {
        100_000,
        57,
        23,
        67,
        5530,
        11,
        52,
        93,
        2197,
        8788,
        2,
        29,
        64,
    }
    assert [(d.name, d.date, d.place) for d in of_kind(records, "disaster")] == [
        ("6·2", "2001-06-02", None),
        ("8·14", "2002-08-14", None),
        ("8·7", "2005-08-07", "平掌"),
        ("8·4", "2007-08-04", "漠沙"),
        ("8·27", "2007-08-27", None),
    ]
    assert of_kind(records, "disaster")[-1].year_source == "inherited"
    codes = [disaster.division_code for disaster in of_kind(records, "disaster")]
    assert codes == [None, None, "530427205", "530427101", None]
    numbers = of_kind(records, "document_number")
    assert [number.canonical for number in numbers] == ["新政督〔2011〕4号", "玉发〔2009〕4号", "玉发〔2009〕4号"]
    assert numbers[1].issuer == "玉溪市委市人民政府"
    dates = {date.text: date for date in of_kind(records, "date")}
    assert (dates["2010年"].date, dates["2010年"].flags) == ("2010", ("digit_may_be_lost",))
    document = records[0]
    assert document.kind == "document"
    assert (document.issued, document.issuer, document.script) == ("2011-12-08", "新平县民政局", "traditional")
    assert document.division_code == "530427"


LINKED = """新平县民政局关于救灾工作的报告

县政府：
2007年8月4日，漠沙镇曼线村发生泥石流，县民政局、市民政局派人到漠沙镇。

新平县民政局
2007年9月1日
"""


def test_names_are_linked_by_the_document_that_they_stand_in() -> None:
    document, *records = Extractor().extract_text(LINKED)
    assert document.kind == "document"
    assert document.division_code == "530427"
    [disaster] = of_kind(records, "disaster")
    assert (disaster.place, disaster.division_code) == ("漠沙镇曼线村", "530427101")
    entities = of_kind(records, "entity")
    links = {e.name: (e.division_code, e.division_name, e.division_year) for e in entities if e.label == "place"}
    assert links["漠沙镇曼线村"] == (None, None, None)
    assert links["漠沙镇"] == ("530427101", "漠沙镇", 2023)
    bodies = {e.name: e.canonical for e in entities if e.label == "organization"}
    assert bodies["县民政局"] == "新平县民政局"
    assert bodies["市民政局"] == "玉溪市民政局"


def test_with_names_off_document_and_events_are_linked_still() -> None:
    document, *records = Extractor(ner=False).extract_text(LINKED)
    assert document.kind == "document"
    assert document.division_code == "530427"
    assert [disaster.division_code for disaster in of_kind(records, "disaster")] == ["530427101"]


def test_a_village_is_not_looked_for_where_its_people_came_from() -> None:
    text = "明初，李氏从新平县迁来建村，命村名漠沙。"
    assert not [r for r in Extractor().extract_text(text) if r.kind == "entity" and len(r.division_code or "") == 9]


def test_townships_listed_behind_their_county_lie_in_it() -> None:
    text = "昆明市及新平县漠沙、平掌、水塘等乡镇受灾。2007年9月1日，水塘干涸。"
    places = [r for r in Extractor().extract_text(text) if r.kind == "entity" and r.label == "place"]
    codes = {place.name: place.division_code for place in places if place.end < text.index("受灾")}
    assert {"新平县漠沙": "530427101", "平掌": "530427205", "水塘": "530427103"}.items() <= codes.items()
    assert not [place for place in places if place.start > text.index("受灾")]


def test_a_village_that_bears_its_townships_name_is_a_village() -> None:
    text = "新平县民政局简报\n2007年8月4日，漠沙、平掌两个乡镇受灾，水流经漠沙、水井湾等3个村。"
    places = [r for r in Extractor().extract_text(text) if r.kind == "entity" and r.name == "漠沙"]
    assert [place.division_code for place in places] == ["530427101", None]
