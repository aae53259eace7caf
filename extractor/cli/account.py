"""How the records of one text came about: what was repaired, what was found by which rule, what lost and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from extractor.analysis import Analysis
from extractor.cli.rulebook import NameMatches, rules_of
from extractor.patterns import Family, Patterns
from extractor.pipeline import Extractor
from extractor.records import AnyRecord, Extracted
from extractor.records.codes import Kind
from extractor.relations.disasters.facts import DisasterFact
from extractor.relations.figures import AmountFact, CountFact
from extractor.relations.reasons import Reason
from extractor.text.repair import Change, Repaired
from extractor.text.sentences import sentences

FAMILY_OF: dict[Kind, str] = {
    "amount": "amounts",
    "count": "counts",
    "date": "dates",
    "disaster": "disasters",
    "document_number": "document_numbers",
}
"""The family whose rules find the records of a kind."""

_OF_ENVELOPE = frozenset(Extracted.model_fields) | {"kind"}


class Found(NamedTuple):
    """A record, and why its rule is there."""

    kind: str
    start: int
    end: int
    raw: str
    rule: str
    says: str
    reason: str


class Decided(NamedTuple):
    """A field of a record that the words around it decided."""

    kind: str
    start: int
    end: int
    raw: str
    field: str
    value: str
    confidence: str
    why: str
    words: str
    means: str


class Loser(NamedTuple):
    """A candidate that became no record."""

    kind: str
    start: int
    end: int
    raw: str
    rule: str
    why: str


class Account(NamedTuple):
    """All that is to be told; offsets count in the source."""

    repaired: str
    changes: list[Change]
    found: list[Found]
    decided: list[Decided]
    lost: list[Loser]


def account(source: str, extractor: Extractor, patterns: Patterns, names: NameMatches | None) -> Account:
    """How the records of ``source`` came about; ``names`` is what the rules for names match, if they were used."""
    reasons = {stated.rule.id: stated.rule.reason for stated in rules_of(patterns)}
    repaired, analysis = extractor.analyse(source)
    records = [record for record in extractor.extract_text(source) if isinstance(record, Extracted)]
    found = [_found(record, reasons) for record in records]
    lost = [*_overlapped(analysis), *_out_of_time(analysis)]
    holders = _by_offset(found)
    for kind, family in FAMILY_OF.items():
        lost += _outdone(kind, patterns.family(family), analysis, holders, repaired)
    if names is not None:
        lost += _no_names(analysis, names)
    placed = {_in_source(loser, repaired, source) for loser in lost}
    in_order = sorted(placed, key=lambda loser: (loser.start, loser.end, loser.kind, loser.rule, loser.why))
    meanings: Mapping[str, str] = patterns.table("reasons", "why")
    places: dict[tuple[str, int, int], Extracted] = {(r.kind, r.start, r.end): r for r in records}
    decided = [
        decision
        for kind, fact in _facts(analysis)
        if (record := places.get((kind, *repaired.alignment.to_old(fact.start, fact.end)))) is not None
        for decision in _decided(record, fact.reasons, meanings, repaired.text)
    ]
    decided.sort(key=lambda decision: (decision.start, decision.end))
    return Account(repaired.text, repaired.changes(), found, decided, in_order)


def _found(record: Any, reasons: Mapping[str, str]) -> Found:
    return Found(
        record.kind, record.start, record.end, record.raw, record.rule, _says(record), reasons.get(record.rule, "")
    )


def _facts(analysis: Analysis) -> Iterator[tuple[Kind, AmountFact | CountFact | DisasterFact]]:
    """Every fact that holds the reasons of its fields."""
    yield from (("amount", amount) for amount in analysis.scene.amounts)
    yield from (("count", count) for count in analysis.scene.counts)
    yield from (("disaster", event) for event in analysis.events)


def _decided(record: Extracted, reasons: Sequence[Reason], meanings: Mapping[str, str], text: str) -> Iterator[Decided]:
    fields = record.model_dump(mode="json")
    for reason in reasons:
        place = (record.kind, record.start, record.end, record.raw)
        value, words = str(fields[reason.field]), text[reason.start : reason.end]
        yield Decided(*place, reason.field, value, reason.confidence, reason.why, words, meanings.get(reason.why, ""))


def _says(record: AnyRecord) -> str:
    """The fields of a record that are its own and are told."""
    fields = record.model_dump(mode="json", exclude=set(_OF_ENVELOPE))
    told = {name: value for name, value in fields.items() if value not in (None, [], ())}
    flags = getattr(record, "flags", ())
    shown = [f"{name}={','.join(value) if isinstance(value, list) else value}" for name, value in told.items()]
    return " ".join([*shown, *(f"!{flag}" for flag in flags)])


def _overlapped(analysis: Analysis) -> Iterator[Loser]:
    for lost in analysis.lost:
        yield Loser(lost.kind, lost.start, lost.end, "", "", lost.reason)


def _out_of_time(analysis: Analysis) -> Iterator[Loser]:
    for failure in analysis.failures:
        yield Loser(failure.kind, failure.start, failure.end, "", "", "the rules ran out of time here")


def _outdone(
    kind: Kind, family: Family, analysis: Analysis, holders: Mapping[int, list[Found]], repaired: Repaired
) -> Iterator[Loser]:
    """Matches of rejecting rules, and matches of others that ended as no record of their kind."""
    told = {(lost.kind, lost.start) for lost in analysis.lost}
    for low, high in sentences(analysis.text):
        try:
            matches = list(family.finditer(analysis.text, low, high))
        except TimeoutError:
            continue
        for rule, match, _ in matches:
            start, end = match.span()
            if rule.reject:
                yield Loser(kind, start, end, "", rule.id, rule.reason)
            elif (kind, start) not in told:
                place = range(*repaired.alignment.to_old(start, end))
                there = [found for offset in place for found in holders.get(offset, ())]
                if all(found.kind != kind for found in there):
                    yield Loser(kind, start, end, "", rule.id, _why(there))


def _why(there: Sequence[Found]) -> str:
    for found in there:
        if found.kind != "entity":
            return f"{found.kind} {found.raw!r} holds the place"
    return "it failed what the rule asks beyond its pattern"


def _by_offset(found: Sequence[Found]) -> dict[int, list[Found]]:
    """For each character of the source, what stands on it."""
    held: dict[int, list[Found]] = {}
    for one in found:
        for offset in range(one.start, one.end):
            held.setdefault(offset, []).append(one)
    return held


def _no_names(analysis: Analysis, names: NameMatches) -> Iterator[Loser]:
    for low, high in sentences(analysis.text):
        for rule, start, end in names(analysis.text[low:high]):
            if rule.reject:
                yield Loser("entity", low + start, low + end, "", rule.id, rule.reason)


def _in_source(loser: Loser, repaired: Repaired, source: str) -> Loser:
    start, end = repaired.alignment.to_old(loser.start, loser.end)
    return loser._replace(start=start, end=end, raw=source[start:end])
