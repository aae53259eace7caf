"""Places linked to codes of divisions: a step of its own, the same for every recognizer.

A name is looked up in the table of the document's own year, with the division that the document is about as context.
What neither settles stays open: a wrong code is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from extractor.entities.gazetteer import LAST_TABLE, Chain, Division, Gazetteer, Link, only, table_of
from extractor.entities.townships import TOWNSHIP_TABLE, Townships, counties_with, townships_of

REPUBLIC = 1949
"""Names in years before this one are not looked up: the divisions were others."""

_OPEN_IN_FULL = frozenset(("和县", "户县", "兴县", "富县", "通县"))
"""中学和县职业中专, 26户县属企业, 科技兴县: mostly no names, so that their own province must be near."""
_TOWNSHIP_KIND = re.compile(r"(?:乡|镇|街道|街道办事处|公社|苏木)$")
OWN = re.compile(r"(?:全|我|本|该)?(?P<level>[省市州盟县区旗])(?:境内?)?(?![委府局道级场])|(?:全|我|本)境|境内")
"""全县, 我市, 境内, or 县 at the head of a phrase (县南部): the document's own division of that level."""
_LEVELS = {"省": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3}


class Place(NamedTuple):
    """What a name was linked to."""

    link: Link
    county: Division | None
    """The county that a township was found in, in the table of the document's year."""


