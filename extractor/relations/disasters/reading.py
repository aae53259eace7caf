"""Which candidates are events, and which of a sentence are one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from extractor.records.codes import YearSource
from extractor.relations.disasters.facts import DisasterFact
from extractor.relations.disasters.identity import date_by_magnitude, find_same, places_fit
from extractor.relations.disasters.place import TIME_WORDS, place_before, place_of_group
from extractor.relations.disasters.strength import number_of, strength_of
from extractor.relations.disasters.when import OTHER_TIME, Calendar, When
from extractor.relations.figures import HARM, Scene
from extractor.relations.reasons import Reason
from extractor.relations.timeline import DateFact, Timeline
from extractor.rules.disasters import DisasterFinder, FoundDisaster
from extractor.text.expression import expression

_ONLY_TIME = expression(f"{TIME_WORDS}*")
_ONLY_PLACE = expression(
    f"{TIME_WORDS}*[\u4e00-\u9fff]{{0,6}}(?:、[\u4e00-\u9fff]{{1,6}}){{0,8}}[省市州县区城乡镇村境内域河江湖海山部地带堤](?:普遍|严重|持续|罕见|特大|连续)*"
)
_AND = expression(r"\s*[、和及与]\s*")
_CLAUSE_END = expression(r"\s*(?:[，,。；;（(]|$)")
_TERSE = expression(rf"{TIME_WORDS}*(?:(?![防抗治救赈因对以若如的了将免设记载称曰被无])[\u4e00-\u9fff]|、|\s){{0,12}}")
_TERSE_END = expression(
    r"\s*(?:[，,。；;、（(：:\s]|$|[甚尤伤害杀食蔽遍入过连压]|成灾|为[灾害]|交作|并作|并至|昼夜|不[息止]|有声|拔|坏|漂|损|毁|伤|至|[一二两三四五六七八九十]+(?:余|昼|日|丈|尺))"
)
_HARMED = expression(r"[^。\n]{0,14}[伤害淹没漂冲坏毁损拔倒塌压死溺溢杀飞]")
_OLD_STYLE_ENDS = 1949
"""Chronicles of the years before tell an event in a word or two."""
_SLOW = frozenset({"drought", "biological", "other", "earthquake"})
"""Kinds that no storm brings: beside another kind in a chronicle they are events of their own."""


def read_events(
    scene: Scene, candidates: Sequence[FoundDisaster], timeline: Timeline, finder: DisasterFinder
) -> list[DisasterFact]:
    """The events of a document; unnamed candidates without a date in their sentence, or just before it, are no events.

    A date whose year nothing settles is one all the same: the event then has none that can be told.
    """
    if not candidates:
        return []
    reader = _EventReader(scene, timeline, finder)
    by_sentence: dict[tuple[int, int], list[FoundDisaster]] = {}
    for candidate in candidates:
        by_sentence.setdefault(scene.sentence_at(candidate.start), []).append(candidate)
    for sentence, found in by_sentence.items():
        reader.read(sentence, found)
    date_by_magnitude(reader.events)
    find_same(reader.events)
    return reader.events


class _EventReader:
    """Reads the events of one document, sentence by sentence."""

    def __init__(self, scene: Scene, timeline: Timeline, finder: DisasterFinder) -> None:
        self.events: list[DisasterFact] = []
        self._text = scene.text
        self._finder = finder
        self._calendar = Calendar(scene.text, timeline, finder)
        self._told: dict[str, dict[str, list[str | None]]] = {}
        """What hazards have been told of each time, and where."""
        self._categories: dict[str, set[str]] = {}
        self._harm = sorted(
            [count.start for count in scene.counts if count.status in HARM]
            + [amount.start for amount in scene.amounts if amount.role == "loss"]
        )
        self._named: dict[str, str] = {}
        """The date first told of each quoted day: one told again without its year is the same."""

    def read(self, sentence: tuple[int, int], found: Sequence[FoundDisaster]) -> None:
        """Add the events of one sentence."""
        dates = self._calendar.within(*sentence)
        previous: DisasterFact | None = None
        timed = [(c, self._calendar.when(c, dates, sentence, self._categories)) for c in found]
        happened = [(c, when) for c, when in timed if c.told or (when is not None and self._opens(c, when))]
        for group, when in _groups(happened):
            for time in self._times(when, dates):
                event = self._event(group, time, dates, previous, sentence)
                if event is not None and not self._told_before(event, time):
                    previous = event
                    self.events.append(event)

    def _times(self, when: When | None, dates: Sequence[DateFact]) -> list[When | None]:
        """Every year of 1679年、1681年均有旱灾: one of the listed years alone is what ``when`` tells."""
        at = next((i for i, date in enumerate(dates) if when is not None and date.start == when.start), 0)
        if when is None or not at or not _is_year(dates[at]):
            return [when]
        times: list[When | None] = [when]
        while at and _is_year(dates[at - 1]) and _AND.fullmatch(self._text, dates[at - 1].end, dates[at].start):
            at -= 1
            times.insert(0, when._replace(iso=dates[at].iso, source=dates[at].year_source, key=dates[at].iso or ""))
        return times

    def _opens(self, event: FoundDisaster, when: When) -> bool:
        """A hazard right behind its date (8月2日，狂风…), or behind a place alone (6月，县城火灾。), happened then."""
        if self._is_old_style(event, when):
            return True
        if when.carried:
            return False
        if _ONLY_TIME.fullmatch(self._text, when.end, event.start):
            return True
        alone = _CLAUSE_END.match(self._text, event.end) and not self._finder.is_weather(event)
        return bool(alone and _ONLY_PLACE.fullmatch(self._text, when.end, event.start))

    def _is_old_style(self, event: FoundDisaster, when: When) -> bool:
        """康熙四年，春夏旱；秋，石门蝗: little but a place before it in its clause, in such years."""
        if not _of_old(when) or (when.carried and not event.terse):
            return False
        begin = event.clause[0] if when.carried else max(when.end, event.clause[0])
        if not _TERSE.fullmatch(self._text, begin, event.start) or not _TERSE_END.match(self._text, event.end):
            return False
        return not self._finder.is_weather(event) or _HARMED.match(self._text, event.end) is not None

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
        head = ([c for c in grown if not c.terse] or grown or fresh)[-1]
        iso: str | None
        source: YearSource | None
        if head.day is not None and head.day.month is not None:
            before = (previous.iso, previous.year_source) if previous else (None, None)
            iso, source = self._calendar.of_name(head, dates, before)
            if source != "stated" and head.name in self._named:
                iso, source = self._named[head.name], "inherited"
            elif iso is not None and head.name is not None:
                self._named.setdefault(head.name, iso)
        elif head.day is not None:
            iso, source = head.day.iso, "stated"
        elif when is not None:
            iso, source = when.iso, when.source
        elif head.named or self._does_harm(head, sentence):
            iso, source = None, None
        else:
            return None
        hazards = tuple(dict.fromkeys(hazard for candidate in group for hazard in candidate.hazards))
        place = place_of_group(self._text, group, head, when.end if when else sentence[0], sentence[1])
        if (place is None or place.confidence == "guess") and when is not None:
            place = place_before(self._text, sentence[0], when.start) or place
        event = DisasterFact(head, iso, source, place.text if place else None, hazards)
        event.categories = tuple(dict.fromkeys(kind for candidate in group for kind in candidate.categories))
        event.when = when.key if when else None
        event.number = number_of(self._text, head)
        event.magnitude, event.scale = strength_of(self._text, head, sentence) or (None, None)
        if place is not None:
            event.reasons.append(Reason("place", place.confidence, place.why))
        return event

    def _does_harm(self, event: FoundDisaster, sentence: tuple[int, int]) -> bool:
        """Whether an event without a date is the first that the text tells, and its sentence counts its harm.

        暴雨冰雹灾害使石门乡5村417户受灾: the report's own event, of a time that only its heading or envelope told.
        """
        if self.events or self._finder.is_weather(event) or self._text.startswith("影响", event.end):
            return False
        if OTHER_TIME.search(self._text, *sentence):
            return False
        return bisect_left(self._harm, event.end) < bisect_left(self._harm, sentence[1])

    def _told_before(self, event: DisasterFact, when: When | None) -> bool:
        """Whether the event only tells again what has been told of its date and place; notes it if not."""
        if event.found.named and when is None:
            return False
        key = event.iso or (when.key if when else "")
        told = self._told.setdefault(key, {})
        categories = self._categories.setdefault(key, set())
        places = told.get(event.hazards[-1], []) if event.hazards else []
        if self._finder.is_weather(event.found):
            again = bool(places or categories.intersection(event.found.categories))
        else:
            again = any(places_fit(event.place, place) for place in places)
        for hazard in event.hazards:
            told.setdefault(hazard, []).append(event.place)
        categories.update(event.found.categories)
        return again and not event.found.named


def _groups(
    found: Iterable[tuple[FoundDisaster, When | None]],
) -> list[tuple[list[FoundDisaster], When | None]]:
    """Named events stand alone; unnamed ones of a sentence that share their date are one."""
    groups: list[tuple[list[FoundDisaster], When | None]] = []
    for candidate, when in found:
        group, time = groups[-1] if groups else ([], None)
        unnamed = bool(group) and not candidate.named and not group[0].named
        if unnamed and when == time and not (when and _of_old(when) and _apart(group[-1], candidate)):
            group.append(candidate)
        else:
            groups.append(([candidate], when))
    return groups


def _is_year(date: DateFact) -> bool:
    return date.iso is not None and len(date.iso) == len("1679")


def _of_old(when: When) -> bool:
    return when.iso is not None and int(when.iso[:4]) < _OLD_STYLE_ENDS


def _apart(one: FoundDisaster, other: FoundDisaster) -> bool:
    """Whether two words of a chronicle's entry are two events: 春旱，秋大水 are, 大风，雨雹 and 旱、蝗 are not."""
    kinds, others = set(one.categories), set(other.categories)
    if one.clause == other.clause and other.start - one.end <= 1:
        return False  # 旱、蝗灾
    return not kinds & others and bool(_SLOW & (kinds | others))
