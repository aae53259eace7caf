"""Plain text in any encoding."""

from __future__ import annotations

from extractor.readers.registry import Reader
from extractor.readers.source import Hints, SourceText
from extractor.text.decode import decode


def read(data: bytes, hints: Hints) -> SourceText:
    """The text as it stands in the file."""
    decoded = decode(data, hints.encoding)
    return SourceText(decoded.text, encoding=decoded.encoding)


READER = Reader("text", frozenset({"", ".txt", ".text", ".md"}), read, isolated=False)
