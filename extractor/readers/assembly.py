"""Text put together line by line, with the places of pages and table cells kept as it grows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.readers.source import CellPlace
from extractor.readers.tables import addresses
from extractor.text.expression import expression

_BREAKS = expression(r"[ \t]*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")
_CJK = expression("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


class Assembly:
    r"""Collects lines and rows; rows are lines with a tab between cells, as the rules for tables expect them.

    >>> text = Assembly()
    >>> text.line("单位：万元"); text.row(["乡镇", "合计"]); text.row(["石羊乡", "18.2"], ["A2", "B2"])
    >>> text.text(), text.cells[-1]
    ('单位：万元\n乡镇\t合计\n石羊乡\t18.2\n', CellPlace(start=16, end=20, address='B2'))
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0
        self.cells: list[CellPlace] = []
        self.pages: list[int] = []
        self._tables = 0

    def line(self, line: str) -> None:
        """Add a line; breaks inside it stay."""
        self._add(f"{line}\n")

    def row(self, cells: Sequence[str], addresses: Sequence[str] = ()) -> None:
        """Add a row of a table: each cell on one line, without tabs. A text alone in the first cell is a line."""
        texts = [one_line(cell) for cell in cells]
        if not any(texts[1:]):
            texts = texts[:1]
        offset = self.length
        for text, address in zip(texts, addresses, strict=False):
            if text:
                self.cells.append(CellPlace(offset, offset + len(whole(text)), address))
            offset += len(whole(text)) + 1
        self._add("\t".join(texts) + "\n")

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """Add a table of a document that names no cells: it is ``table1``, ``table2`` … in the order of the text."""
        self._tables += 1
        for number, row in enumerate(rows, start=1):
            self.row(row, addresses(number, len(row), f"table{self._tables}"))

    def blank(self) -> None:
        """An empty line, unless there is one or nothing is above it."""
        if self._parts and self._parts[-1] != "\n":
            self._add("\n")

    def page(self) -> None:
        """A page begins here."""
        self.pages.append(self.length)

    def text(self) -> str:
        """All that was added."""
        return "".join(self._parts)

    def _add(self, text: str) -> None:
        text = whole(text)
        self._parts.append(text)
        self.length += len(text)


def whole(text: str) -> str:
    r"""``text`` with halves of surrogate pairs joined, or replaced where the other half is gone.

    >>> whole("受\ud83d灾")
    '受\ufffd灾'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def one_line(text: str) -> str:
    r"""A cell's text on one line: breaks between Chinese characters vanish, others become a space.

    >>> one_line("救灾\n资金"), one_line("GDP\n(%)"), one_line("a\tb")
    ('救灾资金', 'GDP (%)', 'a b')
    """
    stripped = text.strip()
    if "\n" in stripped or _BREAKS.search(stripped):
        stripped = _BREAKS.sub(lambda match: seam(stripped, match.start(), match.end()), stripped)
    return stripped.replace("\t", " ")


def seam(text: str, start: int, end: int) -> str:
    """What stands for the break at ``start:end``: nothing beside a Chinese character, else a space."""
    return "" if _CJK.match(text, start - 1) or _CJK.match(text, end) else " "
