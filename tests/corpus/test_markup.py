"""The markup of the sample corpus, and that its outputs are what the marked reports give."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def build(root: Path) -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("corpus_build", root / "corpus" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_a_total_its_parts_and_whom_the_money_reached(build: ModuleType) -> None:
    marked = build.parse(
        "slug",
        "#! genre=报告 year=2006\n为⟦48户|count 48 relieved id=h⟧发放⟦12万元|amount 120000 funding id=t on=2006⟧，"
        "其中县级⟦5万元|amount 50000 funding of=t payer=县级 for=h⟧。",
    )
    households, total, part = marked.records
    assert marked.text == "为48户发放12万元，其中县级5万元。"
    assert (total["date"], part["part_of"], part["payer"], part["beneficiary"]) == ("2006", 1, "县级", [0])
    assert [marked.text[r["start"] : r["end"]] for r in (households, total, part)] == ["48户", "12万元", "5万元"]


def test_what_is_not_understood_is_refused(build: ModuleType) -> None:
    with pytest.raises(ValueError, match="not understood"):
        build.parse("slug", "#! genre=报告 year=2006\n⟦12万元|amount 120000 funding paid=县⟧")


def test_the_outputs_are_what_the_marked_reports_give(build: ModuleType, root: Path) -> None:
    assert [name for name, data in build.outputs() if (root / "corpus" / name).read_bytes() != data] == []
