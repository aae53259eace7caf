"""Text that a command writes to standard output or to a file."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO


@contextlib.contextmanager
def text_output(output: str, *, mark: bool = False) -> Iterator[TextIO]:
    """Standard output for ``-``, or a file that appears when it is whole; ``mark`` says in it that it is UTF-8."""
    if output == "-":
        if mark:
            sys.stdout.write("\ufeff")
        yield sys.stdout
        return
    from extractor.archive.whole import telling_of, whole_file

    with whole_file(Path(output)) as part:
        with telling_of(Path(output)):
            stream = part.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="")
        with stream:
            yield stream
