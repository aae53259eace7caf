"""Numbers in every form that reports use, read as :class:`decimal.Decimal`.

Sources: GB/T 15835-2011 for ranges, 余/多/几 and mixed forms; the 大写 forms of bank drafts.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.records.codes import Bound

_ROWS = ("〇○零Ｏ", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {c: n for n, row in enumerate(_ROWS) for c in row}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS = {"廿": 20, "卅": 30}
_LARGE = {"万": 10**4, "亿": 10**8}
_TOKEN = re.compile(r"\d+(?:\.\d+)?|.")
_COMMA = re.compile(r"[,，\s]")
_POINT = re.compile(r"([〇零一二三四五六七八九十百千万亿]+)点([〇零一二三四五六七八九]+)")
_ADJACENT = re.compile(r"[一二两三四五六七八九]{2}")
_POSITIONAL = re.compile(r"[〇○零一二三四五六七八九]{2,}")
_FUZZY = re.compile(r"[余多来]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bound. ``value`` is null for a range, whose ends are ``low`` and ``high``."""

    value: Decimal | None
    bound: Bound = "exact"
    low: Decimal | None = None
    high: Decimal | None = None

    def times(self, factor: Decimal) -> Quantity:
        """This quantity in a unit ``factor`` times smaller."""
        return Quantity(
            None if self.value is None else self.value * factor,
            self.bound,
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )

    def bounded(self, bound: Bound) -> Quantity:
        """This quantity with a bound told by a word beside it; a bound in the number itself stays."""
        if self.bound != "exact" or bound == "exact" or self.value is None:
            return self
        low = self.value if bound == "over" else None
        high = self.value if bound == "under" else None
        return replace(self, bound=bound, low=low, high=high)


def exact(value: Decimal) -> Quantity:
    """A number that is just what it says."""
    return Quantity(value)


def between(low: Decimal, high: Decimal) -> Quantity:
    """A range from ``low`` to ``high``."""
    return Quantity(None, "range", low, high)


@functools.lru_cache(maxsize=65536)
def parse_quantity(surface: str) -> Quantity | None:
    """The quantity that ``surface`` writes, or None where it writes none.

    >>> parse_quantity("1亿2,300万").value, parse_quantity("10余万").bound
    (Decimal('123000000'), 'over')
    >>> parse_quantity("三五万").low, parse_quantity("十几").high
    (Decimal('30000'), Decimal('20'))
    """
    text = _COMMA.sub("", surface)
    if not text:
        return None
    if "几" in text or text[0] == "数":
        return _vague(text)
    if _FUZZY.search(text):
        number = _number(_FUZZY.sub("", text))
        return None if number is None else Quantity(number, "over", number)
    ends = _adjacent(text)
    if ends is not None:
        return ends
    number = _number(text)
    return None if number is None else Quantity(number)


def parse_range(low: str, high: str) -> Quantity | None:
    """The range between two surfaces; a multiplier written once holds for both (3～5万).

    >>> parse_range("3", "5万").low
    Decimal('30000')
    """
    first, second = parse_quantity(low), parse_quantity(high)
    if first is None or second is None or first.value is None or second.value is None:
        return None
    start, end = first.value, second.value
    if not _ends_in_multiplier(low) and _ends_in_multiplier(high):
        shared = _number(re.sub(r"^[\d.,，\s]+", "", high)) if high[0].isdigit() else _multiplier_of(high)
        if shared is not None and start < end and start * shared <= end:
            start *= shared
    return between(start, end) if start < end else None


def _ends_in_multiplier(surface: str) -> bool:
    return surface[-1] in "百千万亿"


def _multiplier_of(surface: str) -> Decimal | None:
    tail = re.search(r"[百千万亿]+$", surface)
    return _number(tail.group()) if tail else None


def _vague(text: str) -> Quantity | None:
    """几十, 几十万, 十几, 二十几万, 数百: ranges whose ends GB/T 15835 leaves to the reader."""
    if text[0] in "几数":
        unit = _number(text[1:])
        return between(unit, unit * 10) if unit is not None and len(text) > 1 else None
    head, _, tail = text.partition("几")
    base = _number(head)
    scale = Decimal(1) if not tail else _number(tail)
    if base is None or scale is None:
        return None
    return between(base * scale, (base + 10) * scale) if base < 100 else None


def _adjacent(text: str) -> Quantity | None:
    """三四十, 十五六, 三五万, 两三: two digits side by side are a range."""
    match = _ADJACENT.search(text)
    digits = _POSITIONAL.search(text)
    if match is None or (digits and len(digits.group()) > 2):
        return None
    first, second = (_DIGITS[c] for c in match.group())
    if second != first + 1 and (first, second) != (3, 5):
        return None
    head, tail = text[: match.start()], text[match.end() :]
    low, high = _number(head + match.group()[0] + tail), _number(head + match.group()[1] + tail)
    return between(low, high) if low is not None and high is not None else None


def _number(text: str) -> Decimal | None:
    """The value of digits and multipliers in any mixture: 3万5千, 一千二百, 二〇〇八, 2.4万, 1.6万亿, 千亿."""
    text = _POINT.sub(lambda m: f"{_number(m.group(1))}.{''.join(str(_DIGITS[c]) for c in m.group(2))}", text)
    if _POSITIONAL.fullmatch(text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total = section = Decimal(0)
    current: Decimal | None = None
    scale = 0  # the last multiplier, for 三万五 = 35000
    seen = False
    for token in _TOKEN.findall(text):
        if token[0].isdigit():
            if current is not None:
                return None
            current, seen = Decimal(token), True
        elif token in _DIGITS:
            digit = _DIGITS[token]
            if digit == 0:
                scale = 0
                current = Decimal(0) if not seen else current
            elif current:
                return None
            else:
                current = Decimal(digit)
            seen = True
        elif token in _SMALL:
            section += (Decimal(1) if current is None else current) * _SMALL[token]
            current, scale, seen = None, _SMALL[token], True
        elif token in _TENS:
            section += _TENS[token]
            seen = True
        elif token in _LARGE:
            below = section + (current or 0)
            if token == "万":
                total += (below if seen else Decimal(1)) * _LARGE[token]
            else:
                base = total + below
                total = (base if seen else Decimal(1)) * _LARGE[token]
            section, current, scale, seen = Decimal(0), None, _LARGE[token], True
        else:
            return None
    if not seen:
        return None
    if current is not None and scale >= 100 and text[-1] in _DIGITS and len(text) > 1 and text[-2] not in _DIGITS:
        return total + section + current * scale / 10
    return total + section + (current or 0)
