"""The rules of one family, compiled into one scanner."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import regex
from pydantic import BaseModel, ConfigDict

from extractor.errors import PatternError
from extractor.patterns.expressions import expanded, plain

TIME_LIMIT = 2.0
"""Seconds that one search in one sentence may take before it is given up."""
SHORT = 300
"""Characters of a sentence in which a search by our own rules goes untimed: a clock costs a twentieth of the whole run.

A test holds all shipped families to the time limit in such sentences, made of what their rules look for.
"""

_NAMED = regex.compile(r"\(\?P<([a-z_0-9]+)>")


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


class RuleMatch(NamedTuple):
    """What a family's scanner found: the rule and its match (named groups carry the parts)."""

    rule: Rule
    match: regex.Match[str]


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
        # The empty group behind a rule tells that it was this one that matched.
        parts = [
            f"(?:{expanded(rule.pattern, expand, rule.id)})(?P<rule_{number}>)" for number, rule in enumerate(rules)
        ]
        self._pattern = "|".join(parts)
        self._untimed = untimed
        self._starts = plain(starts, expand, f"starts of patterns/{name}.yaml")
        self._needs = plain(needs, expand, f"needs of patterns/{name}.yaml")
        self._names = {
            rule.id: tuple(dict.fromkeys(_NAMED.findall(part))) for rule, part in zip(rules, parts, strict=True)
        }

    def compile(self) -> None:
        """Compile the rules now, not at the first text that needs them. Raises PatternError that names a broken one."""
        _ = self._scanner

    @functools.cached_property
    def _scanner(self) -> regex.Pattern[str]:
        try:
            return regex.compile(self._pattern)
        except regex.error as error:
            raise PatternError(self._culprit(error)) from error

    @functools.cached_property
    def _marks(self) -> list[int]:
        return [self._scanner.groupindex[f"rule_{number}"] for number in range(len(self.rules))]

    def _culprit(self, error: regex.error) -> str:
        for rule in self.rules:
            try:
                regex.compile(expanded(rule.pattern, self._expand, rule.id))
            except regex.error as own:
                return f"rule {rule.id}: {own}; mend its pattern in patterns/{self.name}.yaml"
        return f"patterns/{self.name}.yaml: {error}"

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[RuleMatch]:
        """Matches of the family's rules in ``text[start:end]``, left to right, the rejecting ones included.

        Raises TimeoutError when a pattern takes longer than the time limit.
        """
        stop = len(text) if end is None else end
        if self._needs is not None and self._needs.search(text, start, stop) is None:
            return
        timeout = None if stop - start <= self._untimed else TIME_LIMIT
        if self._starts is None:
            for match in self._scanner.finditer(text, start, stop, timeout=timeout):
                yield RuleMatch(self._rule_of(match), match)
            return
        covered = start
        for begin in self._starts.finditer(text, start, stop):
            if begin.start() < covered:
                continue
            found = self._scanner.match(text, begin.start(), stop, timeout=timeout)
            if found is not None:
                covered = found.end()
                yield RuleMatch(self._rule_of(found), found)

    def match(self, text: str, start: int, end: int | None = None) -> RuleMatch | None:
        """The family's match that begins right at ``start``, if there is one."""
        stop = len(text) if end is None else end
        match = self._scanner.match(text, start, stop, timeout=TIME_LIMIT)
        return RuleMatch(self._rule_of(match), match) if match else None

    def values(self, found: RuleMatch) -> dict[str, str]:
        """What the rule's own named groups hold, those that hold nothing left out.

        Quicker than asking for the groups of all rules.
        """
        names = self._names[found.rule.id]
        held = found.match.group(*names)
        every = zip(names, held, strict=True) if isinstance(held, tuple) else ((names[0], held),)
        return {name: value for name, value in every if value is not None}

    def _rule_of(self, match: regex.Match[str]) -> Rule:
        marks = match.group(*self._marks)
        return self.rules[marks.index("") if isinstance(marks, tuple) else 0]
