from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from extractor.records.values import DecimalText, IsoDate, plain

DECIMAL: TypeAdapter[Decimal] = TypeAdapter(DecimalText)
ISO: TypeAdapter[str] = TypeAdapter(IsoDate)


@pytest.mark.parametrize(
    ("number", "expected"),
    [("143002000", "143002000"), ("4.50", "4.5"), ("1E+9", "1000000000"), ("100", "100"), ("0", "0"), ("0.0", "0")],
)
def test_numbers_are_written_plainly(number: str, expected: str) -> None:
    assert plain(Decimal(number)) == expected
    assert DECIMAL.dump_json(DECIMAL.validate_python(number)) == f'"{expected}"'.encode()


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=Decimal(10) ** 18, places=4))
def test_writing_and_reading_a_number_keeps_its_value(number: Decimal) -> None:
    assert DECIMAL.validate_json(DECIMAL.dump_json(number)) == number


@pytest.mark.parametrize("date", ["2002", "2002-08", "2002-08-14", "1996-08-03/1996-08-10", "2002/2004"])
def test_dates_are_as_precise_as_the_text(date: str) -> None:
    assert ISO.validate_python(date) == date


@pytest.mark.parametrize("date", ["02", "2002-13", "2002-8-1", "2002-08-32", "2002/", "2002年"])
def test_other_dates_are_refused(date: str) -> None:
    with pytest.raises(ValidationError):
        ISO.validate_python(date)
