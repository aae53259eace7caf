"""A page's characters as lines in reading order: paragraphs joined, tables as rows with a tab between the cells.

Ruled tables are read by their lines; without lines a wide gap parts two cells. A line that reaches the right margin
goes on in the next one if that begins at the left margin. Two columns of prose are read one after the other.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from extractor.readers.cell_lines import joined
from extractor.readers.pdf_cells import TableRow, ruled_rows
from extractor.readers.pdf_glyphs import Glyph, Rulings
from extractor.readers.pdf_unruled import unruled_tables
from extractor.text.repair.lines import DATE_LINE, MARKER

_CELL_GAP = 1.5
"""Heights of a character from which a gap parts two cells of a table."""
_SAME_LINE = 0.45
"""The share of its height that a character may be written lower than the first of its line, as an index is."""
_ALIGNED_GAP = 0.5
"""The same where the rows above or below have a gap at the same place."""
_WORD_GAP = 0.25
_INDENTED = (1.2, 4.5)
_TERMINAL = tuple("。！？!?")
_SHORT_OF_MARGIN = 1.6
"""Characters that a full line may lack, for punctuation does not begin a line."""
_HANGING = 3
_ROOM_AT_PAGE_END = 3.0
_SHORTEST_FULL = 12
_LINE_SPACING = 3.0
_GUTTER_SHARE = 0.6
_GUTTER_PROSE = 9
"""Characters that both sides of a gutter have on the average if they are columns of prose, no table."""
_FEWEST_IN_COLUMNS = 8
INDENT = "\u3000\u3000"
_UNBROKEN = re.compile(r"[“‘（《〔【\[(]*(?:[!-~]+|.)[，。、；：！？％”’）》〕】\])]*")
_WORDS = re.compile("[A-Za-z][A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page: its text and where it begins and ends."""

    text: str
    left: float
    right: float
    middle: float
    size: float
    opening: float
    """How wide what stands first in it is that no line break may part: a number, a word, a character with its marks."""


class Margins(NamedTuple):
    """Where the lines of a page or a column begin and end."""

    left: float
    right: float


class Paragraph(NamedTuple):
    """A line of the page's text, and whether it may be one with what stands on the pages before and behind."""

    text: str
    may_go_on_from_above: bool = False
    may_go_on_below: bool = False


def lines_of(glyphs: Sequence[Glyph], rulings: Rulings, *, indents: bool = False) -> Iterator[Paragraph]:
    """The text of a page, paragraph by paragraph and row by row, in reading order.

    ``indents`` says that paragraphs of the document are indented, known from a page before.
    """
    shown = _once([glyph for glyph in glyphs if glyph.right > glyph.left])
    tables, free = ruled_rows(shown, rulings)
    unruled = _clustered(free)
    margins = _margins(unruled)
    pending: list[list[Glyph]] = []
    rows: list[TableRow | list[Glyph]] = [*tables, *unruled]
    for row in sorted(rows, key=lambda row: -(row.top if isinstance(row, TableRow) else row[0].middle)):
        if isinstance(row, TableRow):
            yield from _unruled(pending, margins, indents=indents)
            pending = []
            yield Paragraph("\t".join(joined(list(map(_cell_line, _clustered(cell)))) for cell in row.cells))
        else:
            pending.append(row)
    yield from _unruled(pending, margins, indents=indents)


