"""Every kind, field and code has its Chinese words."""

from collections.abc import Mapping
from typing import Any, get_args

import pytest

from extractor.archive.fact_table import columns
from extractor.records import MODELS, chinese, codes
from extractor.records.reports import RepairCount

CODES = [
    (codes.Kind, chinese.KINDS),
    (codes.Bound, chinese.BOUND),
    (codes.Role, chinese.ROLE),
    (codes.Measure, chinese.MEASURE),
    (codes.Status, chinese.STATUS),
    (codes.Category, chinese.CATEGORY),
    (codes.YearSource, chinese.YEAR_SOURCE),
    (codes.DateSource, chinese.DATE_SOURCE),
    (codes.DateRole, chinese.DATE_ROLE),
    (codes.MagnitudeScale, chinese.MAGNITUDE_SCALE),
    (codes.Confidence, chinese.CONFIDENCE),
    (codes.EntityLabel, chinese.ENTITY_LABEL),
    (codes.Script, chinese.SCRIPT),
    (codes.DocumentStatus, chinese.DOCUMENT_STATUS),
    (codes.Flag, chinese.FLAG),
    (codes.ErrorCode, chinese.ERROR),
    (codes.CheckName, chinese.CHECK),
]


@pytest.mark.parametrize(("type_", "words"), CODES)
def test_every_code_has_words_of_its_own(type_: Any, words: Mapping[str, str]) -> None:
    assert set(words) == set(get_args(type_))
    assert len({chinese.name(said) for said in words.values()}) == len(words)


def test_every_field_and_column_has_words() -> None:
    fields = {field for model in (*MODELS.values(), RepairCount) for field in model.model_fields}
    assert set(chinese.FIELDS) == fields | {column.name for column in columns()}


def test_headings_of_the_table_are_told_apart() -> None:
    headings = [chinese.name(chinese.FIELDS[column.name]) for column in columns()]
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize(
    ("type_", "meanings"),
    [(codes.Flag, codes.FLAGS), (codes.ErrorCode, codes.ERRORS), (codes.CheckName, codes.CHECKS)],
)
def test_what_a_name_does_not_tell_is_told(type_: Any, meanings: Mapping[str, str]) -> None:
    assert list(meanings) == list(get_args(type_))
