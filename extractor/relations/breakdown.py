"""Totals and their parts: 投入14300.2万元(其中,县级财政4075万元,…), 共投入500万元：一是…二是…, 受灾 ⊇ 成灾 ⊇ 绝收.

Parts are told by words (其中, 包括, a bracket) or proved by arithmetic: what stands beside a total and makes up exactly
its value is its parts. Words are read from the last to the first, so that a part has its own parts before it is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extractor.records.codes import Confidence
from extractor.relations.figures import AmountFact, CountFact, Figure, Scene
from extractor.relations.reasons import Reason

_OPENS = re.compile(r"其中|包括|含(?:(?<=[（(]含)|(?<=[（(]\s含))")
_OPENS_BRACKET = re.compile(r"\s?[（(](?!\s?(?:上年|去年|同比|比|较|原|约?合|折|大写|即))")
_OF_THOSE = re.compile(r"\s?中[，,有]")
_CLOSING = re.compile(r"[）)]")
_LONGEST_BRACKET = 400
_SENTENCE_END = re.compile(r"[。！？\n]")
_SEMICOLON = re.compile(r"[；;]")
_LISTED = re.compile(r"\s?(?:[:：]|[一1]是|[（(]?[一1①][）).、．])")
_BEFORE_OPENING = re.compile(r"[\s，,、。；;（(]*")
_SUMMED = re.compile(r"(?:总共|共计|合计|总计|累计|共|总|计)[^，,。；;：:\d]{0,10}$")
_LIST_AHEAD = re.compile(
    r"[^。；;\n\d]{0,20}(?:[:：]|包括|分别|其中|[。；;\n]\s?(?:一是|第一|[（(]一[）)]|①|1[、.．]))"
)
_BESIDE = 40
_AVERAGE = re.compile(r"(?:平均|年均|人均|户均|月均|每)[^，,。；;\d]{0,8}$")
_NEW_ACTION = re.compile(
    r"[，,；;][^，,；;]{0,6}(?:发放|拨付|下拨|投入|安排|转移|救助|救济|解决|新建|修复|组织|帮助|受益|惠及|新增|荣?获得?|出版|发表|占地)"
)
_REACH = 500
_MOST_PARTS = 20
_SMALL = 100
"""Sums of a few small numbers come out by chance; they count within one sentence only."""
_TELLING_DIGITS = 3
"""Of a round number such as 300 the sum tells little."""
_ENDLESS = Decimal("Infinity")
_TABLE_CELL = ".table_cell"
"""The end of the ids of rules that read cells: of those, table_sums reads the parts."""
_OWN_ROLES = frozenset({"loss", "output", "revenue", "income", "standard"})
_WITHIN: Mapping[str | None, Collection[str]] = {
    None: {"poor", "injured", "collapsed", "damaged", "severely_damaged", "slightly_damaged"},
    "affected": {"crop_damaged", "crop_failed", "collapsed", "trapped", "damaged", "poor"},
    "dead_or_missing": {"dead", "missing"},
    "damaged": {"collapsed", "severely_damaged", "slightly_damaged"},
    "evacuated": {"resettled"},
    "needing_relief": {"poor", "relieved"},
    "relieved": {"poor"},
}
"""What may have happened to the parts of what a status is told of."""
_PERSONS = frozenset({"人", "名", "位", "口"})
LADDER = {"crop_failed": ("crop_damaged", "affected"), "crop_damaged": ("affected",)}
"""What an area lies in: 绝收 in 成灾, 成灾 in 受灾."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and the parts told of it."""

    total: Figure
    parts: tuple[Figure, ...]


class _Scope(NamedTuple):
    """Where parts are told: from ``start`` to ``end``, of totals from ``low`` on before ``opening``."""

    low: int
    opening: int
    start: int
    end: int
    why: str


def read_breakdowns(scene: Scene) -> list[Breakdown]:
    """Set ``part_of`` on the parts of every total of ``scene``; the breakdowns in the order of their totals."""
    scopes = list(_scopes(scene))
    nest_areas(scene)
    found = [*_Reading(scene, scene.amounts).read(scopes), *_Reading(scene, scene.counts).read(scopes)]
    return sorted(found, key=lambda breakdown: breakdown.total.start)


def nest_areas(scene: Scene) -> None:
    """绝收 is part of 成灾, 成灾 of 受灾, where a sentence counts them in one unit and the larger holds the smaller."""
    for index, count in enumerate(scene.counts):
        wider = LADDER.get(count.status or "")
        if wider is None or count.found.measure != "area":
            continue
        low, _ = scene.sentence_at(count.start)
        if in_bracket(scene.text, low, count.start):
            continue  # a part of what stands before the bracket
        for status in wider:
            outer = _before(scene, index, low, status)
            if outer is not None:
                if _stands_beside(scene.text, low, outer):
                    break
                if outer.value >= count.value:
                    _link(count, outer, "part_of.nested_area", "likely")
                break


