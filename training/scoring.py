"""Precision, recall and F1 of names: a name is right when its ends and its label are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from extractor.entities.recognizer import Recognizer
from extractor.evaluation.gold import Item, Passage
from extractor.text.repair import repair
from extractor.text.sentences import sentences
from training.sentences import Sentence

Scores: TypeAlias = dict[str, dict[str, float]]


def newswire_scores(recognizer: Recognizer, labelled: Iterable[Sentence]) -> Scores:
    """The scores on annotated sentences, by label and for all."""
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for sentence in labelled:
        wanted = {(name.start, name.end, name.label) for name in sentence.names}
        names = recognizer.recognize(sentence.text, [(0, len(sentence.text))])
        given = {(name.start, name.end, name.label) for name in names}
        for counts, spans in ((gold, wanted), (found, given), (right, wanted & given)):
            counts.update(str(label) for _, _, label in spans)
            counts["all"] += len(spans)
    scores = {}
    for label in ("all", "place", "organization", "person"):
        precision, recall = right[label] / max(found[label], 1), right[label] / max(gold[label], 1)
        f1 = 2 * right[label] / max(gold[label] + found[label], 1)
        scores[label] = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
    return scores


def predictions(recognizer: Recognizer, passages: Iterable[Passage]) -> dict[str, Sequence[Item]]:
    """What a recognizer finds in passages of gold, each repaired first; offsets count in the passage."""
    found: dict[str, Sequence[Item]] = {}
    for passage in passages:
        repaired = repair(passage.text)
        names = recognizer.recognize(repaired.text, list(sentences(repaired.text)))
        spans = [(repaired.alignment.to_old(name.start, name.end), name) for name in names]
        found[passage.pid] = [
            Item("entity", start, end, {"label": name.label, "text": name.name}) for (start, end), name in spans
        ]
    return found
