"""Lines of a table cut into cells, each with the place on the line by which its column is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from extractor.text.expression import expression

Mode = Literal["tab", "bar", "gap", "order"]
"""What parts the cells of a line: tabs, drawn bars, wide gaps; or single spaces and colons, where only order tells."""

NUMBER = re.compile(r"-?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
YEAR = re.compile(r"(?:19|20)\d\d")
_BAR = expression(r"[|│｜├┤┼┬┴┌┐└┘]")
_RULE = expression(r"[\s─━—–\-_=:]*")
_RULER = expression(r"[\s─━—–\-_+＋┼┬┴├┤┌┐└┘╋=|│｜:]+")
_PARTIAL_RULE = expression(r"[─━—]{2,}|-{3,}")
_GAP_CELL = expression(r"\S+(?:\s\S+)*")
_LABELLED = expression(r"(?P<label>[^：:]{1,30})[：:]\s?(?P<cell>[^：:]+)$")
_SPACED_ROW = expression(r"(?:\d{1,3} )?\S+(?: -?\d[\d.,，]*)+")
_NUMBERS_BEHIND = expression(rf"(?:^|\s)(?P<numbers>(?:{NUMBER.pattern})(?:\s(?:{NUMBER.pattern}))+)$")
_WIDE = frozenset("WFA")


class LineCell(NamedTuple):
    """A cell: its text stripped, where that stands, and from where to where the cell reaches on its line."""

    start: int
    end: int
    text: str
    left: float
    right: float
    rule: bool = False
    """Whether it is a piece of a rule that ends the cell above."""

    @property
    def is_number(self) -> bool:
        """Whether it holds nothing but a number."""
        return NUMBER.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of a table; empty cells are kept where tabs or bars show them."""

    start: int
    end: int
    mode: Mode
    cells: tuple[LineCell, ...]

    @property
    def ruled(self) -> bool:
        """Whether a rule runs through a part of it (│乡镇├───┬───┤)."""
        return any(cell.rule for cell in self.cells)

    @property
    def filled(self) -> list[LineCell]:
        """Its cells that hold something."""
        return [cell for cell in self.cells if cell.text]

    @property
    def numbers(self) -> list[LineCell]:
        """Its cells that hold a number."""
        return [cell for cell in self.cells if cell.is_number]


def is_ruler(line: str) -> bool:
    """Whether a line is nothing but a drawn rule.

    >>> is_ruler("├──┼──┤"), is_ruler("|---|:-:|"), is_ruler("│甲乡│")
    (True, True, False)
    """
    return _RULER.fullmatch(line) is not None


def cut(line: str, offset: int) -> TableLine:
    """A line of the text, which begins at ``offset``, as cells.

    >>> [cell.text for cell in cut("乡镇\\t\\t合计", 0).cells]
    ['乡镇', '', '合计']
    >>> [cell.text for cell in cut("│甲 乡│12.5│", 0).cells], [cell.text for cell in cut("甲乡   12.5  3", 0).cells]
    (['甲 乡', '12.5'], ['甲乡', '12.5', '3'])
    """
    end = offset + len(line)
    if "\t" in line:
        return TableLine(offset, end, "tab", tuple(_between(line, offset, re.compile("\t"))))
    stripped = line.strip()
    bars = len(_BAR.findall(stripped))
    if bars > 1 or (bars == 1 and _BAR.fullmatch(stripped[-1]) is None):
        cells = list(_between(line, offset, _BAR, drawn=True))
        return TableLine(offset, end, "bar", tuple(cells))
    if bars:  # 石羊乡 | : what is left of a table that lost its line
        line = line.replace(stripped[-1], " ")
        stripped = line.strip()
    gaps = list(_by_gaps(line, offset))
    if len(gaps) > 1:
        return TableLine(offset, end, "gap", tuple(gaps))
    return TableLine(offset, end, "order", tuple(_in_order(line, stripped, offset)))


def _in_order(line: str, stripped: str, offset: int) -> Iterator[LineCell]:
    """The cells of 财政：300 and of 甲乡 12.5 3; else the line as one cell."""
    lead = offset + len(line) - len(line.lstrip())
    labelled = _LABELLED.fullmatch(stripped)
    if labelled:
        cell = labelled["cell"].strip()
        start = lead + stripped.rfind(cell)
        yield LineCell(lead, lead + labelled.end("label"), labelled["label"], 0, 1)
        yield LineCell(start, start + len(cell), cell, 1, 2)
    elif _SPACED_ROW.fullmatch(stripped):
        for index, match in enumerate(re.finditer(r"\S+", stripped)):
            yield LineCell(lead + match.start(), lead + match.end(), match.group(), index, index + 1)
    elif stripped:
        yield LineCell(lead, lead + len(stripped), stripped, 0, 1)


def words(line: TableLine) -> list[LineCell]:
    """The words of a line that is one cell, as the headings of a table parted by single spaces."""
    if len(line.cells) != 1:
        return line.filled
    whole = line.cells[0]
    return [
        LineCell(whole.start + match.start(), whole.start + match.end(), match.group(), index, index + 1)
        for index, match in enumerate(re.finditer(r"\S+", whole.text))
    ]


def _between(line: str, offset: int, mark: re.Pattern[str], *, drawn: bool = False) -> Iterator[LineCell]:
    """The cells between marks; outside of the first and the last drawn bar there are none."""
    borders = [match.start() for match in mark.finditer(line)]
    if drawn:
        edges = ([] if line[: borders[0]].strip() == "" else [-1]) + borders
        edges += [] if line[borders[-1] + 1 :].strip() == "" else [len(line)]
    else:
        edges = [-1, *borders, len(line)]
    widths = _columns(line) if drawn else None
    for index in range(len(edges) - 1):
        low, high = edges[index] + 1, edges[index + 1]
        raw = line[low:high]
        text = raw.strip()
        rule = drawn and _RULE.fullmatch(raw) is not None and _PARTIAL_RULE.search(raw) is not None
        text = "" if rule else text
        start = offset + low + (raw.find(text) if text else 0)
        left, right = (widths[low], widths[high]) if widths else (index, index + 1)
        yield LineCell(start, start + len(text), text, left, right, rule)


def _by_gaps(line: str, offset: int) -> Iterator[LineCell]:
    widths = _columns(line)
    for match in _GAP_CELL.finditer(line):
        tail = _NUMBERS_BEHIND.search(match.group())
        cuts = [match.end()]
        if tail is not None:  # numbers stand closer together than words: 乡镇户数   (户)   2165270 2382584
            first = match.start() + tail.start("numbers")
            numbers = [first + number.start() for number in re.finditer(r"\S+", line[first : match.end()])]
            cuts = [*numbers, match.end()]
        start = match.start()
        for end in cuts:
            text = line[start:end].rstrip()
            if text:
                yield LineCell(
                    offset + start, offset + start + len(text), text, widths[start], widths[start + len(text)]
                )
            start = end


def _columns(line: str) -> list[int]:
    """How far from the line's begin each character stands, as a terminal shows it."""
    columns = [0]
    for character in line:
        columns.append(columns[-1] + (2 if unicodedata.east_asian_width(character) in _WIDE else 1))
    return columns
