"""What Label Studio exports as JSON, as gold: each task with an annotation becomes a passage with its records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from extractor.errors import EvaluationError, ExtractorError
from extractor.evaluation.gold import SCORED_KINDS
from extractor.labelling.fields import (
    ENTITY_LABELS,
    FIELDS,
    KIND,
    LABELS,
    LINKS,
    OPTIONAL,
    codes_of,
    holds_several,
    kind_of,
    model_field,
    type_of,
)

_BLANK = re.compile(r"\\n|\s")
"""What the editor writes otherwise in the text of a region: line breaks as a backslash and n, runs of blanks as one."""


@dataclass(slots=True)
class Returned:
    """The gold of an export, one passage an annotated task, and what is not in it."""

    passages: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Tasks that nobody has annotated, or that were skipped: nothing is wrong with them."""
    faults: list[str] = field(default_factory=list)
    """Tasks whose annotation can't be gold, and what to correct."""


class _FaultError(ExtractorError):
    """What is wrong with an annotation."""


def gold_of(tasks: Any) -> Returned:
    """The gold in an export. Raises EvaluationError where it is none of our tasks."""
    if not isinstance(tasks, list):
        raise EvaluationError("this is no export of Label Studio: it holds a list of tasks; export as JSON")
    returned, seen = Returned(), set()
    for number, task in enumerate(tasks, start=1):
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("text"), str) or "path" not in data:
            raise EvaluationError(
                f"task {number} has no data with text and path; make tasks with extractor label tasks, "
                "and export them as JSON, not as JSON-MIN"
            )
        path = data["path"]
        annotation, why = _chosen(task.get("annotations") or [])
        if annotation is None:
            returned.left_out.append(f"{path}: {why}")
            continue
        try:
            if path in seen:
                raise _FaultError("stands twice in the export; delete one of the two tasks")
            passage = _passage(data, annotation["result"])
        except _FaultError as fault:
            returned.faults.append(f"{path}: {fault}")
            continue
        if why:
            returned.left_out.append(f"{path}: {why}")
        seen.add(path)
        returned.passages.append(passage)
    return returned


def _chosen(annotations: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any] | None, str]:
    """The annotation that counts: the one marked as ground truth, else the last one; and what to tell about others."""
    done = [one for one in annotations if not one.get("was_cancelled")]
    if not done:
        return None, "skipped by its annotator" if annotations else "not annotated"
    best = max(done, key=lambda one: (bool(one.get("ground_truth")), one.get("updated_at") or "", one.get("id") or 0))
    why = f"of {len(done)} annotations only {best.get('id')} is used; mark another as ground truth to take that"
    return best, why if len(done) > 1 else ""


