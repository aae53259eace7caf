"""How strong an event was: the magnitude of an earthquake, the force of a wind; which typhoon or flood of its year."""

from __future__ import annotations

from decimal import Decimal

from extractor.records.codes import MagnitudeScale
from extractor.rules.disasters import FoundDisaster
from extractor.rules.numerals import parse_quantity
from extractor.text.expression import expression

_DEGREE = r"\d{1,2}(?:\.\d)?|[一二三四五六七八九](?:点[一二三四五六七八九〇零])?|十[一二三四五六七]?"
_QUAKE_BEHIND = expression(rf"(?:里氏|震级)(?:为|是|约|达|达到|里氏)*\s?(?P<degree>{_DEGREE})\s?级")
_QUAKE = expression(rf"{_QUAKE_BEHIND.pattern}|(?P<bare>{_DEGREE})\s?级")
_QUAKE_AHEAD = expression(r"(?:里氏)?震级(?:为|达)?\s?(?P<degree>\d\.\d)级?的?$")
_UP_TO = rf"(?:(?:{_DEGREE})\s?级?\s?[～~—–\-至到]+\s?)?"
_WIND = expression(
    r"(?:风力|阵风|大风)(?:约|达到?|为|有|高达|最大|普遍|一般|中心|附近|最高|在)*\s?"
    rf"{_UP_TO}(?P<degree>{_DEGREE})\s?级"
    rf"|{_UP_TO}(?P<bare>{_DEGREE})\s?级(?:以上)?(?:强|的)?(?:大风|阵风|龙卷风|狂风|暴风|台风)"
)
_NUMBERED = expression(
    r"(?:第\s?)?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})\s?号(?:超?强)?(?:台风|热带风暴|风暴|洪水)"
)
_WINDY = frozenset({"typhoon", "hail_wind", "sandstorm"})


def strength_of(text: str, event: FoundDisaster, sentence: tuple[int, int]) -> tuple[Decimal, MagnitudeScale] | None:
    """The magnitude of an earthquake or the force of a wind, told of ``event`` in its sentence.

    Of a range (8～9级) it is the higher end.
    """
    low, high = sentence
    if "earthquake" in event.categories:
        match = _QUAKE.search(text, event.start, event.end) or _QUAKE_BEHIND.search(text, event.end, high)
        match = match or _QUAKE_AHEAD.search(text, low, event.start)
        scale: MagnitudeScale = "seismic"
    elif _WINDY.intersection(event.categories):
        match = _WIND.search(text, low, high)
        scale = "wind_force"
    else:
        return None
    quantity = parse_quantity(match["degree"] or match.groupdict().get("bare") or "") if match else None
    return None if quantity is None or quantity.value is None else (quantity.value, scale)


def number_of(text: str, event: FoundDisaster) -> int | None:
    """第9号台风 is 9: the number that the weather service gave it in its year."""
    match = _NUMBERED.search(text, event.start, event.end)
    quantity = parse_quantity(match["number"]) if match else None
    return None if quantity is None or quantity.value is None else int(quantity.value)
