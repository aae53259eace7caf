from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from extractor.pipeline import Extractor
from extractor.readers.opening import Opener
from extractor.readers.source import Limits
from extractor.records import AnyRecord


@pytest.fixture(scope="session")
def opener() -> Opener:
    return Opener()


@pytest.fixture
def limited() -> Iterator[Callable[..., Extractor]]:
    """Extractors of figures with limits of their own."""
    return lambda **limits: Extractor(ner=False, limits=Limits(**limits))


@pytest.fixture(scope="session")
def told(figures_only: Extractor) -> Callable[..., dict[str, list[AnyRecord]]]:
    """The records of a file by the path that they state."""

    def by_path(data: bytes, path: str, extractor: Extractor = figures_only) -> dict[str, list[AnyRecord]]:
        records = extractor.extract_bytes(data, path=path)
        paths: dict[str, str] = {}
        grouped: dict[str, list[AnyRecord]] = {}
        for record in records:
            paths.setdefault(record.doc_id, getattr(record, "path", ""))
            grouped.setdefault(paths[record.doc_id], []).append(record)
        return grouped

    return by_path
