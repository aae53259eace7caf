"""The names model that the package ships, read without spaCy: its start takes a fifth of a second less."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from extractor.entities.decoding import Floats, names_in
from extractor.entities.forward import Forward
from extractor.entities.found import FoundEntity
from extractor.entities.model_recognizer import ScoredEntity, blocks
from extractor.entities.network import Network, Shape, build
from extractor.entities.pieces import Pieces
from extractor.entities.recognizer import inside, titles_in

SHIPPED = Path(__file__).parent / "model"
COMPONENT = "names"
"""The component of the saved pipeline that holds the network; its folder has ``network.json`` and ``weights``."""

_REMEMBERED = 50_000
"""Words whose vectors are kept (some 20 MB); past that the memory starts afresh: a day's run does not grow."""
_TOGETHER = 100
"""Blocks of sentences that go through the network at once."""


class _Word(NamedTuple):
    """The vectors of a word's pieces, as bytes (joined, they are an array), and how many characters each has."""

    vectors: bytes
    lengths: list[int]


class NameModel:
    """Finds names by a network over pieces; ``guide`` is the number of the rules of annotation that it follows."""

    def __init__(self, network: Network, pieces: Pieces, guide: int, name: str) -> None:
        self.pieces = pieces
        self.name = name
        self._forward = Forward(network, guide)
        self._known: dict[str, _Word] = {}

    def scored(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[ScoredEntity]:
        """The names in ``text`` with their scores, in order, none overlapping."""
        found: list[ScoredEntity] = []
        spans = list(blocks(text, sentences))
        for first in range(0, len(spans), _TOGETHER):
            found += self._batch(text, spans[first : first + _TOGETHER])
        return found

    def recognize(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[FoundEntity]:
        """The names in ``text``, in order, none overlapping."""
        return [scored.entity for scored in self.scored(text, sentences)]

    def _batch(self, text: str, spans: Sequence[tuple[int, int]]) -> list[ScoredEntity]:
        words = [self.pieces.words(text[start:end]) for start, end in spans]
        self._learn({word for of_block in words for word in of_block})
        vectors = [self._joined([self._known[word].vectors for word in of_block]) for of_block in words]
        names = names_in(self._forward.scores(vectors), [len(of_block) for of_block in vectors])
        found = []
        for (start, end), of_block, spans_of_block in zip(spans, words, names, strict=True):
            titles = titles_in(text, start, end)
            lengths = [length for word in of_block for length in self._known[word].lengths]
            ends = [*accumulate(lengths, initial=start)]
            for span in spans_of_block:
                low, high = ends[span.first], ends[span.last]
                surface = text[low:high]
                low += len(surface) - len(surface.lstrip())
                surface = surface.strip()
                if surface and not inside(low, titles):
                    entity = FoundEntity(low, low + len(surface), span.label, self.name, surface)
                    found.append(ScoredEntity(entity, span.score))
        return found

    def _joined(self, vectors: list[bytes]) -> Floats:
        return np.frombuffer(b"".join(vectors), dtype=np.float32).reshape(-1, self._forward.width)

    def _learn(self, words: set[str]) -> None:
        """Remember the vectors of the words that are new."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        new = [word for word in words if word not in self._known]
        if not new:
            return
        read = [self.pieces.rows(word) for word in new]
        vectors = self._forward.embedded(np.concatenate([rows for rows, _ in read]))
        first = 0
        for word, (_, lengths) in zip(new, read, strict=True):
            last = first + len(lengths)
            self._known[word] = _Word(vectors[first:last].tobytes(), lengths)
            first = last


def load_name_model(folder: Path = SHIPPED, guide: str | None = None) -> NameModel:
    """The model in a folder to which its spaCy pipeline was saved; ``guide``: whose rules of annotation it follows."""
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    stated: dict[str, Any] = json.loads((folder / COMPONENT / "network.json").read_text("utf-8"))
    network = build(shape_of(stated))
    network.from_bytes((folder / COMPONENT / "weights").read_bytes())
    name = f"{meta['lang']}_{meta['name']}-{meta['version']}"
    return NameModel(network, Pieces(stated["longest"]), stated["guides"].index(guide or stated["guide"]), name)


def shape_of(stated: dict[str, Any]) -> Shape:
    """The shape that the settings of a component give."""
    return Shape(tuple(stated["rows"]), stated["columns"], stated["width"], stated["depth"], len(stated["guides"]))
