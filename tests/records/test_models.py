import json
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from extractor.records import MODELS, Amount, Count, json_line, json_schema, parse_record, validated

SOURCE = "损失5元整"


def amount(**changes: Any) -> dict[str, Any]:
    fields = {
        "doc_id": "d",
        "id": "d-1",
        "start": 2,
        "end": 4,
        "raw": "5元",
        "text": "5元",
        "sentence": SOURCE,
        "rule": "amount.figures",
        "value": "5",
        "unit": "元",
    }
    return fields | changes


def test_a_record_stands_where_it_says() -> None:
    record = Amount.model_validate(amount(), context={"source": SOURCE})
    assert SOURCE[record.start : record.end] == record.raw


def test_the_quick_ways_give_the_same_record_and_the_same_line() -> None:
    record = Amount.model_validate(amount(), context={"source": SOURCE})
    assert validated("amount", amount(), {"source": SOURCE}) == record
    assert json_line(record) == record.model_dump_json().encode() + b"\n"
    with pytest.raises(ValidationError):
        validated("amount", amount(start=1, end=3), {"source": SOURCE})


@pytest.mark.parametrize(
    "changes",
    [
        {"start": 1, "end": 3},
        {"end": 5},
        {"raw": ""},
        {"value": None},
        {"bound": "range"},
        {"bound": "nearly"},
        {"role": "gift"},
        {"surprise": 1},
        {"flags": ["unheard_of"]},
    ],
)
def test_what_breaks_the_contract_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Amount.model_validate(amount(**changes), context={"source": SOURCE})


def test_a_range_has_ends_and_no_value() -> None:
    record = Amount.model_validate(amount(value=None, bound="range", low="100", high="500"))
    assert (record.value, record.low, record.high) == (None, 100, 500)


def test_a_figure_that_lost_a_digit_has_no_value() -> None:
    assert Amount.model_validate(amount(value=None, flags=["digit_may_be_lost"])).value is None


def test_records_are_frozen() -> None:
    record = Amount.model_validate(amount())
    with pytest.raises(ValidationError):
        record.value = 6  # type: ignore[misc, assignment]


def test_a_line_of_json_becomes_its_own_kind_again() -> None:
    line = Amount.model_validate(amount()).model_dump_json()
    assert parse_record(line) == Amount.model_validate(amount())
    with pytest.raises(ValidationError):
        parse_record(line.replace('"amount"', '"sum"'))


@pytest.mark.parametrize("kind", [None, *MODELS])
def test_the_schema_is_draft_2020_12_and_valid(kind: Any) -> None:
    schema = json_schema(kind)
    assert schema["$schema"].endswith("2020-12/schema")
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_schema_of_the_union_takes_what_is_written() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    written = json.loads(Amount.model_validate(amount()).model_dump_json())
    validator.validate(written)
    assert isinstance(written["value"], str)
    assert not validator.is_valid(written | {"value": 5.0})
    assert not validator.is_valid({**written, "kind": "count"})


def test_counts_need_a_measure() -> None:
    with pytest.raises(ValidationError, match="measure"):
        Count.model_validate(amount())
