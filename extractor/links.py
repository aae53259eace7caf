"""Where a document, its names and its events lie, and which bodies it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple

from extractor.analysis import Analysis
from extractor.entities.canonical import CanonicalNames, bodies
from extractor.entities.division_names import township_stem
from extractor.entities.edges import chained
from extractor.entities.found import FoundEntity
from extractor.entities.gazetteer import LAST_TABLE, Division, Gazetteer, Link, load_gazetteer
from extractor.entities.holding import holding
from extractor.entities.home import division_of_heading, division_of_text, is_origin
from extractor.entities.linking import Linker
from extractor.entities.local_names import Counties, Local, in_list_or_full, local_names, together
from extractor.entities.townships import TOWNSHIP_TABLE, townships_of
from extractor.patterns import Patterns
from extractor.text.expression import expression

FIRST_YEAR = 1949
"""A text whose last year lies before it tells of old times; when it was written is open."""

_YEAR_OF_TITLE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_AMONG_VILLAGES = expression(r"(?:、[\u4e00-\u9fff]{1,6}){0,40}(?:等\d*|\d+|[两三四五六七八九十]+)个?(?:自然|行政)?村")
"""What follows a name in a list of villages (东明集、夏营等村): a village may bear its township's name."""
_PLAN = re.compile(r"计划|规划|目标|力争|预计|将")
"""A sentence with one of these may name years still to come."""


class LinkedEntity(NamedTuple):
    """A name, the division that a place is, and the full name of an organization; each null where open."""

    found: FoundEntity
    link: Link | None
    canonical: str | None


@dataclass(frozen=True, slots=True)
class Links:
    """The division of the document, its names, and the division that holds each event."""

    home: Link | None
    entities: Sequence[LinkedEntity]
    events: Sequence[Link | None]


class DivisionReader:
    """Links what an analysis found to the table of divisions; the first use loads that.

    With ``names`` the townships of a document's county are looked for in its text, too.
    """

    def __init__(self, patterns: Patterns, *, names: bool) -> None:
        self._names = names
        self._features = frozenset(patterns.table("places", "classes")["feature_name"])
        self._bodies = bodies(patterns)

    def read(self, analysis: Analysis) -> Links:
        """The divisions of the document, its places and its events, by the table of the document's own year."""
        gazetteer = load_gazetteer()
        year = year_of(analysis)
        home = _home(analysis, gazetteer, year)
        division = home.division if home else None
        entities = _with_local_names(analysis, division, year, gazetteer) if self._names else analysis.entities
        places = dict.fromkeys(entity.name for entity in entities if entity.label == "place")
        linker = Linker(gazetteer, year, division, features=self._features).knowing(places)
        names = CanonicalNames(gazetteer, linker, division, analysis.letterhead.issuer, self._bodies)
        linked = [
            LinkedEntity(
                entity,
                _place(entity, analysis.text, linker) if entity.label == "place" else None,
                names.of(entity.name) if entity.label == "organization" else None,
            )
            for entity in entities
        ]
        return Links(
            home,
            _with_townships_of_others(analysis, division, gazetteer, linked) if self._names else linked,
            [holding(event.place, linker) if event.place else None for event in analysis.events],
        )


def _place(entity: FoundEntity, text: str, linker: Linker) -> Link | None:
    link = linker.link(entity.name)
    bare_township = link is not None and link.division.level == 4 and township_stem(entity.name) == entity.name
    return None if bare_township and _AMONG_VILLAGES.match(text, entity.end) else link


def _with_local_names(
    analysis: Analysis, home: Division | None, year: int | None, gazetteer: Gazetteer
) -> list[FoundEntity]:
    """The names found, and those of the townships of the document's county or the counties of its prefecture."""
    found = analysis.entities
    if home is None or home.level == 1:
        return found
    local: Local = townships_of(home, gazetteer)
    if home.level == 2:
        local = Counties(gazetteer.counties_in(home, home.nearest_table(LAST_TABLE if year is None else year)))
    more = local_names(analysis.text, local, found)
    return chained(together(found, more)) if more else found


def _with_townships_of_others(
    analysis: Analysis, home: Division | None, gazetteer: Gazetteer, linked: list[LinkedEntity]
) -> list[LinkedEntity]:
    """酉阳县县城以及龙潭、酉酬、大溪等乡镇: the townships that are listed behind their county in one sentence."""
    taken = [entity.found for entity in linked]
    counties = [(e.found, e.link.division) for e in linked if e.link is not None and e.link.division.level == 3]
    behind = [found.start for found, _ in counties[1:]]
    made: dict[int, LinkedEntity] = {}
    for (found, county), following in zip_longest(counties, behind):
        if county == home or is_origin(analysis.text, found.start):
            continue
        high = min(following or len(analysis.text), analysis.scene.sentence_at(found.start)[1])
        townships = townships_of(county, gazetteer)
        more = local_names(analysis.text, townships, taken, (found.end, high), listed=True)
        open_ = [
            e.found
            for e in linked
            if e.link is None
            and e.found.label == "place"
            and found.end <= e.found.start < high
            and in_list_or_full(analysis.text, e.found)
        ]
        for name in (*more, *open_):
            township = townships.called(name.name)
            if township is not None or name in more:
                link = Link(township, TOWNSHIP_TABLE) if township else None
                made[name.start] = LinkedEntity(name, link, None)
        beside = made.pop(found.end, None)
        if beside is not None:  # 禄丰市勤丰镇 is one place
            chain = replace(found, end=beside.found.end, name=found.name + beside.found.name)
            made[found.start] = LinkedEntity(chain, beside.link, None)
    if not made:
        return linked
    known = {id(entity.found): entity for entity in linked}
    names = together(taken, [made[start].found for start in sorted(made)])
    return [made[name.start] if name.start in made else known[id(name)] for name in names]


def year_of(analysis: Analysis) -> int | None:
    """The year of a document: that of its 成文日期, else the one in its title, else the last one that it tells of.

    A report is written no earlier than what it tells; years that it plans for do not count.
    """
    issued = analysis.timeline.issued
    if issued is not None and issued.iso:
        return int(issued.iso[:4])
    title = _YEAR_OF_TITLE.search(analysis.letterhead.title or "")
    if title:
        return int(title[0])
    told = sorted((int(date.iso.rpartition("/")[2][:4]), date.start) for date in analysis.timeline.facts if date.iso)
    spoken = (year for year, at in reversed(told) if not _PLAN.search(analysis.text, *analysis.scene.sentence_at(at)))
    last = next(spoken, 0)
    return last if last >= FIRST_YEAR else None


def _home(analysis: Analysis, gazetteer: Gazetteer, year: int | None) -> Link | None:
    for heading in (analysis.letterhead.issuer, analysis.letterhead.title):
        if heading and (link := division_of_heading(heading, gazetteer, year)):
            return link
    codes = [number.agency_code for number in analysis.document_numbers]
    return division_of_text(analysis.text, analysis.entities, codes, gazetteer, year)
