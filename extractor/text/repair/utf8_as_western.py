"""UTF-8 that was read as Latin-1 or cp1252: ``å…¬å¸ƒ`` was ``公布``, also where that was misread once more."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator

from extractor.text.alignment import Edit, apply_edits
from extractor.text.expression import expression
from extractor.text.repair.broken import settled
from extractor.text.repair.everyday import common
from extractor.text.repair.lines import numbered
from extractor.text.repair.lost_bytes import Piece
from extractor.text.repair.western import BYTE_OF, UNSHOWN, between

_TRAIL = between(0x80, 0xBF)
_THREE = expression(f"[{between(0xE2, 0xEF)}][{_TRAIL} \ufffd]{{2}}")
_SIGN = expression("Ã—|Â[·°±\u00a0]")
_RUN = expression(f"[{between(0x80, 0xFF)}]{{4,}}")
_CHAR = expression(f"[{between(0xC2, 0xDF)}][{_TRAIL}]|[{between(0xE0, 0xEF)}][{_TRAIL}]{{2}}")
_CHINESE = expression("[·×°±\u2010-\u266f\u3000-\u303f\u30fb\u3400-\u9fff\ufe30-\ufe6b\uff01-\uff5e]")
_MARKS = frozenset("“”‘’–—…·•«»°±\u00a0 ")
"""What may stand behind a letter with an accent in any text."""
_ENOUGH = 2
_DEEPEST = 3
"""So many times a text may have been misread, one upon the other."""


def read_again(text: str) -> list[Edit]:
    """Edits for what was misread in ``text``; a broken character counts beside whole ones in its line.

    >>> from extractor.text.alignment import apply_edits
    >>> [apply_edits(line, read_again(line))[0] for line in ("å…¬å¸ƒ", "Ã¥â€¦Â¬Ã¥Â¸Æ’", "naïve café")]
    ['公布', '公布', 'naïve café']
    """
    edits = [
        edit._replace(start=edit.start + run.start(), end=edit.end + run.start())
        for run in _RUN.finditer(text)
        for edit in _more_than_once(run[0])
    ]
    taken = {place for edit in edits for place in range(edit.start, edit.end)}
    found = [match for match in _THREE.finditer(text) if taken.isdisjoint(match.span())]
    line = numbered(text)
    proofs = Counter(line(m.start()) for m in found for _ in range(_weight(m[0])))
    lines = {number for number, weight in proofs.items() if weight >= _ENOUGH}
    beside = [m for m in (*found, *_SIGN.finditer(text)) if line(m.start()) in lines and m.start() not in taken]
    pieces = [
        Piece(match.start(), match.end(), (readings,))
        for match in sorted(beside, key=re.Match.start)
        if (readings := tuple(char for char in _readings(match[0]) if char == " " or _CHINESE.fullmatch(char)))
    ]
    return edits + settled(text, _side_by_side(pieces))


def _weight(shown: str) -> int:
    """How much three characters prove: ``é—…`` may stand in a French sentence."""
    if _char(shown) not in common():
        return 0
    return 1 if _MARKS.issuperset(shown[1:]) else _ENOUGH


def _side_by_side(pieces: list[Piece]) -> list[tuple[int, list[Piece]]]:
    """The pieces in stretches without anything between."""
    stretches: list[tuple[int, list[Piece]]] = []
    for piece in pieces:
        if stretches and stretches[-1][1][-1].end == piece.start:
            stretches[-1][1].append(piece)
        else:
            stretches.append((0, [piece]))
    return stretches


def _readings(shown: str) -> Iterator[str]:
    """What three characters, or the two of a sign, may have been."""
    # A space that does not break is often made one that does.
    choices = [UNSHOWN if char == "\ufffd" else (0xA0,) if char == " " else (BYTE_OF[char],) for char in shown]
    return (_decoded(bytes(data)).replace("\u00a0", " ") for data in itertools.product(*choices))


def _more_than_once(run: str, depth: int = 2) -> list[Edit]:
    """Edits for a run that was misread, written out, and misread again."""
    once = [Edit(m.start(), m.end(), char) for m in _CHAR.finditer(run) if (char := _char(m[0])) in BYTE_OF]
    if sum(edit.end - edit.start for edit in once) < len(run):
        return []
    between_both, first = apply_edits(run, once)
    edits = [Edit(m.start(), m.end(), char) for m in _CHAR.finditer(between_both) if (char := _char(m[0]))]
    true, second = apply_edits(between_both, edits)
    if not all(map(_CHINESE.fullmatch, true)):
        edits = _more_than_once(between_both, depth + 1) if depth < _DEEPEST else []
        true, second = apply_edits(between_both, edits)
    blocks = first.then(second).blocks if edits else ()
    return [Edit(b.old_start, b.old_end, true[b.new_start : b.new_end]) for b in blocks]


@functools.lru_cache(maxsize=65536)
def _char(shown: str) -> str:
    """The one character that ``shown`` was, empty where it is none."""
    return _decoded(bytes(BYTE_OF[char] for char in shown)) if BYTE_OF.keys() >= set(shown) else ""


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
