"""Help texts with examples, and arguments that are a text, a file or standard input."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from extractor.errors import ExtractorError

_LONGEST_PATH = 1024


def examples(*lines: str, after: str = "") -> str:
    r"""Examples for the end of a help text; the \b keeps their lines as they are."""
    shown = "\n".join(["\b", "Examples 示例:", *(f"  $ {line}" for line in lines)])
    return f"{shown}\n\n\b\n{after}" if after else shown


def given(argument: str, encoding: str | None) -> str:
    """The text that an argument stands for: standard input for ``-``, a file if there is one, else itself.

    Raises ExtractorError where it reads like the name of a file that is not there.
    """
    if argument == "-":
        return decoded(sys.stdin.buffer.read(), "standard input", encoding)
    if is_file(argument):
        try:
            return decoded(Path(argument).read_bytes(), argument, encoding)
        except OSError as error:
            raise ExtractorError(f"can't read {argument}: {told(error)}") from error
    if _reads_like_a_file(argument):
        raise ExtractorError(
            f"there is no file {argument}; check the path. If that is the text itself, give it on standard input: -"
        )
    try:
        argument.encode()
    except UnicodeEncodeError as error:
        raise ExtractorError("the text given holds bytes that are no text here; put it in a file") from error
    return argument


def is_file(argument: str) -> bool:
    """Whether an argument names a file. Long texts are no paths, and some systems mind being asked."""
    try:
        return len(argument) <= _LONGEST_PATH and "\0" not in argument and Path(argument).is_file()
    except OSError:
        return False


def _reads_like_a_file(argument: str) -> bool:
    """Whether an argument ends as the files do that we read: such a text is a name with a slip."""
    from extractor.readers.registry import readable, suffix

    return len(argument) <= _LONGEST_PATH and "\n" not in argument and suffix(argument) in readable() - {""}


def told(error: OSError) -> str:
    """What a system says of a file, as part of a sentence."""
    return (error.strerror or str(error)).lower()


def decoded(data: bytes, name: str, encoding: str | None) -> str:
    """The source text of ``data``, by the rules of a run; ``name`` tells the format where the bytes don't."""
    from extractor.readers.opening import Opener

    try:
        return Opener(encoding=encoding).read(data, name).text
    except (ExtractorError, UnicodeDecodeError) as error:
        raise ExtractorError(f"{name}: {error}") from error


def known_encoding(encoding: str | None) -> str | None:
    """``encoding`` itself, if Python can decode text with it."""
    if encoding is None:
        return None
    try:
        with contextlib.suppress(UnicodeError):
            b"ab".decode(encoding)  # also refuses codecs that make no text, such as base64
    except (LookupError, ValueError) as error:
        raise ExtractorError(f"unknown encoding {encoding!r}; give one such as utf-8, gb18030, big5, utf-16") from error
    return encoding
