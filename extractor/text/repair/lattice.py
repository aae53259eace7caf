"""Readings of a text that is out of step, carried on side by side and joined where they go on alike.

Two readings that have come to the same place, with the same byte waiting and the same last two symbols, go on alike:
they are one node. So the readings of a break, far too many to list, make a lattice of which the likely nodes are kept,
and the share of all of them that agree on a character can be summed exactly (forward and backward).
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

WIDEST = 80
"""Nodes kept at any place."""
HOPELESS = 14.0
"""Log odds against a node that end it."""
IN_STEP = -1
LEADLESS = 256
TORN = 512
"""What waits in a node whose trail byte went with an ASCII character."""

GONE = "□"
"""What a character becomes of which too little is known, as editors write one that can't be read."""

Kind = Literal["read", "known", "guessed", "unknown", "eaten"]
Phase = Literal["in step", "lead", "trail", "ASCII"]
"""What waits at a place: nothing, a lead byte for its trail, a trail byte whose lead went with the byte before, or an
ASCII character that did."""


class Written(NamedTuple):
    """A character of a reading."""

    char: str
    kind: Kind
    """``read`` as it stands, ``known`` from its two bytes, ``guessed`` from one, ``unknown`` where both are gone, or
    ``eaten``, one of ASCII."""
    start: int
    end: int
    """Where it begins and where the next character does, counted from the break."""
    before: Phase
    after: Phase
    annotated: str
    """A character with its reading that must have been annotated here."""

    @property
    def shape(self) -> tuple[int, int, Phase, Phase]:
        """What two readings must share here for their characters to be compared."""
        return self.start, self.end, self.before, self.after

    @property
    def waits(self) -> bool:
        """Whether the reading is out of step behind it."""
        return self.after != "in step"


class Node:
    """A place that readings have come to, and how they came there."""

    __slots__ = ("arcs", "best", "place", "seen", "total", "waiting")

    def __init__(self, place: int, waiting: int, seen: str) -> None:
        self.place = place
        self.waiting = waiting
        """The lead byte that waits for its trail; or nothing, ``IN_STEP``; or, ``LEADLESS`` and more, the trail byte
        of a character that went with the lead byte of the next."""
        self.seen = seen
        """The last two symbols."""
        self.arcs: list[Arc] = []
        self.best = self.total = 0.0
        """Log probabilities of the likeliest reading up to here and of all of them."""

    def weigh(self) -> None:
        """Sum up what leads here."""
        scores = [arc.before.total + arc.odds for arc in self.arcs]
        most = max(scores)
        self.total = most + math.log(sum(math.exp(score - most) for score in scores))
        self.best = max(arc.before.best + arc.odds for arc in self.arcs)


class Arc(NamedTuple):
    """A step of readings from a node on."""

    before: Node
    odds: float
    char: str
    kind: Kind
    annotated: str


class Lattice:
    """The readings of the text from ``start`` on, by the place they have come to."""

    def __init__(self, start: int, seen: str) -> None:
        self.start = start
        self._ahead: dict[int, dict[tuple[int, str], Node]] = {}
        self._order: list[Node] = []
        self._final = Node(start, IN_STEP, seen)
        self._ahead[start] = {(IN_STEP, seen): self._final}

    def put(
        self, before: Node, end: int, waiting: int, seen: str, char: str, kind: Kind, odds: float, annotated: str = ""
    ) -> None:
        """Go on from ``before`` with ``char`` to ``end``, for ``odds``; ``seen`` ends with its symbol."""
        seen = seen[-2:]
        nodes = self._ahead.setdefault(end, {})
        node = nodes.get((waiting, seen))
        if node is None:
            node = nodes[waiting, seen] = Node(end, waiting, seen)
        node.arcs.append(Arc(before, odds, char, kind, annotated))

    def midway(self, before: Node, seen: str, char: str, kind: Kind, odds: float) -> Node:
        """A node with only ``char``, a guess, before it, at the same place as ``before``."""
        node = Node(before.place, TORN, seen[-2:])
        node.arcs.append(Arc(before, odds, char, kind, ""))
        node.weigh()
        self._order.append(node)
        return node

    def next(self) -> list[Node]:
        """The likely nodes of the first place that any reading is at, the likeliest first."""
        nodes = list(self._ahead.pop(min(self._ahead)).values())
        for node in nodes:
            if node.arcs:
                node.weigh()
        nodes.sort(key=_total, reverse=True)
        least = nodes[0].total - HOPELESS
        kept = [node for node in nodes[:WIDEST] if node.total > least]
        self._order += kept
        return kept

    @property
    def open(self) -> bool:
        """Whether any reading goes on."""
        return bool(self._ahead)

    def finish(self, ends: list[tuple[Node, float]]) -> bool:
        """Close the lattice with the nodes that readings end at, and the odds that they end there."""
        if not ends:
            return False
        self._final = Node(ends[0][0].place, IN_STEP, "")
        self._final.arcs = [Arc(node, odds, "", "read", "") for node, odds in ends]
        self._final.weigh()
        self._order.append(self._final)
        return True

    def shares(self) -> dict[Written, float]:
        """The share of all readings that have a character at its place."""
        onward = {self._final: -self._final.total}
        found: dict[Written, float] = {}
        for node in reversed(self._order):
            behind = onward.get(node)
            if behind is None:
                continue
            for arc in node.arcs:
                score = arc.odds + behind
                known = onward.get(arc.before)
                onward[arc.before] = score if known is None else _sum(known, score)
                if node is not self._final:
                    written = self._written(arc, node)
                    found[written] = found.get(written, 0.0) + math.exp(arc.before.total + score)
        return found

    def paths(self) -> Iterator[tuple[float, list[Written]]]:
        """Readings with their shares, the likeliest first."""
        count = itertools.count()
        heap: list[tuple[float, int, Node, float, tuple[Written, object] | None]] = []
        heap.append((-self._final.best, next(count), self._final, 0.0, None))
        while heap:
            cost, _, node, behind, chain = heapq.heappop(heap)
            if not node.arcs:
                yield math.exp(-cost - self._final.total), list(_listed(chain))
            for arc in node.arcs:
                score = behind + arc.odds
                onward = chain if node is self._final else (self._written(arc, node), chain)
                heapq.heappush(heap, (-(arc.before.best + score), next(count), arc.before, score, onward))

    def _written(self, arc: Arc, node: Node) -> Written:
        start, end = arc.before.place - self.start, node.place - self.start
        return Written(arc.char, arc.kind, start, end, _phase(arc.before), _phase(node), arc.annotated)


def _phase(node: Node) -> Phase:
    if node.waiting < LEADLESS:
        return "in step" if node.waiting == IN_STEP else "lead"
    return "trail" if node.waiting < TORN else "ASCII"


def _listed(chain: object) -> Iterator[Written]:
    while isinstance(chain, tuple):
        written, chain = chain
        yield written


def _total(node: Node) -> float:
    return node.total


def _sum(one: float, other: float) -> float:
    high, low = (one, other) if one > other else (other, one)
    return high + math.log1p(math.exp(low - high))
