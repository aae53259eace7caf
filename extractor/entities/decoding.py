"""From scores of tags to names: the likeliest sequence of tags in which every name begins and ends as it should."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from extractor.records.codes import EntityLabel

Floats: TypeAlias = npt.NDArray[np.float32]
Integers: TypeAlias = npt.NDArray[np.int64]

LABELS: tuple[EntityLabel, ...] = ("place", "organization", "person")
TAGS = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in "BILU"))
"""The tags a piece can have: outside, or first, inner, last or only piece of a name."""

_SURE = 0.995
"""A piece outside with this probability divides the text: what stands on its two sides is decoded apart."""
_IMPOSSIBLE = np.float32(-1e9)


class Span(NamedTuple):
    """A name over pieces ``first`` to ``last`` (half-open); ``score`` is the probability of its least sure tag."""

    first: int
    last: int
    label: EntityLabel
    score: float


def _transitions() -> Floats:
    allowed = np.full((len(TAGS), len(TAGS)), _IMPOSSIBLE, dtype=np.float32)
    for i, before in enumerate(TAGS):
        inside = before[0] in "BI"
        for j, after in enumerate(TAGS):
            continues = after[0] in "IL"
            if (inside and continues and before[2:] == after[2:]) or (not inside and not continues):
                allowed[i, j] = 0
    return allowed


_ALLOWED = _transitions()
_START = np.array([0 if tag[0] in "OBU" else _IMPOSSIBLE for tag in TAGS], dtype=np.float32)
_END = np.array([0 if tag[0] in "OLU" else _IMPOSSIBLE for tag in TAGS], dtype=np.float32)


def probabilities(logits: Floats) -> Floats:
    """Softmax by row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


def names_in(scores: Floats, lengths: Sequence[int]) -> list[list[Span]]:
    """The names of each text, given the scores of all pieces of texts that have so many.

    Behind those of each text comes a row that is surely outside.
    """
    divided: list[list[Span]] = [[] for _ in lengths]
    text, offset = 0, 0
    for span in decode(probabilities(scores)):
        while span.first >= offset + lengths[text] + 1:
            offset += lengths[text] + 1
            text += 1
        divided[text].append(span._replace(first=span.first - offset, last=span.last - offset))
    return divided


def decode(shares: Floats) -> list[Span]:
    """The names of one text, or of several whose pieces are divided by rows that are surely outside."""
    open_rows = np.flatnonzero(shares[:, 0] < _SURE)
    if not len(open_rows):
        return []
    breaks = np.flatnonzero(np.diff(open_rows) > 1) + 1
    firsts = open_rows[np.concatenate(([0], breaks))]
    lasts = open_rows[np.concatenate((breaks - 1, [len(open_rows) - 1]))] + 1
    logs = np.log(np.maximum(shares, np.float32(1e-30)))
    tags = np.zeros(len(shares), dtype=np.int64)
    lengths = lasts - firsts
    order = np.argsort(-lengths, kind="stable")
    firsts, lengths = firsts[order], lengths[order]
    _fill(tags, logs, firsts, lengths)
    return _spans(tags, shares)


def _fill(tags: Integers, logs: Floats, firsts: Integers, lengths: Integers) -> None:
    """Viterbi over all runs at once, longest first, so that those still going stand at the front."""
    longest = int(lengths[0])
    score = logs[firsts] + _START
    back: list[Integers] = []
    final = np.empty((len(firsts), len(TAGS)), dtype=np.float32)
    for step in range(1, longest + 1):
        going = int(np.searchsorted(-lengths, -step, side="left"))  # runs longer than step
        final[going : len(score)] = score[going:] + _END
        if step == longest:
            break
        steps = score[:going, :, None] + _ALLOWED
        best = steps.argmax(axis=1)
        back.append(best)
        score = np.take_along_axis(steps, best[:, None, :], axis=1)[:, 0] + logs[firsts[:going] + step]
    current = final.argmax(axis=1)
    tags[firsts + lengths - 1] = current
    for step in range(longest - 1, 0, -1):
        going = len(back[step - 1])
        current[:going] = np.take_along_axis(back[step - 1], current[:going, None], axis=1)[:, 0]
        tags[firsts[:going] + step - 1] = current[:going]


def _spans(tags: Integers, shares: Floats) -> list[Span]:
    sure = shares[np.arange(len(tags)), tags]
    spans = []
    first = 0
    for row in np.flatnonzero(tags).tolist():
        tag = TAGS[tags[row]]
        if tag[0] in "BU":
            first = row
        if tag[0] in "LU":
            spans.append(Span(first, row + 1, LABELS[(int(tags[row]) - 1) // 4], float(sure[first : row + 1].min())))
    return spans
