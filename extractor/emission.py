"""What was found becomes validated records: places in the source, flags, ids and references between records."""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Any, NamedTuple

from extractor.analysis import Analysis
from extractor.entities.gazetteer import Link
from extractor.links import LinkedEntity, Links
from extractor.readers.source import SourceText
from extractor.records import AnyRecord, Check, Error, validated
from extractor.records.codes import Confidence, Flag, Kind, YearSource
from extractor.records.envelope import Reason as StatedReason
from extractor.relations.disasters.facts import DisasterFact
from extractor.relations.figures import AmountFact, CountFact, Figure
from extractor.relations.reasons import Reason
from extractor.relations.timeline import DateFact
from extractor.rules.document_numbers import FoundDocumentNumber
from extractor.text.repair import Repaired

_CONFORMING = frozenset("〔〕")


class Draft(NamedTuple):
    """A record before it has an id: its kind, its span in the repaired text, its own fields."""

    start: int
    end: int
    kind: Kind
    subject: object
    rule: str
    fields: dict[str, Any]
    flags: Sequence[Flag]
    references: Mapping[str, object] = {}
    """The fields that refer to other records, and what they refer to: one fact or a list of them."""
    reasons: Sequence[Reason] = ()


_BY_PLACE = attrgetter("start", "end", "kind")


