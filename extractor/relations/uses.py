"""What an amount of money was for, and the persons and households that it reached."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extractor.patterns import Patterns, one_of
from extractor.records.codes import Confidence
from extractor.relations.figures import AmountFact, CountFact, Scene
from extractor.relations.reasons import Reason

_SPENT = frozenset({"funding", "donation", "standard", "debt", "other"})
_REACHED = frozenset({"persons", "households"})
_JOINED = re.compile(r"\s?(?:[、，,和及]|以及)?\s?")
_TO_WHOM = re.compile(r"[为给向对使][^，,。；;\d]{0,16}$")
_CLAUSE = re.compile(r"[，,。；;：:\n（(]")
_REACH_BACK = 24


class UseReader:
    """Reads uses by the rules of ``patterns/uses.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        self._family = patterns.family("uses")
        reach, hand = one_of(patterns.words("reach_verb")), one_of(patterns.words("hand_verb"))
        self._reaches = re.compile(rf"[^。；;\d]{{0,8}}{reach}[了到过]?[^，,。；;\d]{{0,8}}")
        self._handed = re.compile(rf"[^，,。；;\d]{{0,8}}{hand}[^。；;\d]{{0,16}}")

    def read(self, scene: Scene) -> None:
        """Set ``purpose`` and ``beneficiary`` of every amount of ``scene`` that was, or is to be, spent."""
        starts = [count.start for count in scene.counts]
        for index, amount in enumerate(scene.amounts):
            if amount.role not in _SPENT:
                continue
            low, high = scene.sentence_at(amount.start)
            before = scene.amounts[index - 1].end if index else 0
            following = scene.amounts[index + 1].start if index + 1 < len(scene.amounts) else high
            self._purpose(scene.text, amount, max(low, before), min(high, following))
            if amount.role != "other":
                counts = scene.counts[bisect_left(starts, max(low, before)) : bisect_left(starts, min(high, following))]
                self._beneficiary(scene.text, amount, counts)

    def _purpose(self, text: str, amount: AmountFact, low: int, high: int) -> None:
        hit = self._family.match(text, amount.end, high)
        if hit is not None and hit.rule.id in ("use.stated", "use.verb"):
            self._tell(amount, hit.span("purpose"), text, hit.rule.id)
            return
        low = max(low, amount.start - _REACH_BACK)
        for mark in _CLAUSE.finditer(text, low, amount.start):
            low = mark.end()
        for found in self._family.finditer(text, low, amount.start):
            if found.rule.id == "use.fund" and found.match.end() == amount.start:
                self._tell(amount, found.span("purpose"), text, found.rule.id)

    @staticmethod
    def _tell(amount: AmountFact, span: tuple[int, int], text: str, rule: str) -> None:
        amount.purpose = text[span[0] : span[1]].strip()
        confidence: Confidence = "likely" if rule == "use.verb" else "certain"
        amount.reasons.append(Reason("purpose", confidence, rule.replace("use.", "purpose."), *span))

    def _beneficiary(self, text: str, amount: AmountFact, counts: Sequence[CountFact]) -> None:
        people = [count for count in counts if count.found.measure in _REACHED]
        behind = [count for count in people if count.start >= amount.end]
        ahead = [count for count in people if count.end <= amount.start]
        reached: list[CountFact] = []
        why = ""
        if behind and self._reaches.fullmatch(text, amount.end, behind[0].start):
            why, reached = "beneficiary.reaches", _joined(text, behind)
        elif ahead and self._handed.fullmatch(text, ahead[-1].end, amount.start):
            given = _joined(text, ahead[::-1])[::-1]
            if _TO_WHOM.search(text, max(0, given[0].start - _REACH_BACK), given[0].start):
                why, reached = "beneficiary.handed_to", given
        if reached:
            amount.beneficiary = reached
            amount.reasons.append(Reason("beneficiary", "likely", why, reached[0].start, reached[-1].end))


def _joined(text: str, counts: Sequence[CountFact]) -> list[CountFact]:
    """The first of ``counts`` and those joined to it (48户、129人), in the order given."""
    joined = [counts[0]]
    for count in counts[1:]:
        first, second = sorted((joined[-1], count), key=lambda fact: fact.start)
        if _JOINED.fullmatch(text, first.end, second.start) is None:
            break
        joined.append(count)
    return joined
