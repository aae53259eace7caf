"""Divisions of China at county level and above, with the years in which their codes held.

Source: areacodes (CC0 1.0), packed by ``scripts/build_divisions.py``; codes are those of GB/T 2260, tables run from
1981.
"""

from __future__ import annotations

import functools
import gzip
import re
from collections.abc import Sequence
from importlib import resources
from typing import NamedTuple

from extractor.entities.division_names import short_forms

FIRST_TABLE, LAST_TABLE = 1981, 2024


class Division(NamedTuple):
    """One division under one code: in use from ``first`` until before ``until`` (None: still in use)."""

    code: str
    name: str
    parent: str
    first: int
    until: int | None
    successors: tuple[str, ...] = ()
    """Codes under which its area, or parts of it, came since."""
    rivals: tuple[str, ...] = ()
    """Provinces (two digits) where a township outside it bears its name without suffix: the bare one is open."""

    @property
    def level(self) -> int:
        """1 province, 2 prefecture, 3 county, 4 township."""
        if len(self.code) > 6:
            return 4
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3

    def held_in(self, table: int) -> bool:
        """Whether the table of that year holds it."""
        return self.first <= table and (self.until is None or table < self.until)

    def nearest_table(self, year: int) -> int:
        """The table that holds it and lies nearest to ``year``."""
        return min(max(year, self.first), (self.until or LAST_TABLE + 1) - 1)

    def inside(self, above: Division) -> bool:
        """Whether the code of ``above`` holds its own; 429004 lies under 420000 alone."""
        return self.code != above.code and self.code.startswith(above.stem)

    @property
    def stem(self) -> str:
        """The digits that the codes of all divisions inside it begin with."""
        return self.code[: 2 * self.level] if self.level < 4 else self.code


class Link(NamedTuple):
    """A division and the year of the table in which it was looked up."""

    division: Division
    year: int


class Chain(NamedTuple):
    """A name read as divisions one inside the other: 云南省玉溪市新平县, and what is left of it behind them."""

    parts: tuple[str, ...]
    last: tuple[Division, ...]
    """What the last part can stand for, in all tables."""
    rest: str


_GOES_ON = re.compile(r"新区|[县市区镇乡村街庄屯集寨山河江湖港路桥]")
"""What makes another name of a bare one: 光明新区 is not 光明区, 东明集 not 东明县."""


