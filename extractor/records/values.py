"""Field types that several records share: decimal numbers as strings, ISO 8601 dates as precise as the text."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, PlainSerializer, StringConstraints, WithJsonSchema


def plain(number: Decimal) -> str:
    """``number`` in plain notation, without exponent and without zeros that say nothing.

    >>> plain(Decimal("14300.2") * 10000)
    '143002000'
    >>> plain(Decimal("4.50"))
    '4.5'
    """
    text = str(number)
    if "E" in text:
        text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _without_idle_zeros(number: Decimal) -> Decimal:
    text = str(number)
    return Decimal(plain(number)) if "." in text or "E" in text else number


DecimalText = Annotated[
    Decimal,
    AfterValidator(_without_idle_zeros),
    PlainSerializer(plain, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}, mode="serialization"),
]
"""A Decimal in Python, a string in JSON; never a float."""

_DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"

IsoDate = Annotated[str, StringConstraints(pattern=rf"^{_DAY}(/{_DAY})?$")]
"""``2002``, ``2002-08``, ``2002-08-14`` or an interval of two of them with a slash."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
DivisionCode = Annotated[str, StringConstraints(pattern=r"^\d{6}(\d{3})?$")]
"""A GB/T 2260 code (six digits) or a township's (nine)."""
