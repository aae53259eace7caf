"""Text from pictures of text, where the extra ``[ocr]`` is installed: RapidOCR with the models in its wheel."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable
from typing import Any, NamedTuple

REMEDY = "to read them install OCR with pip install 'county-report-extractor[ocr]', or put in the text yourself"
_SAME_LINE = 0.5
"""The share of a box's height by which two boxes may differ and stand on one line."""
_CELL_GAP = 1.5


class Recognized(NamedTuple):
    """The lines read from a picture, and how sure the recognizer was on the average, from 0 to 1."""

    lines: list[str]
    confidence: float


Recognize = Callable[[Any], Recognized]


def available() -> bool:
    """Whether the extra is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


@functools.cache
def recognizer() -> Recognize | None:
    """What reads a picture given as an array; None where the extra is not installed."""
    if not available():
        return None
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "critical"})

    def recognize(picture: Any) -> Recognized:
        result = engine(picture)
        if result.boxes is None or not len(result.boxes):
            return Recognized([], 1.0)
        pieces = [
            (min(p[0] for p in box), min(p[1] for p in box), max(p[0] for p in box), max(p[1] for p in box), text)
            for box, text in zip(result.boxes.tolist(), result.txts, strict=True)
        ]
        return Recognized(list(_lines(pieces)), sum(result.scores) / len(result.scores))

    return recognize


def _lines(pieces: list[tuple[float, float, float, float, str]]) -> list[str]:
    """Pieces of text on one height as one line, with tabs where the gap is wide."""
    rows: list[list[tuple[float, float, float, float, str]]] = []
    for piece in sorted(pieces, key=lambda piece: piece[1] + piece[3]):
        row = rows[-1] if rows else None
        height = piece[3] - piece[1]
        if row and (piece[1] + piece[3]) / 2 - (row[0][1] + row[0][3]) / 2 < _SAME_LINE * height:
            row.append(piece)
        else:
            rows.append([piece])
    lines = []
    for row in rows:
        line = ""
        right = 0.0
        for left, top, end, bottom, text in sorted(row):
            line += ("\t" if left - right > _CELL_GAP * (bottom - top) else " ") if line else ""
            line += text
            right = end
        lines.append(line)
    return lines
