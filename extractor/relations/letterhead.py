"""The document's own title and issuer, from its head and its signature (GB/T 9704: 标题, 发文机关署名)."""

from __future__ import annotations

import re
from typing import NamedTuple

_CHAPTER = re.compile(r"^第[一二三四五六七八九十\d]+[篇章]\s?[:：]\s?")
_SENTENCE_MARK = re.compile(r"[。；;！？]")
_NUMBER_LINE = re.compile(r"[\u4e00-\u9fff]{0,12}\s?[〔\[［(（【﹝?].{0,10}号\s*$|第?[（(〔]?第?\d+期")
_OFFICE = re.compile(
    r"(?:人民政府|委员会|办公室|办公厅|指挥部|领导小组|统计局|[局厅部院委署处]|党委|总工会|联合会|公司|银行|中心|法院)$"
)
_OFFICE_IN_TITLE = re.compile(
    r"^[\u4e00-\u9fff、\s]{2,40}?(?:人民政府|委员会|办公室|办公厅|指挥部|领导小组|[局厅委])(?=关于|对|印发|转发|\d{4}年|[一二][〇○零一二三四五六七八九]{3}年|工作|$)"
)
_LONGEST_TITLE = 80
_HEAD_LINES = 6


class Letterhead(NamedTuple):
    """Title and issuer of a document, each null where it has none."""

    title: str | None
    issuer: str | None


def read_letterhead(text: str, issued_at: int | None) -> Letterhead:
    """Title from the first lines of ``text``, issuer from the line above the date at ``issued_at`` or the title."""
    title = _title(text)
    issuer = _signature(text, issued_at) if issued_at is not None else None
    if issuer is None and title is not None:
        office = _OFFICE_IN_TITLE.match(title)
        issuer = office.group() if office else None
    return Letterhead(title, issuer)


def _title(text: str) -> str | None:
    for line in text[: 40 * _LONGEST_TITLE].split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        candidate = _CHAPTER.sub("", line.strip())
        if not candidate or _NUMBER_LINE.fullmatch(candidate):
            continue
        if len(candidate) > _LONGEST_TITLE or _SENTENCE_MARK.search(candidate):
            return None
        return candidate
    return None


def _signature(text: str, issued_at: int) -> str | None:
    """The office on the line of the date or on the line above it."""
    head = text[max(0, issued_at - 200) : issued_at].rstrip(" （(\t")
    for line in reversed(head.split("\n")):
        candidate = line.strip()
        if candidate:
            return candidate if len(candidate) <= 40 and _OFFICE.search(candidate) else None
    return None
