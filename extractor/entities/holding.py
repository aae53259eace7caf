"""What holds the place of an event: the smallest division known to, for villages, roads, lists of townships."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.entities.gazetteer import Link, only
from extractor.entities.linking import OWN, REPUBLIC, Linker, Place, placed
from extractor.entities.townships import TOWNSHIP_TABLE, townships_of
from extractor.text.expression import expression

_BETWEEN = expression(r"、|以及|(?<=[省市县区州旗盟镇乡村])[和与及跟]|(?<!仁)[和与及](?![区县市镇乡])")
"""What stands between the names of a list; 和 is a part of names, too (仁和区, 和县)."""
_COUNTED = expression(
    r"(?:(?:等(?:\d+|[一二两三四五六七八九十数几多]+)?|\d+|[两三四五六七八九十]+)个?(?:乡镇|镇乡|县市|市县|区县|县区|乡|镇|村|县|地)?"
    r"|(?<=.)(?:的?(?:大部|部分|多数|局部|个别)地区|大部|多地|沿线|一带|境内|附近|周边|交界处?))$"
)
"""What closes a list, or blurs a name: 马头、小井等3个乡镇, 大姚部分地区."""


def holding(phrase: str, linker: Linker) -> Link | None:
    """The smallest division known to hold what ``phrase`` names: a village, a road, a list of townships.

    None where any part of a list is open; in a list counted as townships those that the table lacks lie in the county
    of the others.
    """
    if linker.year is not None and linker.year < REPUBLIC:
        return None
    tail = _COUNTED.search(phrase)
    closing = tail[0] if tail else ""
    places: list[Place | None] = []
    there = linker
    for piece in filter(None, _BETWEEN.split(phrase.removesuffix(closing))):
        place = _around(piece, there)
        places.append(place)
        if (
            place is not None and place.link.division.level == 3
        ):  # 酉阳县县城以及龙潭、大溪: what follows lies there, too
            there = linker.within(place.link.division)
    known = [place for place in places if place is not None]
    in_counties = all(place.county or place.link.division.level == 3 for place in known)
    if not known or (len(known) < len(places) and not ("乡" in closing and in_counties)):
        return None
    if closing.startswith("等") or len(known) < len(places):  # there are more than those known
        last = known[-1]
        if "乡" not in closing or last.county is not None:
            known.append(_above(last, linker))
    return _common(known, linker)


def _around(piece: str, linker: Linker) -> Place | None:
    """The smallest division that holds one place."""
    exact = linker.place(piece)
    if exact is not None:
        return exact
    townships = linker.townships()
    if townships is not None and (township := townships.begun(piece)) is not None:
        return Place(Link(township, TOWNSHIP_TABLE), linker.home)
    own = OWN.match(piece)
    if own:
        return placed(linker.own(own))
    chain = linker.gazetteer.chain(piece)
    link = only(linker.settled(chain), linker.year) if chain.parts else None
    if link is None or link.division.level < 3:
        return placed(link)
    if len(chain.parts) == 1 and chain.parts[0] not in linker.gazetteer.full:  # 东明集 need not lie in 东明县
        return None
    township = townships_of(link.division, linker.gazetteer).begun(chain.rest)
    return Place(Link(township, TOWNSHIP_TABLE), link.division) if township else placed(link)


def _above(place: Place, linker: Linker) -> Place:
    """What ``place`` lies in; a province is not looked beyond."""
    division = place.link.division
    above = place.county or next(iter(linker.gazetteer.above(division, linker.table)), division)
    return Place(Link(above, above.nearest_table(linker.table)), None)


def _common(places: Sequence[Place], linker: Linker) -> Link | None:
    """The smallest division that holds all of them."""
    links = list(dict.fromkeys(place.link for place in places))
    if len(links) == 1:
        return links[0]
    divisions = [place.county or place.link.division for place in places]
    shortest = min((d.stem for d in divisions), key=len)
    for digits in (6, 4, 2):
        if len(shortest) >= digits and all(d.code.startswith(shortest[:digits]) for d in divisions):
            held = [d for d in linker.gazetteer.coded(f"{shortest[:digits]:0<6}") if d.held_in(linker.table)]
            if held:
                return Link(held[0], linker.table)
    return None