class Gazetteer:
    """The divisions, by each surface that can stand for them.

    ``table`` has a line a name: the name, then behind a tab for each of its codes
    ``code,parent,first,until,heirs,rivals``. Lines are read when first asked for: most runs need a few.
    """

    def __init__(self, table: str) -> None:
        self._table = f"\n{table}"
        self._codes = dict(line.split("\t", 1) for line in table.splitlines())
        self._names: dict[str, list[str]] = {}
        """Official names by surface."""
        self.full: set[str] = set()
        """Names that end in their level's suffix: official ones and 新平县 for 新平彝族傣族自治县."""
        self.short: set[str] = set()
        """Names without suffix, of prefectures, cities and counties (not of city districts)."""
        for name in self._codes:
            shorts = short_forms(name)
            self.full.update((name, *shorts[:-1]))
            if name[-1] != "区" or name.endswith(("地区", "自治区", "行政区")):
                self.short.update(shorts[-1:])
            for surface in (name, *shorts):
                self._names.setdefault(surface, []).append(name)
        self._longest = max(map(len, self._names), default=0)
        self._divisions: dict[str, tuple[Division, ...]] = {}
        self._coded: dict[str, tuple[Division, ...]] = {}
        self._chained = functools.lru_cache(maxsize=4096)(self._cut)

    def __contains__(self, surface: str) -> bool:
        return surface in self._names

    def candidates(self, surface: str, year: int | None = None) -> tuple[Division, ...]:
        """Divisions that ``surface`` can stand for, in the table of ``year`` or in any."""
        if surface not in self._names:
            return ()
        found = self._divisions.get(surface)
        if found is None:
            rows = ((name, row) for name in self._names[surface] for row in self._codes[name].split("\t"))
            found = self._divisions[surface] = tuple(_division(name, row) for name, row in rows)
        return found if year is None else tuple(d for d in found if d.held_in(table_of(year)))

    def coded(self, code: str) -> tuple[Division, ...]:
        """The divisions that bore ``code``, in the order of their years."""
        if code not in self._coded:
            self._coded[code] = tuple(sorted(set(self._bearing(code)), key=lambda d: d.first))
        return self._coded[code]

    def _bearing(self, code: str) -> list[Division]:
        found = []
        at = self._table.find(f"\t{code},")
        while at >= 0:
            name = self._table[self._table.rfind("\n", 0, at) + 1 : at].split("\t", 1)[0]
            found += [d for d in self.candidates(name) if d.code == code]
            at = self._table.find(f"\t{code},", at + 1)
        return found

    def chain(self, name: str) -> Chain:
        """``name`` cut into divisions, longest first, each inside the one before it.

        >>> chain = load_gazetteer().chain("云南省玉溪市新平县漠沙镇")
        >>> chain.parts, chain.rest
        (('云南省', '玉溪市', '新平县'), '漠沙镇')
        """
        return self._chained(name)

    def _cut(self, name: str) -> Chain:
        parts: list[str] = []
        above: tuple[Division, ...] = ()
        start = 0
        while start < len(name):
            for end in range(min(len(name), start + self._longest), start + 1, -1):
                found = self.candidates(name[start:end])
                below = tuple(d for d in found if not above or any(d.inside(a) for a in above))
                if below and not (_GOES_ON.match(name, end) and all(d.name[-1] != name[end - 1] for d in below)):
                    parts.append(name[start:end])
                    above, start = below, end
                    break
            else:
                break
        return Chain(tuple(parts), above, name[start:])

    def heirs(self, code: str, table: int) -> list[str]:
        """The codes of that table on the ground of ``code``: itself, or what came of it."""
        queue = [code]
        held = []
        for known in queue:
            divisions = self.coded(known)
            queue += {heir for d in divisions for heir in d.successors}.difference(queue)
            held += [known for d in divisions if d.held_in(table)]
        return held

    def forerunners(self, code: str, table: int) -> list[Division]:
        """The divisions of that table of which ``code`` is an heir, the one of that code itself included."""
        queue = [code]
        for known in queue:
            at = self._table.find(known)
            while at >= 0:
                row = self._table[self._table.rfind("\t", 0, at) + 1 : at]
                if row.count(",") == 4 and row[:6] not in queue:
                    queue.append(row[:6])
                at = self._table.find(known, at + 1)
        return [d for known in queue for d in self.coded(known) if d.held_in(table)]

    def counties_in(self, division: Division, table: int) -> list[Division]:
        """The counties of that table inside a prefecture or a province."""
        codes = dict.fromkeys(re.findall(rf"\t({division.stem}\d+),", self._table))
        return [d for code in codes for d in self.coded(code) if d.level == 3 and d.held_in(table)]

    def above(self, division: Division, year: int) -> list[Division]:
        """The prefecture and the province of ``division`` in the table of ``year``, the nearest first."""
        codes = (division.code[:4] + "00", division.code[:2] + "0000")
        return [d for code in codes if code != division.code for d in self.coded(code) if d.held_in(table_of(year))]


def table_of(year: int) -> int:
    """The table for a year: the nearest one there is."""
    return min(max(year, FIRST_TABLE), LAST_TABLE)


def only(candidates: Sequence[Division], year: int | None) -> Link | None:
    """The candidate, where all of them bear one code; in the table of ``year``, or the last one that holds it."""
    if len({d.code for d in candidates}) != 1:
        return None
    last = max(candidates, key=lambda d: d.first)
    return Link(last, last.nearest_table(LAST_TABLE if year is None else table_of(year)))


def _division(name: str, row: str) -> Division:
    code, parent, first, until, heirs, rivals = row.split(",")
    return Division(code, name, parent, int(first), int(until) if until else None, _codes(heirs), _codes(rivals))


def _codes(listed: str) -> tuple[str, ...]:
    return tuple(listed.split(";")) if listed else ()


@functools.cache
def load_gazetteer() -> Gazetteer:
    """The shipped divisions."""
    packed = resources.files("extractor.entities").joinpath("data/divisions.tsv.gz").read_bytes()
    return Gazetteer(gzip.decompress(packed).decode("utf-8"))
