"""Figures from Chinese county reports as validated, traceable records.

>>> import extractor
>>> [r.raw for r in extractor.extract("受灾2197户8788人。", ner=False) if r.kind == "count"]
['2197户', '8788人']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor._version import __version__

if TYPE_CHECKING:
    from extractor.pipeline import Extractor
    from extractor.records import AnyRecord

__all__ = ["Extractor", "__version__", "extract"]


def extract(text: str, **options: Any) -> list[AnyRecord]:
    """The records of one text; ``options`` are those of :class:`Extractor`. For many texts build one Extractor."""
    from extractor.pipeline import Extractor

    return Extractor(**options).extract_text(text)


def __getattr__(name: str) -> Any:
    """Load :class:`Extractor` when it is first asked for, so that ``import extractor`` stays light."""
    if name == "Extractor":
        from extractor.pipeline import Extractor

        return Extractor
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")
