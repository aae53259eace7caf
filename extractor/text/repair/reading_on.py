"""What may have stood where a text is out of step: its bytes read on, in every way that they allow.

The text is read from left to right, and each reading knows whether it is in step, or which byte waits for its other
half. Where a byte is gone, a reading is tried for every common character that the bytes left allow; the model of
:mod:`extractor.text.fluency` weighs them by what stands on both sides, so that neighbouring breaks are judged
together. Reading ends where all agree again on the step and on the last two characters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from extractor.text.fluency import Fluency, symbols
from extractor.text.gbk import PUNCTUATION, STANDING, decoded, encoded, followers, leaders, strangers
from extractor.text.readings import HEAVY, by_reading
from extractor.text.repair.candidates import UNUSUAL, Candidate, candidates, makers, written
from extractor.text.repair.lattice import GONE, IN_STEP, LEADLESS, Kind, Lattice, Node
from extractor.text.repair.pinyin import READING

LONGEST = 240
"""Characters that may lie between a break and the place where the step is met again."""
HARDEST = 16_000
"""Nodes and characters that may be weighed for a break; one that takes more is given up."""
NARROW = 24
"""Nodes from which a gone byte is guessed."""
GUESSED = 64
"""Characters tried where a byte is gone."""
MAYBE_EATEN = 8
"""Those of them that are tried with an ASCII character behind them."""
SHORTEST = 8
"""Characters of the shortest sentence that is expected in quotation marks."""
EARLY = -4.6
"""Log odds of a full stop behind less."""
UNOPENED = -4.6
"""Log odds of a closing bracket that nothing opened."""
_NEAR = 60
EATEN = "0() a.+-%/"
"""What a lead byte without a trail may have eaten: 0 stands for any digit, a for any letter."""
A3 = 0xA3
"""The lead byte of every full-width mark."""

_ANNOTATION = re.compile(rf"\(({READING})\)")
_JUST_QUOTED = re.compile(r"[“《][^“”《》。?]*\Z")
_LOST_BRACKET = re.compile(rf"\?({READING})\)")
_MARKS = {narrow: encoded(wide)[1] for wide, narrow in PUNCTUATION.items() if narrow in STANDING}
"""ASCII mark -> the second byte of its full-width form."""

Scored = tuple[float, Candidate]
ANY = Candidate(GONE, GONE, 0.0, 0, 0)
"""Any character that the model does not expect: so that those which it does are not believed for want of a rival."""


class Reader:
    """Reads one text; ``annotated`` are the characters that it annotates, with their readings."""

    def __init__(self, text: str, annotated: Mapping[str, str], fluency: Fluency) -> None:
        self._text = text
        self._annotated = annotated
        self.fluency = fluency
        self._lattice = Lattice(0, "")
        self.effort = 0
        """Nodes and characters weighed so far."""

    def read(self, at: int, seen: str) -> tuple[int, Lattice | None]:
        """Where all readings agree again behind ``at``, and the readings; none where nothing can be read.

        ``seen`` are the two symbols before ``at``, where the text is in step.
        """
        lattice = self._lattice = Lattice(at, seen)
        place = at
        most = self.effort + HARDEST
        while lattice.open and self.effort < most:
            nodes = lattice.next()
            place = nodes[0].place
            self.effort += sum(len(node.arcs) for node in nodes)
            agreed = place > at and not lattice.open and len(nodes) == 1 and nodes[0].waiting == IN_STEP
            ended = place >= len(self._text)
            if agreed or ended or place - at > LONGEST:
                # the end of the text is read as the end of a line
                ends = [
                    (node, self.fluency.log_prob(node.seen, "\n") if ended else 0.0)
                    for node in nodes
                    if node.waiting == IN_STEP
                ]
                return place, lattice if lattice.finish(ends) else None
            for rank, node in enumerate(nodes):
                self._go_on(node, guess=rank < NARROW)
        return place, None

    def _go_on(self, node: Node, *, guess: bool) -> None:
        if node.waiting == IN_STEP:
            self._in_step(node, guess=guess)
        elif node.waiting < LEADLESS:
            self._waiting(node, guess=guess)
        else:
            self._leadless(node, strangers(node.waiting - LEADLESS), guess=guess)

    def _in_step(self, node: Node, *, guess: bool) -> None:
        at, seen = node.place, node.seen
        char = self._text[at]
        end, _ = self._behind(at)
        symbol = symbols(char)
        self._lattice.put(node, end, IN_STEP, seen + symbol, char, "read", self.fluency.log_prob(seen, symbol))
        if char != "?" or not guess:
            return
        if found := _LOST_BRACKET.match(self._text, at):
            # The annotated character has its lead byte from the character before, and lost its trail to the bracket.
            trail = encoded(self._text[at - 1])[1:] if at else b""
            for maker in makers().get((trail[0], found[1]), ()) if trail else ():
                note = maker + found[1]
                self._lattice.put(node, found.end(), encoded(maker)[1], seen, "", "known", self._odds(maker), note)
        elif trail_byte := _MARKS.get(self._text[at + 1 : at + 2]):
            quoted = _JUST_QUOTED.search(_ANNOTATION.sub("", self._text[max(0, at - _NEAR) : at])[-SHORTEST:])
            for odds, likely in self._likeliest(seen, candidates(leaders(A3))):
                early = EARLY if quoted and likely.char == "。" else 0.0
                self._guessed(node, at + 2, trail_byte, (odds + early, likely))

    def _waiting(self, node: Node, *, guess: bool) -> None:
        """A lead byte waits for its trail."""
        at, lead = node.place, node.waiting
        char = self._text[at]
        if char == "?" and guess:
            self._trail_gone(node)
        if trail := _MARKS.get(char):
            if whole := decoded(bytes((lead, A3))):
                self._known(node, at + 1, trail, whole)
            return
        code = encoded(char)
        whole = decoded(bytes((lead, code[0]))) if code and code[0] >= 0x40 else ""
        if not whole:
            return
        end, reading = self._behind(at)
        if len(code) == 2 and code[1] < 0x80:  # a letter of the text was taken for a trail byte
            self._known(node, end, IN_STEP, whole + chr(code[1]))
        elif len(code) == 2:
            self._known(node, end, code[1], whole, char + reading if reading else "")
        else:
            self._known(node, end, IN_STEP, whole, whole + reading if reading else "")

    def _trail_gone(self, node: Node) -> None:
        """The trail byte is under a question mark."""
        at, lead = node.place, node.waiting
        if found := _LOST_BRACKET.match(self._text, at):
            for maker in makers().get((lead, found[1]), ()):
                self._known(node, found.end(), IN_STEP, maker, maker + found[1], self._odds(maker))
        end, reading = self._behind(at)
        if not reading:
            self._trail_guessed(node, candidates(followers(lead)), "guessed")
        elif maker := decoded(bytes((lead, 0x80))):  # the byte 80 alone is no character, and eats nothing
            self._known(node, end, IN_STEP, maker, maker + reading)

    def _trail_guessed(self, node: Node, possible: Iterable[Candidate], kind: Kind) -> None:
        """The trail byte of one of ``possible`` is under the question mark: alone, or with what it was read with."""
        at = node.place
        follows = self._text[at + 1 : at + 2]
        stands = not follows or follows in STANDING
        joins = follows == "?" or follows in _MARKS or encoded(follows)[:1] >= b"\x40"
        found = self._likeliest(node.seen, (c for c in possible if c.trail >= 0x80))
        if kind == "unknown":
            found.append((math.log(self.fluency.rest(node.seen)), ANY))
        for rank, scored in enumerate(found):
            trail = scored[1].trail
            if stands or trail == 0x80:
                self._guessed(node, at + 1, IN_STEP, scored, kind=kind)
            if trail == 0x80:
                continue
            if follows and (rank < MAYBE_EATEN or not trail):
                self._eaten(node, scored, kind)
            if joins and strangers(trail):
                self._guessed(node, at + 1, LEADLESS + trail, scored, kind=kind)

    def _eaten(self, node: Node, scored: Scored, kind: Kind) -> None:
        """An ASCII character went with the trail byte."""
        odds, guess = scored
        torn = self._lattice.midway(node, node.seen + guess.symbol, guess.char, kind, odds)
        near = _ANNOTATION.sub("", self._text[max(0, node.place - _NEAR) : node.place])
        opened = near.rfind("(") > near.rfind(")")
        for char in EATEN:
            odds = self.fluency.log_prob(torn.seen, char) + (UNOPENED if char == ")" and not opened else 0.0)
            self._lattice.put(torn, node.place + 1, IN_STEP, torn.seen + char, char, "eaten", odds)

    def _leadless(self, node: Node, leads: frozenset[int], *, guess: bool) -> None:
        """The lead byte, one of ``leads``, went with the trail byte before it, for the two make no character."""
        at, seen = node.place, node.seen
        char = self._text[at]
        if char == "?" and (found := _LOST_BRACKET.match(self._text, at)):
            for maker in by_reading().get(found[1], ()):
                if encoded(maker)[0] in leads:
                    self._known(node, found.end(), IN_STEP, maker, maker + found[1], self._odds(maker))
        elif char == "?" and guess:
            possible = written(self.fluency.likely(seen))
            self._trail_guessed(node, (c for c in possible if c.lead in leads), "unknown")
        if second := _MARKS.get(char):
            for scored in self._likeliest(seen, (c for c in candidates(leaders(A3)) if c.lead in leads)):
                self._guessed(node, at + 1, second, scored)
            return
        code = encoded(char)
        if not code or code[0] < 0x40:
            return
        end, reading = self._behind(at)
        if reading and len(code) == 1:
            for maker in by_reading().get(reading, ()):
                if encoded(maker)[1] == code[0] and encoded(maker)[0] in leads:
                    self._known(node, end, IN_STEP, maker, maker + reading)
        elif guess:
            waiting = code[1] if len(code) == 2 else IN_STEP
            for scored in self._likeliest(seen, (c for c in candidates(leaders(code[0])) if c.lead in leads)):
                self._guessed(node, end, waiting, scored, char + reading if reading else "")

    def _known(self, node: Node, end: int, waiting: int, char: str, annotated: str = "", odds: float = 0.0) -> None:
        seen = node.seen
        for symbol in symbols(char):
            odds += self.fluency.log_prob(seen[-2:], symbol)
            seen += symbol
        self._lattice.put(node, end, waiting, seen, char, "known", odds, annotated)

    def _guessed(
        self, node: Node, end: int, waiting: int, scored: Scored, annotated: str = "", kind: Kind = "guessed"
    ) -> None:
        odds, guess = scored
        self._lattice.put(node, end, waiting, node.seen + guess.symbol, guess.char, kind, odds, annotated)

    def _likeliest(self, seen: str, possible: Iterable[Candidate]) -> list[Scored]:
        """Those of ``possible`` that are common, that the text would not have annotated, and that fit best."""
        knows, annotated, log_prob = self.fluency.knows, self._annotated, self.fluency.log_prob
        common = (c for c in possible if knows(c.symbol) and c.char not in annotated)
        found = [(log_prob(seen, c.symbol) + c.odds, c) for c in common]
        self.effort += len(found)
        found.sort(reverse=True)
        return found[:GUESSED]

    def _odds(self, maker: str) -> float:
        return 0.0 if maker in self._annotated or maker in HEAVY else UNUSUAL

    def _behind(self, at: int) -> tuple[int, str]:
        """The end of the character at ``at`` and of the reading behind it, and that reading."""
        if self._text.startswith("(", at + 1) and (found := _ANNOTATION.match(self._text, at + 1)):
            return found.end(), found[1]
        return at + 1, ""
