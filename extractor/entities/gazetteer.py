"""Divisions of China at county level and above, with the years in which their codes held.

Source: areacodes (CC0 1.0), packed by ``scripts/build_divisions.py``; codes are those of GB/T 2260, tables run from
1981. A name that fits more than one division is linked to none of them.
"""

from __future__ import annotations

import functools
import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import NamedTuple

FIRST_TABLE, LAST_TABLE = 1981, 2024
REPUBLIC = 1949
"""Names in years before this one are not looked up: the divisions were others."""

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|"
    "门巴|珞巴|基诺|各|多民"
)
_AUTONOMOUS = re.compile(
    rf"(?P<stem>.{{2,}}?)(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜|维吾尔|塔吉克|锡伯)*自治(?P<kind>区|州|县|旗)"
)
_SUFFIX = re.compile(r"(?P<stem>.{2,}?)(?P<kind>特别行政区|地区|林区|特区|新区|矿区|省|市|县|区|盟|旗)")


class Division(NamedTuple):
    """One division under one code: in use from ``first`` until before ``until`` (None: still in use)."""

    code: str
    name: str
    parent: str
    first: int
    until: int | None

    @property
    def level(self) -> int:
        """1 province, 2 prefecture, 3 county."""
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3

    def held_in(self, table: int) -> bool:
        """Whether the table of that year holds it."""
        return self.first <= table and (self.until is None or table < self.until)


class Link(NamedTuple):
    """A division and the year of the table in which it was looked up."""

    division: Division
    year: int


def short_forms(name: str) -> tuple[str, ...]:
    """How a division is called for short, with its suffix and without.

    >>> short_forms("新平彝族傣族自治县"), short_forms("玉溪地区"), short_forms("西区")
    (('新平县', '新平'), ('玉溪',), ())
    """
    if match := _AUTONOMOUS.fullmatch(name):
        return match["stem"] + match["kind"], match["stem"]
    match = _SUFFIX.fullmatch(name)
    return (match["stem"],) if match else ()


class Gazetteer:
    """The divisions, by each surface that can stand for them."""

    def __init__(self, divisions: Iterable[Division]) -> None:
        self.by_surface: dict[str, list[Division]] = defaultdict(list)
        self.full: set[str] = set()
        """Names that end in their level's suffix: official ones and 新平县 for 新平彝族傣族自治县."""
        self.short: set[str] = set()
        """Names without suffix, of prefectures, cities and counties (not of city districts)."""
        self.by_code: dict[str, list[Division]] = defaultdict(list)
        for division in divisions:
            self.by_code[division.code].append(division)
            shorts = short_forms(division.name)
            self.full.update((division.name, *shorts[:-1]))
            if not division.name.endswith("区") or division.level < 3:
                self.short.update(shorts[-1:])
            for surface in (division.name, *shorts):
                self.by_surface[surface].append(division)
        self._longest = max(map(len, self.by_surface), default=0)

    def candidates(self, surface: str, year: int | None = None) -> list[Division]:
        """Divisions that ``surface`` can stand for, in the table of ``year`` or in any."""
        found = self.by_surface.get(surface, [])
        return [d for d in found if year is None or d.held_in(_table(year))]

    def link(self, name: str, year: int | None = None, context_code: str | None = None) -> Link | None:
        """The division that ``name`` names, a chain such as 云南省玉溪市新平县 included; None when that is open.

        ``year`` picks the table (the nearest one there is, for years outside 1981 to 2024); without it a name must
        have had one code only. ``context_code``, the code of the county or province that the text is about, settles
        names that several have, and county names given without their 县 or 市.
        """
        if year is not None and year < REPUBLIC:
            return None
        parts = self._chain(name)
        above: Sequence[Division] = ()
        for part in parts:
            below = [d for d in self.candidates(part, year) if not above or any(_inside(d, a) for a in above)]
            if not below:
                return None
            above = below
        if not above:
            return None
        if len(parts) == 1:
            above = _settled(above, name, context_code)
        return _only(above, year)

    def _chain(self, name: str) -> list[str]:
        """``name`` cut into known surfaces, longest first; empty where it is not made of them."""
        parts = []
        start = 0
        while start < len(name):
            end = min(len(name), start + self._longest)
            while end > start and name[start:end] not in self.by_surface:
                end -= 1
            if end == start:
                return []
            parts.append(name[start:end])
            start = end
        return parts


def _table(year: int) -> int:
    return min(max(year, FIRST_TABLE), LAST_TABLE)


def _inside(division: Division, above: Division) -> bool:
    """Whether the code of ``above`` holds that of ``division``; 429004 lies under 420000 alone."""
    return division.code != above.code and division.code.startswith(above.code[: 2 * above.level])


def _settled(candidates: Sequence[Division], name: str, context: str | None) -> Sequence[Division]:
    """The candidates nearest to the context, if it has any, and only those that so bare a name can mean."""
    near = 4 if context and not context.endswith("0000") else 2
    for digits in range(near, 1, -2) if context else ():
        inside = [d for d in candidates if context and d.code[:digits] == context[:digits]]
        if inside:
            return inside
    provinces = [d for d in candidates if d.level == 1]
    if provinces:
        return provinces
    # 五营 alone, far from 五营区, is rather a township or a village
    bare_county = all(d.level == 3 and d.name[-1] != name[-1] for d in candidates)
    return () if bare_county else candidates


def _only(candidates: Sequence[Division], year: int | None) -> Link | None:
    if len({d.code for d in candidates}) != 1:  # none, or several
        return None
    last = max(candidates, key=lambda d: d.first)
    return Link(last, _table(year) if year is not None else (last.until or LAST_TABLE + 1) - 1)


@functools.cache
def load_gazetteer() -> Gazetteer:
    """The shipped divisions."""
    packed = resources.files("extractor.entities").joinpath("data/divisions.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines())
    return Gazetteer(
        Division(code, name, parent, int(first), int(until) if until else None)
        for code, name, parent, first, until in rows
    )
