"""Web pages: their text in order and their tables, without scripts, styles, menus and footers."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from extractor.errors import DocumentError
from extractor.readers.assembly import Assembly, one_line, seam, whole
from extractor.readers.registry import Reader, Sample
from extractor.readers.source import Hints, Problem, SourceText
from extractor.readers.tables import Cell, laid_out
from extractor.text.decode import decode

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.IGNORECASE)
_WESTERN = re.compile(rb"(?:iso-?8859|latin|windows-125|cp125|us-ascii)", re.IGNORECASE)
_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_AS_SET = str.maketrans({"\r": "", "\n": "\v", " ": "\xa0", "\t": "\xa0" * 4})
"""Preformatted text keeps its lines and gaps."""
_NOT_SHOWN = frozenset(
    {"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "math", "select", "option"}
    | {"textarea", "button", "input", "audio", "video", "map", "canvas", "applet", "frameset", "-comment", "-doctype"}
)
_AROUND = frozenset({"nav", "footer", "aside", "menu", "dialog"})
"""What stands around the text of a page: menus, footers, adverts."""
_BLOCKS = frozenset(
    {"html", "body", "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"}
    | {"li", "dl", "dt", "dd", "blockquote", "center", "form", "fieldset", "legend", "figure", "figcaption", "address"}
    | {"details", "summary", "pre", "hr", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "table"}
)
_FRAMES_NAMED = 5
_LONGEST_CELL = 400
_DEEPEST_TABLE = 40
_DEEPEST_MENU = 60
"""Elements deep that menus are looked for: it takes a look at all that is inside an element."""
_MOSTLY_LINKS = 0.7
_FEWEST_LINKS = 3

Table: TypeAlias = list[list[str]]
"""The rows of a table, laid out."""


def read(data: bytes, hints: Hints) -> SourceText:
    """The text that a browser would show, menus left out; tables of data as rows with tabs."""
    from selectolax.lexbor import LexborHTMLParser

    text, encoding = _decoded(data, hints.encoding)
    page = LexborHTMLParser(text.replace("\0", ""))
    assembly = Assembly()
    body = page.body or page.root
    if body is not None:
        for line in _lines(body, 0):
            if isinstance(line, str):
                assembly.line(line)
            else:
                assembly.table(line)
    problems = () if assembly.length else tuple(_frames(page))
    return SourceText(assembly.text(), "text/html", encoding, cells=tuple(assembly.cells), problems=problems)


def _frames(page: LexborHTMLParser) -> Iterator[Problem]:
    """What to tell about a page without text that only puts others into frames."""
    named = [whole(src) for frame in page.css("frame, iframe") if (src := frame.attributes.get("src"))]
    if named:
        told = f"a page of frames, whose text is in other files: give {', '.join(named[:_FRAMES_NAMED])} as well"
        yield Problem("unsupported_type", told)


def _decoded(data: bytes, given: str | None) -> tuple[str, str]:
    """The page as text: a byte order mark or valid UTF-8 is believed before what the page says of itself."""
    declared = _DECLARED.search(data[:4096])
    if given is None and declared is not None and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-8-sig"), "utf-8"
        except UnicodeDecodeError:
            pass
        with contextlib.suppress(DocumentError):  # it may say what it is not
            if _WESTERN.match(declared[1]):  # any bytes are valid in these, and editors put them in by themselves
                return _read_as(data, None)
        with contextlib.suppress(DocumentError):
            return _read_as(data, declared[1].decode("ascii"))
    return _read_as(data, given)


def _read_as(data: bytes, encoding: str | None) -> tuple[str, str]:
    decoded = decode(data, encoding)
    return decoded.text, decoded.encoding


def _lines(node: LexborNode, depth: int) -> Iterator[str | Table]:
    """Lines of text and tables inside ``node``, in order."""
    inline: list[str] = []
    for piece in _pieces(node, depth):
        if isinstance(piece, str):
            inline.append(piece)
            continue
        yield from _ended(inline)
        if piece is not None:
            yield piece
    yield from _ended(inline)


def _ended(inline: list[str]) -> Iterator[str]:
    raw = "".join(inline)
    inline.clear()
    for line in raw.split("\v"):  # \v: a break that the page asks for
        shown = _SPACE.sub(_space, line).replace("\xa0", " ").rstrip()
        if shown.strip():
            yield shown.lstrip(" ") if not shown.startswith("  ") else shown


def _space(match: re.Match[str]) -> str:
    return seam(match.string, match.start(), match.end()) if "\n" in match[0] else " "


def _pieces(node: LexborNode, depth: int) -> Iterator[str | Table | None]:
    """Text as strings, tables, and None where a block begins or ends; ``depth`` counts tables in tables.

    No recursion: old pages that close nothing nest hundreds of elements.
    """
    open_elements = [(node.iter(include_text=True), False, False)]
    while open_elements:
        children, is_block, preformatted = open_elements[-1]
        child = next(children, None)
        if child is None:
            open_elements.pop()
            if is_block:
                yield None
            continue
        tag = child.tag
        if tag == "-text":
            text = child.text_content or ""
            yield text.translate(_AS_SET) if preformatted else text
        elif tag == "br":
            yield "\v"
        elif tag is None or tag in _NOT_SHOWN or tag in _AROUND:
            continue
        elif tag == "table" and depth < _DEEPEST_TABLE:
            yield None
            yield from _table(child, depth + 1)
            yield None
        elif tag not in _BLOCKS:
            open_elements.append((child.iter(include_text=True), False, preformatted))
        elif len(open_elements) > _DEEPEST_MENU or not _is_menu(child, tag):
            yield None
            open_elements.append((child.iter(include_text=True), True, preformatted or tag == "pre"))


def _is_menu(node: LexborNode, tag: str) -> bool:
    """Whether a list or block is nothing but links to other pages."""
    if tag not in ("ul", "ol", "div", "dl"):
        return False
    links = node.css("a")
    if len(links) < _FEWEST_LINKS:
        return False
    linked = sum(len(link.text().strip()) for link in links)
    return linked >= _MOSTLY_LINKS * max(1, len(_SPACE.sub("", node.text())))


def _table(table: LexborNode, depth: int) -> Iterator[str | Table | None]:
    """A table of data; of one that only lays out the page, the content of its cells as blocks."""
    rows = [row for row in table.css("tr") if _table_of(row) == table]
    if any(inner != table for inner in table.css("table")) or any(
        len(cell.text()) > _LONGEST_CELL for row in rows for cell in _cells_of(row)
    ):
        for row in rows:
            for cell in _cells_of(row):
                yield None
                yield from _pieces(cell, depth)
        return
    caption = table.css_first("caption")
    if caption is not None:
        yield from _pieces(caption, depth)
        yield None
    yield list(laid_out([_cell(cell, depth) for cell in _cells_of(row)] for row in rows))


def _cell(cell: LexborNode, depth: int) -> Cell:
    lines = [line if isinstance(line, str) else "\n".join(map(" ".join, line)) for line in _lines(cell, depth)]
    attributes = cell.attributes
    return Cell(one_line("\n".join(lines)), _span(attributes.get("colspan")), _span(attributes.get("rowspan")))


def _cells_of(row: LexborNode) -> list[LexborNode]:
    return [child for child in row.iter() if child.tag in ("td", "th")]


def _table_of(row: LexborNode) -> LexborNode | None:
    parent = row.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent


def _span(stated: str | None) -> int:
    return int(stated) if stated and stated.isdecimal() and len(stated) < 4 else 1


def _is_page(sample: Sample) -> bool:
    return _OPENING.match(sample.head.removeprefix(b"\xef\xbb\xbf")) is not None


READER = Reader("html", frozenset({".html", ".htm", ".xhtml", ".shtml"}), read, _is_page)