def _stands_beside(text: str, low: int, outer: CountFact) -> bool:
    """其中减产三至五成的8万亩，绝收的6万亩: both are parts; only 成灾 in so many words holds what follows."""
    told = "成灾" in text[max(low, outer.start - 8) : outer.end + 4]
    return not told and "其中" in text[low : outer.start]


def in_bracket(text: str, low: int, position: int) -> bool:
    """Whether a bracket that opens behind ``low`` is open at ``position``."""
    opened = max(text.rfind("（", low, position), text.rfind("(", low, position))
    return opened >= 0 and _CLOSING.search(text, opened, position) is None


def _before(scene: Scene, index: int, low: int, status: str) -> CountFact | None:
    """The nearest count of ``status`` before the one at ``index``, in its sentence and its unit, and in no bracket."""
    unit = scene.counts[index].found.unit
    for i in range(index - 1, -1, -1):
        count = scene.counts[i]
        if count.start < low:
            return None
        if in_bracket(scene.text, low, count.start):
            continue
        if count.status == status and count.found.unit == unit and count.found.quantity.value is not None:
            return count
    return None


def _scopes(scene: Scene) -> Iterator[_Scope]:
    """Every place where parts are told, the last first."""
    text, found = scene.text, []
    for match in _OPENS.finditer(text):
        low, high = scene.sentence_at(match.start())
        if _BEFORE_OPENING.fullmatch(text, low, match.start()) and low > 0:  # its total ended the sentence before
            low, _ = scene.sentence_at(low - 1)
        bracket = text.rfind("（", low, match.start()), text.rfind("(", low, match.start())
        opened = max(bracket)
        closed = opened >= 0 and _CLOSING.search(text, opened, match.start()) is None
        if closed:
            close = _CLOSING.search(text, match.end(), match.end() + _LONGEST_BRACKET)
            if close is not None:
                found.append(_Scope(low, opened, match.end(), close.start(), "part_of.bracket"))
                continue
        stop = _SENTENCE_END.search(text, match.end(), high)
        found.append(_Scope(low, match.start(), match.end(), stop.start() if stop else high, "part_of.of_which"))
    told = {scope.opening for scope in found}
    for figure in scene.figures:
        behind = text[figure.end : figure.end + 1]
        if behind in ("（", "(", " "):
            bracket_behind = _OPENS_BRACKET.match(text, figure.end)
            if bracket_behind and bracket_behind.end() - 1 not in told:
                close = _CLOSING.search(text, bracket_behind.end(), bracket_behind.end() + _LONGEST_BRACKET)
                if close is not None:
                    place = figure.start, bracket_behind.end() - 1, bracket_behind.end(), close.start()
                    found.append(_Scope(*place, "part_of.bracket"))
        elif "中" in text[figure.end - 1 : figure.end + 1] and _OF_THOSE.search(text, figure.end - 1, figure.end + 3):
            _, high = scene.sentence_at(figure.start)
            found.append(_Scope(figure.start, figure.end, figure.end, high, "part_of.of_those"))
    return iter(sorted(set(found), key=lambda scope: scope.start, reverse=True))


