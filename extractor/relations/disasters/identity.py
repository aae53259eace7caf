"""Which events are one event told again: by name, time, kind and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extractor.records.codes import Confidence
from extractor.relations.disasters.days import PRECISION_OF_DAY, days_of
from extractor.relations.disasters.facts import DisasterFact
from extractor.relations.disasters.place import WHOLE
from extractor.relations.reasons import Reason
from extractor.text.expression import expression

_DAY = expression(r"(\d{1,2})日$")
_MANY_PLACES = expression(r"[、和与及]|等.*$|以及|\d+个?(?:乡镇|[乡镇村县市区]).*$")
_KIND_OF_PLACE = expression(r"[省市县区乡镇村州]|自治|地区|附近|境内|交界.*|一带|海域")
_FELT = frozenset({"震感", "微震", "地动", "有感地震"})
_AFTERSHOCK = "余震"
_FEW = 24
_LIFE_OF_A_NAME = 31
"""Days over which one typhoon is told of; next year's may have its name."""
_NAMED_AFTER_ITS_PEAK = 3
"""Days between a quoted day and the date otherwise told of the same event: it began before, or lasted on."""


def date_by_magnitude(events: Sequence[DisasterFact]) -> None:
    """An earthquake without a date, as a headline has it, is the one of the same magnitude that has one."""
    quakes = [event for event in events if event.found.rule == "disaster.magnitude" and event.magnitude is not None]
    dated = {event.magnitude: event for event in reversed(quakes) if event.iso is not None}
    for event in quakes:
        twin = dated.get(event.magnitude)
        if event.iso is None and twin is not None:
            event.iso, event.year_source, event.when = twin.iso, "inherited", twin.when


def find_same(events: Sequence[DisasterFact]) -> None:
    """Set ``same_as`` of every event that an earlier one tells of: the first of them.

    Looked for among those of its name or date, and else among the first and the last few told before it, so that a
    chronicle of thousands is read in linear time.
    """
    firsts: list[DisasterFact] = []
    alike: dict[str, list[DisasterFact]] = defaultdict(list)
    for event in events:
        keys = [key for key in (event.found.name, event.iso) if key is not None]
        near = [*firsts[:_FEW], *firsts[_FEW:][-_FEW:]]
        for earlier in [*(other for key in keys for other in alike[key][:_FEW]), *near]:
            why = same(earlier, event)
            if why is not None:
                event.same_as = earlier
                confidence: Confidence = "likely" if why == "same.time_and_place" else "certain"
                event.reasons.append(Reason("same_as", confidence, why, earlier.start, earlier.end))
                if earlier.iso is None and event.iso is not None:  # a headline has no date of its own
                    earlier.iso, earlier.year_source, earlier.when = event.iso, "inherited", event.when
                    alike[event.iso].append(earlier)
                break
        else:
            firsts.append(event)
            for key in keys:
                alike[key].append(event)


def same(one: DisasterFact, other: DisasterFact) -> str | None:
    """What shows that two tellings are of one event; None where nothing does."""
    if _AFTERSHOCK in (*one.hazards, *other.hazards):
        return None
    if one.found.name and other.found.name:
        again = one.found.name == other.found.name and one.found.rule == other.found.rule and _dates_meet(one, other)
        return "same.name" if again else None
    if one.number is not None and one.number == other.number and one.hazards == other.hazards:
        return "same.name" if _dates_meet(one, other) else None
    if _differ(one.number, other.number) or _differ(one.magnitude, other.magnitude) or not _times_fit(one, other):
        return None
    kinds, others = set(one.found.categories), set(other.found.categories)
    if not kinds & others and kinds and others:
        return None
    if one.magnitude is not None and one.magnitude == other.magnitude and one.scale == "seismic":
        return "same.magnitude"
    felt = _FELT.issuperset(one.hazards) or _FELT.issuperset(other.hazards)
    return "same.time_and_place" if felt or places_fit(one.place, other.place) else None


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _dates_meet(one: DisasterFact, other: DisasterFact) -> bool:
    return one.iso is None or other.iso is None or days_of(one.iso).apart(days_of(other.iso)) <= _LIFE_OF_A_NAME


def _times_fit(one: DisasterFact, other: DisasterFact) -> bool:
    """Whether both dates can be one event's, one at most a step more precise; a quoted day may lie beside the other.

    A headline's event has no date at all; where the year is open, the day written has to be the same.
    """
    if one.iso is None or other.iso is None:
        return one.when is None or other.when is None or _same_day_written(one, other)
    mine, theirs = days_of(one.iso), days_of(other.iso)
    if abs(mine.precision - theirs.precision) > 1:
        return False
    both_days = mine.precision == theirs.precision == PRECISION_OF_DAY
    slack = _NAMED_AFTER_ITS_PEAK if both_days and (one.found.name or other.found.name) else 0
    return mine.apart(theirs) <= slack


def _same_day_written(one: DisasterFact, other: DisasterFact) -> bool:
    """Whether two dates without a year are one: as written, or in the day where one of them lacks the month."""
    if one.when and other.when and "月" in one.when and "月" in other.when:
        return one.when == other.when
    return _day_written(one) == _day_written(other)


def _day_written(event: DisasterFact) -> str | None:
    """The day of the month, of a date or of the words for one, or those words."""
    if event.iso is not None and days_of(event.iso).precision == PRECISION_OF_DAY:
        return event.iso[8:10].lstrip("0")
    day = _DAY.search(event.when or "")
    return day[1] if day else event.when


def places_fit(one: str | None, other: str | None) -> bool:
    """Whether two place phrases can be one place: 全县 and no place fit any, 石门 fits 石门乡等3个乡镇."""
    if one is None or other is None or WHOLE.fullmatch(one) or WHOLE.fullmatch(other):
        return True
    mine, theirs = _names(one), _names(other)
    return any(a in b or b in a for a in mine for b in theirs)


def _names(place: str) -> list[str]:
    """石门、白沙等3个乡镇 is 石门 and 白沙; 四川省青江市 is 四川青江."""
    pieces = [piece.strip() for piece in _MANY_PLACES.split(place) if piece and len(piece.strip()) > 1]
    return [_KIND_OF_PLACE.sub("", piece) or piece if len(piece) > 2 else piece for piece in pieces] or [place]
