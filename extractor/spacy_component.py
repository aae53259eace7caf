"""spaCy factory ``extractor``: every record of a text as a span of the Doc.

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> _ = nlp.add_pipe("extractor", config={"ner": False})
>>> doc = nlp("投入资金505万元。")
>>> [(span.text, span.label_) for span in doc.spans["extractor"]]
[('505万元', 'amount')]
"""

# No `from __future__ import annotations` here: spaCy before 3.8.13 reads the annotations of a factory as types.

from collections.abc import Callable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.entities.scope import Scope
from extractor.pipeline import Extractor
from extractor.records import AnyRecord, Entity, Extracted

SPANS_KEY = "extractor"


@Language.factory(
    "extractor", default_config={"ner": "all", "ner_model": None, "patterns": None}, assigns=["doc.spans", "doc.ents"]
)
def create_extractor(
    nlp: Language, name: str, ner: bool | Scope, ner_model: str | None, patterns: str | None
) -> Callable[[Doc], Doc]:
    """The component, with the settings of :class:`Extractor`: ``ner`` and ``ner_model`` are about names."""
    return ExtractorComponent(Extractor(ner=ner, ner_model=ner_model, patterns=Path(patterns) if patterns else None))


class ExtractorComponent:
    """Sets ``doc.spans["extractor"]``, ``doc.ents`` where names are free, ``doc._.records`` and ``span._.record``.

    Spans widen to whole tokens; the records keep the exact offsets.
    """

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        for owner, field in ((Doc, "records"), (Span, "record")):
            if not owner.has_extension(field):
                owner.set_extension(field, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Read ``doc.text`` and put what it holds on ``doc``."""
        records = self._extractor.extract_text(doc.text)
        doc._.records = records
        spans = [(record, _span(doc, record)) for record in records if isinstance(record, Extracted)]
        doc.spans[SPANS_KEY] = [span for _, span in spans if span is not None]
        taken = {token.i for ent in doc.ents for token in ent}
        names = []
        for record, span in spans:
            if isinstance(record, Entity) and span is not None and taken.isdisjoint(range(span.start, span.end)):
                taken.update(range(span.start, span.end))
                names.append(span)
        doc.set_ents([*doc.ents, *names])
        return doc


def _span(doc: Doc, record: AnyRecord | Extracted) -> Span | None:
    if not isinstance(record, Extracted):
        return None
    label = record.label if isinstance(record, Entity) else getattr(record, "kind", "record")
    span = doc.char_span(record.start, record.end, label=label, alignment_mode="expand")
    if span is not None:
        span._.record = record
    return span
