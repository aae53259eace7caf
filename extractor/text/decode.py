"""Bytes to text, and how we know the encoding.

A mark decides, then valid UTF-8, then UTF-16 told by its zero bytes or its Chinese characters, then GB18030 or
Big5, told by how many of the characters that each reading gives are everyday ones.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Literal

from extractor.errors import DocumentError
from extractor.text.repair.everyday import everyday_share

_REMEDY = "give the right one with --encoding"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = {
    b"PK\x03\x04": "a ZIP archive (or a .docx, .xlsx, .epub)",
    b"%PDF-": "a PDF file",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office file (.doc, .xls, .ppt, .wps)",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip file",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
}
_SAMPLE = 65536
"""Bytes looked at to tell an encoding; the whole document must then be valid in it."""
_TELLING = _SAMPLE // 2
"""Characters of a reading that are looked at."""
_CHINESE = ("utf-8", "gb18030", "big5hkscs")
_LEAST_EVERYDAY = 0.1
"""Less than this share of everyday characters is no Chinese text."""
_LEAST_UNBROKEN = 50
"""For one broken character there must be this many whole ones."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a document and the encoding it was read with."""

    text: str
    encoding: str
    how: Literal["given", "mark", "valid", "detected"]
    """given: the caller named it; mark: byte order mark; valid: the bytes are valid UTF-8; detected: by statistics."""


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """``data`` as text, line ends as they came, a byte order mark left out.

    Raises DocumentError ``undecodable``, ``unsupported_type`` or ``invalid_text``.

    >>> decode("受灾3.5万人".encode("gb18030"))
    Decoded(text='受灾3.5万人', encoding='gb18030', how='detected')
    """
    if encoding is not None:
        return _given(data, encoding)
    _refuse_binary(data)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_text(data[len(mark) :], name, "its byte order mark says so"), name, "mark")
    if (wide := _utf_16_without_mark(data)) is not None:
        return Decoded(_text(data, wide, "it looks like it"), wide, "detected")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "valid")
    except UnicodeDecodeError:
        return _detected(data)


def _given(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except LookupError:
        message = f"no text encoding is called {encoding!r}; give --encoding utf-8, gb18030, big5, utf-16 or the like"
        raise DocumentError("undecodable", message) from None
    name = "gb18030" if name in ("gb2312", "gbk") else name  # its superset: files called GB2312 hold more than that
    text = _text(data, name, "as --encoding asks")
    return Decoded(text.removeprefix("\ufeff"), name, "given")


def _text(data: bytes, encoding: str, why: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"byte {data[error.start]:#04x} at offset {error.start}"
        message = f"the document was read as {encoding} ({why}), but {what} does not fit; {_REMEDY}"
        raise DocumentError("undecodable", message) from None
    return _checked(text, encoding)


def _checked(text: str, encoding: str) -> str:
    """``text``, if it can be written out again: some decoders let half of a surrogate pair through."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        message = f"read as {encoding}, the document has half a surrogate pair at offset {error.start}; {_REMEDY}"
        raise DocumentError("invalid_text", message) from None
    return text


def _refuse_binary(data: bytes) -> None:
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise DocumentError("unsupported_type", f"this is {what}, not plain text; convert it to text first")


def _utf_16_without_mark(data: bytes) -> str | None:
    """UTF-16 told by zero bytes on one side only, or by Chinese characters that come out in one byte order."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or len(data) % 2:
        return None
    high_last, high_first = sample[1::2], sample[::2]
    zeros_last, zeros_first = high_last.count(0), high_first.count(0)
    if not zeros_last and not zeros_first:
        # No ASCII at all, not even a line break: only a short all-Chinese text; valid UTF-8 and GBK are likelier.
        return None
    for name, zeros, others, high in (
        ("utf-16-le", zeros_last, zeros_first, high_last),
        ("utf-16-be", zeros_first, zeros_last, high_first),
    ):
        chinese = sum(high.count(byte) for byte in range(0x4E, 0xA0)) + high.count(0x30) + high.count(0xFF)
        if zeros > 4 * others and (zeros + chinese) * 10 >= 8 * len(high):
            return name
    return None


def _detected(data: bytes) -> Decoded:
    if data[:_SAMPLE].count(0) * 1000 > len(data[:_SAMPLE]):
        raise DocumentError("unsupported_type", "the file holds binary data (NUL bytes), not text; convert it to text")
    readings = {name: text for name in _CHINESE if (text := _nearly_valid(data, name)) is not None}
    name = max(readings, key=lambda name: everyday_share(readings[name][:_TELLING]), default="")
    if not name or everyday_share(readings[name][:_TELLING]) < _LEAST_EVERYDAY:
        return _by_charset_normalizer(data)
    plain = "big5" if name == "big5hkscs" and _valid(data, "big5") is not None else name
    return Decoded(_checked(readings[name], name), plain, "detected")


def _nearly_valid(data: bytes, encoding: str) -> str | None:
    """``data`` in ``encoding`` if all but a few broken characters fit; those become U+FFFD.

    A file cut off in the middle of a character, or with one bad byte, is still a file in its encoding.
    """
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    return text if broken * _LEAST_UNBROKEN <= sum(char > "\x7f" for char in text) or broken <= 1 else None


def _valid(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _by_charset_normalizer(data: bytes) -> Decoded:
    """The last resort: bytes that are valid in none of the encodings of Chinese that we expect."""
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    text = _valid(data, best.encoding) if best is not None else None
    if best is None or text is None or everyday_share(text[:_TELLING]) < _LEAST_EVERYDAY:
        message = f"the bytes are valid in none of UTF-8, UTF-16, GB18030 and Big5: the file is damaged, or {_REMEDY}"
        raise DocumentError("undecodable", message)
    return Decoded(_checked(text, best.encoding), best.encoding, "detected")
