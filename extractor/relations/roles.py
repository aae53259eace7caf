"""Role and payer of an amount, from the words around it."""

from __future__ import annotations

from typing import cast

from extractor.patterns import Patterns
from extractor.records.codes import Role
from extractor.relations.cues import CueScanner
from extractor.relations.figures import CLAUSE_MARK, AmountFact, Scene, by_sentence

_REACH_AFTER = 8
_REACH_BACK = 60
_RATE_ROLES = frozenset({"funding", "other", "donation"})


class RoleReader:
    """Reads roles and payers by the tables of ``patterns/roles.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        self._before = CueScanner(patterns.table("roles", "role"))
        after = {word: role for role, words in patterns.table("roles", "role_after").items() for word in words}
        self._after: dict[str, Role] = after
        self._longest_after = max(map(len, after))
        self._payers = patterns.family("roles")

    def read(self, scene: Scene) -> None:
        """Set ``role`` and ``payer`` of every amount of ``scene``."""
        for (low, high), amounts in by_sentence(scene, scene.amounts):
            previous: AmountFact | None = None
            for amount in amounts:
                begin = max(previous.end if previous else low, amount.start - _REACH_BACK)
                role = self._role_behind(scene.text, amount.end, high) or self._role_ahead(scene.text, begin, amount)
                if role is None:
                    role = previous.role if previous else "other"
                if amount.found.per and role in _RATE_ROLES:
                    role = "standard"
                amount.role = role
                amount.payer = self._payer(scene.text, begin, amount.start)
                previous = amount

    def _role_behind(self, text: str, end: int, high: int) -> Role | None:
        for length in range(min(self._longest_after, high - end), 0, -1):
            role = self._after.get(text[end : end + length])
            if role is not None:
                return role
        return None

    def _role_ahead(self, text: str, begin: int, amount: AmountFact) -> Role | None:
        cues = self._before.find(text, begin, amount.start)
        return cast(Role, cues[-1].meaning) if cues else None

    def _payer(self, text: str, begin: int, end: int) -> str | None:
        clause = begin
        for mark in CLAUSE_MARK.finditer(text, begin, end):
            clause = mark.end()
        payer = None
        for _, match in self._payers.finditer(text, clause, end):
            payer = match.group("payer")
        return payer
