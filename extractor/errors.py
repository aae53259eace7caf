"""The exceptions that extractor raises: all of them are an :class:`ExtractorError`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.records.codes import ErrorCode


class ExtractorError(Exception):
    """Base of every error raised on purpose; its message says what happened, where, and what to do."""


class DocumentError(ExtractorError):
    """A document that can't be read. ``code`` is one of the stable codes of the error record."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code


class PatternError(ExtractorError):
    """A pattern file that is wrong: the message names the file, the rule and the remedy."""


class EvaluationError(ExtractorError):
    """Gold or records that can't be compared."""


class ModelError(ExtractorError):
    """A model for names that is not there or can't be used."""


class OutputError(ExtractorError):
    """Output that can't be written: the message names the place and the remedy."""


class BusyError(ExtractorError):
    """An output folder that another run is writing to."""
