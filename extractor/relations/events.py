"""Disasters as events: which candidates are one event, when it struck and where."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from extractor.records.codes import YearSource
from extractor.relations.event_place import TIME_WORDS, place_before, place_of
from extractor.relations.figures import AmountFact, CountFact, Placed, Scene
from extractor.relations.timeline import DateFact, Timeline
from extractor.rules.dates import Point
from extractor.rules.disasters import DisasterFinder, FoundDisaster

_BETWEEN_YEAR_AND_NAME = re.compile(r"[\s\u4e00-\u9fff]{0,12}")
_ONLY_TIME = re.compile(f"{TIME_WORDS}*")
_ONLY_PLACE = re.compile(f"{TIME_WORDS}*[\u4e00-\u9fff]{{0,6}}[省市州县区城乡镇村境内域河江湖海山部地带堤]")
_CLAUSE_END = re.compile(r"\s*(?:[，,。；;（(]|$)")
_AS_OF = re.compile(r"(?:截至|截止到?|至|到)\s?$")
_TIMED_BEHIND = re.compile(r"(?:发生|暴发|爆发)(?:时间)?[在于为是]?\s?(?:当地时间|北京时间)?\s?")
_RELATIVE_DAY = re.compile(
    r"(?P<today>今[天日晨早晚])|(?P<yesterday>昨[天日晚夜晨])|当[天晚]|前天"
    r"|(?<![\d每第.月])(?:[12]\d|3[01]|[1-9]|三十一?|二?十[一二三四五六七八九]?)日(?![常报本程均产])"
)
_NUMBER = re.compile(r"\d(?:\.\d)?|[一二三四五六七八九]点?[一二三四五六七八九〇零]?")
_ARABIC = str.maketrans("一二三四五六七八九〇零点", "12345678900.")
_SINCE_A_YEAR = re.compile(r"年以来$")
_BACKGROUND = re.compile(r"受[\u4e00-\u9fff]{0,6}$")
_STOP = re.compile(r"[。！？]")
_SEASON = re.compile(r"\s*(?:[春夏秋冬]{1,2}季?|入[春夏秋冬]以?后?)[\s，,]?")
_OTHER_TIME = re.compile(
    r"[明清民]末|民[国初]|清[朝代初]|历史上"
    r"|当时|过去|以前|[解放国]前|年间|近年|往年|以往|每逢|每年|常年|历年|早年"
)
_SENTENCES_ON = 2
_REACH_OF_DATE = 400
_HARM = frozenset({
    "affected", "dead", "missing", "dead_or_missing", "injured", "trapped", "evacuated", "collapsed", "damaged",
    "severely_damaged", "slightly_damaged", "crop_damaged", "crop_failed", "needing_relief",
})  # fmt: skip


@dataclass(slots=True)
class DisasterFact(Placed):
    """An event with its date and place."""

    found: FoundDisaster
    iso: str | None
    year_source: YearSource | None
    place: str | None
    hazards: tuple[str, ...]
    impacts: list[AmountFact | CountFact] = field(default_factory=list)


class When(NamedTuple):
    """The time of an event: ``key`` tells it from other times, the words from ``start`` to ``end`` tell it."""

    iso: str | None
    source: YearSource | None
    key: str
    start: int
    end: int
    carried: bool = False
    """Whether a sentence before told it."""


def read_events(
    scene: Scene, candidates: Sequence[FoundDisaster], timeline: Timeline, finder: DisasterFinder
) -> list[DisasterFact]:
    """The events of a document; unnamed candidates without a date in their sentence, or just before it, are no events.

    A date whose year nothing settles is one all the same: the event then has none that can be told.
    """
    reader = _EventReader(scene, timeline, finder)
    by_sentence: dict[tuple[int, int], list[FoundDisaster]] = {}
    for candidate in candidates:
        by_sentence.setdefault(scene.sentence_at(candidate.start), []).append(candidate)
    for sentence, found in by_sentence.items():
        reader.read(sentence, found)
    _date_by_magnitude(scene.text, reader.events)
    return reader.events


class _EventReader:
    """Reads the events of one document, sentence by sentence."""

    def __init__(self, scene: Scene, timeline: Timeline, finder: DisasterFinder) -> None:
        self.events: list[DisasterFact] = []
        self._scene = scene
        self._text = scene.text
        self._timeline = timeline
        self._finder = finder
        self._dates = [
            date for date in timeline.facts if date.role != "issued" and not date.aside and self._may_tell(date)
        ]
        self._date_starts = [date.start for date in self._dates]
        self._count_starts = [count.start for count in scene.counts]
        self._amount_starts = [amount.start for amount in scene.amounts]
        self._told: dict[str, set[str]] = {}
        """What hazards have been told of each time."""
        self._categories: dict[str, set[str]] = {}

    def _may_tell(self, date: DateFact) -> bool:
        """Whether an event may have struck on ``date``: not on one up to which, or since which, is counted."""
        counted_to = _AS_OF.search(self._text, max(0, date.start - 4), date.start)
        return not counted_to and not _SINCE_A_YEAR.search(self._text, date.start, date.end)

    def read(self, sentence: tuple[int, int], found: Sequence[FoundDisaster]) -> None:
        """Add the events of one sentence."""
        dates = _within(self._dates, self._date_starts, *sentence)
        previous: DisasterFact | None = None
        first = len(self.events)
        timed = [(c, self._when(c, dates, sentence)) for c in found]
        happened = [(c, when) for c, when in timed if c.told or (when is not None and self._opens(c, when))]
        for group, when in _groups(happened):
            event = self._event(group, when, dates, previous, sentence)
            if event is not None and not self._told_before(event, when):
                previous = event
                self.events.append(event)
        if len(self.events) == first + 1:
            self._impacts(self.events[first], sentence[1])

    def _when(self, event: FoundDisaster, dates: Sequence[DateFact], sentence: tuple[int, int]) -> When | None:
        before = [date for date in dates if date.end <= event.start]
        if before:
            return self._told_by(before[-1])
        behind = _TIMED_BEHIND.match(self._text, event.end)
        for date in dates:
            if behind and date.start == behind.end():
                return self._told_by(date)._replace(start=sentence[0], end=sentence[0])
        if _BACKGROUND.search(self._text, sentence[0], event.start) and self._text.startswith("影响", event.end):
            return None
        relative = list(_RELATIVE_DAY.finditer(self._text, sentence[0], event.start))
        for match in reversed(relative):
            if not _AS_OF.search(self._text, max(0, match.start() - 4), match.start()):
                iso = self._relative(match)
                return When(iso, "document" if iso else None, match.group(), *match.span())
        return self._carried(event, sentence)

    def _told_by(self, date: DateFact) -> When:
        key = date.iso or self._text[date.start : date.end]
        return When(date.iso, date.year_source, key, date.start, date.end)

    def _relative(self, match: re.Match[str]) -> str | None:
        """The day of 今天 or 昨天, counted from the document's own."""
        issued = self._timeline.issued
        back = 0 if match["today"] else 1 if match["yesterday"] else None
        if back is None or issued is None or issued.iso is None or issued.found.first.day is None:
            return None
        return (datetime.date.fromisoformat(issued.iso) - datetime.timedelta(days=back)).isoformat()

    def _carried(self, event: FoundDisaster, sentence: tuple[int, int]) -> When | None:
        """The date of the sentence before, on the same line, for a disaster of another kind than it has told."""
        if event.named or self._finder.is_weather(event):
            return None
        i = bisect_left(self._date_starts, sentence[0]) - 1
        if i < 0:
            return None
        date = self._dates[i]
        if sentence[0] - date.end > _REACH_OF_DATE or self._text.find("\n", date.end, sentence[0]) >= 0:
            return None
        passed = len(_STOP.findall(self._text, date.end, sentence[0]))
        when = self._told_by(date)
        if _OTHER_TIME.search(self._text, *sentence):
            return None
        if _SEASON.match(self._text, *sentence) and when.iso:
            year = when.iso.split("/")[0][:4]
            when = when._replace(iso=year, key=year)
        if passed > _SENTENCES_ON or self._categories.get(when.key, set()) & set(event.categories):
            return None
        return when._replace(start=sentence[0], end=sentence[0], carried=True)

    def _opens(self, event: FoundDisaster, when: When) -> bool:
        """A hazard right behind its date (8月2日，狂风…), or behind a place alone (6月，县城火灾。), happened then."""
        if when.carried:
            return False
        if _ONLY_TIME.fullmatch(self._text, when.end, event.start):
            return True
        alone = _CLAUSE_END.match(self._text, event.end) and not self._finder.is_weather(event)
        return bool(alone and _ONLY_PLACE.fullmatch(self._text, when.end, event.start))

    def _event(
        self,
        group: Sequence[FoundDisaster],
        when: When | None,
        dates: Sequence[DateFact],
        previous: DisasterFact | None,
        sentence: tuple[int, int],
    ) -> DisasterFact | None:
        fresh = [c for i, c in enumerate(group) if not i or set(c.hazards) - {h for b in group[:i] for h in b.hazards}]
        grown = [c for c in fresh if not self._finder.is_weather(c)]
        head = (grown or fresh)[-1]
        hazards = tuple(dict.fromkeys(hazard for candidate in group for hazard in candidate.hazards))
        place = place_of(self._text, head, when.end if when else sentence[0])
        if place is None and when is not None:
            place = place_before(self._text, sentence[0], when.start)
        if head.day is not None and head.day.month is not None:
            iso, source = self._date_of_name(head, dates, previous)
            return DisasterFact(head, iso, source, place, hazards)
        if head.day is not None:
            return DisasterFact(head, head.day.iso, "stated", place, hazards)
        if when is None:
            return DisasterFact(head, None, None, place, hazards) if head.named else None
        return DisasterFact(head, when.iso, when.source, place, hazards)

    def _told_before(self, event: DisasterFact, when: When | None) -> bool:
        """Whether the event only tells again what its date has told; notes it if not."""
        if event.found.named and when is None:
            return False
        key = event.iso or (when.key if when else "")
        told = self._told.setdefault(key, set())
        categories = self._categories.setdefault(key, set())
        again = event.hazards[-1:] and event.hazards[-1] in told
        again = again or (self._finder.is_weather(event.found) and bool(categories & set(event.found.categories)))
        told.update(event.hazards)
        categories.update(event.found.categories)
        return bool(again) and not event.found.named

    def _date_of_name(
        self, event: FoundDisaster, dates: Sequence[DateFact], previous: DisasterFact | None
    ) -> tuple[str | None, YearSource | None]:
        """The date of a quoted day: its year stands right before it, or is that of the event or date before it."""
        day, text, timeline = event.day, self._text, self._timeline
        assert day is not None
        if day.year is not None:
            return day.iso, "stated"
        source: YearSource | None
        before = [date for date in dates if date.end <= event.start]
        date = before[-1] if before else None
        if date is not None and date.iso and _BETWEEN_YEAR_AND_NAME.fullmatch(text, date.end, event.start - 1):
            year, source = int(date.iso.split("/")[-1][:4]), "stated"
        elif previous is not None and previous.iso is not None and previous.year_source != "document":
            year, source = int(previous.iso[:4]), "inherited"
        else:
            issued = timeline.issued.found.first if timeline.issued else None
            found_year, source = timeline.year_at(event.start, day.month, day.day)
            if found_year is None and issued is not None:
                found_year, source = issued.year, "document"
            if found_year is None:
                return None, None
            year = found_year
            if issued is not None and Point(year, day.month, day.day).after(issued):
                year -= 1  # a report tells of what has been
        named = Point(year, day.month, day.day)
        return (named.iso, source) if named.exists else (None, None)

    def _impacts(self, event: DisasterFact, end: int) -> None:
        """What a lone event of a sentence caused: the harm counted behind it in that sentence."""
        for count in _within(self._scene.counts, self._count_starts, event.end, end):
            if count.status in _HARM:
                event.impacts.append(count)
        for amount in _within(self._scene.amounts, self._amount_starts, event.end, end):
            if amount.role == "loss":
                event.impacts.append(amount)


