"""Role and payer of an amount, from the words around it."""

from __future__ import annotations

import re
from typing import cast

from extractor.patterns import Patterns
from extractor.records.codes import Role
from extractor.relations.cues import Cue, CueScanner
from extractor.relations.figures import CLAUSE_MARK, AmountFact, Scene, by_sentence

_REACH_BACK = 60
_WEAK_REACH = 10
_TABLE_CELL = "amount.table_cell"
_BREAK = re.compile(r"[，,。；;：:！？!?（）()\n]")
_NEW_TOPIC = re.compile(r"[；;]")
_HAN_AHEAD = re.compile(r"[\u4e00-\u9fff]{0,14}")
_JOINS = ("和", "及", "、", "与")
_RATE_ROLES = frozenset({"funding", "other", "donation"})
_PERIODS = frozenset("年月天日")


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
        self._periodic = frozenset(patterns.words("periodic_rate"))
        self._prices = frozenset(patterns.words("price_word"))
        self._payers = patterns.family("roles")

    def read(self, scene: Scene) -> None:
        """Set ``role`` and ``payer`` of every amount of ``scene`` but for the cells of tables."""
        for (low, high), amounts in by_sentence(scene, scene.amounts):
            previous: AmountFact | None = None
            for amount in amounts:
                if amount.found.rule == _TABLE_CELL:
                    continue  # its headings tell
                begin = max(previous.end if previous else low, amount.start - _REACH_BACK)
                amount.role = self._role(scene.text, begin, high, amount, previous)
                amount.payer = self._payer(scene.text, begin, amount.start)
                previous = amount

    def of_heading(self, text: str) -> Role | None:
        """What the heading of a column or row, or caption, says its money is: its last strong cue, else a weak one."""
        cues = self._before.find(text, 0, len(text))
        strong = [cue for cue in cues if cue.word not in self._weak]
        telling = strong or [cue for cue in cues if cue.meaning != "other"]
        return cast(Role, telling[-1].meaning) if telling else None

    def _role(self, text: str, begin: int, high: int, amount: AmountFact, previous: AmountFact | None) -> Role:
        cue = self._cue(text, begin, amount.start)
        role = self._role_behind(text, amount.end, high)
        if role is None and (cue is None or cue.word in self._weak):
            role = self._role_in_noun_behind(text, amount.end, high)
        if role is None and cue is not None and not self._goes_on(text, begin, cue, previous):
            role = cast(Role, cue.meaning)
        if role is None:
            goes_on = previous is not None and _NEW_TOPIC.search(text, begin, amount.start) is None
            role = previous.role if previous and goes_on else "other"
        if amount.found.per and role in _RATE_ROLES and self._is_rate(amount.found.per, cue):
            return "standard"
        return role

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

    def _payer(self, text: str, begin: int, end: int) -> str | None:
        clause = begin
        for mark in CLAUSE_MARK.finditer(text, begin, end):
            clause = mark.end()
        payer = None
        for _, match in self._payers.finditer(text, clause, end):
            payer = match.group("payer")
        return payer
