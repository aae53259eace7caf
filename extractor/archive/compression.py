"""Files that are packed by the suffix of their name: ``.gz``, ``.zst``."""

from __future__ import annotations

import contextlib
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Literal, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACKINGS = (".gz", ".zst")


@contextlib.contextmanager
def opened(path: Path, mode: Literal["rb", "wb"], name: str | None = None) -> Iterator[IO[bytes]]:
    """The bytes of ``path``, packed as ``name``, else its own name, says.

    What is written carries neither name nor time: the same bytes in give the same bytes out.
    """
    suffix = Path(name or path.name).suffix.lower()
    with path.open(mode) as stream:
        if suffix == ".gz":
            with gzip.GzipFile("", mode, fileobj=stream, mtime=0) as packed:
                yield cast("IO[bytes]", packed)
        elif suffix == ".zst":
            with zstd.ZstdFile(stream, mode) as packed:
                yield cast("IO[bytes]", packed)
        else:
            yield stream
