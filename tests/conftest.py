"""What all tests share: compiling the patterns takes a while, so one extractor serves them all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor.pipeline import Extractor

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("EXTRACTOR_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """An extractor of everything, names too."""
    return Extractor()


@pytest.fixture(scope="session")
def figures_only() -> Extractor:
    """An extractor without names: quicker."""
    return Extractor(ner=False)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reading and measuring material beside the checkout, which not every machine has."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not here: it holds gold that is no part of the repository")
    return SHARED


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their parameter: compressed ones hold the time, and workers must agree on the names."""
    return argname if isinstance(val, bytes) else None
