"""A document's text and records as one task for Label Studio, the records as predictions.

Label Studio counts start and end of a region of text as we do, in code points (its own tests hold it to that, emoji
included), and ``\\r\\n`` as two characters: offsets go out as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from extractor._version import __version__
from extractor.evaluation.gold import SCORED_KINDS
from extractor.labelling.config import relation_label
from extractor.labelling.fields import FIELDS, KIND, LINKS, TEXT, codes_of
from extractor.records import AnyRecord, Document, Entity, Extracted

MODEL_VERSION = f"extractor {__version__}"


def task_of(text: str, records: Sequence[AnyRecord], kinds: Sequence[str]) -> dict[str, Any]:
    """The task for the document that ``records`` begin with. ``kinds`` are those that were asked for.

    A character NUL, which browsers and databases drop, becomes U+FFFD, so that what follows keeps its place.
    """
    document = next(record for record in records if isinstance(record, Document))
    found = [record for record in records if isinstance(record, Extracted) and record.kind in kinds]
    known = {record.id for record in found}
    result = [part for record in found for part in _region(record)]
    result += [link for record in found for link in _links(record, known)]  # the regions that they join come first
    return {
        "data": {
            "text": text.replace("\0", "\ufffd"),
            "path": document.path,
            "doc_id": document.doc_id,
            "sha256": document.sha256,
            "kinds": [kind for kind in SCORED_KINDS if kind in kinds],
        },
        "predictions": [{"model_version": MODEL_VERSION, "result": result}],
    }


def _region(record: Extracted) -> Iterator[dict[str, Any]]:
    """The region itself and, for every field that says something, a result that belongs to it."""
    place = {"start": record.start, "end": record.end}
    base = {"id": record.id, "to_name": TEXT}
    label = record.label if isinstance(record, Entity) else record.kind
    value = {**place, "text": record.raw.replace("\0", "\ufffd"), "labels": [label]}
    yield {**base, "from_name": KIND, "type": "labels", "value": value}
    told = record.model_dump(mode="json", include=set(FIELDS[record.kind]))
    for field in FIELDS[record.kind]:
        stated = told[field]
        if stated is None or stated is False or stated == []:
            continue
        if codes_of(record.kind, field):
            chosen = field if stated is True else stated
            yield {**base, "from_name": field, "type": "choices", "value": {**place, "choices": [chosen]}}
        else:
            written = stated if isinstance(stated, list) else [stated]
            yield {**base, "from_name": field, "type": "textarea", "value": {**place, "text": written}}


def _links(record: Extracted, known: set[str]) -> Iterator[dict[str, Any]]:
    for field in LINKS.get(record.kind, ()):
        stated = getattr(record, field)
        for target in stated if isinstance(stated, tuple) else (stated,):
            if target in known:
                yield {
                    "type": "relation",
                    "from_id": record.id,
                    "to_id": target,
                    "direction": "right",
                    "labels": [relation_label(field)],
                }
