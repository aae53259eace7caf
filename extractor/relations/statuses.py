"""What happened to the things counted: dead, collapsed, resettled … from the words beside each count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from extractor.patterns import Patterns
from extractor.records.codes import Status
from extractor.relations.cues import Cue, CueScanner
from extractor.relations.figures import CountFact, Scene, by_sentence

_BREAK = re.compile(r"[，,。；;：:！？!?、（）()\n]")
_NARROW_REACH = 4
_RIGHT_REACH = 4
_RELATIVE_REACH = 30
_CARRY_REACH = 14
_JOINED = frozenset({"", "、", "和", "及"})
_PERSONAL = frozenset({"dead", "missing", "injured", "dead_or_missing", "trapped"})
_PEOPLE = frozenset({"persons", "households"})
_AREA_ONLY = frozenset({"crop_failed", "crop_damaged"})
_OPENS_PART = re.compile(r"其中|[（(]")


class StatusReader:
    """Reads statuses by the tables of ``patterns/statuses.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        both = patterns.table("statuses", "both")
        right = {word: status for status, words in patterns.table("statuses", "right").items() for word in words}
        reset = patterns.table("statuses", "reset")["none"]
        self._right_only: Mapping[str, str] = right
        self._cues = CueScanner({**both, "none": reset})
        self._narrow = frozenset(patterns.words("narrow_cue"))
        self._indicators: Mapping[str, str] = patterns.table("statuses", "indicator")

    def indicator(self, measure: str, status: str | None) -> str | None:
        """The name in the 自然灾害情况统计调查制度 of a measure with a status, if it has one."""
        return self._indicators.get(f"{measure}.{status}") if status else None

    def read(self, scene: Scene) -> None:
        """Set ``status`` of every count of ``scene``."""
        barriers = sorted(amount.start for amount in scene.amounts)
        for (low, high), counts in by_sentence(scene, scene.counts):
            cues = self._cues.find(scene.text, low, high)
            if cues:
                self._read_sentence(scene.text, counts, cues, high, barriers)

    def _read_sentence(
        self, text: str, counts: list[CountFact], cues: list[Cue], high: int, barriers: list[int]
    ) -> None:
        used: set[int] = set()
        for i, count in enumerate(counts):
            previous = counts[i - 1] if i else None
            limit = min([counts[i + 1].start if i + 1 < len(counts) else high, *(b for b in barriers if b >= count.end)])
            left_edge = previous.found.number_end if previous else 0
            left = self._left(text, count, cues, left_edge, used)
            right = self._right(text, count, cues, limit)
            inside = next((c for c in cues if count.found.number_end <= c.start and c.end <= count.end), None)
            if inside is not None and inside.meaning != "none":
                count.status = cast(Status, inside.meaning)
            elif left is not None and count.start - left.end <= 1:
                self._set(count, left.meaning)
            elif right is not None and right[1]:
                self._set(count, self._meaning_on_right(right[0]))
                used.add(right[0].start)
                self._spread_back(text, counts, i, direct=True)
            elif left is not None:
                self._set(count, left.meaning)
            elif right is not None and count.found.measure in _PEOPLE:
                self._set(count, self._meaning_on_right(right[0]))
                self._spread_back(text, counts, i, direct=False)
            elif previous is not None and previous.status is not None:
                self._carry(text, previous, count, cues)

    def _set(self, count: CountFact, meaning: str) -> None:
        if meaning != "none" and not (meaning in _AREA_ONLY and count.found.measure != "area"):
            count.status = cast(Status, meaning)

    def _meaning_on_right(self, cue: Cue) -> str:
        return self._right_only.get(cue.word, cue.meaning)

    def _left(self, text: str, count: CountFact, cues: list[Cue], edge: int, used: set[int]) -> Cue | None:
        """The nearest cue before the number, in its clause."""
        for cue in reversed(cues):
            if cue.end > count.start or cue.start in used:
                continue
            if cue.start < edge or _BREAK.search(text, cue.end, count.start):
                return None
            if cue.word in self._narrow and count.start - cue.end > _NARROW_REACH:
                continue
            return cue
        return None

    def _right(self, text: str, count: CountFact, cues: list[Cue], limit: int) -> tuple[Cue, bool] | None:
        """The first cue behind the count in its clause, and whether it is its predicate (not in a 的-phrase)."""
        relative = text.startswith("的", count.end)
        reach = _RELATIVE_REACH if relative else _RIGHT_REACH
        for cue in cues:
            if cue.start < count.found.number_end:
                continue
            if cue.end > limit or cue.start - count.end > reach or _BREAK.search(text, count.end, cue.start):
                return None
            if relative and cue.word in self._narrow and cue.word in ("贫困", "特困"):
                continue
            return cue, not relative
        return None

    def _spread_back(self, text: str, counts: list[CountFact], index: int, *, direct: bool) -> None:
        """57户、230人搬迁: what is told of the last of joined counts holds for those before it."""
        last = counts[index]
        for j in range(index - 1, -1, -1):
            count = counts[j]
            if text[count.end : counts[j + 1].start] not in _JOINED or count.status is not None:
                return
            if direct or count.found.measure in _PEOPLE:
                count.status = last.status

    def _carry(self, text: str, previous: CountFact, count: CountFact, cues: list[Cue]) -> None:
        """受灾村庄141个，人口11.35万人: a list goes on with the status of the figure before it."""
        gap = text[previous.end : count.start]
        if len(gap) > _CARRY_REACH or any(c.start >= previous.end and c.end <= count.start for c in cues):
            return
        part = _OPENS_PART.search(gap) is not None
        same = previous.found.measure == count.found.measure
        if (previous.status in _PERSONAL and not same) or "；" in gap or ";" in gap:
            return
        told_before = any(c.end <= previous.start for c in cues)
        if part or told_before:
            if previous.status in _AREA_ONLY and count.found.measure != "area":
                return
            count.status = previous.status
