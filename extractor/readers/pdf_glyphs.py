"""What PDFium knows of a page: its characters with their places, and the straight lines drawn on it."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_MOST_RULINGS = 2000
"""A page with more lines than this is a drawing or a map, no table."""
_STRAIGHT = 1.5
"""Points that a line may lean, or a thin box be wide."""
_SHORTEST = 4.0
_MIDDLE = 0.35


class Glyph(NamedTuple):
    """A character and its box, upright on the page as it is read; y grows upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    base: float
    """The height of the line it is written on: fonts differ in their boxes, and a comma's may be flat."""
    unmapped: bool

    @property
    def size(self) -> float:
        """Its height, or its width where that is larger, as it is of a Chinese comma."""
        return max(self.top - self.bottom, self.right - self.left)

    @property
    def middle(self) -> float:
        """About the height of the middle of a character on its line."""
        return self.base + _MIDDLE * self.size


class Rulings(NamedTuple):
    """Straight lines: (x, low y, high y) and (y, left x, right x)."""

    vertical: list[tuple[float, float, float]]
    horizontal: list[tuple[float, float, float]]


def glyphs_of(page: PdfPage) -> dict[int, list[Glyph]]:
    """The characters of a page by the quarter turns that set them upright; the most come first."""
    import pypdfium2.raw as pdfium

    found: dict[int, list[Glyph]] = {}
    textpage = page.get_textpage()
    try:
        rect = pdfium.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(textpage.count_chars()):
            code = pdfium.FPDFText_GetUnicode(textpage, index)
            if pdfium.FPDFText_IsGenerated(textpage, index) == 1 or code in (10, 13):
                continue  # spaces and line ends that PDFium guessed: the layout tells them better
            if not pdfium.FPDFText_GetLooseCharBox(textpage, index, rect):
                continue
            angle = pdfium.FPDFText_GetCharAngle(textpage, index)
            turns = round(angle / (math.pi / 2)) % 4 if angle >= 0 else 0
            text = chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd"
            unmapped = pdfium.FPDFText_HasUnicodeMapError(textpage, index) == 1
            box = _turned((rect.left, rect.bottom, rect.right, rect.top), turns)
            pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
            base = _turned((x.value, y.value, x.value, y.value), turns)[1]
            found.setdefault(turns, []).append(Glyph(text, *box, base, unmapped))
    finally:
        textpage.close()
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def rulings_of(page: PdfPage, turns: int) -> Rulings:
    """The lines drawn on a page, along its edges or nearly so, turned as its characters were."""
    import pypdfium2.raw as pdfium

    rulings = Rulings([], [])
    x, y = ctypes.c_float(), ctypes.c_float()
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        matrix = drawn.get_matrix()
        first = last = (0.0, 0.0)
        for index in range(min(pdfium.FPDFPath_CountSegments(drawn), _MOST_RULINGS)):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = matrix.on_point(x.value, y.value)
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                first = point
            else:
                _add(rulings, last, point, turns)
            if pdfium.FPDFPathSegment_GetClose(segment):
                _add(rulings, point, first, turns)
            last = point
        if len(rulings.vertical) + len(rulings.horizontal) > _MOST_RULINGS:
            return Rulings([], [])
    return rulings


def _add(rulings: Rulings, start: tuple[float, float], end: tuple[float, float], turns: int) -> None:
    left, bottom, right, top = _turned((*start, *end), turns)
    if right - left <= _STRAIGHT and top - bottom >= _SHORTEST:
        rulings.vertical.append(((left + right) / 2, bottom, top))
    elif top - bottom <= _STRAIGHT and right - left >= _SHORTEST:
        rulings.horizontal.append(((bottom + top) / 2, left, right))


def _turned(box: tuple[float, float, float, float], turns: int) -> tuple[float, float, float, float]:
    """A box after quarter turns against the clock, its corners put in order."""
    x0, y0, x1, y1 = box
    for _ in range(turns):
        x0, y0, x1, y1 = -y0, x0, -y1, x1
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
