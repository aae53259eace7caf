"""The segmenter and the word classes of one set of patterns, made once: rules and model share them."""

from __future__ import annotations

import functools
from typing import NamedTuple

from extractor.entities.gazetteer import load_gazetteer
from extractor.entities.lexicon import Lexicon
from extractor.entities.segmenter import Backend, Segmenter
from extractor.patterns import Patterns


class Words(NamedTuple):
    """What cuts a text into words, and what classes them."""

    segmenter: Segmenter
    lexicon: Lexicon


@functools.lru_cache(maxsize=4)
def words_of(patterns: Patterns, backend: Backend = "auto") -> Words:
    """The words of ``patterns`` and the table of divisions."""
    gazetteer = load_gazetteer()
    segmenter = Segmenter(patterns, backend, extra=sorted(gazetteer.full | gazetteer.short))
    return Words(segmenter, Lexicon(patterns, segmenter, gazetteer))
