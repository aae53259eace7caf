"""Pictures of text: with OCR where the extra is installed, and told of where it is not."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from extractor.readers import ocr, pdf, picture
from extractor.readers.ocr import Recognized
from extractor.readers.opening import Opener
from extractor.readers.source import Hints
from tests.readers.marks import FONT_FILES

LINES = ["关于下达1996年第二批救灾款的通知", "全县7个乡镇受灾，倒塌民房640间，直接经济损失4.5亿元。"]
ROWS = [["乡镇", "合计", "口粮"], ["石羊乡", "18.2", "11.0"]]


def picture_of(kind: str, font: str | None = None) -> bytes:
    image = Image.new("RGB", (1240, 500), "white")
    if font is not None:
        draw, letters = ImageDraw.Draw(image), ImageFont.truetype(font, 32)
        for number, row in enumerate([[line] for line in LINES] + ROWS):
            for column, cell in enumerate(row):
                draw.text((80 + 300 * column, 60 + 60 * number), cell, font=letters, fill="black")
    made = io.BytesIO()
    image.save(made, kind)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "PDF"])
def test_what_ocr_reads(kind: str) -> None:
    if not ocr.available() or not FONT_FILES:
        pytest.skip("needs the extra [ocr] and a Chinese font")
    source = Opener().read(picture_of(kind, FONT_FILES[0]), "a.pdf" if kind == "PDF" else "a.png")
    assert source.text.splitlines() == [*LINES, *map("\t".join, ROWS)]
    assert source.encoding == "ocr"
    assert float(source.media_type.partition("ocr-confidence=")[2]) > 0.9


@pytest.mark.parametrize(("kind", "reader"), [("PNG", picture), ("PDF", pdf)])
def test_what_was_read_is_marked_with_its_confidence(monkeypatch: pytest.MonkeyPatch, kind: str, reader) -> None:
    monkeypatch.setattr(reader, "recognizer", lambda: lambda pixels: Recognized([f"受灾12户{pixels.ndim}"], 0.876))
    source = reader.read(picture_of(kind), Hints())
    assert (source.text, source.encoding, source.status) == ("受灾12户3\n", "ocr", "ok")
    assert source.media_type.endswith("; ocr-confidence=0.88")
    assert source.pages == (0,)


def test_a_picture_without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "recognizer", lambda: None)
    source = picture.read(picture_of("PNG"), Hints())
    assert (source.text, source.media_type, source.status) == ("", "image/png", "needs_ocr")
    assert "[ocr]" in source.problems[0].message
