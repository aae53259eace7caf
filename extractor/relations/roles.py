"""Role and payer of an amount, from the words around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import cast

from extractor.patterns import Patterns, one_of
from extractor.records.codes import Confidence, Role
from extractor.relations.cues import Cue, CueScanner
from extractor.relations.figures import AmountFact, Scene, by_sentence
from extractor.relations.reasons import Reason

_REACH_BACK = 60
_WEAK_REACH = 10
_TABLE_CELL = "amount.table_cell"
_BREAK = re.compile(r"[，,。；;：:！？!?（）()\n]")
_NEW_TOPIC = re.compile(r"[；;]")
_HAN_AHEAD = re.compile(r"[\u4e00-\u9fff]{0,14}")
_JOINS = ("和", "及", "、", "与")
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}、[^。；：，\d\n]{2,20}$", re.MULTILINE)
_OF_SECTIONS = frozenset({"funding", "loss", "revenue", "donation", "debt"})
_GOES_ON = re.compile(r"\s*(?:其中|分别|(?P<compared>同?比|较|上年|去年|上一年))")
"""What opens a sentence that goes on with the amount before it."""
_NEXT_SENTENCE = 40
_PAID = frozenset({"funding", "donation", "standard", "debt", "other"})
_PAYER_CLAUSE = re.compile(r"[，,。；;：:！？!?（）()\n]")
_RATE_ROLES = frozenset({"funding", "other", "donation"})
_PERIODS = frozenset("年月天日")


_TOLD_BEFORE: dict[bool, tuple[Confidence, str]] = {
    True: ("certain", "role.before"),
    False: ("likely", "role.clause_before"),
}
"""By whether the word stands in the amount's own clause."""


def _because(confidence: Confidence, why: str, start: int, end: int | None = None) -> Reason:
    return Reason("role", confidence, why, start, start if end is None else end)


def _goes_on_with(text: str, low: int, told: Sequence[AmountFact]) -> AmountFact | None:
    """The amount that the sentence at ``low`` goes on with: the first of the one before (比上年) or its last (其中)."""
    opening = _GOES_ON.match(text, low) if told and low - told[-1].end <= _NEXT_SENTENCE else None
    if opening is None:
        return None
    return told[0] if opening["compared"] else told[-1]


