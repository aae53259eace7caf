"""The division that a document is about: what its issuer or title begins with, else what its text names most."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.entities.found import FoundEntity
from extractor.entities.gazetteer import Division, Gazetteer, Link, only, table_of
from extractor.entities.linking import Linker
from extractor.entities.townships import counties_with, townships_of

_LONGEST = 40
"""Characters of a heading in which its division is looked for: a chain of the longest names."""
_BEFORE = re.compile(r"(?:第.{1,4}[章节篇]|\d{4}年(?:度)?|中共|中国共产党|关于|[\s\d、.：:])*")
_MARK = re.compile(r"[\s：:，,、—·]|$")
_OVERSEAS = "78"
"""First digits of 台湾, 香港, 澳门: reports name them as markets and donors and are not about them."""
_COUNTY_TALK = re.compile(r"[全我本]县|县(?:委|政府|人民政府)")
"""What a report of a county says of its own, without naming it."""
_ORIGIN = tuple("从由自")
"""Where someone came from is not what a text is about."""


class _Bar(NamedTuple):
    """What it takes for a text to be about the division that it names most."""

    level: int
    digits: int
    mentions: int
    share: float
    """Of the mentions of all divisions beside those that it lies in."""


_OF_A_COUNTY = (_Bar(3, 6, 2, 0.5),)
_OF_ANY = (_Bar(3, 6, 2, 0.6), _Bar(2, 4, 3, 0.7), _Bar(1, 2, 3, 0.7))


def division_of_heading(heading: str, gazetteer: Gazetteer, year: int | None) -> Link | None:
    """The division that an issuer or a title begins with (新平县民政局, 2025年西藏政府工作报告); None where open.

    Where a title begins with an office of no division, what follows 关于 counts (国务院关于四川省…的批复).

    A bare name counts if it is a province's, if a mark follows it (福州：…) or if it heads a chain (云南盈江).
    """
    chain = gazetteer.chain(heading[_head(heading) :][:_LONGEST])
    if not chain.parts:
        subject = heading.partition("关于")[2]
        return division_of_heading(subject, gazetteer, year) if subject else None
    link = Linker(gazetteer, year).link("".join(chain.parts))
    if link is None:
        return None
    sure = len(chain.parts) > 1 or chain.parts[0] in gazetteer.full or link.division.level == 1
    return link if sure or _MARK.match(chain.rest) else None


def is_origin(text: str, start: int) -> bool:
    """Whether the name at ``start`` tells where someone came from: 从山西洪洞县迁来."""
    return text.endswith(_ORIGIN, 0, start)


def _head(heading: str) -> int:
    match = _BEFORE.match(heading)
    return match.end() if match else 0


def division_of_text(
    text: str, entities: Iterable[FoundEntity], agency_codes: Sequence[str], gazetteer: Gazetteer, year: int | None
) -> Link | None:
    """The division that most places and organizations of ``text`` are or lie in; a county's, where it speaks of 全县.

    Where none outweighs the others, the county decides that is named in full and whose first character an agency code
    begins with (新政督 and 新平县); ``agency_codes`` are those of the document numbers in the text. Townships that a
    text names count for the county that it names.
    """
    names = [e.name for e in entities if e.label != "person" and not is_origin(text, e.start)]
    linker = Linker(gazetteer, year)
    named: Counter[Division] = Counter()
    for name, count in _whole(names, gazetteer).items():
        link = linker.link(name)
        if link is not None:
            named[link.division] += count
    for county in [d for d in named if d.level == 3]:  # its townships speak for it
        townships = townships_of(county, gazetteer)
        named[county] += sum(townships.called(name) is not None for name in {*names})
    bars = _OF_A_COUNTY if _COUNTY_TALK.search(text) else _OF_ANY
    code = next((found for bar in bars if (found := _outweighing(named, bar, strict=bars is _OF_ANY))), None)
    if code is not None:
        held = [d for d in gazetteer.coded(code) if year is None or d.held_in(table_of(year))]
        return only(held, year)
    link = _county_of_townships(dict.fromkeys(names), gazetteer, year)
    if link is not None:
        return link
    initials = {code[0] for code in agency_codes if code}
    counties = [d for d in named if d.level == 3 and d.name[0] in initials]
    return only(counties, year)


def _county_of_townships(names: Iterable[str], gazetteer: Gazetteer, year: int | None) -> Link | None:
    """The county that has three townships so called, twice as many as any other, or two that are nearly its own.

    小井, 沙窝 and 马头 lie together in 东明县 only; 小井 and 东明集 are nowhere else.
    """
    rarity: dict[str, float] = defaultdict(float)
    townships: Counter[str] = Counter()
    for name in names:
        counties = counties_with(name) if len(name) > 1 and not gazetteer.chain(name).parts else ()
        for code in counties:
            townships[code] += 1
            rarity[code] += 1 / len(counties)
    if year is None or not townships:
        return None
    [(code, count), *others] = townships.most_common(2)
    known = (count >= 3 and rarity[code] >= 1) or (count == 2 and rarity[code] > 1.5)
    if not known or any(count < 2 * other for _, other in others):
        return None
    held = gazetteer.forerunners(code, table_of(year))
    return only([d for d in held if d.code == code] or held, year)


def _whole(names: Iterable[str], gazetteer: Gazetteer) -> Counter[str]:
    """How often each division is named; 东明 stands for 东明县 where the text has that, too."""
    chains = [gazetteer.chain(name) for name in names]
    surfaces = Counter(
        "".join(chain.parts)
        for chain in chains
        if chain.parts and (not chain.rest or len(chain.parts) > 1 or chain.parts[0] in gazetteer.full)
    )
    whole: Counter[str] = Counter()
    for surface, count in surfaces.items():
        longer = [surface + kind for kind in "县市区旗" if surface + kind in surfaces and surface + kind in gazetteer]
        whole[longer[0] if len(longer) == 1 else surface] += count
    return whole


def _outweighing(named: Counter[Division], bar: _Bar, *, strict: bool) -> str | None:
    """The code of the division of that level that passes the bar; if ``strict``, named no less than what it lies in."""
    tally: Counter[str] = Counter()
    for division, count in named.items():
        if division.level >= bar.level and division.code[0] not in _OVERSEAS:
            tally[division.code[: bar.digits]] += count
    if not tally:
        return None
    [(stem, count)] = tally.most_common(1)
    above = sum(n for d, n in named.items() if d.level < bar.level and stem.startswith(d.stem))
    beside = sum(n for d, n in named.items() if not (d.code.startswith(stem) or stem.startswith(d.stem)))
    if count < bar.mentions or count < bar.share * (count + beside) or (strict and count < above):
        return None
    return f"{stem:0<6}"
