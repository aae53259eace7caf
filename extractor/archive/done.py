"""What is done already of a batch: shards with a valid marker whose file of records is there."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.archive import marker
from extractor.archive.folder import Folder, is_part
from extractor.archive.marker import RECORDS, Marker
from extractor.archive.plan_file import Line


class Done:
    """A look at an output folder when it was made; shards finished later are not in it."""

    def __init__(self, folder: Folder, settings_digest: str) -> None:
        self._folder = folder
        self._settings = settings_digest
        self._marked = marker.keys(folder)
        self._files: dict[str, list[tuple[str, int]]] = {}
        for name, size in folder.files(RECORDS).items():
            if not is_part(name):
                self._files.setdefault(key_of(name), []).append((name, size))

    def marker(self, key: str) -> Marker | None:
        """The marker of a shard that is done and holds for these settings."""
        if key not in self._marked or key not in self._files:
            return None
        found = marker.read(self._folder, key)
        if found is None or found.key != key or found.settings != self._settings:
            return None
        return found if any(size == found.size for _, size in self._files[key]) else None

    def is_done(self, line: Line) -> Marker | None:
        """The marker of a shard that need not be done again."""
        found = self.marker(line.key)
        return found if found is not None and found.settled else None

    def files(self, key: str) -> list[str]:
        """The files of records of a shard that is done: one, or two where it had another number before."""
        return [name for name, _ in self._files[key]]

    def others(self, planned: set[str]) -> Iterator[tuple[str, list[str]]]:
        """Shards that are no longer in the plan: their keys, and their files of records."""
        for key in sorted((self._marked | self._files.keys()) - planned):
            yield key, [name for name, _ in self._files.get(key, ())]


def key_of(name: str) -> str:
    """The shard whose records a file holds, by its name."""
    return name.partition("-")[2].partition(".")[0]
