"""What was found becomes validated records: places in the source, flags, ids and references between records."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import Any

from extractor.analysis import Analysis
from extractor.links import LinkedEntity, Links
from extractor.readers.source import SourceText
from extractor.records import AnyRecord, Check, Error, validated
from extractor.records.codes import Confidence, Flag, Kind, YearSource
from extractor.records.envelope import Reason as StatedReason
from extractor.relations.checks import CheckFact
from extractor.relations.disasters.facts import DisasterFact
from extractor.relations.figures import AmountFact, CountFact, Figure
from extractor.relations.reasons import Reason
from extractor.relations.timeline import DateFact
from extractor.rules.document_numbers import FoundDocumentNumber
from extractor.text.repair import Repaired

_CONFORMING = frozenset("〔〕")

Placed = tuple[int, int, Kind, Any]
"""Where something found stands in the repaired text, of which kind it is, and what it is."""

_BY_PLACE = itemgetter(0, 1, 2)


class Emitter:
    """Turns the analysis of one document into records that have passed validation."""

    def __init__(self, read: SourceText, repaired: Repaired, doc_id: str, analysis: Analysis, links: Links) -> None:
        self._read = read
        self._source = read.text
        self._to_old = repaired.alignment.to_old
        self._doc_id = doc_id
        self._analysis = analysis
        self._doubts = repaired.doubts
        self._reach = [*accumulate((doubt.end for doubt in repaired.doubts), max)]
        self._found = _in_order(analysis, links)
        numbered = enumerate(self._found, start=1)
        self._ids = {id(one): f"{doc_id}-{number}" for number, (_, _, _, one) in numbered}
        self._held = {id(event): link for event, link in zip(analysis.events, links.events, strict=True)}
        """The divisions that hold the events."""

    def records(self, path: str, kinds: Collection[Kind] | None) -> list[AnyRecord]:
        """Extracted records in order of their place, then checks and errors; ids count all kinds, wanted or not.

        What the document's reader could not read of it becomes an error record, too.
        """
        made = self._extracted(kinds)
        number = len(self._found)
        for check in self._analysis.checks:
            number += 1
            if kinds is None or "check" in kinds:
                made.append(self._check(check, number))
        for failure in self._analysis.failures:
            number += 1
            start, end = self._to_old(failure.start, failure.end)
            message = (
                f"the {failure.kind} rules ran out of time on characters {start} to {end}; "
                "records of that kind are missing there: break the line up, or report the rule with the text"
            )
            made.append(
                Error(doc_id=self._doc_id, id=f"{self._doc_id}-{number}", path=path, code="timeout", message=message)
            )
        for code, message in self._read.problems:
            number += 1
            ids_of_error = {"doc_id": self._doc_id, "id": f"{self._doc_id}-{number}"}
            made.append(Error(**ids_of_error, path=path, code=code, message=message))
        return made

    def _extracted(self, kinds: Collection[Kind] | None) -> list[AnyRecord]:
        """The records of what was found, each with the fields of its kind and those that tell its place.

        A field that is as the model has it by default is left out where that is quickly told: validation takes less.
        """
        fields_of: dict[Kind, Callable[[Any], dict[str, Any]]] = {
            "amount": self._amount,
            "count": self._count,
            "document_number": self._document_number,
            "date": self._date,
            "disaster": self._disaster,
            "entity": self._entity,
        }
        text, source, read = self._analysis.text, self._source, self._read
        context = {"source": source}
        made: list[AnyRecord] = []
        low = high = behind = 0
        sentence = ""
        for begin, stop, kind, one in self._found:
            if kinds is not None and kind not in kinds:
                continue
            if begin >= high or max(high, stop) != behind:
                low, high = self._analysis.scene.sentence_at(begin)
                behind = max(high, stop)
                sentence = text[low:behind].strip()  # one string for all records of a sentence: they may be thousands
            start, end = self._to_old(begin, stop)
            fields = fields_of[kind](one)
            fields["doc_id"] = self._doc_id
            fields["id"] = self._ids[id(one)]
            fields["start"] = start
            fields["end"] = end
            fields["raw"] = source[start:end]
            fields["text"] = text[begin:stop]
            fields["sentence"] = sentence
            if read.pages:
                fields["page"] = read.page_at(start)
            if read.cells:
                fields["cell"] = read.cell_at(start)
            made.append(validated(kind, fields, context))
        return made

    def _ids_of(self, facts: Iterable[object]) -> list[str]:
        return [self._ids[id(fact)] for fact in facts]

    def _doubted(self, start: int, end: int) -> list[Flag]:
        """Flags of the doubts that touch ``start:end`` of the repaired text."""
        flags: list[Flag] = []
        if not self._doubts:
            return flags
        for doubt in self._doubts[bisect_right(self._reach, start) :]:
            if doubt.start >= end:
                break
            if doubt.end > start:
                flags.append(doubt.flag)
        return flags

    def _amount(self, amount: AmountFact) -> dict[str, Any]:
        found = amount.found
        fields = self._figure(amount, found.end, [*found.flags])
        fields["currency"] = found.currency
        fields["role"] = amount.role
        if amount.payer is not None:
            fields["payer"] = amount.payer
        if found.per is not None:
            fields["per"] = found.per
        if amount.purpose is not None:
            fields["purpose"] = amount.purpose
        if amount.beneficiary:
            fields["beneficiary"] = self._ids_of(amount.beneficiary)
        return fields

    def _count(self, count: CountFact) -> dict[str, Any]:
        found = count.found
        fields = self._figure(count, found.number_end, [])
        fields["measure"] = found.measure
        if count.status is not None:
            fields["status"] = count.status
        if found.object is not None:
            fields["object"] = found.object
        return fields

    def _figure(self, fact: Figure, number_end: int, flags: list[Flag]) -> dict[str, Any]:
        """Fields of any figure. Where digits of the number are gone it has no value: what is left would mislead."""
        found = fact.found
        if self._doubts:
            flags += self._doubted(found.start, number_end)
        flags += fact.doubts
        whole = "digit_may_be_lost" not in flags
        quantity = found.quantity
        fields: dict[str, Any] = {
            "rule": found.rule,
            "unit": found.unit,
            "value": quantity.value if whole else None,
            "date": fact.date,
            "date_source": fact.date_source,
        }
        if fact.period is not None:
            fields["period"] = fact.period
        if whole and quantity.bound != "exact":
            fields["bound"], fields["low"], fields["high"] = quantity.bound, quantity.low, quantity.high
        if fact.row_heading is not None or fact.column_heading is not None or fact.place is not None:
            fields["place"] = fact.place
            fields["row_heading"], fields["column_heading"] = fact.row_heading, fact.column_heading
        if (indicator := fact.indicator) is not None:
            fields["indicator"], fields["indicator_unit"] = indicator.name, indicator.unit
            fields["indicator_value"] = indicator.value if whole else None
        if fact.part_of is not None:
            fields["part_of"] = self._ids[id(fact.part_of)]
        if fact.caused_by:
            fields["caused_by"] = self._ids_of(fact.caused_by)
        if flags or fact.reasons:
            fields |= _told(flags, fact.reasons)
        return fields

    def _document_number(self, number: FoundDocumentNumber) -> dict[str, Any]:
        flags = self._doubted(number.start, number.end)
        if number.year is None or not _CONFORMING.issuperset(number.brackets):
            flags.append("nonconforming")
        return {
            "rule": number.rule,
            "canonical": number.canonical,
            "agency_code": number.agency_code,
            "year": number.year,
            "serial": number.serial,
            "title": number.title,
            "issuer": number.issuer,
            **_told(flags),
        }

    def _date(self, date: DateFact) -> dict[str, Any]:
        found = date.found
        fields = {"rule": found.rule, "date": date.iso, "role": date.role, "year_source": date.year_source}
        flags = self._doubted(found.start, found.end) + _of_year(date.year_source)
        if date.impossible:
            flags.append("date_not_in_calendar")
        return fields | _told(flags) if flags else fields

    def _disaster(self, event: DisasterFact) -> dict[str, Any]:
        link = self._held[id(event)]
        return {
            "rule": event.found.rule,
            "name": event.found.name,
            "date": event.iso,
            "year_source": event.year_source,
            "hazards": event.hazards,
            "categories": event.categories,
            "place": event.place,
            "division_code": link.division.code if link else None,
            "number": event.number,
            "magnitude": event.magnitude,
            "magnitude_scale": event.scale,
            "shared": event.shared,
            "impacts": self._ids_of(event.impacts),
            "same_as": None if event.same_as is None else self._ids[id(event.same_as)],
            **_told(self._doubted(event.start, event.end) + _of_year(event.year_source), event.reasons),
        }

    def _entity(self, linked: LinkedEntity) -> dict[str, Any]:
        entity, link, canonical = linked
        fields = {
            "rule": entity.rule,
            "label": entity.label,
            "name": entity.name,
            "canonical": canonical,
            **_told(self._doubted(entity.start, entity.end)),
        }
        if link is not None:
            division = link.division
            fields |= {"division_code": division.code, "division_name": division.name, "division_year": link.year}
        return fields

    def _check(self, check: CheckFact, number: int) -> Check:
        return Check(
            doc_id=self._doc_id,
            id=f"{self._doc_id}-{number}",
            name=check.name,
            passed=check.passed,
            expected=check.expected,
            found=check.found,
            records=tuple(self._ids_of(check.facts)),
        )


def _in_order(analysis: Analysis, links: Links) -> list[Placed]:
    """All that was found, in order of its place."""
    placed: list[Placed] = [(one.start, one.end, "document_number", one) for one in analysis.document_numbers]
    facts: tuple[tuple[Kind, Iterable[Any]], ...] = (
        ("amount", analysis.scene.amounts),
        ("count", analysis.scene.counts),
        ("date", analysis.timeline.facts),
        ("disaster", analysis.events),
        ("entity", links.entities),
    )
    for kind, of_kind in facts:
        placed += [(one.found.start, one.found.end, kind, one) for one in of_kind]
    return sorted(placed, key=_BY_PLACE)


def _told(flags: Sequence[Flag], reasons: Sequence[Reason] = ()) -> dict[str, Any]:
    """The fields for what a reader should know before trusting a record: none where there is nothing to know."""
    fields: dict[str, Any] = {}
    if flags:
        fields["flags"] = tuple(dict.fromkeys(flags))
    unsure = [_reason(one.field, one.confidence, one.why) for one in reasons if one.confidence != "certain"]
    if unsure:
        fields["reasons"] = unsure
    return fields


@functools.lru_cache(maxsize=4096)
def _reason(field: str, confidence: Confidence, why: str) -> StatedReason:
    """The same for all records with that reason, of which there are some hundred: it is validated once."""
    return StatedReason(field=field, confidence=confidence, why=why)


def _of_year(source: YearSource | None) -> list[Flag]:
    """The flag of a date whose year stands elsewhere."""
    return ["inherited_year"] if source in ("inherited", "document") else []
