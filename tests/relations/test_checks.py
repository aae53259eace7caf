"""What does not add up, or can't be, is reported; nothing is dropped."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.records import AnyRecord, Check

SIGNED = "\n某县民政局\n2011年12月8日\n"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(ner=False)


def checks(records: list[AnyRecord]) -> list[tuple[str, bool, object, object]]:
    return [(r.name, r.passed, r.expected, r.found) for r in records if isinstance(r, Check)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "投入资金900.5万元（其中县级财政400.2万元，乡级财政300.1万元，群众自筹200.2万元）。",
            ("sum_of_parts", True, "9005000", "9005000"),
        ),
        ("受灾500户（其中甲村300户，乙村190户）。", ("sum_of_parts", False, "500", "490")),
        ("倒塌房屋500间，其中学校20间。", ("parts_within_total", True, "500", "20")),
        ("倒塌房屋500间，其中学校5200间。", ("parts_within_total", False, "500", "5200")),
        ("有村民500人，其中妇女300人，老人280人。", ("parts_within_total", True, "500", "300")),
        ("搬迁2197户8788人。", ("persons_per_household", True, "1–12", "4")),
        ("救济48户、900人。", ("persons_per_household", False, "1–12", "18.75")),
        ("农作物受灾1200公顷，成灾1300公顷。", ("nested_areas", False, "1200", "1300")),
        ("农作物受灾1200公顷，绝收300公顷。", ("nested_areas", True, "1200", "300")),
        ("受灾300人，死亡3人。", ("dead_within_affected", True, "300", "3")),
        ("2008年，全县死亡57人。全县共死亡59人。", ("stated_twice", False, "57", "59")),
        ("2008年，全县死亡57人。全县共死亡57人。", ("stated_twice", True, "57", "57")),
        ("拨救济款20万元（贰拾万元整）。", ("figures_match_words", True, "200000", "200000")),
        ("拨救济款86.5万元（大写：捌拾陆万元整）。", ("figures_match_words", False, "865000", "860000")),
        ("农民人均纯收入由1126元增加到2892万元。", ("unit_slip", False, None, "28920000")),
        ("2月30日开会。" + SIGNED, ("date_exists", False, None, "2011-02-30")),
        ("2011年8月14日滑坡，死亡3人。" + SIGNED, ("issued_after_facts", True, "2011-08-14", "2011-12-08")),
        ("2012年8月14日滑坡，死亡3人。" + SIGNED, ("issued_after_facts", False, "2012-08-14", "2011-12-08")),
        ("根据新政督〔2011〕4号文件。" + SIGNED, ("document_number_year", True, "2011", "2011")),
        ("根据新政督〔2012〕4号文件。" + SIGNED, ("document_number_year", False, "2011", "2012")),
    ],
)
def test_check(extractor: Extractor, text: str, expected: tuple[str, bool, str | None, str]) -> None:
    assert expected in [
        (name, passed, expects and str(expects), str(found))
        for name, passed, expects, found in checks(extractor.extract_text(text))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "投入约900万元（其中省级400万元，县级500万元）。",
        "受灾500户，倒房300间。",
        "投入900万元，惠及3个村。",
        "农民人均纯收入由1126元增加到2892元。",
        "甲县死亡57人。乙县死亡59人。",
        "救济48户，救济900人次。",
    ],
)
def test_no_check(extractor: Extractor, text: str) -> None:
    assert checks(extractor.extract_text(text)) == []


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("受灾500户（其中甲村300户，乙村190户）。", "arithmetic_mismatch"),
        ("救济48户、900人。", "implausible"),
        ("农民人均纯收入2892万元。", "implausible"),
    ],
)
def test_figures_of_a_failed_check_are_flagged(extractor: Extractor, text: str, flag: str) -> None:
    records = extractor.extract_text(text)
    [check] = [record for record in records if isinstance(record, Check)]
    assert not check.passed
    assert {r.id for r in records if flag in getattr(r, "flags", ())} == set(check.records)
