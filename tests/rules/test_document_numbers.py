"""发文字号 in every style of brackets, in chains, with titles and issuers beside them."""

from __future__ import annotations

import pytest

from extractor.patterns import load_patterns
from extractor.rules.document_numbers import DocumentNumberFinder

FINDER = DocumentNumberFinder(load_patterns())


def canonical(text: str) -> list[str]:
    return [number.canonical for number in FINDER.find(text)]


@pytest.mark.parametrize(
    "written",
    [
        "青政发〔2008〕4号",
        "青政发[2008]4号",
        "青政发［2008］4号",
        "青政发(2008)4号",
        "青政发（2008）4号",
        "青政发【2008】4号",
        "青政发﹝2008﹞4号",
        "青政发{2008}4号",
        "青政发<2008>4号",
        "青政发〈2008〉4号",
        "青政发《2008》4号",
        "青政发„2008‟4号",
        "青政发〔2008]4号",
        "青政发〔2008年〕4号",
        "青政发 〔 2008 〕 4 号",
        "青政发〔2008〕第004号",
        "青政发〔二〇〇八〕四号",
        "青政发（08）4号",
    ],
)
def test_brackets(written: str) -> None:
    assert canonical(f"按照{written}文件") == ["青政发〔2008〕4号"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # chains that share the agency, the year or both
        ("青发〔1991〕25、26号", ["青发〔1991〕25号", "青发〔1991〕26号"]),
        ("青发〔1991〕25号、26号和28号", ["青发〔1991〕25号", "青发〔1991〕26号", "青发〔1991〕28号"]),
        ("青发〔1991〕25号、省发〔1991〕7号", ["青发〔1991〕25号", "省发〔1991〕7号"]),
        ("青发〔1981〕57号和〔1982〕4号", ["青发〔1981〕57号", "青发〔1982〕4号"]),
        # before 1987
        ("（85）民救字第27号", ["民救字〔1985〕27号"]),
        ("青民字第12号", ["青民字第12号"]),
        # the code is cut from the text before it
        ("根据县人民政府青政发〔2008〕4号和省民政厅省民发〔2008〕5号", ["青政发〔2008〕4号", "省民发〔2008〕5号"]),
        # none
        ("住3号楼302号房", []),
        ("第3号议案", []),
        ("文号：12号", []),
        ("青政发〔2008〕4号楼", []),
        ("国务院令第491号、第12号令", []),
        ("（2008年修订）12号", []),
        ("第9号台风", []),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "《关于修渠的通知》（青政发〔2008〕4号）",
        "青政发〔2008〕4号《关于修渠的通知》",
        "青政发〔2008〕4号文件《关于修渠的通知》",
    ],
)
def test_title_beside(text: str) -> None:
    [number] = FINDER.find(text)
    assert number.title == "关于修渠的通知"


def test_issuer_before_its_code() -> None:
    [number] = FINDER.find("依照青山县人民政府青政发〔2008〕4号")
    assert number.issuer == "青山县人民政府"


@pytest.mark.parametrize("piece", ["〔1991〕", "25、", "青发〔1991〕25、", "字第1", "(", "《"])
def test_no_blow_up(piece: str) -> None:
    FINDER.find(piece * (100_000 // len(piece.encode())))
