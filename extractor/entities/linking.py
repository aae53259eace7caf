"""Places linked to codes of divisions: a step of its own, the same for every recognizer.

A name is looked up in the table of the document's own year, with the division that the document is about as context.
What neither settles stays open: a wrong code is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from extractor.entities.gazetteer import LAST_TABLE, Chain, Division, Gazetteer, Link, only, table_of
from extractor.entities.townships import TOWNSHIP_TABLE, Townships, townships_of

REPUBLIC = 1949
"""Names in years before this one are not looked up: the divisions were others."""

_OPEN_IN_FULL = frozenset(("和县", "户县"))
"""中学和县职业中专, 26户县属企业: mostly no names, so that their own province must be near."""
_TOWNSHIP_KIND = re.compile(r"(?:乡|镇|街道|街道办事处|公社|苏木)$")
_OWN = re.compile(r"(?:全|我|本|该)?(?P<level>[省市州盟县区旗])(?:境内?)?(?![委府局道级场])|(?:全|我|本)境|境内")
_LEVELS = {"省": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3}
_BETWEEN = re.compile(r"、|以及|(?<=[省市县区州旗盟镇乡村])[和与及跟]|(?<!仁)[和与及](?![区县市镇乡])")
"""What stands between the names of a list; 和 is a part of names, too (仁和区, 和县)."""
_COUNTED = re.compile(
    r"(?:(?:等(?:\d+|[一二两三四五六七八九十数几多]+)?|\d+|[两三四五六七八九十]+)个?(?:乡镇|镇乡|县市|市县|区县|县区|乡|镇|村|县|地)?"
    r"|(?<=.)(?:的?(?:大部|部分|多数|局部|个别)地区|大部|多地|沿线|一带|境内|附近|周边|交界处?))$"
)
"""What closes a list, or blurs a name: 马头、小井等3个乡镇, 大姚部分地区."""


class _Place(NamedTuple):
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
        self._gazetteer = gazetteer
        self._year = year
        self._table = LAST_TABLE if year is None else table_of(year)
        self._home = home
        self._named = [d for d in named if d.level < 3]
        self._features = features
        self._links: dict[str, Link | None] = {}

    def link(self, name: str) -> Link | None:
        """The division that ``name`` names, a chain such as 云南省玉溪市新平县 included; None where that is open."""
        if self._year is not None and self._year < REPUBLIC:
            return None
        if name not in self._links:
            self._links[name] = self._exact(name)
        return self._links[name]

    def holding(self, phrase: str) -> Link | None:
        """The smallest division known to hold what ``phrase`` names: a village, a road, a list of townships.

        None where any part of a list is open; in a list counted as townships those that the table lacks lie in the
        county of the others.
        """
        if self._year is not None and self._year < REPUBLIC:
            return None
        tail = _COUNTED.search(phrase)
        closing = tail[0] if tail else ""
        places: list[_Place | None] = []
        linker = self
        for piece in filter(None, _BETWEEN.split(phrase.removesuffix(closing))):
            place = linker._around(piece)
            places.append(place)
            if place is None:
                continue
            if place.link.division.level == 3:  # 酉阳县县城以及龙潭、大溪: what follows lies there, too
                linker = Linker(self._gazetteer, self._year, place.link.division, self._named, self._features)
        known = [place for place in places if place is not None]
        in_counties = all(place.county or place.link.division.level == 3 for place in known)
        if not known or (len(known) < len(places) and not ("乡" in closing and in_counties)):
            return None
        if closing.startswith("等") or len(known) < len(places):  # there are more than those known
            last = known[-1]
            if "乡" not in closing or last.county is not None:
                known.append(_Place(self._above(last), None))
        return self._common(known)

    def _above(self, place: _Place) -> Link:
        """What ``place`` lies in; a province is not looked beyond."""
        division = place.link.division
        above = place.county or next(iter(self._gazetteer.above(division, self._table)), division)
        return Link(above, above.nearest_table(self._table))

    def _exact(self, name: str) -> Link | None:
        own = _OWN.fullmatch(name)
        if own:
            return self._own(own)
        chain = self._gazetteer.chain(name.removeprefix("中国"))
        place = self._township(name, chain)
        if place is not None:
            return place.link
        if not chain.parts or chain.rest:
            return None
        return only(self._settled(chain), self._year)

    def _around(self, piece: str) -> _Place | None:
        """The smallest division that holds one place."""
        exact = self.link(piece)
        if exact is not None:
            return _Place(exact, self._home if exact.division.level == 4 else None)
        townships = self._home_townships()
        if townships is not None and (township := townships.begun(piece)) is not None:
            return _Place(Link(township, TOWNSHIP_TABLE), self._home)
        own = _OWN.match(piece)
        if own:
            link = self._own(own)
            return _Place(link, None) if link else None
        chain = self._gazetteer.chain(piece)
        if not chain.parts:
            return None
        link = only(self._settled(chain), self._year)
        if link is None or link.division.level < 3:
            return _Place(link, None) if link else None
        if len(chain.parts) == 1 and chain.parts[0] not in self._gazetteer.full:  # 东明集 need not lie in 东明县
            return None
        township = townships_of(link.division, self._gazetteer).begun(chain.rest)
        if township is not None:
            return _Place(Link(township, TOWNSHIP_TABLE), link.division)
        return _Place(link, None)

    def _township(self, name: str, chain: Chain) -> _Place | None:
        """漠沙 and 漠沙镇 in a document of 新平县, 新平县漠沙镇 in any."""
        townships = self._home_townships()
        if townships is not None and (township := townships.called(name)) is not None:
            # 海南镇 for short is called like a province
            open_ = not chain.rest and any(d.level < 3 for d in chain.last)
            return None if open_ else _Place(Link(township, TOWNSHIP_TABLE), self._home)
        whole = chain.parts and (chain.parts[-1] in self._gazetteer.full or _TOWNSHIP_KIND.search(chain.rest))
        if not whole or not chain.rest:
            return None
        # one county may stand there by several codes
        counties = (d for d in self._settled(chain) if d.level == 3)
        found = {townships_of(d, self._gazetteer).called(chain.rest): d for d in counties}
        if len(found) != 1:
            return None
        [(township, county)] = found.items()
        return _Place(Link(township, TOWNSHIP_TABLE), county) if township else None

    def _home_townships(self) -> Townships | None:
        if self._home is None or self._home.level != 3:
            return None
        return townships_of(self._home, self._gazetteer)

    def _settled(self, chain: Chain) -> Sequence[Division]:
        """What the year and the context leave of the readings of a chain's last part."""
        name = chain.parts[-1]
        suffixed = [d for d in chain.last if d.name[-1] == name[-1]]
        if suffixed:
            whole = self._nearest_in_time(suffixed)
            if len(chain.parts) > 1:
                return whole
            return self._beside(whole) if name in _OPEN_IN_FULL else self._near(whole)
        held: Sequence[Division] = [
            d for d in chain.last if self._year is None or d.held_in(self._table)
        ] or self._nearest_in_time([d for d in chain.last if d.level == 1])
        held = _called_for_short(held, one_table=self._year is not None)
        if len(chain.parts) > 1:
            return held
        return [] if self._open(name) else self._near_for_short(held)

    def _open(self, name: str) -> bool:
        """红河 alone is rather the river, 龙江 in a text of 黑龙江 the province for short."""
        behind = self._home is not None and self._home.name.find(name) > 0
        return behind or name in self._features

    def _nearest_in_time(self, candidates: Sequence[Division]) -> Sequence[Division]:
        """Those that the year's table holds; if there are none, those of the table nearest to it."""
        if self._year is None or not candidates:
            return candidates
        away = [abs(d.nearest_table(self._table) - self._table) for d in candidates]
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
        return [] if self._home is not None or any(d.rivals for d in candidates) else candidates

    def _beside(self, candidates: Sequence[Division]) -> Sequence[Division]:
        return self._near_home(candidates, (6, 4, 2)) or self._near_named(candidates)

    def _near_home(self, candidates: Sequence[Division], digits: tuple[int, ...]) -> Sequence[Division]:
        for shown in digits if self._home is not None else ():
            near = [d for d in candidates if d.code[:shown] == self._home.code[:shown]]  # type: ignore[union-attr]
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
        if self._year is not None or len(near) == len(candidates):
            return near
        grounds = {code for d in near for code in self._gazetteer.heirs(d.code, LAST_TABLE)}
        return [d for d in candidates if d in near or grounds.intersection(self._gazetteer.heirs(d.code, LAST_TABLE))]

    def _own(self, match: re.Match[str]) -> Link | None:
        """全县, 我市, 境内: the document's division, or the one above it of that level."""
        home = self._home
        if home is None:
            return None
        level = _LEVELS.get(match["level"] or "", home.level)
        if level == home.level or (match["level"] == "市" and home.level == 3 and home.name.endswith("市")):
            return Link(home, home.nearest_table(self._table))
        above = self._gazetteer.above(home, self._table)
        return next((Link(d, self._table) for d in above if d.level == level), None)

    def _common(self, places: Sequence[_Place]) -> Link | None:
        """The smallest division that holds all of them."""
        links = list(dict.fromkeys(place.link for place in places))
        if len(links) == 1:
            return links[0]
        divisions = [place.county or place.link.division for place in places]
        shortest = min((d.stem for d in divisions), key=len)
        for digits in (6, 4, 2):
            if len(shortest) >= digits and all(d.code.startswith(shortest[:digits]) for d in divisions):
                held = [d for d in self._gazetteer.coded(f"{shortest[:digits]:0<6}") if d.held_in(self._table)]
                if held:
                    return Link(held[0], self._table)
        return None


def _called_for_short(candidates: Sequence[Division], *, one_table: bool) -> Sequence[Division]:
    """吉林 alone is the province, 长沙 the city and not 长沙县, 玉溪 in 1985 the city or the prefecture around it.

    Of candidates from the tables of several years, which may be one county before and after it became a city, the level
    alone decides.
    """
    provinces = [d for d in candidates if d.level == 1]
    rivals = [d for d in candidates if d.level < 3 or (one_table and d.name.endswith("市"))]
    return provinces or rivals or candidates