def _unruled(rows: list[list[Glyph]], margins: Margins, *, indents: bool) -> Iterator[Paragraph]:
    """What stands outside of lines: prose, and tables whose cells take several lines or are empty."""
    begin = 0
    for table in unruled_tables(rows):
        yield from _prose(rows[begin : table.lines.start], margins, indents=indents)
        yield from map(Paragraph, table.rows)
        begin = table.lines.stop
    yield from _prose(rows[begin:], margins, indents=indents)


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs without those printed twice in nearly the same place to look bold."""
    kept: list[Glyph] = []
    places: set[tuple[str, int, int]] = set()
    for glyph in glyphs:
        x, y = round(glyph.left / 2), round(glyph.bottom / 2)
        around = {(glyph.text, x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
        if glyph.text.isspace() or places.isdisjoint(around) or glyph.size < 4:
            kept.append(glyph)
            places.add((glyph.text, x, y))
    return kept


def _clustered(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs on one height, from the top down, each row from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.base):
        row = rows[-1] if rows else None
        if row and row[0].base - glyph.base < _SAME_LINE * min(row[0].size, glyph.size):
            row.append(glyph)
        else:
            rows.append([glyph])
    in_order = (_spaces_folded(sorted(row, key=lambda glyph: glyph.left)) for row in rows)
    return [row for row in in_order if row]


def _spaces_folded(row: list[Glyph]) -> list[Glyph]:
    """The row with each space put before the character behind it; its width shows as a gap."""
    folded: list[Glyph] = []
    space = ""
    for glyph in row:
        if glyph.text.isspace() and glyph.text != "\u3000":
            space = " " if folded else ""
        else:
            folded.append(glyph._replace(text=space + glyph.text))
            space = ""
    return folded


def _prose(rows: list[list[Glyph]], margins: Margins, *, indents: bool) -> Iterator[Paragraph]:
    for column in _columns(rows):
        lines = list(map(_line, column, _aligned(column)))
        kept_to = margins if len(column) == len(rows) else _margins(column)
        yield from _paragraphs(lines, kept_to, indents=indents or any(_is_indented(line, kept_to) for line in lines))


def _columns(rows: list[list[Glyph]]) -> Iterator[list[list[Glyph]]]:
    """The rows as they are; or, where a gutter parts most of them into prose on both sides, column by column."""
    gutter = _gutter(rows)
    if gutter is None:
        yield rows
        return
    for across, group in itertools.groupby(rows, lambda row: any(g.left < gutter < g.right for g in row)):
        there = list(group)
        if across:
            yield there
            continue
        for side in (True, False):
            halves = [[glyph for glyph in row if (glyph.left < gutter) == side] for row in there]
            yield [half for half in halves if half]


def _gutter(rows: list[list[Glyph]]) -> float | None:
    """The x that parts two columns of prose, if there is one."""
    gaps = []
    for row in rows:
        wide = [
            (before.right, after.left)
            for before, after in itertools.pairwise(row)
            if after.left - before.right > _CELL_GAP * before.size
        ]
        if len(wide) == 1:
            gaps.append(wide[0])
    if len(gaps) < _FEWEST_IN_COLUMNS or len(gaps) < _GUTTER_SHARE * len(rows):
        return None
    gutter = median((left + right) / 2 for left, right in gaps)
    if sum(left < gutter < right for left, right in gaps) < 0.9 * len(gaps):
        return None
    sides = [sum((g.left < gutter) == side for row in rows for g in row) / len(gaps) for side in (True, False)]
    return gutter if min(sides) >= _GUTTER_PROSE else None


def _margins(rows: list[list[Glyph]]) -> Margins:
    """The margins that lines keep to; punctuation may hang beyond the right one."""
    if not rows:
        return Margins(0, 0)
    rights = [row[-1].right for row in rows]
    beside = _HANGING * median(row[0].size for row in rows)
    return Margins(min(row[0].left for row in rows), median(x for x in rights if x > max(rights) - beside))


def _aligned(rows: list[list[Glyph]]) -> list[frozenset[int]]:
    """For each row the glyphs before which a cell begins because the rows beside it have a gap there, too."""
    gaps = [
        {
            index: (before.right, after.left)
            for index, (before, after) in enumerate(itertools.pairwise(row), start=1)
            if after.left - before.right > _ALIGNED_GAP * before.size
        }
        for row in rows
    ]
    found: list[frozenset[int]] = [frozenset() for _ in rows]
    for index, (above, below) in enumerate(itertools.pairwise(gaps)):
        if above and len(above) == len(below):
            pairs = zip(above.values(), below.values(), strict=True)
            if all(max(one[0], other[0]) < min(one[1], other[1]) for one, other in pairs):
                found[index], found[index + 1] = frozenset(above), frozenset(below)
    return found


def _line(row: list[Glyph], cells: Collection[int]) -> Line:
    size = median(glyph.size for glyph in row)
    right = max(glyph.right for glyph in row)
    text = "".join(glyph.text.removeprefix(" ") for glyph in row)
    whole = _UNBROKEN.match(text)
    opening = row[min(whole.end(), len(row)) - 1].right - row[0].left if whole else 0.0
    return Line(_spaced(row, size, cells), row[0].left, right, row[0].middle, size, opening)


def _cell_line(row: list[Glyph]) -> str:
    return _spaced(row, median(glyph.size for glyph in row)).replace("\t", " ")


def _spaced(row: list[Glyph], size: float, cells: Collection[int] = ()) -> str:
    """The glyphs with a tab where a cell begins or the gap is wide, and a space for one as wide as between words."""
    parts: list[str] = []
    right = row[0].left
    for index, glyph in enumerate(row):
        gap = glyph.left - right
        if parts and (index in cells or gap > _CELL_GAP * size):
            parts.append("\t")
        elif parts and (gap > _WORD_GAP * size or glyph.text.startswith(" ")):
            parts.append(" ")
        parts.append(glyph.text.removeprefix(" "))
        right = max(right, glyph.right)
    return "".join(parts).rstrip()


def _paragraphs(lines: list[Line], margins: Margins, *, indents: bool) -> Iterator[Paragraph]:
    """Lines that go on in the next one joined to it; indents kept as two full-width spaces."""
    text = ""
    flush = False
    for line, following in itertools.zip_longest(lines, lines[1:]):
        if not text:
            flush = line.left < margins.left + 0.5 * line.size and "\t" not in line.text
            text = INDENT if _is_indented(line, margins) else ""
        text += line.text
        if following is not None and _goes_on(line, following, margins, indents=indents):
            text += between(line.text, following.text)
        else:
            may_go_on = _is_full(line, _ROOM_AT_PAGE_END * line.size, margins)
            yield Paragraph(text, flush, may_go_on and (indents or not line.text.endswith(_TERMINAL)))
            text = ""


def between(text: str, following: str) -> str:
    """What stands for a line break inside a paragraph: a space between two words of Latin letters."""
    return " " if _WORDS.fullmatch(text[-1:] + following[:1]) else ""


def _is_indented(line: Line, margins: Margins) -> bool:
    low, high = _INDENTED
    return low * line.size < line.left - margins.left < high * line.size and "\t" not in line.text


def _is_full(line: Line, room: float, margins: Margins) -> bool:
    """Whether a line leaves less than ``room`` to the right margin, so that what follows did not fit in it."""
    return (
        "\t" not in line.text
        and line.right > margins.right - max(room, _SHORT_OF_MARGIN * line.size)
        and line.right - line.left > _SHORTEST_FULL * line.size
    )


def _goes_on(line: Line, following: Line, margins: Margins, *, indents: bool) -> bool:
    return (
        _is_full(line, following.opening + 0.6 * line.size, margins)
        and "\t" not in following.text
        and following.left < margins.left + 0.5 * following.size
        and abs(line.size - following.size) < 0.15 * line.size
        and line.middle - following.middle < _LINE_SPACING * line.size
        and (not line.text.endswith(_TERMINAL) or (indents and not _opens(following.text)))
    )


def _opens(text: str) -> bool:
    """Whether a line that does not look indented begins a paragraph all the same."""
    return MARKER.match(text) is not None or DATE_LINE.fullmatch(text) is not None
