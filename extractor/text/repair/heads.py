"""Running heads and footers that fell into the text: one short line again and again, in the midst of sentences.

A line is taken for one only if it comes back often and far apart, the number in it (the page's) stays or grows by an
even step, and half of its places cut a sentence in two: a quarter will do where as many lines lie between all of
them, and none is needed where the line names its page, or counts from one such place to the next with a figure that
stands apart at its edge (松岭县志   3). Labels and headings that come back (责任单位：…, 附件1) stand
between sentences, so they stay.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from extractor.text.alignment import Edit
from extractor.text.expression import expression
from extractor.text.repair.lines import MARKER, TERMINAL, Line, is_row, split
from extractor.text.repair.pages import merged, whole_lines

FEWEST = 3
"""Places that a running head must have."""
APART = 5
"""Lines from one to the next, or so many times a line's width in characters where paragraphs are one line."""
APART_CHARACTERS = 200
EVEN = 3
"""By how many lines the stretches between its places may differ where a page has so many lines."""
LONGEST = 40
"""Characters of a head."""
SHORTEST_BODY = 10
"""Characters of a line that counts as body: less may be a heading or a cell."""
_HAN = expression("[\u4e00-\u9fff]")
_NUMBER = re.compile("[0-9]+")
_EDGE = expression(r"[0-9]{1,4}\s+[^\s0-9][^0-9]{3,}|(?!附|图|表|第)[^\s0-9][^0-9]{3,}\s+[0-9]{1,4}")
_PAGE = expression(r"第\s?[0-9]{1,4}\s?页")


def heads_removed(text: str) -> list[Edit]:
    """Edits that take running heads and footers away, with the blank lines around them."""
    if text.count("\n") < FEWEST * APART and len(text) < FEWEST * APART_CHARACTERS:
        return []
    lines = split(text)
    groups = list(_returning(lines))
    heads = frozenset(i for group in groups for i in group)
    removed = [i for group in groups if _proved(lines, group, heads) for i in group]
    return merged(whole_lines(text, lines[i].start, lines[i].end) for i in removed)


def _proved(lines: Sequence[Line], group: Sequence[int], heads: frozenset[int]) -> bool:
    if _PAGE.search(lines[group[0]].text):
        return True
    cuts = sum(_cuts(lines, i, heads) for i in group)
    gaps = [b - a for a, b in _pages(group)]
    even = len(gaps) >= FEWEST and min(gaps) >= 2 * APART and max(gaps) - min(gaps) <= EVEN
    return cuts * (4 if even else 2) >= len(group) or (even and _counts(lines, group))


def _counts(lines: Sequence[Line], group: Sequence[int]) -> bool:
    """Whether a figure at the edge of the line, apart from its words, is another one in each place."""
    figures = [_EDGE.fullmatch(lines[i].text.strip()) for i in group]
    return len({figure[0] for figure in figures if figure}) == len(group)


def _returning(lines: Sequence[Line]) -> Iterable[list[int]]:
    """Where each short line stands that comes back far apart, whatever its page number."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if len(line.text) <= LONGEST and _HAN.search(line.text) and not line.text.rstrip().endswith((":", "：")):
            places["".join(_NUMBER.sub("#", line.text).split())].append(i)
    for group in places.values():
        first = lines[group[0]].text
        if len(group) < FEWEST or (is_row(first) and not _PAGE.search(first)):
            continue
        pairs = _pages(group)
        apart = all(b - a >= APART or lines[b].start - lines[a].end >= APART_CHARACTERS for a, b in pairs)
        if apart and _paged([_NUMBER.findall(lines[i].text) for i in group]):
            yield group


def _pages(group: Sequence[int]) -> list[tuple[int, int]]:
    """From each place to the next, without the last page, which may end early."""
    return list(itertools.pairwise(group[:-1] if len(group) > FEWEST else group))


def _paged(numbers: Sequence[Sequence[str]]) -> bool:
    """Whether each number of the line is the same in all places, or grows from place to place by one step."""
    for column in zip(*numbers, strict=True):
        steps = {int(b) - int(a) for a, b in itertools.pairwise(column)}
        if len(steps) > 1 or min(steps) < 0:
            return False
    return True


def _cuts(lines: Sequence[Line], at: int, heads: frozenset[int]) -> bool:
    """Whether the line stands inside a sentence: the body above it ends open, the body below opens nothing."""
    above = _body(lines, range(at - 1, -1, -1), heads)
    below = _body(lines, range(at + 1, len(lines)), heads)
    if above is None or below is None or len(above.text.strip()) < SHORTEST_BODY:
        return False
    opens = below.text.startswith(("\u3000", "  ", "\t")) or MARKER.match(below.text)
    return not (above.text.rstrip()[-1] in TERMINAL or opens or is_row(above.text) or is_row(below.text))


def _body(lines: Sequence[Line], order: Iterable[int], heads: frozenset[int]) -> Line | None:
    return next((lines[i] for i in order if i not in heads and lines[i].text.strip()), None)
