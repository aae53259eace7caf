"""Files that are packed by the suffix of their name: ``.gz``, ``.zst``."""

from __future__ import annotations

import contextlib
import gzip
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Literal, cast

from extractor.errors import ExtractorError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACKINGS = (".gz", ".zst")
_GZIP_LEVEL = 6


@contextlib.contextmanager
def opened(path: Path, mode: Literal["rb", "wb"], name: str | None = None) -> Iterator[IO[bytes]]:
    """The bytes of ``path``, packed as ``name``, else its own name, says."""
    with path.open(mode) as stream, packed(stream, mode, name or path.name) as content:
        yield content


@contextlib.contextmanager
def packed(stream: IO[bytes], mode: Literal["rb", "wb"], name: str) -> Iterator[IO[bytes]]:
    """A stream packed as ``name`` says, over one that stays open.

    What is written carries neither name nor time: the same bytes in give the same bytes out.
    """
    suffix = Path(name).suffix.lower()
    if suffix == ".gz":
        with gzip.GzipFile("", mode, _GZIP_LEVEL, fileobj=stream, mtime=0) as content:
            yield cast("IO[bytes]", content)
    elif suffix == ".zst":
        with zstd.ZstdFile(stream, mode) as content:
            yield cast("IO[bytes]", content)
    else:
        yield stream


@contextlib.contextmanager
def reading(name: str) -> Iterator[None]:
    """Tell a failure to read or unpack what an earlier run wrote. Raises ExtractorError."""
    try:
        yield
    except (OSError, EOFError, zlib.error, zstd.ZstdError) as error:
        raise ExtractorError(f"{name} can't be read ({error}); check that it is whole") from error