class _Reading:
    """The totals and parts among figures of one kind."""

    def __init__(self, scene: Scene, facts: Sequence[Figure]) -> None:
        self._scene = scene
        self._text = scene.text
        self._facts = [fact for fact in facts if not fact.found.rule.endswith(_TABLE_CELL)]
        self._starts = [fact.start for fact in self._facts]
        self._alike: dict[object, list[Figure]] = {}
        for fact in self._facts:
            if (kind := _kind(fact)) is not None:
                self._alike.setdefault(kind, []).append(fact)
        self._found: dict[int, Breakdown] = {}

    def read(self, scopes: Sequence[_Scope]) -> list[Breakdown]:
        """The breakdowns told by words, then those proved by their sums."""
        for scope in scopes:
            self._read_scope(scope)
        for alike in self._alike.values():
            if len(alike) > 2:
                self._prove(alike)
        return list(self._found.values())

    def _between(self, low: int, high: int) -> Sequence[Figure]:
        return self._facts[bisect_left(self._starts, low) : bisect_left(self._starts, high)]

    def _read_scope(self, scope: _Scope) -> None:
        inside = [fact for fact in self._between(scope.start, scope.end) if fact.part_of is None]
        if not inside:
            return
        before = self._between(scope.low, scope.opening)
        groups: dict[int, tuple[Figure, list[Figure]]] = {}
        for part in inside:
            total = self._total_of(part, before, scope)
            if total is not None:
                groups.setdefault(id(total), (total, []))[1].append(part)
        for total, parts in groups.values():
            parts = self._of_any_unit(total, inside) or parts
            kept = self._making_up(total, parts, scope) or self._kept(total, parts, scope)
            if kept:
                self._tell(total, kept, scope.why)

    def _of_any_unit(self, total: Figure, inside: Sequence[Figure]) -> list[Figure] | None:
        """386处，其中滑坡241处、沟98条: things of other units count where they make up the sum."""
        if not isinstance(total, CountFact) or total.found.measure != "items":
            return None
        things = [part for part in inside if isinstance(part, CountFact) and part.found.measure == "items"]
        for number in range(2, len(things) + 1):
            if sum((fact.value for fact in things[:number]), Decimal(0)) == total.value:
                return list(things[:number])
        return None

    def _making_up(self, total: Figure, parts: Sequence[Figure], scope: _Scope) -> list[Figure] | None:
        """The first of ``parts``, and of the figures behind them, that make up exactly a total that is not round.

        工业增加值4亿元，增长9%；建筑业2亿元: what else is told between them can't be chance then.
        """
        whole, added = total.value, Decimal(0)
        if total.found.quantity.bound != "exact" or len(whole.normalize().as_tuple().digits) < _TELLING_DIGITS:
            return None
        paragraph = self._text.find("\n", scope.end)
        beyond = self._between(scope.end, paragraph if paragraph >= 0 else scope.end + _REACH)
        further = [fact for fact in beyond if fact.part_of is None and _same_kind(total, fact)]
        told = [*parts, *(further if scope.why != "part_of.bracket" else ())]
        for number, part in enumerate(told[:_MOST_PARTS], start=1):
            added += part.value
            if added >= whole:
                return told[:number] if added == whole and number > 1 else None
        return None

    def _total_of(self, part: Figure, before: Sequence[Figure], scope: _Scope) -> Figure | None:
        """The nearest figure before the scope that can hold ``part``; right behind it the words alone tell."""
        if self._is_of_a_list(part, before, scope):
            return None
        beside_bracket = scope.why == "part_of.bracket"
        for fact in reversed(before):
            if beside_bracket and scope.opening - fact.end > 1 and not self._paired(fact, scope.opening):
                return None
            if not _same_kind(fact, part) or _AVERAGE.search(self._text, max(0, fact.start - 10), fact.start):
                continue
            beside = _BEFORE_OPENING.fullmatch(self._text, fact.end, scope.opening) is not None
            if fact.value >= part.value or (beside and fact.found.unit == part.found.unit):
                return fact
        return None

    def _is_of_a_list(self, part: Figure, before: Sequence[Figure], scope: _Scope) -> bool:
        """A类4035人，B类9125人；其中残疾人3412人: of all of them, whose total stands elsewhere."""
        marked = _SEMICOLON.search(self._text, before[-1].end, scope.opening) if before else None
        return marked is not None and sum(_same_kind(fact, part) for fact in before) > 1

    def _paired(self, fact: Figure, opening: int) -> bool:
        """2197户8788人（其中…）: both figures before a bracket are totals."""
        return opening - fact.end <= 12 and _SENTENCE_END.search(self._text, fact.end, opening) is None

    def _kept(self, total: Figure, parts: list[Figure], scope: _Scope) -> list[Figure]:
        """Those of ``parts`` that are told of ``total``: to the sum that it makes, or to the end of the statement."""
        kept: list[Figure] = []
        added = Decimal(0)
        whole = total.value
        semicolon = _SEMICOLON.search(self._text, scope.start, scope.end) if scope.why != "part_of.bracket" else None
        listed = _LISTED.match(self._text, scope.start) is not None
        for part in parts:
            if kept and self._is_of_something_else(total, kept, part):
                break
            kept.append(part)
            added += part.value
            whole_told = added == whole and len(kept) > 1
            if whole_told and (semicolon is None or listed or len(kept) > 2 or part.start < semicolon.start()):
                return kept
        if semicolon is not None:
            kept = [part for part in kept if part.start < semicolon.start() or (listed and added <= whole)]
        if scope.why == "part_of.bracket" and not _OPENS.search(self._text, scope.opening, scope.start + 3):
            return kept if added <= whole else []
        return kept

    def _is_of_something_else(self, total: Figure, kept: Sequence[Figure], part: Figure) -> bool:
        if isinstance(total, AmountFact) and isinstance(part, AmountFact):
            return part.role != total.role and part.role in _OWN_ROLES
        if isinstance(total, CountFact) and isinstance(part, CountFact) and isinstance(kept[0], CountFact):
            if _NEW_ACTION.search(self._text, kept[-1].end, part.start):
                return True
            told = part.status not in (None, total.status, kept[0].status)
            return told and part.status not in _WITHIN.get(total.status, ())
        return False

    def _tell(self, total: Figure, parts: Sequence[Figure], why: str) -> None:
        exact = sum((fact.value for fact in parts), Decimal(0)) == total.value
        for number, part in enumerate(parts):
            beside = number == 0 and why != "part_of.of_those"
            _link(part, total, why, "certain" if exact or beside else "likely")
        older = self._found.get(id(total))
        self._found[id(total)] = Breakdown(total, (*parts, *(older.parts if older else ())))

    def _prove(self, alike: Sequence[Figure]) -> None:
        """Link the figures behind a total, or before 共计 with it, that make up exactly its value.

        What can't be a sum is passed over before any words are read: those beside it are no smaller.
        """
        values = [*(fact.value for fact in alike), _ENDLESS]
        for place, total in enumerate(alike):
            whole = values[place]
            if id(total) in self._found or not whole or total.found.quantity.bound != "exact":
                continue
            told = False
            if values[place + 1] < whole or (place + 1 < len(alike) and alike[place + 1].part_of):
                told = self._prove_behind(total, alike[place + 1 : place + _MOST_PARTS])
            if not told and place and (values[place - 1] < whole or alike[place - 1].part_of):
                self._prove_before(total, alike[max(0, place - _MOST_PARTS) : place])

    def _prove_behind(self, total: Figure, behind: Sequence[Figure]) -> bool:
        """Whether the figures behind ``total`` make it up and words, or their number, tell that they do."""
        parts = _sum_up(total, behind)
        if parts is None:
            return False
        _, high = self._scene.sentence_at(total.start)
        near = total.value < _SMALL
        if parts[-1].start >= min(total.end + _REACH, high if near else len(self._text)):
            return False
        following = self._starts[bisect_left(self._starts, total.end)]
        told = self._is_summed(total) or (len(parts) > 2 and not near)
        if (told and following - total.end <= _BESIDE) or _LIST_AHEAD.match(self._text, total.end, following):
            self._tell(total, parts, "part_of.sum")
            return True
        return False

    def _prove_before(self, total: Figure, before: Sequence[Figure]) -> None:
        if not self._is_summed(total):
            return
        parts = _sum_up(total, before[::-1])
        if parts is not None:
            low, _ = self._scene.sentence_at(total.start)
            if parts[-1].start >= (low if total.value < _SMALL else total.start - _REACH):
                self._tell(total, parts[::-1], "part_of.sum")

    def _is_summed(self, total: Figure) -> bool:
        low, _ = self._scene.sentence_at(total.start)
        return _SUMMED.search(self._text, max(low, total.start - 16), total.start) is not None


