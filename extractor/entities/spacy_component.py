"""The recognizer as a spaCy component: ``nlp.add_pipe("extractor_entities")`` fills ``doc.ents``.

The entry point in ``pyproject.toml`` names :func:`create_entities_component`, so that spaCy finds the factory without
an import of this module. Any tokenization will do: a name that ends inside a token is widened to the token's edge.
"""

# No `from __future__ import annotations` here: spaCy before 3.8.13 reads the annotations of a factory as types.

from collections.abc import Iterable
from pathlib import Path
from typing import Self

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from extractor.entities.choice import recognizer_called
from extractor.patterns import load_patterns
from extractor.text.sentences import sentences


class EntityComponent:
    """Sets ``doc.ents`` to the places, organizations and persons that rules and model find in ``doc.text``.

    Entities that an earlier component has set stay, unless ``overwrite``.
    """

    def __init__(self, name: str, model: str, patterns: str | None, overwrite: bool) -> None:
        self.name = name
        self.overwrite = overwrite
        self._recognizer = recognizer_called(model, load_patterns(Path(patterns) if patterns else None))

    def __call__(self, doc: Doc) -> Doc:
        """The same document with its entities."""
        text = doc.text
        found = self._recognizer.recognize(text, list(sentences(text)))
        spans = [
            doc.char_span(entity.start, entity.end, label=entity.label, span_id=entity.rule, alignment_mode="expand")
            for entity in found
        ]
        kept = [] if self.overwrite else list(doc.ents)
        taken = {token.i for span in kept for token in span}
        new = [span for span in spans if span is not None and not any(token.i in taken for token in span)]
        doc.ents = tuple(filter_spans([*kept, *new]))
        return doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to save: the settings lie in the pipeline's config, the patterns in their files."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Nothing to load."""
        return self


@Language.factory(
    "extractor_entities",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={"model": "builtin", "patterns": None, "overwrite": False},
)
def create_entities_component(
    nlp: Language, name: str, model: str, patterns: str | None, overwrite: bool
) -> EntityComponent:
    """The component; ``model`` is what ``--ner-model`` takes, ``patterns`` a folder to lay over the shipped files."""
    return EntityComponent(name, model, patterns, overwrite)
