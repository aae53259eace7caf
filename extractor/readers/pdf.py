"""PDF files: their text layer in reading order; pages without a usable one are left to OCR."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from extractor.errors import DocumentError
from extractor.readers.assembly import Assembly
from extractor.readers.ocr import REMEDY, Recognized, recognizer
from extractor.readers.pdf_glyphs import glyphs_of, rulings_of
from extractor.readers.pdf_layout import INDENT, Paragraph, between, lines_of
from extractor.readers.registry import Reader, Sample
from extractor.readers.source import Hints, Problem, SourceText, damaged

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_MEDIA_TYPE = "application/pdf"
_PASSWORD = 4
"""PDFium's error code for a document that takes a password."""
_UNMAPPED = re.compile(r"\(cid:\d+\)|[\0-\x08\x0e-\x1f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_MOST_UNMAPPED = 0.2
"""The share of glyphs without a character from which a page's text layer is no text."""
_PAGES_NAMED = 10
_PAGE_NUMBER = re.compile(
    r"\s*(?:(\d{1,3})|[-—–－·]{1,2}\s*\d{1,4}\s*[-—–－·]{1,2}|第\s*\d{1,4}\s*页(?:[\s,，]*共\s*\d{1,4}\s*页)?)\s*"
)
"""The group is a bare number, which may as well be a figure of the text."""
_SCALE = 200 / 72
"""Pixels a point for OCR: 200 dpi, at which small print is read."""


def read(data: bytes, hints: Hints) -> SourceText:
    """The pages in order; ``pages`` are the offsets at which they begin. Numbers of pages are left out."""
    pages: list[list[Paragraph]] = []
    indents = False
    missing: list[int] = []
    scores: list[float] = []
    with_text = 0
    document = _opened(data)
    try:
        for index in range(len(document)):
            page = document[index]
            try:
                paragraphs = _text_of(page, indents=indents)
                if paragraphs is None:
                    recognized = _recognized(page)
                    if recognized is None:
                        missing.append(index + 1)
                    else:
                        paragraphs = list(map(Paragraph, recognized.lines))
                        scores.append(recognized.confidence)
                        hints.alive()
                with_text += bool(paragraphs)
                pages.append(paragraphs or [])
                indents = indents or any(paragraph.text.startswith(INDENT) for paragraph in pages[-1])
            finally:
                page.close()
    finally:
        document.close()
    text, begins = _joined(_without_numbers(pages))
    problems = (Problem("needs_ocr", _without_text(missing)),) if missing else ()
    media_type, encoding = _MEDIA_TYPE, "text-layer"
    if scores:
        media_type += f"; ocr-confidence={min(scores):.2f}"
        encoding = "ocr" if len(scores) == with_text else "text-layer+ocr"
    return SourceText(text, media_type, encoding, "needs_ocr" if missing else "ok", tuple(begins), problems=problems)


def _without_numbers(pages: Sequence[list[Paragraph]]) -> Iterator[list[Paragraph]]:
    """The pages without their numbers at head and foot.

    A bare number is a page's if pages are counted from 1, or if another page's is as far from its place in the file;
    else it is a figure that a page break parts from the rest.
    """
    ends = [{_shift(index, paragraph) for paragraph in (*page[:1], *page[-1:])} for index, page in enumerate(pages)]
    shifts = Counter(itertools.chain.from_iterable(ends))
    counted = {None, 1, *(shift for shift, count in shifts.items() if count > 1)}

    def is_number(index: int, paragraph: Paragraph) -> bool:
        return _PAGE_NUMBER.fullmatch(paragraph.text) is not None and _shift(index, paragraph) in counted

    for index, page in enumerate(pages):
        foot = len(page) - (len(page) > 1 and is_number(index, page[-1]))
        yield page[foot > 1 and is_number(index, page[0]) : foot]


def _shift(index: int, paragraph: Paragraph) -> int | None:
    """How far a bare number is from the index of its page; None if the paragraph is no such number."""
    number = _PAGE_NUMBER.fullmatch(paragraph.text)
    return int(number[1]) - index if number and number[1] else None


def _joined(pages: Iterable[list[Paragraph]]) -> tuple[str, list[int]]:
    """The text of pages one after the other, paragraphs whole that a page break tears, and where the pages begin."""
    assembly = Assembly()
    last: Paragraph | None = None
    for page in pages:
        paragraphs = page
        if last is not None and page and last.may_go_on_below and page[0].may_go_on_from_above:
            first, *paragraphs = page
            torn = last.text + between(last.text, first.text)
            assembly.pages.append(assembly.length + len(torn))
            last = last._replace(text=torn + first.text, may_go_on_below=first.may_go_on_below)
        else:
            if last is not None:
                assembly.line(last.text)
            last = None
            assembly.page()
        for paragraph in paragraphs:
            if last is not None:
                assembly.line(last.text)
            last = paragraph
    if last is not None:
        assembly.line(last.text)
    return assembly.text(), assembly.pages


def _opened(data: bytes) -> PdfDocument:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            message = "this PDF takes a password to open; save it without one"
            raise DocumentError("encrypted", message) from error
        raise damaged("PDF", error) from error


def _text_of(page: PdfPage, *, indents: bool) -> list[Paragraph] | None:
    """The lines of a page; None if it shows something, but its text layer is empty or no text."""
    by_turns = glyphs_of(page)
    glyphs = list(itertools.chain.from_iterable(by_turns.values()))
    text = "".join(glyph.text for glyph in glyphs)
    if not text.strip():
        return None if next(iter(page.get_objects(max_depth=2)), None) is not None else []
    if _unmapped(text, sum(glyph.unmapped for glyph in glyphs)) > _MOST_UNMAPPED:
        return None
    return [
        paragraph
        for turns, upright in by_turns.items()
        for paragraph in lines_of(upright, rulings_of(page, turns), indents=indents)
    ]


def _unmapped(text: str, unmapped: int) -> float:
    bad = sum(len(match[0]) for match in _UNMAPPED.finditer(text))
    return max(bad, unmapped) / len(text)


def _recognized(page: PdfPage) -> Recognized | None:
    recognize = recognizer()
    if recognize is None:
        return None
    return recognize(page.render(scale=_SCALE).to_numpy())


def _without_text(pages: list[int]) -> str:
    named = ", ".join(map(str, pages[:_PAGES_NAMED])) + (", …" if len(pages) > _PAGES_NAMED else "")
    return f"page{'s' if len(pages) > 1 else ''} {named} of the PDF: no usable text, only pictures; {REMEDY}"


def _is_pdf(sample: Sample) -> bool:
    return b"%PDF-" in sample.head[:1024]


READER = Reader("pdf", frozenset({".pdf"}), read, _is_pdf)
