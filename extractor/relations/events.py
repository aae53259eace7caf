"""Disasters as events: which candidates are one event, when it struck and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.records.codes import YearSource
from extractor.relations.figures import AmountFact, CountFact, Scene
from extractor.relations.timeline import DateFact, Timeline
from extractor.rules.dates import Point
from extractor.rules.disasters import DisasterFinder, FoundDisaster

_BREAK = re.compile(r"[。；;！？\n]")
_BETWEEN_YEAR_AND_NAME = re.compile(r"[\s\u4e00-\u9fff]{0,12}")
_PLACE_BEFORE_NAME = re.compile(r"[\u4e00-\u9fff]{2,12}$")
_NOT_A_PLACE = re.compile(r"先后|发生|遭受|遭遇|处置|处理|抗击|抵御|应对|关于|我[省市县乡镇]|以来|造成|因|受|和|及|等|的|了|特大|以|修复|为")
_TIME_WORDS = re.compile(r"^(?:\s|[，,]|凌晨|清晨|早晨|上午|中午|下午|傍晚|晚上|夜间|深夜|午夜|晚|夜|许|左右|零时|前后|\d{1,2}[时点](?:\d{1,2}分)?|[一二三四五六七八九十]{1,3}时(?:[一二三四五六七八九十]{1,3}分)?|至)+")
_PLACE_PHRASE = re.compile(r"[\u4e00-\u9fff、和与及\d\s]{1,60}")
_PLACE_END = re.compile(r"(?:[省市县区乡镇村屯寨州盟旗]|街道|社区|境内|县境|地区|公社|一带|流域|部|沿线|[河江湖海山]|交界处?|交界地区|乡镇|等地)$")
_STRUCK_PLACE = re.compile(r"(?:袭击|侵袭)([\u4e00-\u9fff、]{2,12})")
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
    """The events of a document; unnamed candidates without a date in their sentence are no events."""
    events: list[DisasterFact] = []
    told: set[tuple[str | None, str]] = set()
    by_sentence: dict[tuple[int, int], list[FoundDisaster]] = {}
    for candidate in candidates:
        by_sentence.setdefault(scene.sentence_at(candidate.start), []).append(candidate)
    for sentence, found in by_sentence.items():
        dates = [d for d in timeline.facts if sentence[0] <= d.start < sentence[1] and d.role != "issued"]
        previous: DisasterFact | None = None
        for group in _groups(found, dates):
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
    grown = [c for c in group if not finder.is_weather(c)]
    head = (grown or list(group))[-1]
    hazards = tuple(dict.fromkeys(hazard for candidate in group for hazard in candidate.hazards))
    if head.day is not None:
        iso, source = _date_of_name(text, head, dates, timeline, previous)
        return DisasterFact(head, iso, source, _place_of_name(text, head, dates, sentence), hazards)
    date = _nearest(dates, head.start)
    if date is None or date.iso is None:
        if not head.named:
            return None
        return DisasterFact(head, None, None, _place_phrase(text, group[0], sentence[0]), hazards)
    return DisasterFact(head, date.iso, date.year_source, _place_phrase(text, group[0], date.end), hazards)


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
    return Point(year, day.month, day.day).iso, source


def _place_of_name(text: str, event: FoundDisaster, dates: Sequence[DateFact], sentence: tuple[int, int]) -> str | None:
    """平掌“8·7”滑坡: the name right before the quote; “9·6”S218省道山体滑坡: or between quote and hazard."""
    date = _nearest(dates, event.start)
    low = max(sentence[0], date.end if date else sentence[0])
    before = _PLACE_BEFORE_NAME.search(text, low, event.start - 1)
    if before:
        place = before.group()
        cut = [m.end() for m in _NOT_A_PLACE.finditer(place)]
        place = place[cut[-1] if cut else 0 :]
        if 2 <= len(place) <= 8:
            return place
    return None


def _place_phrase(text: str, event: FoundDisaster, low: int) -> str | None:
    """The phrase between the date and the verb (县南部马头、小井等8个乡镇遭受), when it reads like a place."""
    begin = max(low, event.trigger - 60)
    time_words = _TIME_WORDS.match(text[begin : event.trigger])
    begin += time_words.end() if time_words else 0
    phrase = text[begin : event.trigger].strip(" ，,")
    struck = _STRUCK_PLACE.match(text, event.end)
    if not phrase and struck:
        return struck.group(1)
    clause = re.split(r"[，,：:（(]", phrase)[0].strip()
    if _PLACE_PHRASE.fullmatch(clause) and _PLACE_END.search(clause) and clause not in ("我县", "我市", "我省", "我乡", "我镇"):
        return clause
    return None


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


