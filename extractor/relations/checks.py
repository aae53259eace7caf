"""The arithmetic and the calendar of a report checked: nothing is dropped, what does not hold is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.records.codes import CheckName
from extractor.records.values import plain
from extractor.relations.breakdown import LADDER, Breakdown, in_bracket
from extractor.relations.figures import AmountFact, CountFact, Figure, Scene
from extractor.relations.timeline import Timeline
from extractor.rules.amounts import repeats
from extractor.rules.document_numbers import FoundDocumentNumber

_NEARLY_ALL = Decimal("0.9")
_PAIRED = re.compile(r"[、，,和及（(]?")
_PERSONS_OF_HOUSEHOLDS = (Decimal(1), Decimal(12))
_OF_ALL = re.compile(r"(?:全[省市县区州乡镇村]|[我本][省市县区州乡镇村]|共|累计|总计|合计)[^，,。；;：:\d]{0,10}$")
_GROWN_TO = re.compile(r"[^，,。；;\d]{0,4}(?:到|至|达|为|达到)\s?")
_SLIP = 1000
_MOST_PER_HEAD = Decimal(1_000_000)
_IMPLAUSIBLE = frozenset({"persons_per_household", "unit_slip"})
_HARM = frozenset({"dead", "missing", "injured", "collapsed", "affected", "crop_damaged", "crop_failed"})


@dataclass(frozen=True, slots=True)
class CheckFact:
    """A check over ``facts``; the total, or what the others are measured by, comes first."""

    name: CheckName
    passed: bool
    expected: str | None
    found: str | None
    facts: tuple[object, ...]


def read_checks(
    scene: Scene,
    breakdowns: Sequence[Breakdown],
    timeline: Timeline,
    numbers: Sequence[FoundDocumentNumber],
) -> list[CheckFact]:
    """Every check on what was found; figures named by a failed one are marked."""
    checks = [
        *(c for told in breakdowns if (c := check_of_parts(told.total, told.parts)) is not None),
        *_households(scene),
        *_within_a_sentence(scene),
        *_stated_twice(scene),
        *_words(scene),
        *_unit_slips(scene),
        *_calendar(timeline),
        *_issued_after(scene, timeline),
        *_number_years(timeline, numbers),
    ]
    for check in checks:
        mark(check)
    return checks


def mark(check: CheckFact) -> None:
    """Flag the figures that a failed check names."""
    if check.passed:
        return
    for fact in check.facts:
        if isinstance(fact, AmountFact | CountFact):
            fact.doubts.append("implausible" if check.name in _IMPLAUSIBLE else "arithmetic_mismatch")


def check_of_parts(total: Figure, parts: Sequence[Figure]) -> CheckFact | None:
    """The sum of exact parts against an exact total; parts that leave much of it untold only have to fit in it.

    Parts of a count may overlap (其中妇女…，老人…): where they add up to far more, each has to fit.
    """
    if total.found.quantity.bound != "exact" or any(p.found.quantity.bound != "exact" for p in parts):
        return None
    expected, values = total.value, [part.value for part in parts]
    found = sum(values, Decimal(0))
    facts = (total, *parts)
    if len(parts) > 1 and expected * _NEARLY_ALL <= found <= expected * (2 - _NEARLY_ALL):
        return CheckFact("sum_of_parts", found == expected, plain(expected), plain(found), facts)
    if isinstance(total, CountFact):
        found = max(values)
    return CheckFact("parts_within_total", found <= expected, plain(expected), plain(found), facts)


def _households(scene: Scene) -> Iterator[CheckFact]:
    """2197户8788人: the persons of a household are told right behind it."""
    fewest, most = _PERSONS_OF_HOUSEHOLDS
    for households, persons in zip(scene.counts, scene.counts[1:], strict=False):
        if households.found.measure != "households" or persons.found.measure != "persons":
            continue
        if not _PAIRED.fullmatch(scene.text, households.end, persons.start) or persons.found.unit == "人次":
            continue
        if not households.value or not persons.value:
            continue
        size = persons.value / households.value
        rounded = plain(size.quantize(Decimal("0.01")))
        yield CheckFact("persons_per_household", fewest <= size <= most, "1–12", rounded, (households, persons))


def _within_a_sentence(scene: Scene) -> Iterator[CheckFact]:
    """绝收 ≤ 成灾 ≤ 受灾, and the dead ≤ those affected, where one sentence tells of both."""
    affected: dict[tuple[int, str, str | None], CountFact] = {}
    for count in scene.counts:
        if count.status is None or not _is_exact(count):
            continue
        low, _ = scene.sentence_at(count.start)
        found = count.found
        if found.measure == "area" and in_bracket(scene.text, low, count.start):
            continue  # the parts of an area, told of it in brackets
        if found.measure == "area":
            wider = (affected.get((low, outer, found.unit)) for outer in LADDER.get(count.status, ()))
            if nearest := next((area for area in wider if area is not None), None):
                yield _at_most("nested_areas", nearest, count)
            affected[low, count.status, found.unit] = count
        elif found.measure == "persons":
            everyone = affected.get((low, "affected", "persons"))
            if count.status == "dead" and everyone is not None:
                yield _at_most("dead_within_affected", everyone, count)
            affected[low, count.status, "persons"] = count


def _at_most(name: CheckName, outer: CountFact, inner: CountFact) -> CheckFact:
    most, found = outer.value, inner.value
    return CheckFact(name, found <= most, plain(most), plain(found), (outer, inner))


def _stated_twice(scene: Scene) -> Iterator[CheckFact]:
    """The same figure of the whole place and the same date, stated twice."""
    first: dict[tuple[object, ...], CountFact | AmountFact] = {}
    for fact in _figures(scene):
        key = _same_figure(fact)
        if key is None or not _is_exact(fact) or fact.part_of is not None:
            continue
        low, _ = scene.sentence_at(fact.start)
        if not _OF_ALL.search(scene.text, max(low, fact.start - 20), fact.start):
            continue
        before = first.setdefault(key, fact)
        if before is not fact:
            expected, found = before.value, fact.value
            yield CheckFact("stated_twice", expected == found, plain(expected), plain(found), (before, fact))


def _same_figure(fact: Figure) -> tuple[object, ...] | None:
    """What makes two figures the same one: what is counted, what happened to it, and when."""
    if fact.date is None:
        return None
    if isinstance(fact, AmountFact):
        return ("loss", fact.found.currency, fact.date) if fact.role == "loss" else None
    if fact.status not in _HARM:
        return None
    return fact.found.measure, fact.found.unit, fact.found.object, fact.status, fact.date


def _words(scene: Scene) -> Iterator[CheckFact]:
    """An amount in figures and again in 大写: those that agree are one record, those that do not are two."""
    for fact in scene.amounts:
        if fact.found.in_words_too:
            value = plain(fact.value)
            yield CheckFact("figures_match_words", True, value, value, (fact,))
    for first, second in zip(scene.amounts, scene.amounts[1:], strict=False):
        if repeats(scene.text, first.found, second.found):
            facts = (first, second)
            yield CheckFact("figures_match_words", False, plain(first.value), plain(second.value), facts)


def _unit_slips(scene: Scene) -> Iterator[CheckFact]:
    """人均纯收入由1126元增加到2892万元: a rate per head that is a thousand times its neighbour has the wrong unit."""
    series: list[AmountFact] = []
    before: AmountFact | None = None
    for amount in scene.amounts:
        if amount.role == "income" and _is_exact(amount):
            goes_on = series and before is series[-1] and _GROWN_TO.fullmatch(scene.text, before.end, amount.start)
            if amount.found.per == "人" or goes_on:
                series.append(amount)
        before = amount
    usual = sorted(fact.value for fact in series)[len(series) // 2] if series else Decimal(0)
    for amount in series:
        value = amount.value
        if value >= _MOST_PER_HEAD or (len(series) > 2 and value >= usual * _SLIP):
            yield CheckFact("unit_slip", False, plain(usual) if usual < value else None, plain(value), (amount,))


def _calendar(timeline: Timeline) -> Iterator[CheckFact]:
    for date in timeline.facts:
        if date.impossible:
            yield CheckFact("date_exists", False, None, date.written, (date,))


def _issued_after(scene: Scene, timeline: Timeline) -> Iterator[CheckFact]:
    """A report cannot be older than the harm that it counts."""
    issued = timeline.issued
    if issued is None or issued.iso is None:
        return
    latest: Figure | None = None
    for fact in _figures(scene):
        harm = fact.status in _HARM if isinstance(fact, CountFact) else fact.role == "loss"
        if harm and fact.date_source in ("stated", "sentence") and (latest is None or _last(fact) > _last(latest)):
            latest = fact
    if latest is not None:
        day = _last(latest)
        yield CheckFact("issued_after_facts", day <= issued.iso[: len(day)], day, issued.iso, (issued, latest))


def _last(fact: Figure) -> str:
    return (fact.date or "").split("/")[-1]


def _number_years(timeline: Timeline, numbers: Sequence[FoundDocumentNumber]) -> Iterator[CheckFact]:
    """No document cites a number of a year that is still to come."""
    issued = timeline.issued
    if issued is None or issued.iso is None:
        return
    for number in numbers:
        if number.year is not None:
            year = issued.iso[:4]
            yield CheckFact("document_number_year", number.year <= int(year), year, str(number.year), (issued, number))


def _figures(scene: Scene) -> Iterator[Figure]:
    yield from scene.counts
    yield from scene.amounts


def _is_exact(fact: Figure) -> bool:
    return fact.found.quantity.bound == "exact" and fact.found.quantity.value is not None
