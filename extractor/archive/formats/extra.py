"""Packages that come with the extra ``[data]``."""

from __future__ import annotations

import importlib
from typing import Any

from extractor.errors import ExtractorError


def wanted(package: str) -> Any:
    """The package, or an error that says how to get it."""
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise ExtractorError(
            f"{package} is not installed, and Parquet and DuckDB need it; "
            "pip install 'county-report-extractor[data]', or write jsonl or csv"
        ) from error
