"""Rich text (.rtf)."""

from __future__ import annotations

import re

from extractor.readers.assembly import whole
from extractor.readers.registry import Reader, Sample
from extractor.readers.source import Hints, SourceText

_CELL_ENDS = re.compile(r"\|(?=\n|$)")


def read(data: bytes, hints: Hints) -> SourceText:
    """The text, with tables as rows."""
    from striprtf.striprtf import rtf_to_text

    # RTF is ASCII: bytes beyond it are put in by programs that don't escape what they write in their code page.
    marked = data.decode(hints.encoding or "gb18030", "replace")
    text = rtf_to_text(marked, encoding="gb18030", errors="replace")  # type: ignore[no-untyped-call]
    rows = (_CELL_ENDS.sub("", line).replace("|", "\t") if line.endswith("|") else line for line in text.splitlines())
    return SourceText(whole("".join(f"{line}\n" for line in rows)), "application/rtf", "gb18030")


def _is_rtf(sample: Sample) -> bool:
    return sample.head.startswith(b"{\\rtf")


READER = Reader("rtf", frozenset({".rtf"}), read, _is_rtf)