def _passage(data: Mapping[str, Any], results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    regions: dict[str, list[Mapping[str, Any]]] = {}
    for result in results:
        if "id" in result:
            regions.setdefault(result["id"], []).append(result)
    records = {id_: _record(data["text"], parts) for id_, parts in regions.items()}
    records = dict(sorted(records.items(), key=lambda entry: (entry[1]["start"], entry[1]["end"])))
    _link(records, [result for result in results if result.get("type") == "relation"])
    return {
        "pid": data["path"],
        "doc_id": data.get("doc_id"),
        "sha256": data.get("sha256"),
        "text": data["text"],
        "kinds": data.get("kinds") or list(SCORED_KINDS),
        "records": list(records.values()),
    }


def _record(text: str, parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One region as a record with every field of its kind, null where the annotator left it empty."""
    marked = next((part for part in parts if part.get("from_name") == KIND), None)
    if marked is None:
        raise _FaultError(f"the region {parts[0]['id']} has no label; give it one or delete it")
    start, end = _span(text, marked["value"])
    labels = marked["value"].get("labels") or []
    if len(labels) != 1 or labels[0] not in LABELS:
        raise _FaultError(
            f"{text[start:end]!r} is labelled {', '.join(labels) or 'nothing'}; give it one of our labels"
        )
    kind = kind_of(labels[0])
    record: dict[str, Any] = {"kind": kind, "text": text[start:end], "start": start, "end": end}
    if labels[0] in ENTITY_LABELS:
        record["label"] = labels[0]
    given = {part["from_name"]: _set(part) for part in parts}
    for name in FIELDS[kind]:
        record[name] = _value(kind, name, given.get(name, []), record["text"])
    if given.get(OPTIONAL):
        record[OPTIONAL] = True
    return record


def _set(part: Mapping[str, Any]) -> Any:
    """What was chosen or written; beside choices ``text`` is that of the region."""
    return part["value"].get("choices" if part.get("type") == "choices" else "text") or []


def _value(kind: str, name: str, given: Any, surface: str) -> Any:
    """A field of a region as gold states it; an empty one is what the record's model has in that case, or null."""
    written = [one.strip() for one in ([given] if isinstance(given, str) else given) if one.strip()]
    model = model_field(kind, name)
    if model.annotation is bool:
        return bool(written)
    if holds_several(kind, name):
        return written
    if not written:
        default = model.default if codes_of(kind, name) and not model.is_required() else None
        stated: Any = default
    elif len(written) > 1:
        raise _FaultError(f"{surface!r} has more than one {name}: {', '.join(written)}; leave one of them")
    else:
        stated = written[0]
    kept = type_of(kind, name)
    try:
        return kept.dump_python(kept.validate_python(stated), mode="json")
    except ValidationError as error:
        told = f"{name} {stated!r} can't be: {error.errors()[0]['msg']}" if written else f"{name} is missing"
        raise _FaultError(f"{kind} {surface!r}: {told}; correct it and export again") from error


def _span(text: str, value: Mapping[str, Any]) -> tuple[int, int]:
    """Where a region stands, in code points. Label Studio before 1.5 counted UTF-16 units: the text tells which."""
    try:
        start, end = int(value["start"]), int(value["end"])
    except (KeyError, TypeError, ValueError) as error:
        raise _FaultError("a region has no start and end in the text; label in the project of our config") from error
    surface = value.get("text")
    if not isinstance(surface, str) or _same(text[start:end], surface):
        if 0 <= start < end <= len(text):
            return start, end
    else:
        units = text.encode("utf-16-le", "surrogatepass")
        inside = units[2 * start : 2 * end].decode("utf-16-le", "replace")
        if _same(inside, surface):
            before = len(units[: 2 * start].decode("utf-16-le", "replace"))
            return before, before + len(inside)
    raise _FaultError(f"the region {surface or ''!r} at {start}:{end} doesn't stand in the text there; mark it again")


def _same(text: str, surface: str) -> bool:
    return _BLANK.sub("", text) == _BLANK.sub("", surface)


def _link(records: dict[str, dict[str, Any]], relations: Sequence[Mapping[str, Any]]) -> None:
    """Set the fields that refer to other records, by their place in the list; each is stated, if only as empty."""
    places = {id_: place for place, id_ in enumerate(records)}
    for record in records.values():
        for name in LINKS.get(record["kind"], ()):
            record[name] = [] if holds_several(record["kind"], name) else None
    for relation in relations:
        ends = [records.get(relation["from_id"]), records.get(relation["to_id"])]
        ids = [relation["from_id"], relation["to_id"]]
        for id_, end in zip(ids, ends, strict=True):
            if end is None:
                raise _FaultError(f"a relation leads to the region {id_}, which is gone; delete the relation")
        if relation.get("direction") == "left":
            ids.reverse()
        owner, target = (records[id_] for id_ in ids)
        for name in _named(relation, owner, target):
            if holds_several(owner["kind"], name):
                if places[ids[1]] not in owner[name]:
                    owner[name].append(places[ids[1]])
            elif owner[name] not in (None, places[ids[1]]):
                raise _FaultError(f"{owner['text']!r} has more than one {name}; delete all relations but one")
            else:
                owner[name] = places[ids[1]]


def _named(relation: Mapping[str, Any], owner: Mapping[str, Any], target: Mapping[str, Any]) -> Iterator[str]:
    """The fields that a relation stands for: the last word of each of its labels."""
    labels = relation.get("labels") or [""]
    for label in labels:
        name = label.split(" ")[-1]
        if name not in LINKS.get(owner["kind"], ()):
            known = ", ".join(LINKS.get(owner["kind"], ())) or "none"
            raise _FaultError(
                f"the relation {label!r} can't lead from {owner['kind']} {owner['text']!r} to {target['text']!r}; "
                f"{owner['kind']} has {known}"
            )
        yield name
