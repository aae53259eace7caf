"""Text that was once read in a wrong encoding, put right, but only what then reads as everyday Chinese.

The ways are our own, though ftfy undoes two of them: it gives no offsets and knows nothing of GBK and Big5.
"""

from __future__ import annotations

from extractor.text.alignment import Edit
from extractor.text.repair import big5_as_gbk, gbk_as_western, utf8_as_gbk, utf8_as_western
from extractor.text.repair.lines import numbered
from extractor.text.repair.unusual import unusual
from extractor.text.repair.western import ACCENTED

_WESTERN = (gbk_as_western, utf8_as_western)
_CHINESE = (utf8_as_gbk, big5_as_gbk)


def put_right(text: str) -> list[Edit]:
    """Edits that read the misread stretches again. A line that one way puts right is left alone by the later ones."""
    edits: list[Edit] = []
    for way in (*_WESTERN, *_CHINESE) if ACCENTED.search(unusual(text)) else _CHINESE:
        found = way.read_again(text)
        if edits and found:
            line = numbered(text)
            taken = {line(edit.start) for edit in edits}
            found = [edit for edit in found if line(edit.start) not in taken]
        edits += found
    return sorted(edits)