class RoleReader:
    """Reads roles and payers by the tables of ``patterns/roles.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        self._before = CueScanner(patterns.table("roles", "role"))
        after = patterns.table("roles", "role_after")
        self._after = {word: cast(Role, role) for role, words in after.items() for word in words}
        self._longest_after = max(map(len, self._after))
        self._ahead = CueScanner(patterns.table("roles", "role_after"))
        self._weak = frozenset(patterns.words("weak_cue"))
        self._ruling = frozenset(patterns.words("ruling_cue"))
        self._taken_in = frozenset(patterns.words("of_a_treasury"))
        self._treasury = re.compile(one_of(patterns.words("treasury")))
        self._periodic = frozenset(patterns.words("periodic_rate"))
        self._prices = frozenset(patterns.words("price_word"))
        self._payers = patterns.family("roles")

    def read(self, scene: Scene) -> None:
        """Set ``role`` and ``payer`` of every amount of ``scene`` but for the cells of tables."""
        told: Sequence[AmountFact] = ()
        headings = self._headings(scene)
        for (low, high), amounts in by_sentence(scene, scene.amounts):
            previous = _goes_on_with(scene.text, low, told)
            told = amounts
            for amount in amounts:
                if amount.found.rule == _TABLE_CELL:
                    continue  # its headings tell
                begin = max(low, previous.end if previous else low, amount.start - _REACH_BACK)
                amount.role, why = self._role(scene.text, begin, high, amount, previous)
                if amount.role == "income" and self._is_taken_in(scene.text, low, amount, why):
                    amount.role = "revenue"
                if why is None:
                    amount.role, why = self._role_of_section(headings, amount)
                if why is not None:
                    amount.reasons.append(why)
                if amount.role in _PAID:
                    self._payer(scene.text, begin, amount, previous)
                previous = amount

    def _is_taken_in(self, text: str, low: int, amount: AmountFact, why: Reason | None) -> bool:
        """Whether 收入 and 增收 speak of a treasury's takings: the sentence that begins at ``low`` has named one."""
        if why is None or text[why.start : why.end] not in self._taken_in:
            return False
        return amount.found.per is None and self._treasury.search(text, low, amount.start) is not None

    def of_heading(self, text: str) -> Role | None:
        """What the heading of a column or row, or caption, says its money is: its last strong cue, else a weak one."""
        cues = self._before.find(text, 0, len(text))
        strong = [cue for cue in cues if cue.word not in self._weak]
        telling = strong or [cue for cue in cues if cue.meaning != "other"]
        return cast(Role, telling[-1].meaning) if telling else None

    def _role(
        self, text: str, begin: int, high: int, amount: AmountFact, previous: AmountFact | None
    ) -> tuple[Role, Reason | None]:
        """The role, and why it is that; an amount of which nothing tells is ``other`` without a reason."""
        cue = self._cue(text, begin, amount.start)
        role, why = self._role_behind(text, amount.end, high), _because("certain", "role.behind", amount.end)
        if role is None and (cue is None or cue.word in self._weak):
            role, why = self._role_in_noun_behind(text, amount.end, high), _because("likely", "role.noun", amount.end)
        if role is None and cue is not None and not self._goes_on(text, begin, cue, previous):
            beside = _BREAK.search(text, cue.end, amount.start) is None
            role, why = cast(Role, cue.meaning), Reason("role", *_TOLD_BEFORE[beside], cue.start, cue.end)
        if role is None and previous is not None and _NEW_TOPIC.search(text, begin, amount.start) is None:
            role, why = previous.role, _because("likely", "role.carried", previous.start, previous.end)
        if amount.found.per and (role or "other") in _RATE_ROLES and self._is_rate(amount.found.per, cue):
            return "standard", _because("certain", "role.rate", begin, amount.start)
        return (role, why) if role is not None else ("other", None)

    def _headings(self, scene: Scene) -> list[Cue]:
        """The headings of sections (二、资金安排情况) with what money they tell of; one that tells of none ends it."""
        if not scene.amounts:
            return []
        found = []
        for match in _SECTION.finditer(scene.text):
            start, end = match.span()
            cues = self._before.find(scene.text, start, end)
            role = next((cue.meaning for cue in cues if cue.meaning in _OF_SECTIONS), "other")
            found.append(Cue(start, end, role, match.group()))
        return found

    @staticmethod
    def _role_of_section(headings: Sequence[Cue], amount: AmountFact) -> tuple[Role, Reason | None]:
        i = bisect_left(headings, amount.start, key=lambda heading: heading.start) - 1
        if i < 0 or headings[i].meaning == "other":
            return "other", None
        heading = headings[i]
        return cast(Role, heading.meaning), _because("guess", "role.heading", heading.start, heading.end)

    def _is_rate(self, per: str, cue: Cue | None) -> bool:
        """Whether an amount per something is a rate: 每年投入500万元 is none, 每年补助600元 is one."""
        if cue is not None and cue.word in self._prices:
            return False
        return not set(per.split("·")) <= _PERIODS or (cue is not None and cue.word in self._periodic)

    def _goes_on(self, text: str, begin: int, cue: Cue, previous: AmountFact | None) -> bool:
        """捐资8万元和价值20万元的课桌: a weak word in a list joined to the amount before says nothing new."""
        vague = cue.word in self._weak and cue.meaning == "other"
        return previous is not None and vague and text.startswith(_JOINS, begin)

    def _cue(self, text: str, begin: int, end: int) -> Cue | None:
        """The nearest cue before an amount, or the one that a weak word stands for or that rules the clause."""
        cues = self._before.find(text, begin, end)
        if not cues:
            return None
        nearest = cues[-1]
        for cue in reversed(cues[:-1]):
            if _BREAK.search(text, cue.end, nearest.start):
                break
            if cue.word in self._ruling:
                return cue
            if nearest.word in self._weak and nearest.start - cue.end <= _WEAK_REACH and cue.word not in self._weak:
                return cue
        return nearest

    def _role_behind(self, text: str, end: int, high: int) -> Role | None:
        for length in range(min(self._longest_after, high - end), 0, -1):
            role = self._after.get(text[end : end + length])
            if role is not None:
                return role
        return None

    def _role_in_noun_behind(self, text: str, end: int, high: int) -> Role | None:
        """3.2亿元省级救灾资金: the head of the noun that an amount opens."""
        run = _HAN_AHEAD.match(text, end, high)
        cues = self._ahead.find(text, end, run.end()) if run else []
        return cast(Role, cues[0].meaning) if cues else None

    def _payer(self, text: str, begin: int, amount: AmountFact, previous: AmountFact | None) -> None:
        """Whose money it is; a bare level (市级80万元) pays in a list whose amount before has a payer."""
        clause = begin
        for mark in _PAYER_CLAUSE.finditer(text, begin, amount.start):
            clause = mark.end()
        for hit in self._payers.finditer(text, clause, amount.start + 1):
            rule, match = hit.rule, hit.match
            if match.end() > amount.start or (rule.id == "payer.listed" and (previous is None or not previous.payer)):
                continue
            payer = hit.span("payer")
            amount.payer = text[slice(*payer)]
            confidence: Confidence = "certain" if rule.id == "payer.stated" else "likely"
            why = "payer.stated" if rule.id == "payer.level" else rule.id
            amount.reasons = [reason for reason in amount.reasons if reason.field != "payer"]
            amount.reasons.append(Reason("payer", confidence, why, *payer))
