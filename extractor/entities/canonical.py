"""Full names of organizations named for short: 县民政局 and 民政局 in a report of 新平县, 我局 in its bureau's.

Counties stand in their short form with 县 (新平县, not 新平彝族傣族自治县): one body has one name in all reports.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from extractor.entities.division_names import short_forms
from extractor.entities.gazetteer import Chain, Division, Gazetteer
from extractor.entities.linking import Linker
from extractor.entities.townships import townships_of
from extractor.patterns import Patterns
from extractor.text.expression import expression

_OURS = expression(r"[我本](?P<kind>局|委|办|厅|院|处|部|会|所|站|中心|公司|单位)")
_PARTY = expression(r"(?:中共|中国共产党)(?=.)")
_LEVEL = expression(r"(?P<level>省|市(?!场)|州|盟|县|旗|区(?!域)|地(?=委)|地区|乡|镇)(?P<body>[^级].*)")
_NATION = ("国家", "全国", "中央", "中国")
_EVERYWHERE = expression(r"[省市县区州]?委|(?:人民)?(?:政府|法院|检察院)|人大|政协|人大常委会|纪委")
_SHORT_BODY = expression(r"^(?=政府|法院|检察院)")


class Bodies(NamedTuple):
    """Organizations known by name: ``everywhere`` one a county (民政局), ``national`` those that there is one of."""

    everywhere: Collection[str]
    national: Mapping[str, str]
    """Name, as a text may give it, and full name."""


def bodies(patterns: Patterns) -> Bodies:
    """Those that ``patterns/organizations.yaml`` lists."""
    classes = patterns.table("organizations", "classes")
    full: dict[str, str] = patterns.table("organizations", "full_names")
    national = {name: full.get(name, name) for name in (*classes["body"], *full) if not _LEVEL.fullmatch(name)}
    return Bodies(frozenset(classes["bureau"]), national)


class CanonicalNames:
    """The full names of the organizations of one document.

    ``linker`` knows its divisions, ``home`` is the one that it is about, ``issuer`` the office that signs it.
    """

    def __init__(
        self, gazetteer: Gazetteer, linker: Linker, home: Division | None, issuer: str | None, known: Bodies
    ) -> None:
        self._gazetteer = gazetteer
        self._linker = linker
        self._home = home
        self._issuer = issuer
        self._known = known

    def of(self, name: str) -> str | None:
        """The full name of the organization; None where the document does not settle it."""
        ours = _OURS.fullmatch(name)
        if ours:
            return self._issued(ours["kind"])
        if name in self._known.national or name.startswith(_NATION):
            return self._known.national.get(name, name)
        name = _PARTY.sub("", name, count=1) if _PARTY.match(name) else name
        chain = self._gazetteer.chain(name)
        if chain.parts and chain.rest:
            return self._of_division(name, chain)
        home = self._home
        if home is not None and home.level == 3 and townships_of(home, self._gazetteer).begun(name):
            return _called(home) + _whole(name)
        elliptic = _LEVEL.fullmatch(name)
        if elliptic:
            level = elliptic["level"]
            own = self._linker.link("我市" if level.startswith("地") else f"我{level}")
            if own is None:
                return None
            division = own.division
            return f"{division.name[:-1]}委" if level == "地" else _joined(division, elliptic["body"])
        if name in self._known.everywhere and home is not None and home.level in (2, 3):
            return _joined(home, name)
        return None

    def _issued(self, kind: str) -> str | None:
        issuer = self._issuer
        return self.of(issuer) if issuer is not None and (issuer.endswith(kind) or kind == "单位") else None

    def _of_division(self, name: str, chain: Chain) -> str | None:
        """新平县民政局 in full; 新平民政局 too, but 海南医科大学 is a name of its own."""
        whole = chain.parts[-1] in self._gazetteer.full
        if not whole and chain.rest not in self._known.everywhere and not _EVERYWHERE.fullmatch(chain.rest):
            return name
        link = self._linker.link("".join(chain.parts))
        if link is not None:
            return _joined(link.division, chain.rest)
        return chain.parts[-1] + _whole(chain.rest) if whole else None


def _joined(division: Division, body: str) -> str:
    return _called(division) + _whole(body)


def _called(division: Division) -> str:
    """新平县 for 新平彝族傣族自治县; provinces by their full names."""
    if division.level > 1 and "自治" in division.name:
        return short_forms(division.name)[0]
    return division.name


def _whole(body: str) -> str:
    return _SHORT_BODY.sub("人民", body)
