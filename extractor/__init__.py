"""Figures from Chinese county reports as validated, traceable records.

>>> import extractor
>>> [r.raw for r in extractor.extract("受灾2197户8788人。", ner=False) if r.kind == "count"]
['2197户', '8788人']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor._version import __version__
from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from extractor.entities.scope import Scope
    from extractor.pipeline import Extractor
    from extractor.records import AnyRecord, Kind

__all__ = ["Extractor", "ExtractorError", "__version__", "extract"]


def extract(
    text: str,
    *,
    patterns: Path | str | None = None,
    kinds: Collection[Kind] | None = None,
    ner: bool | Scope = "all",
    ner_model: str | Path | None = None,
) -> list[AnyRecord]:
    """The records of one text: its document record, then what was found in order of ``start``, then the checks.

    The options are those of :class:`Extractor`, which is to be built once where there are many texts. Raises
    :class:`ExtractorError` for an option that is wrong.
    """
    from extractor.pipeline import Extractor

    return Extractor(patterns=patterns, kinds=kinds, ner=ner, ner_model=ner_model).extract_text(text)


def __getattr__(name: str) -> Any:
    """Load :class:`Extractor` when it is first asked for, so that ``import extractor`` stays light."""
    if name == "Extractor":
        from extractor.pipeline import Extractor

        return Extractor
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")
