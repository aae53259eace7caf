"""Where a table stands in a text: the line at which its headings begin, and the lines above that name it."""

from __future__ import annotations

from extractor.rules.table_lines import NUMBER, YEAR, cut

_LONGEST_HEADING = 400
_HEAD_LINES = 4
_LONGEST_CAPTION = 80
_LONGEST_LISTED = 16
_MOST_LISTED = 12


def is_alone(text: str, place: int) -> bool:
    """Whether the line around ``place`` is one cell, as a caption is."""
    low, high = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    return len(cut(text[low : high if high >= 0 else len(text)], low).filled) < 2


def headings_at(text: str, start: int, end: int, covered: int) -> int | None:
    """Where the headings begin whose line holds a unit at ``start:end``; None if that line is no row of a table."""
    low = text.rfind("\n", max(0, start - _LONGEST_HEADING), start) + 1
    high = text.find("\n", end, end + _LONGEST_HEADING)
    high = len(text) if high < 0 and end + _LONGEST_HEADING >= len(text) else high
    if (not low and start > _LONGEST_HEADING) or high < 0:
        return None
    line = cut(text[low:high], low)
    if len(line.cells) == 1 and high - low <= _LONGEST_LISTED:
        return _listed_heading(text, low, covered)
    if len(line.filled) < 2 or (line.mode not in ("tab", "bar") and any(mark in text[low:high] for mark in "。；！？")):
        return None
    begin = low
    for _ in range(_HEAD_LINES):
        above = text.rfind("\n", max(0, low - _LONGEST_HEADING), max(0, low - 1)) + 1
        if low <= covered or above >= low or above < covered:
            break
        upper = cut(text[above : low - 1], above)
        if not all(YEAR.fullmatch(cell.text) for cell in upper.numbers):
            break
        low = above
        if len(upper.filled) < 2 and not upper.ruled:
            if line.mode in ("tab", "bar") or low + _LONGEST_CAPTION < begin:
                break
        elif (upper.mode == line.mode) or {upper.mode, line.mode} == {"gap", "order"}:
            begin = low
        else:
            break
    return begin


def _listed_heading(text: str, low: int, covered: int) -> int | None:
    """Where headings begin that stand one below the other, a line each, if a line at ``low`` is one of them.

    They follow an empty line but for one between each and the next, or a line that is too long for one of them.
    """
    begin, blank = low, 0
    for _ in range(2 * _MOST_LISTED):
        above = text.rfind("\n", 0, max(0, begin - 1)) + 1
        line = text[above : begin - 1]
        if begin <= covered or above < covered or len(line) > _LONGEST_LISTED or cut(line, above).numbers:
            break
        blank = 0 if line.strip() else blank + 1
        if blank > 1:
            break
        begin = above
    following = text[low : low + _LONGEST_HEADING].split("\n")[1 : 2 * _MOST_LISTED]
    return begin if any(NUMBER.fullmatch(line.strip(" \t|│｜")) for line in following) else None


def caption_of(text: str, start: int, end: int) -> str:
    """The line at ``start`` up to ``end`` and the two above it, empty ones passed over, if they are no paragraphs."""
    begin = text.rfind("\n", 0, start) + 1
    for _ in range(2):
        bottom = len(text[:begin].rstrip()) if begin and text[begin - 1] == "\n" else begin
        bottom = max(bottom, begin - _LONGEST_CAPTION)
        above = text.rfind("\n", max(0, bottom - _LONGEST_CAPTION), bottom) + 1
        if (not above and bottom > _LONGEST_CAPTION) or any(mark in text[above:bottom] for mark in "。；"):
            break
        begin = above
    return text[begin:end]