class Linker:
    """Links the names of one document.

    ``year`` picks the table (the nearest one there is, for years outside 1981 to 2024); without it a name must have had
    one code only. ``home`` is the division that the document is about; ``named`` are divisions that it names for sure;
    ``features`` are names of rivers and mountains: a division called so for short stays open (红河, 泰山).
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        year: int | None,
        home: Division | None = None,
        named: Iterable[Division] = (),
        features: Collection[str] = (),
    ) -> None:
        self.gazetteer = gazetteer
        self.year = year
        self.table = LAST_TABLE if year is None else table_of(year)
        self.home = home
        self._named = [d for d in named if d.level < 3]
        self._features = features
        self._places: dict[str, Place | None] = {}

    def link(self, name: str) -> Link | None:
        """The division that ``name`` names, a chain such as 云南省玉溪市新平县 included; None where that is open."""
        place = self.place(name)
        return place.link if place else None

    def place(self, name: str) -> Place | None:
        """The same with the county of a township."""
        if self.year is not None and self.year < REPUBLIC:
            return None
        if name not in self._places:
            self._places[name] = self._linked(name)
        return self._places[name]

    def knowing(self, names: Iterable[str]) -> Linker:
        """A linker that settles what is open by the divisions that ``names`` are linked to, too."""
        named = [place.link.division for name in names if (place := self.place(name))]
        linker = Linker(self.gazetteer, self.year, self.home, named, self._features)
        linker._places = {name: place for name, place in self._places.items() if place is not None}
        return linker

    def within(self, county: Division) -> Linker:
        """A linker of the same document for what lies in ``county``."""
        return Linker(self.gazetteer, self.year, county, self._named, self._features)

    def _linked(self, name: str) -> Place | None:
        own = OWN.fullmatch(name)
        if own:
            return placed(self.own(own))
        chain = self.gazetteer.chain(name.removeprefix("中国"))
        place = self._township(name, chain)
        if place is not None:
            return place
        whole = not chain.rest or (chain.rest == "城" and name.endswith("县城"))
        return placed(only(self.settled(chain), self.year)) if chain.parts and whole else None

    def _township(self, name: str, chain: Chain) -> Place | None:
        """漠沙 and 漠沙镇 in a document of 新平县, 新平县漠沙镇 in any."""
        townships = self.townships()
        if townships is not None and (township := townships.called(name)) is not None:
            # 海南镇 for short is called like a province
            open_ = not chain.rest and any(d.level < 3 for d in chain.last)
            return None if open_ else Place(Link(township, TOWNSHIP_TABLE), self.home)
        whole = chain.parts and (chain.parts[-1] in self.gazetteer.full or _TOWNSHIP_KIND.search(chain.rest))
        if not whole or not chain.rest:
            return None
        readings = self.settled(chain)
        counties = [d for d in readings if d.level == 3]  # one county by several codes, perhaps
        for prefecture in (d for d in readings if d.level == 2):
            inside = [code for code in counties_with(chain.rest) if code.startswith(prefecture.stem)]
            counties += [d for code in inside for d in self.gazetteer.coded(code)[-1:]]
        found = {townships_of(d, self.gazetteer).called(chain.rest): d for d in counties}
        if len(found) != 1:
            return None
        [(township, county)] = found.items()
        return Place(Link(township, TOWNSHIP_TABLE), county) if township else None

    def townships(self) -> Townships | None:
        """Those of the document's county; None where it is about no county."""
        if self.home is None or self.home.level != 3:
            return None
        return townships_of(self.home, self.gazetteer)

    def settled(self, chain: Chain) -> Sequence[Division]:
        """What the year and the context leave of the readings of a chain's last part."""
        name = chain.parts[-1]
        suffixed = [d for d in chain.last if d.name[-1] == name[-1]]
        if suffixed:
            whole = self._nearest_in_time(suffixed)
            if len(chain.parts) > 1:
                return whole
            return self._beside(whole) if name in _OPEN_IN_FULL else self._near(whole)
        held: Sequence[Division] = [
            d for d in chain.last if self.year is None or d.held_in(self.table)
        ] or self._nearest_in_time([d for d in chain.last if d.level == 1])
        held = _called_for_short(held, one_table=self.year is not None)
        if len(chain.parts) > 1:
            return held
        return [] if self._open(name) else self._near_for_short(held)

    def _open(self, name: str) -> bool:
        """红河 alone is rather the river, 龙江 in a text of 黑龙江 the province for short."""
        behind = self.home is not None and self.home.name.find(name) > 0
        return behind or name in self._features

    def _nearest_in_time(self, candidates: Sequence[Division]) -> Sequence[Division]:
        """Those that the year's table holds; if there are none, those of the table nearest to it."""
        if self.year is None or not candidates:
            return candidates
        away = [abs(d.nearest_table(self.table) - self.table) for d in candidates]
        return [d for d, years in zip(candidates, away, strict=True) if years == min(away)]

    def _near(self, candidates: Sequence[Division]) -> Sequence[Division]:
        """Of several those nearest to home, else those inside a division that the document names."""
        if len({d.code for d in candidates}) < 2:
            return candidates
        return self._beside(candidates) or candidates

    def _near_for_short(self, candidates: Sequence[Division]) -> Sequence[Division]:
        """The same for a name without its 县 or 市, which townships bear, too: 五营, 龙江."""
        if not candidates or (len({d.code for d in candidates}) < 2 and candidates[0].level < 3):
            return candidates
        near = self._near_home(candidates, (6, 4))
        if near:
            return near
        near = self._near_home(candidates, (2,)) or self._near_named(candidates)
        if near:
            provinces = {d.code[:2] for d in near}
            return [] if any(provinces.intersection(d.rivals) for d in near) else near
        # in a text about some other place 平陆 need not be 平陆县 of 山西
        return [] if self.home is not None or any(d.rivals for d in candidates) else candidates

    def _beside(self, candidates: Sequence[Division]) -> Sequence[Division]:
        return self._near_home(candidates, (6, 4, 2)) or self._near_named(candidates)

    def _near_home(self, candidates: Sequence[Division], digits: tuple[int, ...]) -> Sequence[Division]:
        for shown in digits if self.home is not None else ():
            near = [d for d in candidates if d.code[:shown] == self.home.code[:shown]]  # type: ignore[union-attr]
            if self.home in near:
                return [self.home]
            if near:
                return self._with_kin(near, candidates)
        return ()

    def _near_named(self, candidates: Sequence[Division]) -> Sequence[Division]:
        for level in (2, 1):
            near = [d for d in candidates if any(d.inside(a) for a in self._named if a.level == level)]
            if near:
                return self._with_kin(near, candidates)
        return ()

    def _with_kin(self, near: Sequence[Division], candidates: Sequence[Division]) -> Sequence[Division]:
        """In a text of no year ``near`` and what is the same place by another code: no neighbour settles the time."""
        if self.year is not None or len(near) == len(candidates):
            return near
        grounds = {code for d in near for code in self.gazetteer.heirs(d.code, LAST_TABLE)}
        return [d for d in candidates if d in near or grounds.intersection(self.gazetteer.heirs(d.code, LAST_TABLE))]

    def own(self, match: re.Match[str]) -> Link | None:
        """全县, 我市, 境内: the document's division, or the one above it of that level."""
        home = self.home
        if home is None:
            return None
        level = _LEVELS.get(match["level"] or "", home.level)
        if level == home.level or (match["level"] == "市" and home.level == 3 and home.name.endswith("市")):
            return Link(home, home.nearest_table(self.table))
        above = self.gazetteer.above(home, self.table)
        return next((Link(d, self.table) for d in above if d.level == level), None)


def placed(link: Link | None) -> Place | None:
    """A link to a division that is no township."""
    return Place(link, None) if link else None


def _called_for_short(candidates: Sequence[Division], *, one_table: bool) -> Sequence[Division]:
    """吉林 alone is the province, 长沙 the city and not 长沙县, 玉溪 in 1985 the city or the prefecture around it.

    Of candidates from the tables of several years, which may be one county before and after it became a city, the level
    alone decides.
    """
    provinces = [d for d in candidates if d.level == 1]
    rivals = [d for d in candidates if d.level < 3 or (one_table and d.name.endswith("市"))]
    return provinces or rivals or candidates
