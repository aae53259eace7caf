"""The network read, not taught: the same sums as thinc's layers, in half the time.

thinc keeps what backpropagation needs and works out means and deviations in many passes; here a layer is one product,
bias included, and half a dozen passes in place, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from threadpoolctl import ThreadpoolController

from extractor.entities.decoding import TAGS, Floats

if TYPE_CHECKING:
    from extractor.entities.network import Network
    from extractor.entities.pieces import Rows

_EPSILON = np.float32(1e-8)


class _Window(NamedTuple):
    """The weights of one layer, for the piece before, the piece itself, the one behind and one (the bias)."""

    weights: Floats
    gain: Floats
    shift: Floats


class Forward:
    """Reads the weights of a network once; weights that change later it does not see."""

    def __init__(self, network: Network, guide: int) -> None:
        embed, encode, score = network.layers
        self._embed = embed.layers[0]
        maxouts, norms = ([node for node in encode.walk() if node.name == name] for name in ("maxout", "layernorm"))
        self._windows = [_window(maxout, norm) for maxout, norm in zip(maxouts, norms, strict=True)]
        [linear] = [node for node in score.walk() if node.name == "linear"]
        mine = slice(guide * len(TAGS), (guide + 1) * len(TAGS))
        self._weights = np.ascontiguousarray(linear.get_param("W")[mine].T)
        self._bias = linear.get_param("b")[mine]
        self.width = len(self._weights)
        self._threads = ThreadpoolController()

    def embedded(self, rows: Rows) -> Floats:
        """A vector for each piece, by what it is in itself."""
        with self._threads.limit(limits=1, user_api="blas"):
            vectors: Floats = self._embed.predict(rows)
        return vectors

    def scores(self, texts: Sequence[Floats]) -> Floats:
        """The scores of all pieces, given their vectors, with a row surely outside behind those of each text."""
        pad = len(self._windows)
        places, first = [], pad
        for vectors in texts:
            places.append(np.arange(first, first + len(vectors)))
            first += len(vectors) + pad
        inside = np.concatenate(places)
        padded = np.zeros((first, self.width), dtype=np.float32)
        padded[inside] = np.concatenate(list(texts))
        # matrices so small gain nothing from several threads, which stand in each other's way on a busy machine
        with self._threads.limit(limits=1, user_api="blas"):
            for window in self._windows:
                padded += _read(window, padded)
            scores = padded @ self._weights
        scores += self._bias
        apart = np.full(len(scores), True)
        apart[inside] = False
        scores[apart] = -50
        scores[apart, 0] = 50
        kept = np.concatenate([np.append(rows, rows[-1] + 1) if len(rows) else [0] for rows in places])
        return np.ascontiguousarray(scores[kept])


def _read(window: _Window, vectors: Floats) -> Floats:
    count, width = vectors.shape
    taken = np.zeros((count, 3 * width + 1), dtype=np.float32)
    taken[1:, :width] = vectors[:-1]
    taken[:, width : 2 * width] = vectors
    taken[:-1, 2 * width : -1] = vectors[1:]
    taken[:, -1] = 1
    halves = taken @ window.weights
    best: Floats = np.maximum(halves[:, :width], halves[:, width:])
    best -= best @ np.full((width, 1), 1 / width, dtype=np.float32)
    deviation = np.sqrt(np.einsum("ij,ij->i", best, best) / np.float32(width) + _EPSILON)
    best /= deviation[:, None]
    best *= window.gain
    best += window.shift
    return best


def _window(maxout: Any, norm: Any) -> _Window:
    weights = maxout.get_param("W")  # outputs, halves, inputs: the piece before, itself, the one behind
    width = weights.shape[0]
    bias = maxout.get_param("b").T.reshape(1, 2 * width)
    stacked = np.concatenate([weights.transpose(2, 1, 0).reshape(3 * width, 2 * width), bias])
    return _Window(stacked, norm.get_param("G"), norm.get_param("b"))
