"""What an annotator can set: the labels of regions, the fields of each label, and the links between regions.

Only fields that ``extractor evaluate`` compares. What a field may hold comes from the record models, so a new code
is a new choice at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, cast, get_args, get_origin

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from extractor.evaluation.gold import SCORED_KINDS
from extractor.records import MODELS
from extractor.records.codes import EntityLabel, Kind

TEXT, KIND, OPTIONAL = "text", "kind", "optional"
"""Names of the controls that are no fields of records: the text, the label of a region, whether it is arguable."""

_FIGURE = ("value", "bound", "low", "high")
_SETTING = ("place", "date", "period")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "amount": (*_FIGURE, "currency", "role", "payer", "purpose", *_SETTING),
    "count": (*_FIGURE, "measure", "status", *_SETTING),
    "disaster": ("name", "date", "hazards", "place", "magnitude", "shared"),
    "date": ("date",),
    "document_number": ("canonical",),
    "entity": (),
}
"""The fields of each kind, in the order in which they are shown."""

LINKS: Mapping[str, tuple[str, ...]] = {
    "amount": ("part_of", "beneficiary"),
    "count": ("part_of",),
    "disaster": ("impacts", "same_as"),
}
"""The fields of each kind that refer to other records, drawn as relations from the record that has the field."""

ENTITY_LABELS: tuple[str, ...] = get_args(EntityLabel)
LABELS: tuple[str, ...] = tuple(
    label for kind in SCORED_KINDS for label in (ENTITY_LABELS if kind == "entity" else (kind,))
)
"""The labels of regions: kinds of records, and for names what they name."""


def kind_of(label: str) -> str:
    """The kind of record that a region with this label is."""
    return "entity" if label in ENTITY_LABELS else label


def fields_with_kinds() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every field once, with the kinds that have it."""
    names = dict.fromkeys(name for fields in FIELDS.values() for name in fields)
    for name in names:
        yield name, tuple(kind for kind, fields in FIELDS.items() if name in fields)


def model_field(kind: str, field: str) -> FieldInfo:
    """The field as the model of its record has it."""
    return MODELS[cast("Kind", kind)].model_fields[field]


def codes_of(kind: str, field: str) -> tuple[str, ...]:
    """The codes that a field holds; of one that is true or false the field itself, to be ticked; none if it is free."""
    annotation = model_field(kind, field).annotation
    if annotation is bool:
        return (field,)
    for part in (annotation, *get_args(annotation)):
        if get_origin(part) is Literal:
            return get_args(part)
    return ()


def holds_several(kind: str, field: str) -> bool:
    """Whether a field is a list."""
    return get_origin(model_field(kind, field).annotation) is tuple


@cache
def type_of(kind: str, field: str) -> TypeAdapter[Any]:
    """What checks a field by itself, as the record model does."""
    return TypeAdapter(model_field(kind, field).rebuild_annotation())