def _sum_up(total: Figure, figures: Sequence[Figure]) -> list[Figure] | None:
    """Those of ``figures`` that sum to ``total``, from the first on, two at least; None when they go past it."""
    parts: list[Figure] = []
    left = total.value
    for fact in figures:
        if fact.part_of is not None:
            continue
        if fact.value > left or fact.found.quantity.bound != "exact" or _is_held(total, fact):
            return None
        left -= fact.value
        parts.append(fact)
        if not left:
            return parts if len(parts) > 1 else None
    return None


def _is_held(total: Figure, fact: Figure) -> bool:
    """Whether ``fact`` is what ``total`` is a part of."""
    outer = total.part_of
    while outer is not None:
        if outer is fact:
            return True
        outer = outer.part_of
    return False


def _link(part: Figure, total: Figure, why: str, confidence: Confidence) -> None:
    part.part_of = total
    part.reasons.append(Reason("part_of", confidence, why, total.start, total.end))
    if isinstance(part, AmountFact) and isinstance(total, AmountFact) and _takes_its_role(part):
        part.role = total.role
        part.reasons = [reason for reason in part.reasons if reason.field != "role"]
        part.reasons.append(Reason("role", "likely", "role.total", total.start, total.end))


def _takes_its_role(part: AmountFact) -> bool:
    """Whether nothing but a heading has told what a part is: it is what its total is, then."""
    return part.role == "other" or any(reason.why == "role.heading" for reason in part.reasons)


def _same_kind(total: Figure, part: Figure) -> bool:
    kind = _kind(total)
    return kind is not None and kind == _kind(part)


def _kind(fact: Figure) -> tuple[str | None, str | None] | None:
    """What has to be the same of a total and its parts; None of a figure without a value."""
    if fact.found.quantity.value is None:
        return None
    if isinstance(fact, AmountFact):
        return fact.found.currency, fact.found.per
    unit = fact.found.unit
    return fact.found.measure, "人" if unit in _PERSONS else unit
