"""Readings in brackets behind a character, as document-sharing sites insert them: ``號(hào)`` -> ``號``.

Only a real pinyin syllable with a tone mark counts, so ``(GDP)``, ``(a)`` and ``(kg)`` stay.
"""

from __future__ import annotations

import unicodedata

from extractor.text.alignment import Edit
from extractor.text.expression import expression

_INITIALS = (*"bpmfdtnlgkhjqxrzcsyw", "zh", "ch", "sh", "")
_FINALS = (
    "a|o|e|i|u|v|ai|ei|ui|ao|ou|iu|ie|ve|ue|er|an|en|in|un|vn|ang|eng|ing|ong|ia|iao|ian|iang|iong|ua|uo|uai|uan|uang"
)
_SYLLABLE = expression(f"(?:{'|'.join(_INITIALS)})(?:{_FINALS})")
"""A superset of the 410 syllables of Mandarin; with the tone mark asked for, nothing else looks like it."""
_MARKED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
READING = f"[a-z]{{0,3}}[{_MARKED}][a-zü]{{0,3}}"
ANNOTATED = expression(rf"([\u3400-\u9fff])\(({READING})\)")
"""A character with its reading, as the breaks of the text are told by."""
_READING = expression(rf"\((?<=[\u3400-\u9fff\uf900-\ufaff]\()({READING})\)")


def is_reading(word: str) -> bool:
    """Whether ``word`` is one pinyin syllable with its tone mark.

    >>> is_reading("zhuān"), is_reading("dié"), is_reading("xzí"), is_reading("fa")
    (True, True, False, False)
    """
    plain = unicodedata.normalize("NFD", word.replace("ü", "v"))
    marks = sum(unicodedata.combining(char) != 0 for char in plain)
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    if "\u0308" in plain:  # ü under a tone mark
        letters, marks = letters.replace("u", "v"), marks - 1
    return marks == 1 and _SYLLABLE.fullmatch(letters) is not None


def readings_removed(text: str) -> list[Edit]:
    """Edits that take every bracketed reading away; the character belongs to the edit, so a span keeps its reading."""
    if "(" not in text:
        return []
    known: dict[str, bool] = {}
    edits = []
    for match in _READING.finditer(text):
        reading, annotated = match[1], match.start() - 1
        if reading not in known:
            known[reading] = is_reading(reading)
        if known[reading]:
            edits.append(Edit(annotated, match.end(), text[annotated]))
    return edits
