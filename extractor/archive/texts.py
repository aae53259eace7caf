"""JSON Lines as an archive of texts: each line a document, in a field that the user names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from extractor.archive.documents import printable
from extractor.errors import DocumentError
from extractor.readers.members import BETWEEN
from extractor.readers.source import MEGABYTE

LINES = frozenset({".jsonl", ".ndjson"})
"""Endings of files that hold a text a line."""


@dataclass(frozen=True, slots=True)
class TextFields:
    """Where a line holds its text, and where its name, if it has one."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One line: the text and its name, or what is wrong with it."""

    name: str
    size: int
    text: str | None
    problem: DocumentError | None = None


def texts(
    stream: BinaryIO, name: str, fields: TextFields, largest: int, part: tuple[int, int] | None = None
) -> Iterator[Text]:
    """The texts of a stream of JSON Lines; of a part those of the lines that begin in it. Empty lines are passed over.

    A text without an id is named by the byte at which its line begins, ``file.jsonl!/@1048576``: that stays the same
    however the file is cut into parts.
    """
    start, end = part or (0, None)
    if start:
        stream.seek(start - 1)  # if that is an end of line, a line begins where the part does
        start += _pass_line(stream) - 1
    while end is None or start < end:
        line = stream.readline(largest + 1)
        if not line:
            return
        size = len(line)
        if size > largest and not line.endswith(b"\n"):
            size += _pass_line(stream)
            message = f"a line larger than {largest / MEGABYTE:g} MB; split it, or raise the limit with --max-size"
            yield Text(f"{name}{BETWEEN}@{start}", size, None, DocumentError("too_large", message))
        elif line.strip():
            yield _text(line, name, f"@{start}", fields)
        start += size


def _pass_line(stream: BinaryIO) -> int:
    """Read what is left of a line, a piece at a time; how many bytes that was."""
    size = 0
    while line := stream.readline(MEGABYTE):
        size += len(line)
        if line.endswith(b"\n"):
            break
    return size


def _text(line: bytes, name: str, place: str, fields: TextFields) -> Text:
    stated = f"{name}{BETWEEN}{place}"
    try:
        told: Any = json.loads(line)
    except ValueError as error:
        message = f"the line is no JSON ({error}); write one object a line, in UTF-8"
        return Text(stated, len(line), None, DocumentError("damaged", message))
    held = told if isinstance(told, dict) else {}
    if fields.id is not None and held.get(fields.id) is not None:
        stated = f"{name}{BETWEEN}{printable(str(held[fields.id]))}"
    text = held.get(fields.text)
    if not isinstance(text, str):
        known = ", ".join(list(held)[:8]) or "none"
        message = f"the line has no text in a field {fields.text!r}; its fields are {known}: give one with --text-field"
        return Text(stated, len(line), None, DocumentError("damaged", message))
    return Text(stated, len(line), text)
