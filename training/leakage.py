"""Keeps passages of the gold out of the training data."""

from __future__ import annotations

import json
import re
from pathlib import Path

SHARED = 12
"""Characters in a row, blanks and punctuation left out, that a line must not have in common with a gold passage."""

_KEPT = re.compile(r"[^\w]|[\d_]")


class Gold:
    """All runs of SHARED characters in the passages of a gold file."""

    def __init__(self, path: Path) -> None:
        self._runs: set[str] = set()
        self._whole: list[str] = []
        with path.open(encoding="utf-8") as file:
            for line in file:
                self.add(json.loads(line)["text"])

    def add(self, text: str) -> None:
        """Take in one passage."""
        bare = _KEPT.sub("", text)
        self._whole.append(bare)
        self._runs.update(bare[i : i + SHARED] for i in range(len(bare) - SHARED + 1))

    def holds(self, text: str) -> bool:
        """Whether ``text`` has a run in common with a passage; a shorter text, whether a passage holds it whole."""
        bare = _KEPT.sub("", text)
        if len(bare) < SHARED:
            return len(bare) > 3 and any(bare in passage for passage in self._whole)
        return any(bare[i : i + SHARED] in self._runs for i in range(len(bare) - SHARED + 1))
