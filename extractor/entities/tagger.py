"""The names model as a spaCy component (``extractor_name_tagger``) and tokenizer (``extractor.NamePieces.v1``).

spaCy's own ``ner`` takes one decision after the other; here one matrix product scores every piece and a constrained
search finds the best names (:mod:`decoding`): several times as fast, and each name has a score.
"""

# No `from __future__ import annotations` here: spaCy before 3.8.13 reads the annotations of a factory as types.

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.training import Example
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import Optimizer

from extractor.entities.decoding import LABELS, TAGS, Span
from extractor.entities.model_recognizer import SCORES
from extractor.entities.name_model import shape_of
from extractor.entities.network import UNKNOWN, Lesson, build, learn, names_over
from extractor.entities.pieces import ATTRIBUTES, Piece, Pieces, Rows, row_of

GUIDE = "guide"
"""Key in ``doc.user_data`` of a training text: whose rules it is annotated by."""
_TAG_NUMBER = {tag: number for number, tag in enumerate(TAGS)}


class NameTagger(TrainablePipe):  # type: ignore[misc]  # spaCy states no types for it
    """Sets ``doc.ents``, and their scores in ``doc.user_data``. The docs are those of :class:`PieceTokenizer`."""

    def __init__(self, vocab: Vocab, name: str, settings: dict[str, Any]) -> None:
        self.vocab = vocab
        self.name = name
        self.cfg = settings
        self.model = build(shape_of(settings))
        self.scorer = _scored

    @property
    def labels(self) -> tuple[str, ...]:
        """What names are labelled."""
        return LABELS

    def add_label(self, label: str) -> int:
        """Labels are fixed: only known ones can be given."""
        if label not in LABELS:
            raise ValueError(f"the names model knows {', '.join(LABELS)}, not {label!r}")
        return 0

    def predict(self, docs: Iterable[Doc]) -> list[list[Span]]:
        """The names of each doc, in order."""
        return names_over(self.model, [_rows(doc) for doc in docs], self.cfg["guides"].index(self.cfg["guide"]))

    def set_annotations(self, docs: Iterable[Doc], found: Iterable[Sequence[Span]]) -> None:
        """Write names and scores to the docs; blanks at a name's ends are cut off."""
        for doc, spans in zip(docs, found, strict=True):
            named = [(piece, span.score) for span in spans if (piece := _trimmed(doc, span)) is not None]
            doc.set_ents([piece for piece, _ in named])
            doc.user_data[SCORES] = [score for _, score in named]

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Optimizer | None = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from one batch."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        batch = [self._lesson(example) for example in examples if len(example.predicted)]
        if batch:
            losses[self.name] += learn(self.model, batch, drop)
        if batch and sgd is not None:
            self.finish_update(sgd)
        return losses

    def _lesson(self, example: Example) -> Lesson:
        numbers = [_TAG_NUMBER.get(tag, UNKNOWN) if tag else UNKNOWN for tag in example.get_aligned_ner()]
        guide = example.reference.user_data.get(GUIDE, self.cfg["guide"])
        return Lesson(_rows(example.predicted), np.array(numbers, dtype=np.int64), self.cfg["guides"].index(guide))

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None, **kwargs: Any
    ) -> None:
        """Nothing to do: the weights are there from the beginning."""

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Weights and settings as files in the folder ``path``."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "weights").write_bytes(self.model.to_bytes())
        (folder / "network.json").write_text(json.dumps(self.cfg, indent=1), encoding="utf-8")

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Self:
        """Read what :meth:`to_disk` wrote."""
        folder = Path(path)
        return self._with(json.loads((folder / "network.json").read_text("utf-8")), (folder / "weights").read_bytes())

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Weights and settings."""
        stated = json.dumps(self.cfg).encode()
        return b"%d %b%b" % (len(stated), stated, self.model.to_bytes())

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """Read what :meth:`to_bytes` gave."""
        length, _, rest = data.partition(b" ")
        return self._with(json.loads(rest[: int(length)]), rest[int(length) :])

    def _with(self, settings: dict[str, Any], weights: bytes) -> Self:
        self.cfg = settings
        self.model = build(shape_of(settings))
        self.model.from_bytes(weights)
        return self


class PieceTokenizer:
    """Text to a Doc of pieces; no token has a space of its own behind it."""

    def __init__(self, vocab: Vocab, longest: int) -> None:
        self.vocab = vocab
        self._pieces = Pieces(longest)

    def __call__(self, text: str) -> Doc:
        """The pieces of ``text``: ``tag_`` is the class of the word, ``lemma_`` the word."""
        pieces = self._pieces.of(text)
        texts, tags, words = map(list, zip(*pieces, strict=True)) if pieces else ([], [], [])
        return Doc(self.vocab, words=texts, spaces=[False] * len(texts), tags=tags, lemmas=words)

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Nothing to save: the setting lies in the config, the words in the package."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> Self:
        """Nothing to load."""
        return self

    def to_disk(self, path: Path | str, **kwargs: Any) -> None:
        """Nothing to save."""

    def from_disk(self, path: Path | str, **kwargs: Any) -> Self:
        """Nothing to load."""
        return self


def _rows(doc: Doc) -> Rows:
    rows = [row_of(Piece(token.text, token.tag_, token.lemma_)) for token in doc]
    return np.array(rows, dtype=np.uint64).reshape(-1, len(ATTRIBUTES))


def _trimmed(doc: Doc, span: Span) -> DocSpan | None:
    first, last = span.first, span.last
    while first < last and doc[first].text.isspace():
        first += 1
    while first < last and doc[last - 1].text.isspace():
        last -= 1
    return DocSpan(doc, first, last, label=span.label) if first < last else None


def _scored(examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
    return dict(get_ner_prf(examples))


def create_tokenizer(longest: int = 2) -> Callable[[Language], PieceTokenizer]:
    """The tokenizer for a config file; ``longest`` is 1 for characters."""
    return lambda nlp: PieceTokenizer(nlp.vocab, longest)


registry.tokenizers.register("extractor.NamePieces.v1", func=create_tokenizer)


@Language.factory(
    "extractor_name_tagger",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def create_name_tagger(
    nlp: Language,
    name: str,
    rows: list[int],
    columns: int,
    width: int,
    depth: int,
    longest: int,
    guides: list[str],
    guide: str,
) -> NameTagger:
    """The component; sizes are those of a :class:`~extractor.entities.network.Shape`, ``longest`` the tokenizer's."""
    settings = {"rows": rows, "columns": columns, "width": width, "depth": depth, "longest": longest}
    return NameTagger(nlp.vocab, name, settings | {"guides": guides, "guide": guide})