Fact = TypeVar("Fact", DateFact, CountFact, AmountFact)


def _within(facts: Sequence[Fact], starts: Sequence[int], low: int, high: int) -> Sequence[Fact]:
    """Those of ``facts``, which are in order and begin at ``starts``, that begin between ``low`` and ``high``."""
    return facts[bisect_left(starts, low) : bisect_left(starts, high)]


def _groups(
    found: Iterable[tuple[FoundDisaster, When | None]],
) -> list[tuple[list[FoundDisaster], When | None]]:
    """Named events stand alone; unnamed ones of a sentence that share their date are one."""
    groups: list[tuple[list[FoundDisaster], When | None]] = []
    for candidate, when in found:
        if groups and not candidate.named and not groups[-1][0][0].named and when == groups[-1][1]:
            groups[-1][0].append(candidate)
        else:
            groups.append(([candidate], when))
    return groups


def _date_by_magnitude(text: str, events: Sequence[DisasterFact]) -> None:
    """An earthquake without a date, as a headline has it, is the one of the same magnitude that has one."""
    dated: dict[str, DisasterFact] = {}
    quakes = [event for event in events if event.found.rule == "disaster.magnitude"]
    for event in quakes:
        if event.iso is not None:
            dated.setdefault(_magnitude(text, event), event)
    for event in quakes:
        twin = dated.get(_magnitude(text, event))
        if event.iso is None and twin is not None:
            event.iso, event.year_source = twin.iso, "inherited"


def _magnitude(text: str, event: DisasterFact) -> str:
    number = _NUMBER.search(text, event.start, event.end)
    return number.group().translate(_ARABIC) if number else ""
