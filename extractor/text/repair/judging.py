"""Which reading of a break is believed: one that damage turns into the source again, and that nothing else rivals."""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.text.expression import expression
from extractor.text.fluency import Fluency, symbols
from extractor.text.gbk import damaged, replacements
from extractor.text.repair.lattice import GONE, Lattice, Written
from extractor.text.repair.pinyin import ANNOTATED
from extractor.text.repair.reading_on import LONGEST, Reader

SURE = 0.9
"""Probability from which a character that lost its trail byte is believed."""
SURE_OF_STEP = 0.95
"""The same for one that stands or has both its bytes: if it is another, so is all behind it."""
SURE_WITHOUT_LEAD = 0.98
"""The same for a character that lost its lead byte to a mark: it may be 。, and 。 may stand anywhere."""
SURE_OF_TWO = 0.995
"""The same for one of two characters that lost a byte each to one ``?``: the bytes left tell little of either. An ASCII
character left none; where it isn't believed it is reckoned a digit."""
POSSIBLE = 0.001
"""Probability from which a lost digit is reckoned with."""
TRIED = 24
"""Readings that are proved."""
NEGLIGIBLE = 1e-4
"""Share up to which a reading changes nothing."""
EFFORT, EFFORT_EACH = 200_000, 2
"""States and characters that may be weighed for a text, and for each of its characters: time grows with length only."""
REMEMBERED = 40, LONGEST + 20
"""Characters by which a break met before is known again: most breaks are short."""
_AHEAD = 12
"""Characters that are looked at behind the place where reading ends: a reading in brackets."""

_MISREAD = expression(r"\?[^?\n]{0,12}")
"""What may be out of step, and says nothing of the words that the text uses."""
_CENTURY = expression(r"(?<![0-9])(1[89]|20)[0-9]{2}(?![0-9])")


class Judged(NamedTuple):
    """What comes of a break, places counted from it."""

    end: int
    """Where the text is in step again for certain."""
    nodes: tuple[Written, ...]
    """The reading that is believed, □ for what isn't; empty where none is."""
    untouched: bool
    """Whether the text as it stands is the likeliest reading: there is no break."""
    digit: bool
    """Whether a digit may be lost."""


NOTHING = Judged(0, (), untouched=False, digit=True)


class Document:
    """A text, and what the whole of it tells about its breaks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.annotated: Mapping[str, str] = dict(ANNOTATED.findall(text))
        """The characters that are annotated in it, with their readings: the damage's own table."""
        self.centuries = frozenset(_CENTURY.findall(text))
        """The first two digits of the years in it."""
        self._judged: dict[tuple[str, str, str], Judged] = {}
        self._proofs: dict[frozenset[str], Mapping[bytes, bytes]] = {}

    @functools.cached_property
    def _reader(self) -> Reader:
        words = _MISREAD.sub("\n", ANNOTATED.sub(r"\1", self.text))
        return Reader(self.text, self.annotated, Fluency(symbols(words)))

    def judge(self, at: int, before: str, prefix: str) -> Judged:
        """The break at ``at``; ``before`` is the repaired text up to it, ``prefix`` its last character as it stands."""
        seen = symbols(("\n\n" + before)[-2:])
        for size in REMEMBERED:
            if found := self._judged.get((seen, prefix, self.text[at : at + size])):
                return found
        if self._reader.effort > EFFORT + EFFORT_EACH * len(self.text):
            return NOTHING
        place, lattice = self._reader.read(at, seen)
        judged = self._believed(lattice, prefix, self.text[at:place]) if lattice else NOTHING
        for size in REMEMBERED:
            if place - at <= size - _AHEAD:
                self._judged[seen, prefix, self.text[at : at + size]] = judged
                break
        return judged

    def _believed(self, lattice: Lattice, prefix: str, source: str) -> Judged:
        shares = lattice.shares()
        likeliest: list[Written] = []
        for share, path in itertools.islice(lattice.paths(), TRIED):
            if share < NEGLIGIBLE and likeliest:
                break
            if any(written.char == GONE for written in path):
                continue
            if _untouched(path) or self._proves(path, prefix, source):
                likeliest = likeliest or path
            else:
                for written in path:
                    shares[written] -= share
        whole = _whole(shares)
        digit = _digit(shares) > POSSIBLE * whole
        if not likeliest or self._strange(likeliest):
            return Judged(len(source), (), untouched=False, digit=digit)
        untouched = _untouched(likeliest)
        return Judged(len(source), () if untouched else _certain(likeliest, shares), untouched, digit)

    def _strange(self, nodes: Sequence[Written]) -> bool:
        """Whether bytes make characters that hardly any text has: read in a step that is not theirs."""
        knows = self._reader.fluency.knows
        return any(node.kind == "known" and not all(map(knows, symbols(node.char))) for node in nodes)

    def _proves(self, nodes: Sequence[Written], prefix: str, source: str) -> bool:
        """Whether the reading, damaged again, gives the source."""
        notes = frozenset(node.annotated for node in nodes if node.annotated)
        table = self._proofs.get(notes)
        if table is None:
            extra = {note[0]: note[1:] for note in notes}
            table = self._proofs[notes] = replacements({**self.annotated, **extra})
        true = ANNOTATED.sub(r"\1", prefix) + "".join(node.char for node in nodes)
        return damaged(true, table) == prefix + source


def _certain(likeliest: list[Written], shares: Mapping[Written, float]) -> tuple[Written, ...]:
    """``likeliest`` with □ for the guesses that others rival, or nothing where others rival the rest of it."""
    by_shape, by_char = defaultdict[object, float](float), defaultdict[object, float](float)
    for written, share in shares.items():
        by_shape[written.shape] += share
        by_char[written.shape, symbols(written.char)] += share
    whole = _whole(shares)
    chosen = []
    for written in likeliest:
        least = _least(written) * whole
        believed = by_char[written.shape, symbols(written.char)] > least
        if not believed and (written.kind in ("read", "known") or by_shape[written.shape] < SURE * whole):
            return ()
        if written.kind == "unknown" or not believed:
            written = written._replace(char="0" if written.kind == "eaten" else GONE)
        chosen.append(written)
    return tuple(chosen)


def _least(written: Written) -> float:
    if written.kind in ("read", "known"):
        return SURE_OF_STEP
    if written.kind == "eaten" or "trail" in (written.before, written.after):
        return SURE_OF_TWO
    return SURE_WITHOUT_LEAD if written.before == "in step" else SURE


def _whole(shares: Mapping[Written, float]) -> float:
    """The share of all readings that were not refuted: every reading begins with a character at the break."""
    first = (share for written, share in shares.items() if written.start == 0 and written.before == "in step")
    return max(1e-9, sum(first))


def _digit(shares: Mapping[Written, float]) -> float:
    """The share of the readings with a digit eaten."""
    return sum(share for written, share in shares.items() if written.kind == "eaten" and written.char == "0")


def _untouched(nodes: Sequence[Written]) -> bool:
    return all(node.kind == "read" for node in nodes)
