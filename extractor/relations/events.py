"""Disasters as events: which candidates are one event, when it struck and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.records.codes import YearSource
from extractor.relations.event_place import TIME_WORDS, place_of
from extractor.relations.figures import AmountFact, CountFact, Scene
from extractor.relations.timeline import DateFact, Timeline
from extractor.rules.dates import Point
from extractor.rules.disasters import DisasterFinder, FoundDisaster

_BREAK = re.compile(r"[。；;！？\n]")
_BETWEEN_YEAR_AND_NAME = re.compile(r"[\s\u4e00-\u9fff]{0,12}")
_ONLY_TIME = re.compile(f"{TIME_WORDS}*")
_HARM = frozenset({
    "affected", "dead", "missing", "dead_or_missing", "injured", "trapped", "evacuated", "collapsed", "damaged",
    "severely_damaged", "slightly_damaged", "crop_damaged", "crop_failed", "needing_relief",
})  # fmt: skip


@dataclass(slots=True)
class DisasterFact:
    """An event with its date and place."""

    found: FoundDisaster
    iso: str | None
    year_source: YearSource | None
    place: str | None
    hazards: tuple[str, ...]
    impacts: list[AmountFact | CountFact] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where it begins in the repaired text."""
        return self.found.start

    @property
    def end(self) -> int:
        """Where it ends in the repaired text."""
        return self.found.end


def read_events(scene: Scene, candidates: Sequence[FoundDisaster], timeline: Timeline, finder: DisasterFinder) -> list[DisasterFact]:
    """The events of a document; unnamed candidates without a date in their sentence are no events.

    A date whose year nothing settles is one all the same: the event then has none that can be told.
    """
    events: list[DisasterFact] = []
    told: set[tuple[str | None, str]] = set()
    by_sentence: dict[tuple[int, int], list[FoundDisaster]] = {}
    for candidate in candidates:
        by_sentence.setdefault(scene.sentence_at(candidate.start), []).append(candidate)
    for sentence, found in by_sentence.items():
        dates = [d for d in timeline.facts if sentence[0] <= d.start < sentence[1] and d.role != "issued"]
        previous: DisasterFact | None = None
        for group in _groups([c for c in found if c.told or _opens_on_date(scene.text, c, dates)], dates):
            event = _event(scene.text, group, dates, timeline, finder, previous, sentence)
            if event is None:
                continue
            if not event.found.named:
                key = (event.iso, event.hazards[-1])
                if key in told:
                    continue
                told.add(key)
            previous = event
            events.append(event)
        _impacts(scene, [e for e in events if sentence[0] <= e.start < sentence[1]], sentence)
    return events


def _groups(found: Sequence[FoundDisaster], dates: Sequence[DateFact]) -> list[list[FoundDisaster]]:
    """Named events stand alone; unnamed ones of a sentence that share their date are one."""
    groups: list[list[FoundDisaster]] = []
    last_date: DateFact | None = None
    for candidate in found:
        date = _nearest(dates, candidate.start)
        if candidate.named or not groups or groups[-1][0].named or date is not last_date:
            groups.append([candidate])
        else:
            groups[-1].append(candidate)
        last_date = date
    return groups


def _opens_on_date(text: str, candidate: FoundDisaster, dates: Sequence[DateFact]) -> bool:
    """8月31日，狂风暴雨…: a hazard right behind its date happened then."""
    date = _nearest(dates, candidate.start)
    return date is not None and _ONLY_TIME.fullmatch(text, date.end, candidate.start) is not None


def _nearest(dates: Sequence[DateFact], position: int) -> DateFact | None:
    before = [date for date in dates if date.end <= position]
    return before[-1] if before else None


def _event(
    text: str,
    group: Sequence[FoundDisaster],
    dates: Sequence[DateFact],
    timeline: Timeline,
    finder: DisasterFinder,
    previous: DisasterFact | None,
    sentence: tuple[int, int],
) -> DisasterFact | None:
    fresh = [c for i, c in enumerate(group) if not i or set(c.hazards) - {h for b in group[:i] for h in b.hazards}]
    grown = [c for c in fresh if not finder.is_weather(c)]
    head = (grown or fresh)[-1]
    hazards = tuple(dict.fromkeys(hazard for candidate in group for hazard in candidate.hazards))
    date = _nearest(dates, head.start)
    place = place_of(text, head, date.end if date else sentence[0])
    if head.day is not None and head.day.month is not None:
        iso, source = _date_of_name(text, head, dates, timeline, previous)
        return DisasterFact(head, iso, source, place, hazards)
    if date is None:
        if not head.named:
            return None
        stated = head.day.iso if head.day else None
        return DisasterFact(head, stated, "stated" if stated else None, place, hazards)
    return DisasterFact(head, date.iso, date.year_source, place, hazards)


def _date_of_name(
    text: str,
    event: FoundDisaster,
    dates: Sequence[DateFact],
    timeline: Timeline,
    previous: DisasterFact | None,
) -> tuple[str | None, YearSource | None]:
    """The date of a quoted day: its year stands right before it, or is that of the event or date before it."""
    day = event.day
    assert day is not None
    if day.year is not None:
        return day.iso, "stated"
    source: YearSource | None
    date = _nearest(dates, event.start)
    if date is not None and date.iso and _BETWEEN_YEAR_AND_NAME.fullmatch(text, date.end, event.start - 1):
        year, source = int(date.iso.split("/")[-1][:4]), "stated"
    elif previous is not None and previous.iso is not None:
        year, source = int(previous.iso[:4]), "inherited"
    else:
        found_year, source = timeline.year_at(event.start, day.month, day.day)
        if found_year is None:
            return None, None
        year = found_year
        issued = timeline.issued.found.first if timeline.issued else None
        if issued is not None and Point(year, day.month, day.day).after(issued):
            year -= 1  # a report tells of what has been
    return Point(year, day.month, day.day).iso, source


def _impacts(scene: Scene, events: Sequence[DisasterFact], sentence: tuple[int, int]) -> None:
    """What a lone event of a sentence caused: the harm counted behind it in that sentence."""
    if len(events) != 1:
        return
    event = events[0]
    for count in scene.counts:
        if event.end <= count.start < sentence[1] and count.status in _HARM:
            event.impacts.append(count)
    for amount in scene.amounts:
        if event.end <= amount.start < sentence[1] and amount.role == "loss":
            event.impacts.append(amount)


