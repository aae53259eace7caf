"""What everything found in a text has: a place in it, half-open, in code points."""

from __future__ import annotations

from typing import Protocol


class Spanned(Protocol):
    """Anything that stands at a place of the repaired text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """One past where it ends."""
