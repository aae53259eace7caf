"""The network of the names model: hashed tables of a piece's attributes, windows of pieces, a score for every tag.

Built of thinc's layers alone, so that reading names needs no spaCy; the spaCy component (:mod:`tagger`) is made of the
same network. Corpora differ in what they call a name (云南省玉溪市 one place or two): one encoder learns from all of
them, and each **guide** (a set of annotation rules) has tags of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from thinc.api import (
    HashEmbed,
    Linear,
    Maxout,
    Model,
    NumpyOps,
    chain,
    clone,
    concatenate,
    expand_window,
    residual,
    set_dropout_rate,
    with_array,
)

from extractor.entities.decoding import TAGS, Floats, Integers, Span, names_in, probabilities
from extractor.entities.pieces import ATTRIBUTES, Rows

Network: TypeAlias = Model[list[Rows], list[Floats]]

UNKNOWN = -1
"""In place of a tag's number: a piece of which nothing is known, and nothing learnt."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
_FAR = np.uint64(29)


class Shape(NamedTuple):
    """How large a network is: ``rows`` of each attribute's table, its ``columns``, width and depth of the encoder."""

    rows: tuple[int, ...]
    columns: int
    width: int
    depth: int
    guides: int


class Lesson(NamedTuple):
    """A text to learn from: its pieces, the numbers of their tags (or UNKNOWN), and the number of their guide."""

    rows: Rows
    wanted: Integers
    guide: int


class BlasOps(NumpyOps):  # type: ignore[misc]  # thinc states no types for it
    """thinc's operations with NumPy's matrix product: OpenBLAS is twice as fast as the blis that thinc takes."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """The product of ``x`` and ``y``, transposed where told."""
        return np.dot(x.T if trans1 else x, y.T if trans2 else y, out=out)


def build(shape: Shape) -> Network:
    """A network of that shape with fresh weights."""
    if len(shape.rows) != len(ATTRIBUTES):
        raise ValueError(f"a table of rows is wanted for each of {', '.join(ATTRIBUTES)}, not {len(shape.rows)}")
    tables: list[Any] = [HashEmbed(shape.columns, rows, column=i, seed=i + 8) for i, rows in enumerate(shape.rows)]
    mixed: Any = chain(concatenate(*tables), _maxout(shape.width, shape.columns * len(tables), 3))
    window: Any = residual(chain(expand_window(1), _maxout(shape.width, 3 * shape.width, 2)))
    scores: Any = Linear(nO=shape.guides * len(TAGS), nI=shape.width)
    network: Any = chain(
        with_array(_unique_rows(mixed)), with_array(clone(window, shape.depth), pad=shape.depth), with_array(scores)
    )
    network.initialize()
    ops = BlasOps()
    for node in network.walk():
        node.ops = ops
    whole: Network = network
    return whole


def names_over(network: Network, texts: Sequence[Rows], guide: int) -> list[list[Span]]:
    """The names in each text by the rules of one guide."""
    if not any(map(len, texts)):
        return [[] for _ in texts]
    first = guide * len(TAGS)
    logits = [scores[:, first : first + len(TAGS)] for scores in network.predict(list(texts))]
    return names_in(_with_breaks(logits), [len(rows) for rows in texts])


def learn(network: Network, batch: Sequence[Lesson], drop: float) -> float:
    """The cross entropy over the pieces whose tag is known; its gradient is left with the weights."""
    set_dropout_rate(network, drop)
    scores, backpropagate = network.begin_update([lesson.rows for lesson in batch])
    logits = np.concatenate(scores)
    wanted = np.concatenate([lesson.wanted for lesson in batch])
    lengths = [len(lesson.wanted) for lesson in batch]
    first = np.repeat([lesson.guide for lesson in batch], lengths) * len(TAGS)
    known = np.flatnonzero(wanted != UNKNOWN)
    columns = first[known, None] + np.arange(len(TAGS))
    shares = probabilities(logits[known[:, None], columns])
    right = (np.arange(len(known)), wanted[known])
    loss = -float(np.log(np.maximum(shares[right], 1e-30)).sum())
    shares[right] -= 1
    gradient = np.zeros_like(logits)
    gradient[known[:, None], columns] = shares
    backpropagate(np.split(gradient, np.cumsum(lengths)[:-1]))
    return loss


def _maxout(width: int, taken: int, pieces: int) -> Any:
    return Maxout(nO=width, nI=taken, nP=pieces, dropout=0.0, normalize=True)


def _with_breaks(logits: Sequence[Floats]) -> Floats:
    """All rows, with one that is surely outside after those of each text."""
    outside = np.full((1, len(TAGS)), -50, dtype=np.float32)
    outside[0, 0] = 50
    return np.concatenate([part for rows in logits for part in (rows, outside)])


def _unique_rows(layer: Any) -> Any:
    """``layer`` over the different rows only: what a piece is by itself is worked out once a batch."""
    return Model("unique_rows", _forward, init=_initialize, layers=[layer])


def _forward(model: Any, rows: Rows, is_train: bool) -> tuple[Floats, Callable[[Floats], Rows]]:
    keys = rows[:, 0].copy()
    for column in range(1, rows.shape[1]):
        keys = (keys ^ (keys >> _FAR)) * _MIX + rows[:, column]
    _, index, inverse = np.unique(keys, return_index=True, return_inverse=True)
    unique, backpropagate = model.layers[0](rows[index], is_train)

    def backward(gradient: Floats) -> Rows:
        summed = np.zeros((len(index), gradient.shape[1]), dtype=np.float32)
        np.add.at(summed, inverse, gradient)
        backpropagate(summed)
        return rows

    return unique[inverse], backward


def _initialize(model: Any, X: Any = None, Y: Any = None) -> None:  # noqa: N803  (thinc's names)
    model.layers[0].initialize()
