"""The rules of one family, compiled into one scanner."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex
from pydantic import BaseModel, ConfigDict

from extractor.errors import PatternError
from extractor.patterns.expressions import expanded, plain
from extractor.patterns.portable import portable, with_own_names

TIME_LIMIT = 2.0
"""Seconds that one search in one sentence may take before it is given up."""
SHORT = 300
"""Characters of a sentence in which our own rules are searched by `re`, twice as fast as `regex` but without a limit.

A test holds all shipped families to the time limit in such sentences, made of what their rules look for.
"""

Match = re.Match[str] | regex.Match[str]
Span = tuple[int, int]


class Rule(BaseModel):
    """One rule of a family, as its pattern file states it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    reason: str
    pattern: str
    source: str | None = None
    reject: bool = False
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


class Groups(NamedTuple):
    """The named groups of one rule, and their numbers in its family's expression."""

    names: tuple[str, ...]
    numbers: tuple[int, ...]


class RuleMatch(NamedTuple):
    """What a family found: the rule, where it matched, and which of the groups are the rule's own."""

    rule: Rule
    match: Match
    groups: Groups

    def values(self) -> dict[str, str]:
        """What the rule's named groups hold, those that hold nothing left out."""
        names, numbers = self.groups
        held = self.match.group(0, *numbers)[1:] if numbers else ()
        return {name: value for name, value in zip(names, held, strict=True) if value is not None}

    def span(self, name: str) -> tuple[int, int]:
        """Where the group ``name`` lies in the text; (-1, -1) if it holds nothing."""
        for own, number in zip(*self.groups, strict=True):
            if own == name and self.match.start(number) >= 0:
                return self.match.span(number)
        return -1, -1


class Family:
    """The rules of one family as a single alternation, so that a text is read once for all of them."""

    def __init__(
        self,
        name: str,
        rules: tuple[Rule, ...],
        expand: Mapping[str, str],
        *,
        starts: str | None = None,
        needs: str | None = None,
        untimed: int = 0,
    ) -> None:
        """``untimed`` is how long a text may be to be searched without the time limit."""
        self.name = name
        self.rules = rules
        self._expand = expand
        self._untimed = untimed
        self._starts = plain(starts, expand, f"starts of patterns/{name}.yaml")
        self._needs = plain(needs, expand, f"needs of patterns/{name}.yaml")
        self._by_last_group: dict[int, tuple[Rule, Groups]] = {}

    def compile(self) -> None:
        """Compile the rules now, not at the first text that needs them. Raises PatternError that names a broken one."""
        _ = self._quick if self._untimed else self._timed

    @functools.cached_property
    def _parts(self) -> list[tuple[str, list[str]]]:
        """The expression of each rule, in groups of its own, and the names that these have in the rule."""
        return [
            with_own_names(portable(expanded(rule.pattern, self._expand, rule.id)), f"of_{number}")
            for number, rule in enumerate(self.rules)
        ]

    @property
    def _pattern(self) -> str:
        # The empty group is the last to close: it tells the rule.
        return "|".join(f"(?:{part})(?P<rule_{number}>)" for number, (part, _) in enumerate(self._parts))

    @functools.cached_property
    def _quick(self) -> re.Pattern[str]:
        try:
            return re.compile(self._pattern)
        except re.error as error:
            raise PatternError(self._culprit(error)) from error

    @functools.cached_property
    def _timed(self) -> regex.Pattern[str]:
        try:
            return regex.compile(self._pattern)
        except regex.error as error:
            raise PatternError(self._culprit(error)) from error

    def _groups(self, numbers: Mapping[str, int]) -> dict[int, tuple[Rule, Groups]]:
        found = {}
        for number, (rule, (_, names)) in enumerate(zip(self.rules, self._parts, strict=True)):
            own = tuple(numbers[f"{name}_of_{number}_{place}"] for place, name in enumerate(names))
            found[numbers[f"rule_{number}"]] = rule, Groups(tuple(names), own)
        return found

    def _culprit(self, error: re.error | regex.error) -> str:
        compile_one = re.compile if isinstance(error, re.error) else regex.compile
        for rule in self.rules:
            try:
                compile_one(portable(expanded(rule.pattern, self._expand, rule.id)))
            except (re.error, regex.error) as own:
                return f"rule {rule.id}: {own}; mend its pattern in patterns/{self.name}.yaml"
        return f"patterns/{self.name}.yaml: {error}"

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[RuleMatch]:
        """Matches of the family's rules in ``text[start:end]``, left to right, the rejecting ones included.

        Raises TimeoutError when a pattern takes longer than the time limit.
        """
        stop = len(text) if end is None else end
        if self._needs is not None and self._needs.search(text, start, stop) is None:
            return
        quick = stop - start <= self._untimed
        if self._starts is None:
            all_matches = self._quick.finditer if quick else self._timed_finditer
            yield from map(self._told, all_matches(text, start, stop))
            return
        match_at = None
        covered = start
        for begin in self._starts.finditer(text, start, stop):
            position = begin.start()
            match_at = match_at or (self._quick.match if quick else self._timed_match)  # compiled where needed
            if position >= covered and (found := match_at(text, position, stop)) is not None:
                covered = found.end()
                yield self._told(found)

    def in_sentences(self, text: str, spans: Sequence[Span], given_up: list[Span]) -> Iterator[tuple[RuleMatch, Span]]:
        """Matches within each of ``spans``, which lie in order, with the span; the text is read once for all of them.

        A span in which a pattern takes longer than the time limit gives no matches and is added to ``given_up``.
        """
        if self._starts is None:
            raise PatternError(f"patterns/{self.name}.yaml says not what its matches start with; add a line `starts:`")
        match_at = None
        ahead, nowhere = iter(spans), (len(text), len(text) + 1)
        low = high = covered = 0
        for begin in self._starts.finditer(text):
            position = begin.start()
            if position < covered:
                continue
            if position >= high:
                while position >= high:
                    low, high = next(ahead, nowhere)
                if self._needs is not None and self._needs.search(text, low, high) is None:
                    covered = high
                    continue
                if high - low > self._untimed:
                    covered = high
                    try:
                        yield from [(hit, (low, high)) for hit in self.finditer(text, low, high)]
                    except TimeoutError:
                        given_up.append((low, high))
                    continue
            match_at = match_at or self._quick.match  # compiled where needed
            if position >= low and (found := match_at(text, position, high)) is not None:
                covered = found.end()
                yield self._told(found), (low, high)

    def match(self, text: str, start: int, end: int | None = None) -> RuleMatch | None:
        """The family's match that begins right at ``start``, if there is one."""
        stop = len(text) if end is None else end
        match_at = self._quick.match if stop - start <= self._untimed else self._timed_match
        found = match_at(text, start, stop)
        return None if found is None else self._told(found)

    def _timed_match(self, text: str, start: int, end: int) -> regex.Match[str] | None:
        return self._timed.match(text, start, end, timeout=TIME_LIMIT)

    def _timed_finditer(self, text: str, start: int, end: int) -> Iterator[regex.Match[str]]:
        return self._timed.finditer(text, start, end, timeout=TIME_LIMIT)

    def _told(self, match: Match) -> RuleMatch:
        if not self._by_last_group:
            self._by_last_group = self._groups(match.re.groupindex)
        rule, groups = self._by_last_group[match.lastindex or 0]
        return RuleMatch(rule, match, groups)
