"""A document's own head and foot: title, issuer and date of issue (GB/T 9704: 标题, 发文机关署名, 成文日期)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.rules.dates import FoundDate
from extractor.rules.document_numbers import FoundDocumentNumber
from extractor.text.expression import expression

_CHAPTER = expression(r"^第[一二三四五六七八九十百\d]+[篇章节]\s?[:：、]?\s*(?=\S)")
_SENTENCE_MARK = expression(r"[。；;！？]")
_NUMBER_LINE = expression(
    r"[（(]?[\u4e00-\u9fff]{0,12}\s?[〔\[［(（【﹝?].{0,10}号\s?[）)]?"
    r"|第?[（(〔]?第?\s?\d+\s?期.{0,20}|第?.{0,12}号令?"
)
_MASTHEAD = expression(
    r"(?!.*关于)[\u4e00-\u9fff、\s]{2,40}文\s?件"
    r"|.{0,20}(?:简报|内部资料|内部明电|特急|加急|急件|机密|秘密|绝密)[\s★☆]*.{0,8}|[★☆\s]*|\d{1,6}"
)
"""What stands above a title: the office's red head (××县人民政府文件), grade of secrecy and urgency, copy number."""
_DATE_LINE = expression(
    r"[\d〇○零一二三四五六七八九十]{2,4}[年\-/.][\d一二三四五六七八九十]{1,3}[月\-/.][\d一二三四五六七八九十]{1,3}日?[\s\d:：时分秒]*(?:来源.*)?"
)
_SECTION = expression(r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[.．、]\D")
_YEAR = expression(r"^\d{4}年(?:度)?(?=.*工作报告)")
_AT_A_MEETING = expression(r"在[\u4e00-\u9fff\d]{4,50}(?:会议|大会)")
_ADDRESSED = expression(r"[\u4e00-\u9fff、，,（）()\s]{2,80}[:：]")
_OFFICE_WORD = (
    r"人民政府|委员会|办公室|办公厅|指挥部|领导小组|统计局|党委"
    r"|[县市区省州地]委|总工会|联合会|公司|银行|中心|法院|检察院|国务院|[局厅部院委署处队站所]"
)
_OFFICE = expression(f"(?:{_OFFICE_WORD})$")
_OFFICE_IN_TITLE = expression(
    r"^[\u4e00-\u9fff、\s]{2,40}?(?:人民政府|政府(?=工作)|委员会|办公室|办公厅|指挥部|领导小组|国务院|[县市区省州地]委|[局厅委部])"
    r"(?=关于|对|印发|转发|批转|\d{4}年|[一二][〇○零一二三四五六七八九]{3}年|工作|$)"
)
_NO_SIGNATURE = expression(r"[，。；;！？:：《》]|\d")
_BLANK = expression(r"[\s（()）〔〕\[\]—－\-*]*")
_BEHIND_NUMBER = expression(r"[\s（()）]*(?:节录|摘要|签发人.{0,12})?[\s（()）]*")
_CLOCK = expression(r"[\s\d:：时分秒）)]*(?:(?:来源|作者|责编|编辑|字号).{0,40})?")
_LABEL = expression(r"(?:成文日期|报送时间|发布时间|发布日期|发文日期|印发日期|日期|时间)\s?[:：]?\s?$")
_DASH = expression(r"[\s—－\-]*$")
_SIGNED_BESIDE = expression(rf"[\u4e00-\u9fff\s]{{2,40}}(?:{_OFFICE_WORD})[\s　]*")
_PASSED = expression(r"[\u4e00-\u9fff]{0,30}(?:通过|批准|修订|修正)?[\s）)]*")
_DATELINE_BEFORE = expression(r"(?:社|网|报|台|讯|报讯)[\u4e00-\u9fff]{0,8}\s?$")
_DATELINE_BEHIND = expression(r"\s?(?:[\d:：]{4,8}\s?)?(?:电|讯|报道|消息)")
_LONGEST_LINE = 80
_HEAD_LINES = 6
_HEAD_LINES_OF_DATE = 10


class Letterhead(NamedTuple):
    """Title and issuer of a document, each null where it has none."""

    title: str | None
    issuer: str | None


def read_letterhead(text: str, issued_at: int | None) -> Letterhead:
    """Title from the first lines of ``text``, issuer from the line above the date at ``issued_at`` or the title."""
    title = _title(text)
    issuer = _signature(text, issued_at) if issued_at is not None else None
    if issuer is None and title is not None:
        office = _OFFICE_IN_TITLE.match(_YEAR.sub("", title))
        issuer = office.group() if office else None
    return Letterhead(title, issuer)


def named(numbers: Sequence[FoundDocumentNumber], text: str, letterhead: Letterhead) -> list[FoundDocumentNumber]:
    """``numbers`` with the document's own, which stands alone on a line of its head, given title and issuer."""
    head_end = _head_end(text)
    own = next((n for n in numbers if n.start < head_end and n.title is None and _alone(text, n)), None)
    if own is None:
        return list(numbers)
    titled = replace(own, title=letterhead.title, issuer=own.issuer or letterhead.issuer)
    return [titled if number is own else number for number in numbers]


def _alone(text: str, number: FoundDocumentNumber) -> bool:
    line = _line_around(text, number.start, number.end)
    return line is not None and bool(_BLANK.fullmatch(line[0]) and _BEHIND_NUMBER.fullmatch(line[1]))


def issue_date(text: str, found: Sequence[FoundDate]) -> FoundDate | None:
    """The 成文日期 among the dates of ``text``.

    It stands under or beside the signature; else alone on the last such line of the second half; else near the
    head, alone, in brackets, behind a dash or in the dateline of a news agency. What follows a first signature
    is an annex, whose dates are not the document's.
    """
    head_end = _head_end(text)
    tail: FoundDate | None = None
    head: FoundDate | None = None
    for date in found:
        if date.first.year is None or date.first.month is None or date.last is not None or date.relative:
            continue
        line = _line_around(text, date.start, date.end)
        if line is None:
            continue
        before, after = line
        alone = _BLANK.fullmatch(before) and _BLANK.fullmatch(after)
        in_head = date.start < head_end
        if _SIGNED_BESIDE.fullmatch(before) and _BLANK.fullmatch(after):
            return date
        if (
            alone
            and (not in_head or _SENTENCE_MARK.search(text, 0, date.start))
            and _signature(text, date.start) is not None
        ):
            return date
        label = _LABEL.search(before) and _CLOCK.fullmatch(after)
        if (alone or label) and date.start > len(text) // 2:
            tail = date
        if head is None and in_head and (alone or label or _stands_in_head(before, after)):
            head = date
    return tail or head


def _stands_in_head(before: str, after: str) -> bool:
    if "—" in before and _DASH.fullmatch(before):
        return True
    in_brackets = before.strip()[-1:] in ("（", "(") and _PASSED.fullmatch(after)
    if _BLANK.fullmatch(before) and (in_brackets or _CLOCK.fullmatch(after) or _AT_A_MEETING.match(after)):
        return True
    return bool(_DATELINE_BEFORE.search(before) and _DATELINE_BEHIND.match(after))


def _head_end(text: str) -> int:
    position = 0
    for _ in range(_HEAD_LINES_OF_DATE):
        position = text.find("\n", position) + 1
        if not position:
            return len(text)
    return position


def _line_around(text: str, start: int, end: int) -> tuple[str, str] | None:
    """What stands before and behind ``start:end`` on its line; None for a place deep inside a long line."""
    low = text.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1
    if not low and start > _LONGEST_LINE:
        return None
    high = text.find("\n", end, end + _LONGEST_LINE)
    return text[low:start], text[end : high if high >= 0 else min(len(text), end + _LONGEST_LINE)]


def _title(text: str) -> str | None:
    """The first lines that read like a title, joined where one breaks it in the middle."""
    title = ""
    for candidate in _head_lines(text):
        if len(candidate) > _LONGEST_LINE or _SENTENCE_MARK.search(candidate) or _ADDRESSED.fullmatch(candidate):
            break
        if _SECTION.match(candidate):
            break
        if not title:
            title = candidate
        elif _runs_on(title, candidate):
            title += candidate
        else:
            break
    return title or None


def _head_lines(text: str) -> Iterator[str]:
    """The first lines, without chapter numbers, mastheads and document numbers; a number ends a title begun."""
    begun = False
    for line in text[: 40 * _LONGEST_LINE].split("\n", _HEAD_LINES + 4)[: _HEAD_LINES + 4]:
        candidate = line.strip()
        chapter = _CHAPTER.match(candidate)
        candidate = candidate[chapter.end() if chapter else 0 :]
        if _NUMBER_LINE.fullmatch(candidate) or _MASTHEAD.fullmatch(candidate) or _DATE_LINE.fullmatch(candidate):
            if begun and candidate:
                return
            continue
        begun = True
        yield candidate


def _runs_on(title: str, line: str) -> bool:
    """Whether ``line`` carries on a title of an official document that its first line leaves open."""
    opened = (
        "关于" in title
        or _OFFICE_IN_TITLE.match(title) is not None
        or (_OFFICE.search(title) is not None and line.startswith(("关于", "印发", "转发", "批转")))
    )
    return opened and len(title) + len(line) <= _LONGEST_LINE and not _TITLE_DONE.search(title)


_TITLE_DONE = expression(
    r"(?:通知|通报|报告|请示|批复|意见|决定|办法|规定|细则|方案|规划|函|复函|公告|通告|纪要|命令|令|议案|答复|总结|汇报|若干问题|[）)])$"
)


def _signature(text: str, issued_at: int) -> str | None:
    """The office on the line of the date or on the line above it."""
    head = text[max(0, issued_at - 200) : issued_at].rstrip(" （(\t")
    for line in reversed(head.split("\n")):
        candidate = line.strip()
        if candidate:
            named = len(candidate) <= 40 and _OFFICE.search(candidate) and not _NO_SIGNATURE.search(candidate)
            return candidate if named else None
    return None
