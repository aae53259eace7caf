"""Names by a spaCy pipeline: the one we ship or any other that sets ``doc.ents``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from extractor.entities.found import FoundEntity
from extractor.entities.recognizer import inside, titles_in
from extractor.records.codes import EntityLabel

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SCORES = "extractor_scores"
"""Key in ``doc.user_data`` under which our component leaves the scores of ``doc.ents``."""

_LABELS: dict[str, EntityLabel] = {
    # OntoNotes, as spaCy's own Chinese pipelines have it
    **dict.fromkeys(("GPE", "LOC", "FAC"), "place"),
    "ORG": "organization",
    "PERSON": "person",
    # People's Daily and MSRA, WikiNER
    "PER": "person",
    # CLUENER
    **dict.fromkeys(("address", "scene"), "place"),
    **dict.fromkeys(("government", "company"), "organization"),
    "name": "person",
    # Weibo, BosonNLP, jieba
    **dict.fromkeys(("GPE.NAM", "LOC.NAM", "location", "ns"), "place"),
    **dict.fromkeys(("ORG.NAM", "org_name", "company_name", "nt"), "organization"),
    **dict.fromkeys(("PER.NAM", "person_name", "nr"), "person"),
    # ours
    "place": "place",
    "organization": "organization",
    "person": "person",
}
"""What others call a place, an organization and a person; other labels are passed over."""

_TOGETHER = 2000
"""Characters of neighbouring sentences that are read as one text: less work than many short ones."""


class ScoredEntity(NamedTuple):
    """A name and how sure the model is of it; 1 where the pipeline gives no scores."""

    entity: FoundEntity
    score: float


class ModelRecognizer:
    """Finds names with ``pipeline``; ``rule`` in their records is the name and version of the model."""

    def __init__(self, pipeline: Language) -> None:
        self.pipeline = pipeline
        meta = pipeline.meta
        self.name = f"{meta.get('lang', 'zh')}_{meta.get('name') or 'pipeline'}-{meta.get('version', '0')}"

    def recognize(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[FoundEntity]:
        """The names in ``text``, in order, none overlapping."""
        return [scored.entity for scored in self.scored(text, sentences)]

    def scored(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[ScoredEntity]:
        """The names in ``text`` with their scores. What spaCy remembers for them is forgotten afterwards."""
        spans = list(blocks(text, sentences))
        with self.pipeline.memory_zone():
            docs = self.pipeline.pipe(text[start:end] for start, end in spans)
            return [found for (start, _), doc in zip(spans, docs, strict=True) for found in self._found(doc, start)]

    def _found(self, doc: Doc, start: int) -> Iterator[ScoredEntity]:
        titles = titles_in(doc.text, 0, len(doc.text))
        scores = doc.user_data.get(SCORES) or [1.0] * len(doc.ents)
        for span, score in zip(doc.ents, scores, strict=True):
            label = _LABELS.get(span.label_)
            surface = span.text
            low = start + span.start_char
            if label is None or not surface.strip() or inside(low - start, titles):
                continue
            yield ScoredEntity(FoundEntity(low, low + len(surface), label, self.name, surface), score)


def blocks(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Neighbouring sentences of a line put together; no name goes past the end of a line."""
    begin = end = -1
    for start, stop in sentences:
        if start == end and text[end - 1] != "\n" and stop - begin <= _TOGETHER:
            end = stop
            continue
        if begin >= 0:
            yield begin, end
        begin, end = start, stop
    if begin >= 0:
        yield begin, end
