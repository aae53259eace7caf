"""Townships of 2023 by county: 乡, 镇, 街道, 苏木 with their nine-digit codes.

Source: Administrative-divisions-of-China (WTFPL), packed by ``scripts/build_divisions.py``; the codes are those of the
statistics bureau, whose first six digits are the county's.
"""

from __future__ import annotations

import functools
import gzip
from collections import defaultdict
from collections.abc import Collection
from importlib import resources

from extractor.entities.division_names import township_stem
from extractor.entities.gazetteer import Division, Gazetteer

TOWNSHIP_TABLE = 2023
"""The year of the only table of townships there is."""


@functools.cache
def _lines() -> dict[str, str]:
    """By the code of a county its townships, parted by spaces: serial, name, stroke, kind, and ~ for a common word."""
    packed = resources.files("extractor.entities").joinpath("data/townships.tsv.gz").read_bytes()
    return dict(line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines())


@functools.cache
def _counties() -> dict[str, str]:
    """By a township's name without its kind the codes of the counties that have one so called, parted by spaces."""
    counties: dict[str, str] = {}
    for code, line in _lines().items():
        for entry in line.split(" "):
            stem = entry[3 : entry.index("/")]
            before = counties.get(stem)
            counties[stem] = f"{before} {code}" if before else code
    return counties


class Townships:
    """The townships of one county, by their names with and without 乡, 镇 or 街道.

    ``common`` are those whose name without suffix is a common word (水塘镇).
    """

    def __init__(self, townships: list[Division], common: Collection[Division]) -> None:
        self.all = tuple(townships)
        self._by_name = {township.name: township for township in townships}
        self._by_stem: dict[str, list[Division]] = defaultdict(list)
        for township in townships:
            self._by_stem[township_stem(township.name)].append(township)
        self.stems = {stem: any(t in common for t in alike) for stem, alike in self._by_stem.items()}
        """Names without suffix, and whether each is a common word."""

    def called(self, name: str) -> Division | None:
        """The township of that name; one that has since changed its kind (乡 to 镇, 公社 to 乡) too.

        None where the county has none, or several so called (城关镇 and 城关街道 for 城关).
        """
        exact = self._by_name.get(name)
        if exact is not None:
            return exact
        alike = self._by_stem.get(township_stem(name), ())
        return alike[0] if len(alike) == 1 else None

    def begun(self, name: str) -> Division | None:
        """The township whose full name ``name`` begins with (漠沙镇曼线村)."""
        known = [township for township in self.all if name.startswith(township.name)]
        return max(known, key=lambda township: len(township.name), default=None)


@functools.lru_cache(maxsize=256)
def townships_of(county: Division, gazetteer: Gazetteer) -> Townships:
    """The townships on the ground of ``county``, those of the divisions that came after it included."""
    found, common = [], set()
    for code in gazetteer.heirs(county.code, TOWNSHIP_TABLE):
        parent = gazetteer.coded(code)[-1].name
        for entry in _lines().get(code, "").split():
            name = entry[3:].rstrip("~").replace("/", "")
            township = Division(code + entry[:3], name, parent, TOWNSHIP_TABLE, None)
            found.append(township)
            if entry.endswith("~"):
                common.add(township)
    return Townships(found, common)


def counties_with(name: str) -> frozenset[str]:
    """The codes of the counties, in the table of 2023, that have a township called ``name``, whatever its kind."""
    return frozenset(_counties().get(township_stem(name), "").split())
