"""What events caused: each figure of harm goes to the event, or the listed events, that the text speaks of there.

An event holds from where it is named on: through its sentence, its paragraph, and in a report on one event through
the paragraphs behind. Another event takes its place, and a date on which it can't have struck ends it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from extractor.patterns import Patterns
from extractor.records.codes import Confidence
from extractor.relations.disasters.days import PRECISION_OF_YEAR, days_of
from extractor.relations.disasters.facts import DisasterFact
from extractor.relations.disasters.harm import CLAUSE_MARK, HarmCues
from extractor.relations.disasters.when import is_as_of
from extractor.relations.figures import AmountFact, CountFact, Figure, Scene
from extractor.relations.reasons import Reason
from extractor.relations.timeline import DateFact, Timeline
from extractor.text.expression import expression

_LIST_JOINT = expression(r"[”\"’]?[\u4e00-\u9fff]{0,12}(?:、|和|与|及|以及)[\u4e00-\u9fff\d年月日“\"‘]{0,16}")
_BEHIND_IT = expression(r"[”\"’]?[\u4e00-\u9fff]{0,8}?(?:[之以]?后|以来)[，,]?")
_COMPARED = expression(
    r"(?:(?:接近|胜过|超过|仅次于|相当于|不亚于|类似于?)(?:(?:[去上前往]年|\d{4}年)[^，,。；;]{0,8})?"
    r"|[比较](?:[去上前往]年|\d{4}年)[^，,。；;]{0,8}|(?:^|[，,。；;])(?:继|自从?)[^，,。；;]{0,8})$"
)
"""Before an event, or its date, that the text only looks back to or compares with."""
_AND_MORE = expression(r"[”\"’]?[\u4e00-\u9fff]{0,6}等(?:\d+|[二三四五六七八九十两多几]+)余?[次场起个]")
_OF_WHICH_IT_IS_TOLD = expression(r"[\u4e00-\u9fff]{0,6}的[\u4e00-\u9fff\d“\"‘・·年月日]{0,14}")
_JOINED = expression(r"[、和及与，,]?[\u4e00-\u9fff]{0,8}")
_AFTERSHOCK = "余震"
_REACH_OF_DAYS = 45
"""Days behind an event on which harm that it did is still found."""
_REACH_OF_REPORT = 1500
_REACH_OF_LEDE = 400
_REACH_OF_TOTAL = 40


class _Hold(NamedTuple):
    """The events that the text speaks of, and where it named or counted for them last."""

    events: tuple[DisasterFact, ...]
    at: int


class _Link(NamedTuple):
    """The events that caused a figure, and why that is thought."""

    events: list[DisasterFact]
    confidence: Confidence
    why: str


class ImpactReader:
    """Links harm to the events of one document after the other."""

    def __init__(self, patterns: Patterns) -> None:
        self._cues = HarmCues(patterns)

    def read(self, scene: Scene, events: Sequence[DisasterFact], timeline: Timeline) -> None:
        """Set ``impacts`` of the first telling of each event, and ``caused_by`` of what it caused."""
        if events:
            _Walk(self._cues, scene, events, timeline).walk()


class _Walk:
    """Goes through one document, sentence by sentence."""

    def __init__(self, cues: HarmCues, scene: Scene, events: Sequence[DisasterFact], timeline: Timeline) -> None:
        self._cues = cues
        self._scene = scene
        self._text = scene.text
        self._events = events
        self._harm = [fact for fact in scene.figures if cues.is_harm(self._text, fact)]
        self._dates = [
            date for date in timeline.facts if date.role != "issued" and not is_as_of(self._text, date.start)
        ]
        self._at_date = [date.start for date in self._dates]
        self._by_date: dict[str, list[DisasterFact]] = defaultdict(list)
        for event in events:
            self._by_date[event.iso or ""].append(event)
        self._by_date.pop("", None)
        self._distinct = {id(event.first) for event in events}
        headline = self._text.find("\n", len(self._text) - len(self._text.lstrip()))
        self._subject = events[0] if events[0].start < headline else None
        """The event that the headline names: what a paragraph counts is its, unless another is told of."""

    def walk(self) -> None:
        """Link every figure of harm."""
        hold: _Hold | None = None
        starts = [fact.start for fact in self._harm]
        at_event = [event.start for event in self._events]
        for low, high in self._scene.sentences:
            harm = self._harm[bisect_left(starts, low) : bisect_left(starts, high)]
            events = self._events[bisect_left(at_event, low) : bisect_left(at_event, high)]
            if hold is not None and not harm and self._text.find(_AFTERSHOCK, low, high) >= 0:
                continue  # aftershocks are told of the quake that the text goes on to speak of
            dates = self._dates[bisect_left(self._at_date, low) : bisect_left(self._at_date, high)]
            if harm or events or dates:
                hold = self._sentence(low, harm, events, dates, hold)
                if hold is not None and all(event.found.terse for event in hold.events):
                    hold = None  # 旱 of a chronicle is told in one sentence
        self._headline()

    def _sentence(
        self,
        low: int,
        harm: Sequence[Figure],
        events: Sequence[DisasterFact],
        dates: Sequence[DateFact],
        hold: _Hold | None,
    ) -> _Hold | None:
        """Link what a sentence counts; return what holds behind it."""
        told_first = self._told_first(harm, events, dates)
        carried = self._carried(low, harm, events, dates, hold)
        own: list[DisasterFact] = []
        counted = low
        marks = sorted([*harm, *events, *dates], key=lambda mark: mark.start)
        for i, mark in enumerate(marks):
            begin = _begin(mark) if isinstance(mark, DisasterFact) else mark.start
            if not isinstance(mark, (AmountFact, CountFact)) and _COMPARED.search(self._text, low, begin):
                continue
            if isinstance(mark, DisasterFact):
                own = self._joined(own, mark, counted, events)
                hold = _Hold(tuple(own), mark.end)
            elif isinstance(mark, DateFact):
                dates_the_next = isinstance(next(iter(marks[i + 1 : i + 2]), None), DisasterFact)
                if own and not dates_the_next and not _can_be_of(mark, own):
                    own, hold = [], None
            elif mark.start in told_first:
                self._link(mark, *told_first[mark.start])
            elif own:
                shared = len(own) > 1
                self._link(mark, own, "likely" if shared else "certain", f"impact.{'list' if shared else 'sentence'}")
                counted, hold = mark.end, _Hold(tuple(own), mark.end)
            elif carried is not None and self._cues.many_events.search(self._text, low, mark.start) is None:
                self._link(mark, *carried)
                hold = _Hold(tuple(carried.events), mark.end)
            elif not events:
                hold = None
        return hold

    def _joined(
        self, own: list[DisasterFact], event: DisasterFact, counted: int, events: Sequence[DisasterFact]
    ) -> list[DisasterFact]:
        """The events that hold behind ``event``: it, and those before it that are listed with it or that brought it."""
        if not own or counted > own[-1].end or _BEHIND_IT.match(self._text, own[-1].end):
            return [event]
        if "typhoon" in own[-1].found.categories and self._cues.is_weather(event):
            return [*own, event]
        listed = _LIST_JOINT.fullmatch(self._text, own[-1].end, event.start)
        brought = self._cues.chain.search(self._text, own[-1].start, event.start)
        total = self._cues.total.search(self._text, events[-1].end, events[-1].end + _REACH_OF_TOTAL)
        return [*own, event] if listed or brought or total else [event]

    def _told_first(
        self, harm: Sequence[Figure], events: Sequence[DisasterFact], dates: Sequence[DateFact]
    ) -> dict[int, _Link]:
        """What is told of an event before its name, by where it starts.

        It is told in what describes the event (造成57人死亡、23人失踪的“8·14”灾害), as whom it hit (8个乡镇遭受冰雹),
        or between its date and its name; unless another event stands before it in its clause.
        """
        told: dict[int, _Link] = {}
        for i, event in enumerate(events):
            earlier = events[i - 1].end if i else None
            position = _begin(event)
            begin = max((date.end for date in dates if date.end <= event.start and date.iso == event.iso), default=None)
            joint = _OF_WHICH_IT_IS_TOLD
            for fact in reversed(harm):
                if fact.end > event.start or fact.start in told:
                    continue
                if joint.fullmatch(self._text, fact.end, position):
                    told[fact.start] = _Link([event], "certain", "impact.told_first")
                    position, joint = fact.start, _JOINED
                elif earlier is not None and earlier <= fact.start and not self._apart(earlier, fact.start):
                    continue
                elif not self._apart(fact.end, event.start):
                    told[fact.start] = _Link([event], "certain", "impact.subject")
                elif begin is not None and begin <= fact.start:
                    told[fact.start] = _Link([event], "likely", "impact.dated_alike")
        return told

    def _apart(self, end: int, start: int) -> bool:
        """Whether a mark between clauses stands in between."""
        return CLAUSE_MARK.search(self._text, end, start) is not None

    def _carried(
        self,
        low: int,
        harm: Sequence[Figure],
        events: Sequence[DisasterFact],
        dates: Sequence[DateFact],
        hold: _Hold | None,
    ) -> _Link | None:
        """The events of the text before that a sentence goes on to speak of, until it names its own."""
        if not harm or self._cues.other_year.match(self._text, low):
            return None
        opening = [date for date in dates if date.end <= harm[0].start]
        if hold is None or (opening and not _can_be_of(opening[-1], hold.events)):
            dated = self._by_date.get(opening[-1].iso or "", []) if opening else []
            struck = [event for event in dated if event.end <= low]
            return _Link([struck[-1].first], "likely", "impact.date") if struck else None
        if self._text.find("\n", hold.at, harm[0].start) < 0:
            return _Link([*hold.events], "likely", "impact.paragraph")
        sentence = self._scene.sentence_at(low)
        spoken = self._cues.this_event.search(self._text, *sentence)
        if self._subject is not None and not any(
            self._cues.speaks_of(self._text, sentence, event) for event in hold.events
        ):
            return _Link([self._subject], "likely" if spoken else "guess", "impact.report")
        alone = {id(event.first) for event in hold.events} == self._distinct
        near = harm[0].start - hold.at < _REACH_OF_REPORT
        if near and (alone or (spoken and not opening)):
            return _Link([*hold.events], "likely" if alone and spoken else "guess", "impact.report")
        return None

    def _headline(self) -> None:
        """What a headline or lede counts before the text has named an event: it is the first that is named."""
        event = self._events[0].first
        if event.found.terse:
            return
        for fact in self._harm:
            if fact.start >= event.start:
                break
            if event.start - fact.start > _REACH_OF_LEDE or self._other_time(fact, event):
                continue
            if not fact.caused_by and self._cues.speaks_of(self._text, self._scene.sentence_at(fact.start), event):
                self._link(fact, [event], "likely", "impact.headline")

    def _other_time(self, fact: Figure, event: DisasterFact) -> bool:
        """Whether the sentence of ``fact`` has told a time before it on which ``event`` can't have struck."""
        low, _ = self._scene.sentence_at(fact.start)
        dates = self._dates[bisect_left(self._at_date, low) : bisect_left(self._at_date, fact.start)]
        return any(not _can_be_of(date, [event]) for date in dates)

    def _link(self, fact: Figure, events: Sequence[DisasterFact], confidence: Confidence, why: str) -> None:
        firsts = list({id(event.first): event.first for event in events}.values())
        more = any(_AND_MORE.match(self._text, event.end) for event in events)
        for event in firsts:
            event.impacts.append(fact)
            event.shared = event.shared or len(firsts) > 1 or more
            fact.caused_by.append(event)
        fact.reasons.append(Reason("caused_by", confidence, why, events[-1].start, events[-1].end))


def _begin(event: DisasterFact) -> int:
    """Where the words for an event begin, the quotes of its name included."""
    return event.found.clause[0] if event.found.named else event.start


def _can_be_of(date: DateFact, events: Sequence[DisasterFact]) -> bool:
    """Whether on ``date``, told without naming an event, the harm of ``events`` can have been done or found."""
    if date.aside or date.iso is None:
        return True
    told = days_of(date.iso)
    for event in events:
        if event.iso is None:
            return True
        struck = days_of(event.iso)
        of_the_year = told.precision == PRECISION_OF_YEAR < struck.precision
        if not of_the_year and (told.overlap(struck) or 0 < told.first - struck.last <= _REACH_OF_DAYS):
            return True
    return False
