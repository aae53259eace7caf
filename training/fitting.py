"""Fits the weights of the pipeline that a config file describes.

``spacy train`` would copy every text in every round; here what the model looks at is worked out once, and a round over
two million characters takes a minute or two on one core.
"""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.util import load_config, load_model_from_config, registry

from extractor.entities.decoding import TAGS
from extractor.entities.name_model import COMPONENT, NameModel
from extractor.entities.network import UNKNOWN, Lesson, learn
from extractor.entities.pieces import Pieces
from extractor.entities.tagger import NameTagger
from training.sentences import Name, Sentence

_NUMBER = {tag: number for number, tag in enumerate(TAGS)}


def pipeline_of(config: Path, overrides: dict[str, Any]) -> Language:
    """The pipeline with fresh weights."""
    stated = load_config(config, overrides=overrides, interpolate=True)
    random.seed(stated["training"]["seed"])
    np.random.seed(stated["training"]["seed"])
    return load_model_from_config(stated, auto_fill=True, validate=False)


def model_of(nlp: Language, guide: str) -> NameModel:
    """The network of a pipeline with the weights that it has now, to be read by the rules of ``guide``."""
    tagger = nlp.get_pipe(COMPONENT)
    assert isinstance(tagger, NameTagger)
    name = f"{nlp.lang}_{nlp.meta['name']}"
    return NameModel(tagger.model, Pieces(tagger.cfg["longest"]), tagger.cfg["guides"].index(guide), name)


def lessons_of(pieces: Pieces, guides: Sequence[str], sentences: Iterable[Sentence]) -> list[Lesson]:
    """The sentences as the network sees them; a name whose ends fall inside pieces is left unknown."""
    lessons = []
    rows_of = functools.cache(pieces.rows)
    for sentence in sentences:
        read = [rows_of(word) for word in pieces.words(sentence.text)]
        if read:
            lengths = [length for _, lengths in read for length in lengths]
            wanted = _tags(sentence.names, np.cumsum([0, *lengths]))
            rows = np.concatenate([rows for rows, _ in read])
            lessons.append(Lesson(rows, wanted, guides.index(sentence.guide)))
    return lessons


def _tags(names: Sequence[Name], ends: Any) -> Any:
    wanted = np.zeros(len(ends) - 1, dtype=np.int64)
    for name in names:
        first = int(np.searchsorted(ends, name.start, side="right")) - 1
        last = int(np.searchsorted(ends, name.end, side="left"))
        if name.label is None or ends[first] != name.start or ends[last] != name.end:
            wanted[first:last] = UNKNOWN
        elif last - first == 1:
            wanted[first] = _NUMBER[f"U-{name.label}"]
        else:
            wanted[first:last] = _NUMBER[f"I-{name.label}"]
            wanted[first] = _NUMBER[f"B-{name.label}"]
            wanted[last - 1] = _NUMBER[f"L-{name.label}"]
    return wanted


def fit(nlp: Language, lessons: Sequence[Lesson], every: int = 200) -> None:
    """Learn for as many batches as the config says; in the end the weights are their averages over the way."""
    settings = nlp.config["training"]
    network = nlp.get_pipe(COMPONENT).model
    optimizer = registry.resolve({"optimizer": settings["optimizer"]})["optimizer"]
    batches = _batches(lessons, settings["batcher"]["size"], random.Random(settings["seed"]))
    loss, pieces, begin = 0.0, 0, time.perf_counter()
    for step in range(1, settings["max_steps"] + 1):
        batch = next(batches)
        loss += learn(network, batch, settings["dropout"])
        pieces += sum(len(lesson.wanted) for lesson in batch)
        network.finish_update(optimizer)
        optimizer.step_schedules()
        if step % every == 0:
            print(f"step {step:5}  loss {loss / pieces:.4f}  {time.perf_counter() - begin:6.0f} s", flush=True)
            loss, pieces = 0.0, 0
    with network.use_params(optimizer.averages):
        weights = network.to_bytes()
    network.from_bytes(weights)


def _batches(lessons: Sequence[Lesson], pieces: int, draw: random.Random) -> Iterator[list[Lesson]]:
    """Round after round in another order, each batch of about ``pieces`` pieces."""
    order = list(range(len(lessons)))
    while True:
        draw.shuffle(order)
        batch: list[Lesson] = []
        held = 0
        for number in order:
            batch.append(lessons[number])
            held += len(lessons[number].wanted)
            if held >= pieces:
                yield batch
                batch, held = [], 0