class Emitter:
    """Turns the analysis of one document into records that have passed validation."""

    def __init__(self, source: SourceText, repaired: Repaired, doc_id: str) -> None:
        self._read = source
        self._source = source.text
        self._repaired = repaired
        self._doc_id = doc_id
        self._doubts = repaired.doubts
        self._reach = [*accumulate((doubt.end for doubt in repaired.doubts), max)]

    def records(
        self,
        analysis: Analysis,
        links: Links,
        path: str,
        kinds: Collection[Kind] | None,
    ) -> list[AnyRecord]:
        """Extracted records in order of their place, then checks and errors; ids count all kinds, wanted or not.

        What the document's reader could not read of it becomes an error record, too.
        """
        drafts = sorted(self._drafts(analysis, links), key=_BY_PLACE)
        ids = {id(draft.subject): f"{self._doc_id}-{number}" for number, draft in enumerate(drafts, start=1)}
        wanted = drafts if kinds is None else [draft for draft in drafts if draft.kind in kinds]
        made: list[AnyRecord] = []
        for draft, fields in zip(wanted, self._placed(wanted, analysis), strict=True):
            fields["id"] = ids[id(draft.subject)]
            for name, subject in draft.references.items():
                fields[name] = [ids[id(one)] for one in subject] if isinstance(subject, list) else ids[id(subject)]
            made.append(validated(draft.kind, fields, self._source))
        number = len(drafts)
        for check in _checks(analysis, ids):
            number += 1
            if kinds is None or "check" in kinds:
                made.append(Check(doc_id=self._doc_id, id=f"{self._doc_id}-{number}", **check))
        for failure in analysis.failures:
            number += 1
            start, end = self._repaired.alignment.to_old(failure.start, failure.end)
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

    def _placed(self, drafts: Iterable[Draft], analysis: Analysis) -> Iterator[dict[str, Any]]:
        """The fields of ``drafts``, which are in order, with what tells their places: all but ids.

        What is as the model has it by default is left out where that is quickly told: validation takes less then.
        """
        text, read, to_old = analysis.text, self._read, self._repaired.alignment.to_old
        low = high = behind = 0
        sentence = ""
        for draft in drafts:
            start, end = to_old(draft.start, draft.end)
            if draft.start >= high or max(high, draft.end) != behind:
                low, high = analysis.scene.sentence_at(draft.start)
                behind = max(high, draft.end)
                sentence = text[low:behind].strip()  # one string for all records of a sentence: they may be thousands
            fields = draft.fields
            fields["doc_id"] = self._doc_id
            fields["start"] = start
            fields["end"] = end
            fields["raw"] = self._source[start:end]
            fields["text"] = text[draft.start : draft.end]
            fields["sentence"] = sentence
            fields["rule"] = draft.rule
            if read.pages:
                fields["page"] = read.page_at(start)
            if read.cells:
                fields["cell"] = read.cell_at(start)
            if draft.flags:
                fields["flags"] = tuple(dict.fromkeys(draft.flags))
            if draft.reasons and (unsure := [one for one in draft.reasons if one.confidence != "certain"]):
                fields["reasons"] = [_reason(one.field, one.confidence, one.why) for one in unsure]
            yield fields

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

    def _drafts(self, analysis: Analysis, links: Links) -> Iterator[Draft]:
        for amount in analysis.scene.amounts:
            yield self._amount(amount)
        for count in analysis.scene.counts:
            yield self._count(count)
        for number in analysis.document_numbers:
            yield self._document_number(number)
        for date in analysis.timeline.facts:
            yield self._date(date)
        for event, link in zip(analysis.events, links.events, strict=True):
            yield self._disaster(event, link)
        for linked in links.entities:
            yield self._entity(linked)

    def _amount(self, amount: AmountFact) -> Draft:
        found = amount.found
        fields = {
            "unit": found.unit,
            "currency": found.currency,
            "role": amount.role,
            "payer": amount.payer,
            "per": found.per,
            "purpose": amount.purpose,
        }
        references: dict[str, object] = {"beneficiary": amount.beneficiary} if amount.beneficiary else {}
        return self._figure("amount", amount, found.end, fields, [*found.flags], references)

    def _count(self, count: CountFact) -> Draft:
        found = count.found
        fields = {"unit": found.unit, "measure": found.measure, "status": count.status, "object": found.object}
        return self._figure("count", count, found.number_end, fields, [], {})

    def _figure(
        self,
        kind: Kind,
        fact: Figure,
        number_end: int,
        fields: dict[str, Any],
        flags: list[Flag],
        references: dict[str, object],
    ) -> Draft:
        """A figure's draft. Where digits of the number are gone it has no value: what is left of it would mislead."""
        found = fact.found
        if self._doubts:
            flags += self._doubted(found.start, number_end)
        flags += fact.doubts
        fields["date"], fields["date_source"], fields["period"] = fact.date, fact.date_source, fact.period
        if fact.row_heading is not None or fact.column_heading is not None or fact.place is not None:
            fields["place"] = fact.place
            fields["row_heading"], fields["column_heading"] = fact.row_heading, fact.column_heading
        whole = "digit_may_be_lost" not in flags
        quantity = found.quantity
        fields["value"] = quantity.value if whole else None
        if whole and quantity.bound != "exact":
            fields["bound"], fields["low"], fields["high"] = quantity.bound, quantity.low, quantity.high
        if (indicator := fact.indicator) is not None:
            fields["indicator"], fields["indicator_unit"] = indicator.name, indicator.unit
            fields["indicator_value"] = indicator.value if whole else None
        if fact.part_of is not None:
            references["part_of"] = fact.part_of
        if fact.caused_by:
            references["caused_by"] = fact.caused_by
        return Draft(found.start, found.end, kind, fact, found.rule, fields, flags, references, fact.reasons)

    def _document_number(self, number: FoundDocumentNumber) -> Draft:
        fields = {
            "canonical": number.canonical,
            "agency_code": number.agency_code,
            "year": number.year,
            "serial": number.serial,
            "title": number.title,
            "issuer": number.issuer,
        }
        flags = self._doubted(number.start, number.end)
        if number.year is None or not _CONFORMING.issuperset(number.brackets):
            flags.append("nonconforming")
        return Draft(number.start, number.end, "document_number", number, number.rule, fields, flags)

    def _date(self, date: DateFact) -> Draft:
        fields = {"date": date.iso, "role": date.role, "year_source": date.year_source}
        flags = self._doubted(date.start, date.end) + _of_year(date.year_source)
        if date.impossible:
            flags.append("date_not_in_calendar")
        return Draft(date.start, date.end, "date", date, date.found.rule, fields, flags)

    def _disaster(self, event: DisasterFact, link: Link | None) -> Draft:
        fields = {
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
        }
        flags = self._doubted(event.start, event.end) + _of_year(event.year_source)
        references: dict[str, object] = {"impacts": event.impacts}
        if event.same_as is not None:
            references["same_as"] = event.same_as
        rule = event.found.rule
        return Draft(event.start, event.end, "disaster", event, rule, fields, flags, references, event.reasons)

    def _entity(self, linked: LinkedEntity) -> Draft:
        entity, link, canonical = linked
        fields: dict[str, Any] = {"label": entity.label, "name": entity.name, "canonical": canonical}
        if link is not None:
            division = link.division
            fields |= {"division_code": division.code, "division_name": division.name, "division_year": link.year}
        flags = self._doubted(entity.start, entity.end)
        return Draft(entity.start, entity.end, "entity", entity, entity.rule, fields, flags)


@functools.lru_cache(maxsize=4096)
def _reason(field: str, confidence: Confidence, why: str) -> StatedReason:
    """The same for all records with that reason, of which there are some hundred: it is validated once."""
    return StatedReason(field=field, confidence=confidence, why=why)


def _of_year(source: YearSource | None) -> list[Flag]:
    """The flag of a date whose year stands elsewhere."""
    return ["inherited_year"] if source in ("inherited", "document") else []


def _checks(analysis: Analysis, ids: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    for check in analysis.checks:
        yield {
            "name": check.name,
            "passed": check.passed,
            "expected": check.expected,
            "found": check.found,
            "records": tuple(ids[id(fact)] for fact in check.facts),
        }
