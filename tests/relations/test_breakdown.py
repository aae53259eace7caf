"""Totals and their parts."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.records import Amount, Count


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(ner=False, kinds=["amount", "count"])


def parts(extractor: Extractor, text: str) -> list[tuple[str, str]]:
    """Each part of ``text`` with its total."""
    figures = {r.id: r for r in extractor.extract_text(text) if isinstance(r, Amount | Count)}
    return [(figure.text, figures[figure.part_of].text) for figure in figures.values() if figure.part_of]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # brackets
        ("投入900万元（其中县级400万元，乡级500万元）。", [("400万元", "900万元"), ("500万元", "900万元")]),
        ("设基金1亿元（市级6000万元、县级4000万元）。", [("6000万元", "1亿元"), ("4000万元", "1亿元")]),
        ("1074人死亡（含失踪127人）。", [("127人", "1074人")]),
        # 其中 in its sentence, or opening the next one
        ("倒塌房屋500间，其中学校20间。", [("20间", "500间")]),
        ("有学生5000人。其中，小学3000人，中学2000人。", [("3000人", "5000人"), ("2000人", "5000人")]),
        ("受伤19人，转移9496人，其中重伤3人。", [("3人", "9496人")]),
        ("隐患点386处，其中滑坡241处、沟98条、崩塌47处。", [("241处", "386处"), ("98条", "386处"), ("47处", "386处")]),
        ("死亡的57人中，有学生5人。", [("5人", "57人中")]),
        # until the sum is made, or another statement begins
        (
            "投入500万元，其中：省级300万元；市级120万元；县级80万元。",
            [(n, "500万元") for n in ("300万元", "120万元", "80万元")],
        ),
        (
            "受灾7457亩（其中：农作物4287亩、林木3170亩），成灾5089亩（其中：农作物1889亩）。",
            [("4287亩", "7457亩"), ("3170亩", "7457亩"), ("5089亩", "7457亩"), ("1889亩", "5089亩")],
        ),
        # a total that is not round is made up exactly: whatever is told in between
        (
            "工业65585万元，其中制造业40653万元，增长13.5%；建筑业24932万元，增长3.7%。",
            [("40653万元", "65585万元"), ("24932万元", "65585万元")],
        ),
        (
            "总产46695吨。其中，夏粮7327吨，增2.1%。秋粮39368吨，增0.8%。",
            [("7327吨", "46695吨"), ("39368吨", "46695吨")],
        ),
        (
            "低保25559人，其中城镇12533人，发放3277万元，农村13026人。",
            [("12533人", "25559人"), ("13026人", "25559人")],
        ),
        ("A县受灾300户，其中重灾100户；B县受灾200户，其中重灾50户。", [("100户", "300户"), ("50户", "200户")]),
        ("下拨300万元，其中民政100万元，新增产值200万元。", [("100万元", "300万元")]),
        ("受灾500户，其中重灾100户，发放救济款给300户。", [("100户", "500户")]),
        ("受伤136人，其中重伤9人，死亡1人。", [("9人", "136人")]),
        # parts of parts, and pairs
        (
            "投入900万元，其中省级500万元（其中扶贫300万元，水利200万元），市级400万元。",
            [("500万元", "900万元"), ("300万元", "500万元"), ("200万元", "500万元"), ("400万元", "900万元")],
        ),
        (
            "搬迁20户80人，其中甲乡8户30人，乙乡12户50人。",
            [("8户", "20户"), ("30人", "80人"), ("12户", "20户"), ("50人", "80人")],
        ),
        # proved by the sum
        ("投入500万元。一是修路投入200万元；二是架桥投入300万元。", [("200万元", "500万元"), ("300万元", "500万元")]),
        (
            "三乡分别投入10万元、20万元、30万元，共60万元。",
            [("10万元", "60万元"), ("20万元", "60万元"), ("30万元", "60万元")],
        ),
        # areas
        ("农作物受灾1200公顷，其中成灾800公顷，绝收300公顷。", [("800公顷", "1200公顷"), ("300公顷", "800公顷")]),
        ("农作物受灾42万亩，其中减产三成的18万亩，绝收的6万亩。", [("18万亩", "42万亩"), ("6万亩", "42万亩")]),
    ],
)
def test_parts(extractor: Extractor, text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(extractor, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "受灾500户，倒房300间。",
        "投入900万元，惠及3个村。",
        "有学生5000人（上年4800人）。",
        "发放救济粮500吨（合人民币30万元）。",
        "人均收入500元，其中投资300万元。",
        "全县有3所中学，1所小学，2所幼儿园。",
    ],
)
def test_no_parts(extractor: Extractor, text: str) -> None:
    assert parts(extractor, text) == []


def test_a_part_tells_why(extractor: Extractor) -> None:
    figures = [r for r in extractor.extract_text("救济500户，其中老人户200户，病残户150户。") if isinstance(r, Count)]
    reasons = [[(r.confidence, r.why) for r in figure.reasons if r.field == "part_of"] for figure in figures]
    assert reasons == [[], [], [("likely", "part_of.of_which")]]
