from pathlib import Path

import pytest

from extractor.records import MODELS
from extractor.records.reference import REMAKE, reference

PAGE = Path(__file__).parents[2] / "docs" / "records.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == reference(), f"docs/records.md is out of date: run {REMAKE}"


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_says_what_it_means(kind: str) -> None:
    fields = MODELS[kind].model_fields  # type: ignore[index]
    assert [name for name, field in fields.items() if name != "kind" and not field.description] == []
