"""Numbers in every written form."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.rules.numerals import Quantity, exact, parse_quantity, parse_range

CASES = [
    ("8788", "8788", "exact"),
    ("14300.2", "14300.2", "exact"),
    ("2,300", "2300", "exact"),
    ("1，250，000", "1250000", "exact"),
    ("3895万", "38950000", "exact"),
    ("1.83万", "18300", "exact"),
    ("1亿2,300万", "123000000", "exact"),
    ("3万5千", "35000", "exact"),
    ("87万5000", "875000", "exact"),
    ("1万700", "10700", "exact"),
    ("1.6万亿", "1600000000000", "exact"),
    ("十", "10", "exact"),
    ("二十三", "23", "exact"),
    ("一百零五", "105", "exact"),
    ("三千二百一十户"[:-1], "3210", "exact"),
    ("两万五千", "25000", "exact"),
    ("三万五", "35000", "exact"),
    ("二点四万", "24000", "exact"),
    ("一千零三十六点六千", "1036600", "exact"),
    ("二〇〇八", "2008", "exact"),
    ("叁万伍仟", "35000", "exact"),
    ("壹佰贰拾", "120", "exact"),
    ("廿三", "23", "exact"),
    ("千", "1000", "exact"),
    ("10余万", "100000", "over"),
    ("1.3万余", "13000", "over"),
    ("五十余万", "500000", "over"),
    ("千余", "1000", "over"),
    ("20多", "20", "over"),
]


@pytest.mark.parametrize(("surface", "value", "bound"), CASES)
def test_value(surface: str, value: str, bound: str) -> None:
    quantity = parse_quantity(surface)
    assert quantity is not None
    assert (quantity.value, quantity.bound) == (Decimal(value), bound)


@pytest.mark.parametrize(
    ("surface", "low", "high"),
    [
        ("三四十", "30", "40"),
        ("三五万", "30000", "50000"),
        ("十五六", "15", "16"),
        ("几十", "10", "100"),
        ("几十万", "100000", "1000000"),
        ("十几", "10", "20"),
        ("二十几", "20", "30"),
        ("数百", "100", "1000"),
    ],
)
def test_range_in_one_numeral(surface: str, low: str, high: str) -> None:
    assert parse_quantity(surface) == Quantity(None, "range", Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("100", "500", ("100", "500")),
        ("3", "5万", ("30000", "50000")),
        ("3万", "5万", ("30000", "50000")),
        ("一百", "五百", ("100", "500")),
        ("5", "3", None),
    ],
)
def test_range(low: str, high: str, expected: tuple[str, str] | None) -> None:
    found = parse_range(low, high)
    assert (found and (str(found.low), str(found.high))) == expected


@pytest.mark.parametrize("surface", ["", "几", "数", "甲", "三四五六之"])
def test_no_number(surface: str) -> None:
    assert parse_quantity(surface) is None


_HAN = "零一二三四五六七八九"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def _section(number: int, digits: str, units: str) -> str:
    """A number under ten thousand in Chinese, read out place by place."""
    written, gap = "", False
    for place, unit in zip((1000, 100, 10, 1), units, strict=True):
        digit = number // place % 10
        if digit:
            written += (digits[0] if gap and written else "") + digits[digit] + unit.strip()
            gap = False
        else:
            gap = True
    return written


def in_chinese(number: int, digits: str = _HAN, units: str = "千百十 ") -> str:
    """A whole number as a report would read it out."""
    written = ""
    for scale, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // scale % 10**4
        if section:
            written += (digits[0] if written and section < 1000 else "") + _section(section, digits, units) + unit
    return written


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_chinese_numerals_read_back(number: int) -> None:
    assert parse_quantity(in_chinese(number)) == exact(Decimal(number))


@given(st.integers(min_value=11, max_value=10**12 - 1))
def test_capitals_read_back(number: int) -> None:
    assert parse_quantity(in_chinese(number, _CAPITALS, "仟佰拾 ")) == exact(Decimal(number))


@given(
    st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False),
    st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8)]),
)
def test_arabic_numerals_read_back(number: Decimal, multiplier: tuple[str, int]) -> None:
    unit, factor = multiplier
    for written in (f"{number}{unit}", f"{number:,}{unit}"):
        assert parse_quantity(written) == exact(number * factor)


@given(st.text(alphabet="0123456789.,一二三十百千万亿两几数余多零壹拾点", max_size=20))
def test_any_surface_gives_a_number_or_none(surface: str) -> None:
    quantity = parse_quantity(surface)
    assert quantity is None or quantity.value is None or quantity.value >= 0
