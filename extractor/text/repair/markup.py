"""What a web page leaves behind in a text: entities, tags, and characters that show nothing."""

from __future__ import annotations

import html
import re

from extractor.text.alignment import Edit
from extractor.text.expression import expression
from extractor.text.repair.unusual import unusual

_ENTITY = r"&(?:[a-zA-Z]{2,8}|#[0-9]{2,6}|#x[0-9a-fA-F]{2,5});"
_TAG = (
    r"</?(?P<tag>a|b|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|s|span|strong|sub|sup|table|tbody|td|th|tr|u|ul)"
    r"(?:\s[^<>\n]{0,200})?\s{0,2}/?>"
)
_INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
_LEFT_OVER = expression(rf"{_ENTITY}|{_TAG}|{_INVISIBLE}|\u00a0", re.IGNORECASE)
_UNSEEN = re.compile(f"{_INVISIBLE}|\u00a0")
_LINE_TAG = expression("br|center|div|h[1-6]|hr|li|ol|p|table|tr|ul", re.IGNORECASE)


def left_overs_removed(text: str) -> list[Edit]:
    """Edits that read entities, turn line tags into line breaks, and take other tags and invisible characters away."""
    if "<" not in text and "&" not in text and not _UNSEEN.search(unusual(text)):
        return []
    edits = []
    for match in _LEFT_OVER.finditer(text):
        replacement = _meaning(match)
        if replacement != match[0]:
            edits.append(Edit(match.start(), match.end(), replacement))
    return edits


def _meaning(match: re.Match[str]) -> str:
    if match["tag"]:
        return "\n" if _LINE_TAG.fullmatch(match["tag"]) else ""
    if match[0].startswith("&"):
        return html.unescape(match[0]).replace("\u00a0", " ")
    return " " if match[0] == "\u00a0" else ""
