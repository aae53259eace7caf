"""UTF-8 that was read as GBK: ``505涓囧厓`` was ``505万元``.

Three bytes of a Chinese character make one and a half characters of GBK, so that two of ours are three of theirs:
the first of these begins with E2–EF, the second ends with it. A run that holds such triples is read again; it is put
right only where it comes out as everyday Chinese. What the reader of GBK could not show is lost (the third byte of
every other run, the 80 of 一): it comes back where one character alone fits, else □ stands for it.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from extractor.text.alignment import Edit
from extractor.text.expression import expression
from extractor.text.repair.broken import GONE, settled
from extractor.text.repair.everyday import common, everyday, is_common
from extractor.text.repair.lines import numbered
from extractor.text.repair.lost_bytes import CONTINUES, Piece, Unit, read
from extractor.text.repair.unusual import unusual

_FIRST, _MIDDLE, _LAST = (
    bytes(itertools.chain.from_iterable(itertools.product(leads, trails))).decode("gb18030")
    for leads, trails in (
        ((*range(0xE2, 0xEA), 0xEF), CONTINUES),
        (CONTINUES[1:], (*range(0xE2, 0xEA), 0xEF)),
        (CONTINUES[1:], CONTINUES),
    )
)
_TRIPLES = expression(f"(?:[{_FIRST}][{_MIDDLE}][{_LAST}])+")
_PAIR = expression(f"[{_FIRST}][{_MIDDLE}]")
_YEAR = expression("(?:1[5-9]|20)[0-9]{2}骞[?\ufffd]")
"""2011年 and its like, which alone tells that a line was misread."""
_SHOWN = "\u00a4-\u0451\u2010-\u2642\u2e80-\u9fff\ue000-\uffe5"
"""The blocks that GBK has characters in; Greek and Cyrillic are among them."""
_RUN = expression(f"[{_SHOWN}€]+(?:[?\ufffd]+[{_SHOWN}€]*)*")
_SUSPECT = expression(f"[{_FIRST}][{_MIDDLE}](?:[{_LAST}]|(?<![{_SHOWN}€]..))")
"""Three characters that may be two of UTF-8, or two with which a run begins."""
_PRIVATE = expression("[\ue000-\uf8ff]")
"""What readers show for the codes of GBK that have no character: no byte of these is lost then."""
_SIGNS = "·×°±āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
"""What has two bytes in UTF-8 and stands in Chinese text, or in readings: as GBK it is one character, · is 路."""
_FIRSTS = frozenset(_FIRST)
_BEGINNING = _FIRSTS.union(sign.encode().decode("gbk") for sign in _SIGNS)
"""What a misread run begins with."""
_FEWEST = 4
"""Characters that a misread stretch has at least where sound text stands on both sides of it."""
_MOST_BROKEN = 1
"""Broken characters for every whole one."""


class _Run(NamedTuple):
    start: int
    text: str
    pieces: Sequence[Piece]

    @property
    def complete(self) -> bool:
        return bool(self.pieces) and self.pieces[-1].end == len(self.text)

    @property
    def whole(self) -> str:
        """The characters of which no byte is lost."""
        return "".join(one[0] for piece in self.pieces for one in piece.chars if len(one) == 1)

    @property
    def broken(self) -> int:
        return sum(len(one) > 1 for piece in self.pieces for one in piece.chars)

    @property
    def proved(self) -> bool:
        """Whether the run alone shows that it was misread."""
        letters = _beyond_ascii(self.whole)
        return (
            self.complete
            and _PAIR.search(self.text) is not None
            and len(letters) >= 2
            and self.broken <= _MOST_BROKEN * len(letters)
            and is_common(letters)
        )


def read_again(text: str) -> list[Edit]:
    """Edits for what was misread in ``text``: whole runs, short ones beside them, and stretches inside sound runs."""
    misread = not _FIRSTS.isdisjoint(unusual(text)) and _SUSPECT.search(text)
    if not misread and not ("骞" in text and _YEAR.search(text)):
        return []
    may_be_lost = _only_80 if _PRIVATE.search(text) else _without_code
    runs = [
        _Run(m.start(), m[0], read(_units(m[0]), may_be_lost) if m[0][0] in _BEGINNING else ())
        for m in _RUN.finditer(text)
    ]
    proved = [run for run in runs if run.proved]
    line = numbered(text)
    lines = {line(run.start) for run in proved} | {line(match.start()) for match in _YEAR.finditer(text)}
    sound = sum(len(run.text) for run in runs if not run.complete)
    everywhere = sum(len(run.text) for run in proved) > 2 * sound
    chosen: list[tuple[int, Sequence[Piece]]] = []
    for run in runs:
        if run.proved or (
            run.complete
            and (everywhere or line(run.start) in lines)
            and set(_beyond_ascii(run.whole)) <= common().union(_SIGNS)
        ):
            chosen.append((run.start, run.pieces))
        elif not run.complete:
            chosen += [(run.start + start, pieces) for start, pieces in _inside(text, run, may_be_lost)]
    return settled(text, chosen)


def _inside(text: str, run: _Run, may_be_lost: Callable[[int, int | None], bool]) -> Iterator[tuple[int, list[Piece]]]:
    """Misread stretches in a run that holds sound text as well: where they begin, and what they are."""
    position = 0
    while match := _TRIPLES.search(run.text, position):
        position = match.end()
        pieces: list[Piece] = []
        for piece in read(_units(run.text, match.start()), may_be_lost):
            if not set(_beyond_ascii("".join(one[0] for one in piece.chars if len(one) == 1))) <= common():
                break
            pieces.append(piece)
        letters = _beyond_ascii("".join(one[0] for piece in pieces for one in piece.chars if len(one) == 1))
        begins = match.start() == 0 and text[max(0, run.start - 1) : run.start].isascii()
        # One triple may be chance: it counts only behind a figure and the like, and as the commonest characters.
        if len(letters) >= _FEWEST or (begins and len(letters) >= 2 and set(letters) <= everyday()):
            yield match.start(), pieces
            position = max(position, match.start() + pieces[-1].end)


def _beyond_ascii(text: str) -> str:
    return "".join(char for char in text if char > "\x7f" and char != GONE)


def _units(run: str, start: int = 0) -> Iterator[Unit]:
    """The units of ``run``, one by one: a sound run ends with its first."""
    for place in range(start, len(run)):
        yield Unit(run[place], _codes(run[place]))


@functools.lru_cache(maxsize=65536)
def _codes(char: str) -> tuple[int, ...]:
    if char == "€":
        return (0x80,)  # in Windows' GBK, which the misreading programs used
    if char in "?\ufffd":
        return ()
    code = char.encode("gb18030")
    return tuple(code) if len(code) == 2 else (0xFF,)  # no byte of UTF-8: the run ends here


def _only_80(byte: int, following: int | None) -> bool:
    """Whether a reader of GBK that shows its private codes as well loses ``byte`` before ``following``."""
    return byte == 0x80 or following is None


@functools.lru_cache(maxsize=65536)
def _without_code(byte: int, following: int | None) -> bool:
    """The same for a reader that knows no more than the characters of GBK."""
    if following is None or byte == 0x80:
        return True
    try:
        bytes((byte, following)).decode("gbk")
    except UnicodeDecodeError:
        return True
    return False
