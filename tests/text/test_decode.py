"""Every encoding that reports come in, told right or refused with the remedy."""

from __future__ import annotations

import codecs

import pytest

from extractor.errors import DocumentError
from extractor.text.decode import decode

PLAIN = "全县受灾人口3.5万人，倒塌房屋120间。\r\n直接经济损失4.5亿元。\n"
TRADITIONAL = "全縣受災人口3.5萬人，倒塌房屋120間，損失4.5億元。\n"


@pytest.mark.parametrize(
    ("data", "encoding", "how"),
    [
        (PLAIN.encode(), "utf-8", "valid"),
        (codecs.BOM_UTF8 + PLAIN.encode(), "utf-8", "mark"),
        (codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"), "utf-16-le", "mark"),
        (codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), "utf-16-be", "mark"),
        (PLAIN.encode("utf-16-le"), "utf-16-le", "detected"),
        (PLAIN.encode("utf-16-be"), "utf-16-be", "detected"),
        (PLAIN.encode("gb18030"), "gb18030", "detected"),
    ],
)
def test_encodings(data: bytes, encoding: str, how: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.how) == (PLAIN, encoding, how)


def test_big5() -> None:
    decoded = decode(TRADITIONAL.encode("big5"))
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, "big5")
    assert decode(TRADITIONAL.encode("gbk")).text == TRADITIONAL


@pytest.mark.parametrize("text", ["受灾人口", "倒塌房屋120间", "死亡2人", "拨付救灾款", "县民政局关于旱情的报告"])
def test_short_texts_in_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize("name", ["gb2312", "GBK", "gb18030"])
def test_the_encoding_that_the_caller_names(name: str) -> None:
    decoded = decode("朱镕基〇".encode("gb18030"), name)
    assert (decoded.text, decoded.encoding, decoded.how) == ("朱镕基〇", "gb18030", "given")


@pytest.mark.parametrize(
    ("data", "encoding", "code", "says"),
    [
        (b"\xd6\xd0", "utf-8", "undecodable", "--encoding"),
        (b"abc", "klingon", "undecodable", "klingon"),
        (b"abc", "rot13", "undecodable", "--encoding"),
        (b"\xff\xff\xff\xff\xfe", None, "undecodable", "--encoding"),
        (b"PK\x03\x04\x14\x00", None, "unsupported_type", "ZIP"),
        (b"%PDF-1.7\n", None, "unsupported_type", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", None, "unsupported_type", "Office"),
        (bytes(range(256)) * 8, None, "unsupported_type", "binary"),
        ("灾".encode() + b"\xed\xa0\x80", "utf-8", "undecodable", "offset 3"),
        (b"+2AA-", "utf-7", "undecodable", "--encoding"),
    ],
)
def test_refusals(data: bytes, encoding: str | None, code: str, says: str) -> None:
    with pytest.raises(DocumentError, match=says) as refusal:
        decode(data, encoding)
    assert refusal.value.code in (code, "invalid_text")


def test_characters_stay_as_they_came() -> None:
    assert decode(b"a\0b\r\nc\r").text == "a\0b\r\nc\r"
    assert decode(b"").text == ""
