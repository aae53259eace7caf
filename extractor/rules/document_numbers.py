"""发文字号: agency code, year and serial of an official document (GB/T 9704-2012, 7.2.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractor.patterns import Patterns, RuleMatch, one_of
from extractor.rules.numerals import parse_quantity
from extractor.text.expression import expression

_LONGEST_CODE = 10
_MORE = expression(r"(?:\d+|[〇○零一二三四五六七八九十百]+)(?:\s?号)?")
_DAY_BEFORE = expression(r"[\d一二三四五六七八九十]\s?[年月日](?=[^年月日]*$)")
"""The date that a code stands right behind (5月4日皖政〔1985〕38号)."""
_HAN_TAIL = expression(r"[\u4e00-\u9fff]+(?=[ \u3000]{0,2}$)")
_JOINED_BEFORE = expression(r"号\s?[、,，和及与]\s?$")
_TITLE_BEFORE = expression(r"《([^《》]{2,120}(?<!号))》\s?[（(]?\s?$")
_TITLE_AFTER = expression(r"\s?[）)]?\s?(?:文件)?\s?《([^《》]{2,120}(?<!号))》")
_OFFICE_TAIL = expression(r"[\u4e00-\u9fff]{2,30}$")
_BRACKETS = frozenset("〔〕[]［］()（）【】﹝﹞{}<>〈〉《》")
_TWO_DIGIT_PIVOT = 49
"""(49) and later mean 19xx, earlier ones 20xx: the People's Republic's own offices number from 1949."""


@dataclass(frozen=True, slots=True)
class FoundDocumentNumber:
    """A document number in repaired text. ``title`` is that of the document it numbers, without 《》."""

    start: int
    end: int
    rule: str
    agency_code: str
    year: int | None
    serial: int
    brackets: str
    title: str | None
    issuer: str | None

    @property
    def canonical(self) -> str:
        """The number as GB/T 9704 writes it: 新政督〔2011〕4号."""
        year = f"〔{self.year}〕" if self.year is not None else "第"
        return f"{self.agency_code}{year}{self.serial}号"


class DocumentNumberFinder:
    """Finds document numbers with the rules of one :class:`Patterns`."""

    def __init__(self, patterns: Patterns) -> None:
        self._family = patterns.family("document_numbers")
        self._stop = expression(one_of(patterns.words("code_stop")))
        self._office = expression(one_of(patterns.words("code_office")))
        self._code_ends = patterns.words("code_end")

    def find(self, text: str) -> list[FoundDocumentNumber]:
        """Document numbers of the whole ``text``, in order."""
        found: list[FoundDocumentNumber] = []
        for hit in self._family.finditer(text):
            if not hit.rule.reject:
                number = self._read(text, hit, found[-1] if found else None)
                if number is not None:
                    found += self._shared(text, hit, number)
        return found

    def _shared(self, text: str, hit: RuleMatch, first: FoundDocumentNumber) -> list[FoundDocumentNumber]:
        """国发〔1991〕25、26号: ``first`` and the numbers behind it that share its agency and year."""
        if not hit.values().get("more"):
            return [first]
        numbers: list[FoundDocumentNumber] = []
        for serial in _MORE.finditer(text, hit.span("serial")[0], first.end):
            value = parse_quantity(serial.group().rstrip("号 "))
            if value is not None and value.value is not None:
                start = serial.start() if numbers else first.start
                title = _title(text, start, serial.end())
                numbers.append(replace(first, start=start, end=serial.end(), serial=int(value.value), title=title))
        return numbers

    def _read(self, text: str, hit: RuleMatch, previous: FoundDocumentNumber | None) -> FoundDocumentNumber | None:
        rule, groups = hit.rule.id, hit.values()
        start, end = hit.match.span()
        serial = parse_quantity(groups["serial"])
        if serial is None or serial.value is None:
            return None
        year = _year(groups.get("year"))
        if groups.get("agency"):
            agency, agency_start = groups["agency"], start
        else:
            agency, agency_start = self._agency(text, start + (rule == "document_number.no_year"))
        if not agency and previous is not None and _shares_agency(text, previous, start):
            agency = previous.agency_code
        if not agency or (len(groups.get("year") or "4444") == 2 and not agency.endswith(self._code_ends)):
            return None
        return FoundDocumentNumber(
            agency_start,
            end,
            rule,
            agency,
            year,
            int(serial.value),
            "".join(c for c in hit.match.group() if c in _BRACKETS),
            _title(text, agency_start, end),
            self._issuer(text, agency_start),
        )

    def _agency(self, text: str, position: int) -> tuple[str, int]:
        """The agency code that ends at ``position``, and where it begins."""
        low = max(0, position - _LONGEST_CODE - 4)
        window = text[low:position]
        day = _DAY_BEFORE.search(window)
        if day is not None:
            low, window = low + day.end(), window[day.end() :]
        run = _HAN_TAIL.search(window)
        if run is None:
            return "", position
        code = run.group()
        code = code[_last_end(self._stop, code) :]
        offices = [m.end() for m in self._office.finditer(code) if len(code) - m.end() >= 2]
        code = code[offices[-1] if offices else 0 :][-_LONGEST_CODE:]
        return code, low + run.end() - len(code)

    def _issuer(self, text: str, start: int) -> str | None:
        """The office written out right before its own code (玉溪市委市人民政府玉发〔2009〕4号)."""
        run = _OFFICE_TAIL.search(text[max(0, start - 30) : start])
        if run is None:
            return None
        office = run.group()[_last_end(self._stop, run.group()) :]
        return office if len(office) > 2 and _last_end(self._office, office) == len(office) else None


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match of ``pattern`` in ``text`` ends; 0 without one."""
    return max((match.end() for match in pattern.finditer(text)), default=0)


def _year(surface: str | None) -> int | None:
    if surface is None:
        return None
    value = parse_quantity(surface)
    if value is None or value.value is None:
        return None
    year = int(value.value)
    return year if year > 99 else year + (1900 if year >= _TWO_DIGIT_PIVOT else 2000)


def _shares_agency(text: str, previous: FoundDocumentNumber, start: int) -> bool:
    """临政发（1997）40号、（1998）6号: the second number has the first one's agency."""
    return start - previous.end <= 3 and _JOINED_BEFORE.search(text[previous.end - 1 : start]) is not None


def _title(text: str, start: int, end: int) -> str | None:
    before = _TITLE_BEFORE.search(text[max(0, start - 124) : start])
    if before:
        return before.group(1)
    after = _TITLE_AFTER.match(text, end)
    return after.group(1) if after else None
