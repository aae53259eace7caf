"""What was found becomes validated records: places in the source, flags, ids and references between records."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from extractor.analysis import Analysis
from extractor.links import Links
from extractor.readers.source import SourceText
from extractor.records import MODELS, AnyRecord, Check, Error
from extractor.records.codes import Flag, Kind
from extractor.relations.figures import AmountFact, Figure
from extractor.relations.reasons import Reason
from extractor.text.repair import Repaired

_CONFORMING = frozenset("〔〕")


@dataclass(slots=True)
class Draft:
    """A record before it has an id: its kind, its span in the repaired text and its own fields."""

    kind: Kind
    start: int
    end: int
    rule: str
    fields: dict[str, Any]
    subject: object
    flags: list[Flag]
    references: Mapping[str, object] = field(default_factory=dict)
    """The fields that refer to other records, and what they refer to: one fact or a list of them."""
    reasons: Sequence[Reason] = ()


class Emitter:
    """Turns the analysis of one document into records that have passed validation."""

    def __init__(self, source: SourceText, repaired: Repaired, doc_id: str) -> None:
        self._read = source
        self._source = source.text
        self._repaired = repaired
        self._doc_id = doc_id
        self._doubts = repaired.doubts
        self._reach = [*accumulate((doubt.end for doubt in repaired.doubts), max)]
        self._last_span, self._last_sentence = (0, 0), ""

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
        drafts = sorted(self._drafts(analysis, links), key=lambda draft: (draft.start, draft.end, draft.kind))
        ids = {id(draft.subject): f"{self._doc_id}-{number}" for number, draft in enumerate(drafts, start=1)}
        context = {"source": self._source}
        made: list[AnyRecord] = []
        for draft in drafts:
            if kinds is None or draft.kind in kinds:
                fields = self._fields(draft, analysis, ids)
                made.append(MODELS[draft.kind].model_validate(fields, context=context))  # type: ignore[arg-type]
        number = len(drafts)
        for check in _checks(analysis, ids):
            number += 1
            if kinds is None or "check" in kinds:
                made.append(Check.model_validate({"doc_id": self._doc_id, "id": f"{self._doc_id}-{number}", **check}))
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

    def _fields(self, draft: Draft, analysis: Analysis, ids: Mapping[int, str]) -> dict[str, Any]:
        start, end = self._repaired.alignment.to_old(draft.start, draft.end)
        low, high = analysis.scene.sentence_at(draft.start)
        fields = {
            "doc_id": self._doc_id,
            "id": ids[id(draft.subject)],
            "start": start,
            "end": end,
            "raw": self._source[start:end],
            "text": analysis.text[draft.start : draft.end],
            "sentence": self._sentence(analysis.text, low, max(high, draft.end)),
            "page": self._read.page_at(start),
            "cell": self._read.cell_at(start),
            "rule": draft.rule,
            "flags": tuple(dict.fromkeys(draft.flags)),
            **draft.fields,
        }
        unsure = [reason for reason in draft.reasons if reason.confidence != "certain"]
        if unsure:
            fields["reasons"] = [{"field": r.field, "confidence": r.confidence, "why": r.why} for r in unsure]
        for name, subject in draft.references.items():
            if isinstance(subject, list):
                fields[name] = [ids[id(part)] for part in subject]
            elif subject is not None:
                fields[name] = ids[id(subject)]
        return fields

    def _sentence(self, text: str, low: int, high: int) -> str:
        """One string for all records of a sentence: they may be thousands."""
        if (low, high) != self._last_span:
            self._last_span, self._last_sentence = (low, high), text[low:high].strip()
        return self._last_sentence

    def _doubted(self, start: int, end: int) -> list[Flag]:
        """Flags of the doubts that touch ``start:end`` of the repaired text."""
        flags: list[Flag] = []
        for doubt in self._doubts[bisect_right(self._reach, start) :]:
            if doubt.start >= end:
                break
            if doubt.end > start:
                flags.append(doubt.flag)
        return flags

    def _drafts(self, analysis: Analysis, links: Links) -> Iterator[Draft]:
        fields: dict[str, Any]
        yield from self._figures(analysis)
        for number in analysis.document_numbers:
            yield Draft(
                "document_number",
                number.start,
                number.end,
                number.rule,
                {
                    "canonical": number.canonical,
                    "agency_code": number.agency_code,
                    "year": number.year,
                    "serial": number.serial,
                    "title": number.title,
                    "issuer": number.issuer,
                },
                number,
                [
                    *self._doubted(number.start, number.end),
                    *(["nonconforming"] if not set(number.brackets) <= _CONFORMING or number.year is None else []),  # type: ignore[list-item]
                ],
            )
        for date in analysis.timeline.facts:
            flags = self._doubted(date.start, date.end)
            flags += ["inherited_year"] if date.year_source in ("inherited", "document") else []
            flags += ["date_not_in_calendar"] if date.impossible else []
            fields = {"date": date.iso, "role": date.role, "year_source": date.year_source}
            yield Draft("date", date.start, date.end, date.found.rule, fields, date, flags)
        for event, link in zip(analysis.events, links.events, strict=True):
            flags = self._doubted(event.start, event.end)
            flags += ["inherited_year"] if event.year_source in ("inherited", "document") else []
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
            yield Draft(
                "disaster",
                event.start,
                event.end,
                event.found.rule,
                fields,
                event,
                flags,
                {"impacts": event.impacts, "same_as": event.same_as},
                event.reasons,
            )
        for entity, link, canonical in links.entities:
            fields = {"label": entity.label, "name": entity.name, "canonical": canonical}
            if link is not None:
                division = link.division
                fields |= {"division_code": division.code, "division_name": division.name, "division_year": link.year}
            flags = self._doubted(entity.start, entity.end)
            yield Draft("entity", entity.start, entity.end, entity.rule, fields, entity, flags)

    def _figures(self, analysis: Analysis) -> Iterator[Draft]:
        for amount in analysis.scene.amounts:
            found = amount.found
            fields: dict[str, Any] = {
                "unit": found.unit,
                "currency": found.currency,
                "role": amount.role,
                "payer": amount.payer,
                "per": found.per,
                "purpose": amount.purpose,
            }
            yield self._figure("amount", amount, found.end, fields, [*found.flags])
        for count in analysis.scene.counts:
            fields = {
                "unit": count.found.unit,
                "measure": count.found.measure,
                "status": count.status,
                "object": count.found.object,
            }
            yield self._figure("count", count, count.found.number_end, fields, [])

    def _figure(
        self,
        kind: Kind,
        fact: Figure,
        number_end: int,
        fields: dict[str, Any],
        flags: list[Flag],
    ) -> Draft:
        """A figure's draft. Where digits of the number are gone it has no value: what is left of it would mislead."""
        quantity = fact.found.quantity
        links: dict[str, object] = {"part_of": fact.part_of, "caused_by": fact.caused_by}
        fields |= {"date": fact.date, "date_source": fact.date_source, "period": fact.period}
        fields |= {"place": fact.place, "row_heading": fact.row_heading, "column_heading": fact.column_heading}
        flags += self._doubted(fact.start, number_end)
        flags += fact.doubts
        indicator = fact.indicator
        if indicator is not None:
            fields |= {"indicator": indicator.name, "indicator_unit": indicator.unit}
        if "digit_may_be_lost" in flags:
            fields |= {"value": None, "bound": "exact"}
        else:
            fields |= {"indicator_value": indicator.value} if indicator is not None else {}
            fields |= {"value": quantity.value, "bound": quantity.bound, "low": quantity.low, "high": quantity.high}
        if isinstance(fact, AmountFact) and fact.beneficiary:
            links["beneficiary"] = fact.beneficiary
        return Draft(kind, fact.start, fact.end, fact.found.rule, fields, fact, flags, links, fact.reasons)


def _checks(analysis: Analysis, ids: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    for check in analysis.checks:
        yield {
            "name": check.name,
            "passed": check.passed,
            "expected": check.expected,
            "found": check.found,
            "records": tuple(ids[id(fact)] for fact in check.facts),
        }
