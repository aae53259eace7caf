"""PDF files: their text layer in reading order; pages without a usable one are left to OCR."""

from __future__ import annotations

import itertools
import re
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
    r"\s*(?:\d{1,3}|[-—–－·]{1,2}\s*\d{1,4}\s*[-—–－·]{1,2}|第\s*\d{1,4}\s*页(?:[\s,，]*共\s*\d{1,4}\s*页)?)\s*"
)
_SCALE = 200 / 72
"""Pixels a point for OCR: 200 dpi, at which small print is read."""


def read(data: bytes, hints: Hints) -> SourceText:
    """The pages in order; ``pages`` are the offsets at which they begin. Numbers of pages are left out."""
    joined = _Joined()
    missing: list[int] = []
    scores: list[float] = []
    with_text = 0
    document = _opened(data)
    try:
        for index in range(len(document)):
            page = document[index]
            try:
                paragraphs = _text_of(page, indents=joined.indents)
                if paragraphs is None:
                    recognized = _recognized(page)
                    if recognized is None:
                        missing.append(index + 1)
                    else:
                        paragraphs = list(map(Paragraph, recognized.lines))
                        scores.append(recognized.confidence)
                        hints.alive()
                with_text += bool(paragraphs)
                joined.add_page(paragraphs or [])
            finally:
                page.close()
    finally:
        document.close()
    text, pages = joined.finished()
    problems = (Problem("needs_ocr", _without_text(missing)),) if missing else ()
    media_type, encoding = _MEDIA_TYPE, "text-layer"
    if scores:
        media_type += f"; ocr-confidence={min(scores):.2f}"
        encoding = "ocr" if len(scores) == with_text else "text-layer+ocr"
    return SourceText(text, media_type, encoding, "needs_ocr" if missing else "ok", tuple(pages), problems=problems)


class _Joined:
    """Pages one after the other, with the paragraphs whole that a page break tears."""

    def __init__(self) -> None:
        self._assembly = Assembly()
        self._open: Paragraph | None = None
        self.indents = False
        """Whether any paragraph so far is indented."""

    def add_page(self, paragraphs: list[Paragraph]) -> None:
        """Add a page; its last paragraph waits for what the next page says to it."""
        self.indents = self.indents or any(paragraph.text.startswith(INDENT) for paragraph in paragraphs)
        if len(paragraphs) > 1 and _PAGE_NUMBER.fullmatch(paragraphs[-1].text):
            paragraphs.pop()
        if len(paragraphs) > 1 and _PAGE_NUMBER.fullmatch(paragraphs[0].text):
            paragraphs.pop(0)
        last = self._open
        if last is not None and paragraphs and last.may_go_on_below and paragraphs[0].may_go_on_from_above:
            first = paragraphs.pop(0)
            seam = between(last.text, first.text)
            self._assembly.pages.append(self._assembly.length + len(last.text + seam))
            self._open = last._replace(text=last.text + seam + first.text, may_go_on_below=first.may_go_on_below)
            if paragraphs:
                self._close()
        else:
            self._close()
            self._assembly.page()
        for paragraph in paragraphs[:-1]:
            self._assembly.line(paragraph.text)
        if paragraphs:
            self._open = paragraphs[-1]

    def _close(self) -> None:
        if self._open is not None:
            self._assembly.line(self._open.text)
        self._open = None

    def finished(self) -> tuple[str, list[int]]:
        """The text and the offsets of the pages."""
        self._close()
        return self._assembly.text(), self._assembly.pages


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
