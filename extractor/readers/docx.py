"""Word documents (.docx): paragraphs, tables, text boxes and notes, in the order of the document."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractor.readers.assembly import Assembly, one_line
from extractor.readers.office_zip import office_zip, parsed
from extractor.readers.registry import Reader, Sample
from extractor.readers.source import Hints, SourceText, damaged
from extractor.readers.tables import Cell, laid_out, repeated

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_WHAT = "Word document"
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "tblPr", "tcPr", "rt"})
"""Text that was deleted, code of fields, readings above characters, the second copy of text boxes for old programs."""
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_CODE = re.compile("[0-9A-Fa-f]{1,5}")
_OFF = frozenset({"0", "false", "off"})
_BLOCKS = frozenset({"p", "tbl"})
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_DEEPEST = 100


def read(data: bytes, hints: Hints) -> SourceText:
    """The text: a paragraph a line, a row of a table a line with tabs, notes at the end."""
    assembly = Assembly()
    with office_zip(data, _WHAT, hints.limits) as archive:
        _add(assembly, parsed(archive.read(_BODY), _WHAT))
        for part in _NOTES:
            _add_notes(assembly, archive, part)
    return SourceText(assembly.text(), _MEDIA_TYPE, cells=tuple(assembly.cells))


def _add_notes(assembly: Assembly, archive: zipfile.ZipFile, part: str) -> None:
    if part in archive.namelist():
        for note in parsed(archive.read(part), _WHAT):
            if not _SEPARATORS.intersection(note.attrib.values()):
                _add(assembly, note)


def _add(assembly: Assembly, root: Element) -> None:
    for block in _blocks(root):
        if _name(block) == "tbl":
            _add_table(assembly, block)
        else:
            for line in _paragraph(block).split("\n"):
                assembly.line(line.rstrip())
            for box in _text_boxes(block):
                _add(assembly, box)


def _add_table(assembly: Assembly, table: Element) -> None:
    """A table of data as rows; one with tables in its cells only lays out the page: its cells as blocks."""
    if any(_name(inner) == "tbl" for inner in table.iter() if inner is not table):
        for row in _of_table(table, "tr"):
            for cell in _of_table(row, "tc"):
                _add(assembly, cell)
    else:
        assembly.table(laid_out(_rows(table)))


def _blocks(node: Element, depth: int = 0) -> Iterator[Element]:
    """Paragraphs and tables, through whatever is wrapped around them, such as content controls."""
    for child in node:
        name = _name(child)
        if name in _BLOCKS:
            yield child
        elif name not in _LEFT_OUT:
            yield from _blocks(child, _deeper(depth))


def _paragraph(paragraph: Element) -> str:
    return "".join(_runs(paragraph, 0))


def _runs(node: Element, depth: int) -> Iterator[str]:
    for child in node:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name == "sym":
            yield _symbol(child)
        elif name == "r" and _is_hidden(child):
            continue
        elif name not in _LEFT_OUT and name != "txbxContent":
            yield from _runs(child, _deeper(depth))


def _symbol(element: Element) -> str:
    """A character that was put in by its code; those of fonts of pictures stand for nothing that can be told."""
    code = next((value for key, value in element.attrib.items() if key.endswith("}char")), "")
    char = chr(int(code, 16)) if _CODE.fullmatch(code) else ""
    return "" if "\ue000" <= char <= "\uf8ff" or not char.isprintable() else char


def _is_hidden(run: Element) -> bool:
    """Whether a run is set as hidden, which shows and prints nowhere."""
    return any(
        _name(one) == "vanish" and not _OFF.intersection(one.attrib.values())
        for properties in run
        if _name(properties) == "rPr"
        for one in properties
    )


def _text_boxes(node: Element, depth: int = 0) -> Iterator[Element]:
    """The contents of the text boxes anchored in a paragraph, each once."""
    for child in node:
        name = _name(child)
        if name == "txbxContent":
            yield child
        elif name not in _LEFT_OUT:
            yield from _text_boxes(child, _deeper(depth))


def _rows(table: Element) -> Iterator[list[Cell]]:
    """The rows; a cell that goes on from the row above repeats its text, if that holds no figure."""
    above: dict[int, str] = {}
    for row in _of_table(table, "tr"):
        cells: list[Cell] = []
        column = 0
        for cell in _of_table(row, "tc"):
            width, merged = _merging(cell)
            text = _cell_text(cell)
            if merged == "continue":
                text = above.get(column, "")
            elif merged == "restart":
                above[column] = repeated(text)
            else:
                above.pop(column, None)
            cells.append(Cell(text, width))
            column += width
        yield cells


def _of_table(node: Element, wanted: str, depth: int = 0) -> Iterator[Element]:
    for child in node:
        name = _name(child)
        if name == wanted:
            yield child
        elif name not in _BLOCKS and name not in _LEFT_OUT:
            yield from _of_table(child, wanted, _deeper(depth))


def _merging(cell: Element) -> tuple[int, str | None]:
    """How many columns a cell takes, and whether it begins or goes on with one that reaches down."""
    width, merged = 1, None
    for properties in cell:
        if _name(properties) == "tcPr":
            for one in properties:
                value = next((value for key, value in one.attrib.items() if key.endswith("}val")), None)
                if _name(one) == "gridSpan" and value and value.isdecimal():
                    width = min(int(value), 1000)
                elif _name(one) == "vMerge":
                    merged = value or "continue"
    return width, merged


def _cell_text(cell: Element) -> str:
    inner = Assembly()
    _add(inner, cell)
    return one_line(inner.text().strip("\n"))


def _deeper(depth: int) -> int:
    if depth >= _DEEPEST:
        raise damaged(_WHAT, f"elements nested more than {_DEEPEST} deep")
    return depth + 1


def _name(element: Element) -> str:
    """The tag without its namespace: two are in use for the same format."""
    return element.tag.rpartition("}")[2]


def _is_word(sample: Sample) -> bool:
    return _BODY in sample.zip_names


READER = Reader("docx", frozenset({".docx", ".docm", ".dotx"}), read, _is_word)
