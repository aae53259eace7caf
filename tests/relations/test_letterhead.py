"""A document's own title, issuer, date and number."""

from __future__ import annotations

import pytest

from extractor.pipeline import Extractor
from extractor.records import Document

EXTRACTOR = Extractor(ner=False, kinds=["document_number"])

REPORT = """青山县民政局文件
青民发〔2011〕4号

青山县民政局关于灾民建房
情况的报告

县人民政府：
    现报告如下。

青山县民政局
二〇一一年三月五日
（此件公开发布）

附件：
东寨乡名单
西屯乡民政所
2010年1月2日
"""


def head(text: str) -> Document:
    document = EXTRACTOR.extract_text(text)[0]
    assert isinstance(document, Document)
    return document


def test_a_report() -> None:
    document, number = EXTRACTOR.extract_text(REPORT)
    assert isinstance(document, Document)
    assert (document.title, document.issuer, document.issued) == (
        "青山县民政局关于灾民建房情况的报告",
        "青山县民政局",
        "2011-03-05",
    )
    assert number.kind == "document_number"
    assert (number.title, number.issuer) == (document.title, "青山县民政局")


@pytest.mark.parametrize(
    ("text", "title", "issuer", "issued"),
    [
        (
            "2008年工作总结\n青山县抗震指挥部\n（2008年6月20日）\n一、概况\n",
            "2008年工作总结",
            "青山县抗震指挥部",
            "2008-06-20",
        ),
        (
            "青山县水利局关于旱情的报告\n——2003年10月8日\n正文。",
            "青山县水利局关于旱情的报告",
            "青山县水利局",
            "2003-10-08",
        ),
        (
            "关于修渠的通知\n各乡镇：\n正文。\n青山县水利局　2003年10月8日\n",
            "关于修渠的通知",
            "青山县水利局",
            "2003-10-08",
        ),
        (
            "青山县人民政府\n关于修渠的决定\n（2003年10月8日通过）\n正文。",
            "青山县人民政府关于修渠的决定",
            "青山县人民政府",
            "2003-10-08",
        ),
        ("修渠十年\n2003年10月8日 16:08:29\n正文。", "修渠十年", None, "2003-10-08"),
        ("修渠十年\n\n2003-10-08 16:08 来源：某网站\n正文。", "修渠十年", None, "2003-10-08"),
        ("旱情简讯\n新华社青山2003年10月8日电 正文。", "旱情简讯", None, "2003-10-08"),
        ("2003年10月8日，渠成。", None, None, None),
        ("2003年10月8日17:14\n修渠十年\n正文。", "修渠十年", None, "2003-10-08"),
        ("一、机构\n1986年，渠成。", None, None, None),
        (
            "2003年青山县政府工作报告\n2003年10月8日在青山县第九届人民代表大会第一次会议上\n各位代表：\n正文。",
            "2003年青山县政府工作报告",
            "青山县政府",
            "2003-10-08",
        ),
        ("", None, None, None),
    ],
)
def test_heads_and_feet(text: str, title: str | None, issuer: str | None, issued: str | None) -> None:
    document = head(text)
    assert (document.title, document.issuer, document.issued) == (title, issuer, issued)


def test_long_lines_stay_linear() -> None:
    head("2003年10月8日，渠成；" * 8000)
