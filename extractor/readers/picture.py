"""Pictures of pages: read by OCR where the extra is installed."""

from __future__ import annotations

import io

from extractor.errors import DocumentError
from extractor.readers.assembly import Assembly
from extractor.readers.ocr import REMEDY, recognizer
from extractor.readers.registry import Reader, Sample
from extractor.readers.source import Hints, Problem, SourceText, damaged

_MAGIC = {
    b"\x89PNG\r\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
    b"BM": "image/bmp",
    b"GIF8": "image/gif",
}
_MOST_PIXELS = 100_000_000


def read(data: bytes, hints: Hints) -> SourceText:
    """The lines of each picture in the file, one page a picture."""
    media_type = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), "image/unknown")
    recognize = recognizer()
    if recognize is None:
        problem = Problem("needs_ocr", f"this is a picture; {REMEDY}")
        return SourceText("", media_type, "ocr", "needs_ocr", problems=(problem,))
    import numpy
    from PIL import Image, ImageSequence, UnidentifiedImageError

    assembly = Assembly()
    scores: list[float] = []
    try:
        with Image.open(io.BytesIO(data)) as picture:
            for frame in ImageSequence.Iterator(picture):
                if frame.width * frame.height > _MOST_PIXELS:
                    message = f"a picture of {frame.width} times {frame.height} pixels; scale it down and try again"
                    raise DocumentError("too_large", message)
                assembly.page()
                recognized = recognize(numpy.asarray(frame.convert("RGB")))
                scores.append(recognized.confidence)
                for line in recognized.lines:
                    assembly.line(line)
                hints.alive()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise damaged("picture", error) from error
    media_type += f"; ocr-confidence={min(scores, default=0):.2f}"
    return SourceText(assembly.text(), media_type, "ocr", pages=tuple(assembly.pages))


def _is_picture(sample: Sample) -> bool:
    known = (magic for magic, name in _MAGIC.items() if name != "image/bmp")  # BM may open a text as well
    return sample.head.startswith(tuple(known))


READER = Reader("picture", frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif"}), read, _is_picture)
