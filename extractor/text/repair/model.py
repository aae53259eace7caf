"""What a repair step is, and what a repair tells."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

from extractor.text.alignment import Alignment, Edit, apply_edits

DoubtFlag = Literal["digit_may_be_lost", "repaired", "ocr_corrected"]


class Translated(NamedTuple):
    """A text of the same length as the one seen, and in how many places it differs."""

    text: str
    places: int


Outcome = Translated | Sequence[Edit]
"""What a step gives. An edit that leaves the text as it stands but carries a flag only casts a doubt on the span."""


class Step(NamedTuple):
    """One named repair: ``run`` is pure and reads nothing but the text given."""

    name: str
    meaning: str
    run: Callable[[str], Outcome]


class Doubt(NamedTuple):
    """``text[start:end]`` of the repaired text can't be fully trusted."""

    start: int
    end: int
    flag: DoubtFlag


class Change(NamedTuple):
    """One change by one step: ``source[start:end]`` is where it happened, ``before`` what the step saw there."""

    step: str
    start: int
    end: int
    before: str
    after: str
    flag: str | None


class Pass(NamedTuple):
    """One step that changed something: the text it saw, how that came from the source, and what it did."""

    step: str
    seen: str
    earlier: tuple[Alignment, ...]
    outcome: Outcome
    size: int

    def changes(self) -> list[Change]:
        """Every change of this pass, mapped to the source."""
        edits = runs(self.seen, self.outcome.text) if isinstance(self.outcome, Translated) else self.outcome
        found = []
        for start, end, after, flag in edits:
            before = self.seen[start:end]
            if before != after:
                for alignment in reversed(self.earlier):
                    start, end = alignment.to_old(start, end)
                found.append(Change(self.step, start, end, before, after, flag))
        return found


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text, exactly aligned with its source."""

    text: str
    alignment: Alignment
    """From the source to ``text``: ``alignment.to_old(start, end)`` gives source offsets."""
    doubts: tuple[Doubt, ...]
    """Spans of ``text``, ascending."""
    script: Literal["simplified", "traditional", "mixed"]
    """The script that the source is written in; ``text`` is simplified."""
    passes: tuple[Pass, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many changes each step made, steps without any left out."""
        return {done.step: done.size for done in self.passes}

    def changes(self) -> list[Change]:
        """Every change, step by step: the long answer for people who ask."""
        return [change for done in self.passes for change in done.changes()]


class Progress:
    """A text on its way through the steps."""

    def __init__(self, source: str) -> None:
        self.text = source
        self.made: list[Alignment] = []
        self.doubts: list[Doubt] = []
        self.passes: list[Pass] = []

    def take(self, step: Step) -> None:
        """Run ``step`` on the text as it stands, and keep account of what it did."""
        outcome = step.run(self.text)
        if isinstance(outcome, Translated):
            self._translated(step.name, outcome)
        elif outcome:
            self._edited(step.name, outcome)

    @property
    def alignment(self) -> Alignment:
        """From the source to the text as it stands."""
        # From the last to the first: the late steps make few blocks, so the many of an early one are copied once.
        return functools.reduce(lambda later, earlier: earlier.then(later), reversed(self.made), Alignment())

    def _translated(self, step: str, outcome: Translated) -> None:
        if outcome.text == self.text:
            return
        if len(outcome.text) != len(self.text):
            raise ValueError(f"the step {step} changed the length of the text without giving edits")
        self.passes.append(Pass(step, self.text, tuple(self.made), outcome, outcome.places))
        self.text = outcome.text

    def _edited(self, step: str, edits: Sequence[Edit]) -> None:
        changing = [edit for edit in edits if self.text[edit.start : edit.end] != edit.replacement]
        text, made = apply_edits(self.text, changing)
        if changing:
            self.passes.append(Pass(step, self.text, tuple(self.made), changing, len(changing)))
        flagged = [edit for edit in edits if edit.flag]
        if self.doubts or flagged:
            moved = [Doubt(*made.to_new(d.start, d.end), d.flag) for d in self.doubts]
            new = [Doubt(*made.to_new(e.start, e.end), cast(DoubtFlag, e.flag)) for e in flagged]
            self.doubts = sorted(d for d in (*moved, *new) if d.start < d.end)
        self.text = text
        if changing:
            self.made.append(made)


def take_all(source: str, steps: Sequence[Step], skip: Collection[str]) -> Progress:
    """``source`` after every step that is not named in ``skip``."""
    progress = Progress(source)
    for step in steps:
        if step.name not in skip:
            progress.take(step)
    return progress


def runs(old: str, new: str) -> list[Edit]:
    """Maximal runs of differing characters between two texts of one length."""
    edits: list[Edit] = []
    start = -1
    for i, (a, b) in enumerate(zip(old, new, strict=True)):
        if a != b and start < 0:
            start = i
        elif a == b and start >= 0:
            edits.append(Edit(start, i, new[start:i]))
            start = -1
    if start >= 0:
        edits.append(Edit(start, len(old), new[start:]))
    return edits
