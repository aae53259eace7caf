"""Pattern files: word lists and rules as YAML data, compiled into one scanner a family.

A pattern file ``patterns/<family>.yaml`` holds up to five sections::

    family: amounts
    needs: '元|￥'        # a text without any of this holds no match and is passed over at once
    starts: '\\d+|[一二三]+'  # matches begin only where this does: cheap to find, and tried nowhere else
    words:       # named lists of literal words; {money_unit} in a pattern is any of them, longest first
      money_unit: [万元, 元, "{foreign}"]   # "{foreign}" takes in another list
    fragments:   # named pieces of regular expression, usable as {name} too
      digits: '\\d+'
    tables:      # named mappings that code reads (a word -> what it means)
      currency: {美元: USD}
    rules:
      - id: amount.plain
        reason: why the rule is there
        pattern: '(?P<number>{digits})(?P<unit>{money_unit})'
        examples: ["投入⟦500万元⟧建房"]
        counterexamples: ["第500号"]
      - id: amount.not_a_ratio
        reject: true          # competes with the others; what it matches is no amount
        ...

Names of words and fragments are shared by all files. A user's own folder (``--patterns DIR``) is laid
over the shipped one: a file of the same name replaces the shipped file, a new one is added.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import regex
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import PatternError

TIME_LIMIT = 2.0
"""Seconds that one search in one sentence may take before it is given up."""

_PLACEHOLDER = regex.compile(r"\{([a-z_]+)\}")
_NAMED = regex.compile(r"\(\?P<([a-z_0-9]+)>")
_MARKED = regex.compile(r"⟦([^⟦⟧]*)⟧")


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


class PatternFile(BaseModel):
    """One pattern file after validation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: str
    needs: str | None = None
    starts: str | None = None
    words: dict[str, tuple[str, ...]] = {}
    fragments: dict[str, str] = {}
    tables: dict[str, dict[str, Any]] = {}
    rules: tuple[Rule, ...] = ()


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
    ) -> None:
        self.name = name
        self.rules = rules
        parts = []
        for number, rule in enumerate(rules):
            # The empty group behind a rule tells that it was this one that matched.
            parts.append(f"(?:{_expanded(rule.pattern, expand, rule.id)})(?P<rule_{number}>)")
        try:
            self._scanner = regex.compile("|".join(parts))
        except regex.error as error:
            raise PatternError(self._culprit(expand, error)) from error
        self._starts = _plain(starts, expand, f"starts of patterns/{name}.yaml")
        self._needs = _plain(needs, expand, f"needs of patterns/{name}.yaml")
        self._names = {
            rule.id: tuple(dict.fromkeys(_NAMED.findall(part))) for rule, part in zip(rules, parts, strict=True)
        }
        self._marks = [self._scanner.groupindex[f"rule_{number}"] for number in range(len(rules))]

    def _culprit(self, expand: Mapping[str, str], error: regex.error) -> str:
        for rule in self.rules:
            try:
                regex.compile(_expanded(rule.pattern, expand, rule.id))
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
        if self._starts is None:
            for match in self._scanner.finditer(text, start, stop, timeout=TIME_LIMIT):
                yield RuleMatch(self._rule_of(match), match)
            return
        covered = start
        for begin in self._starts.finditer(text, start, stop):
            if begin.start() < covered:
                continue
            found = self._scanner.match(text, begin.start(), stop, timeout=TIME_LIMIT)
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


class Patterns:
    """All pattern files, validated; families are compiled when first asked for."""

    def __init__(self, files: Mapping[str, PatternFile], digest: str) -> None:
        self.files = dict(files)
        self.digest = digest
        """SHA-256 over the files' names and bytes: two runs with the same digest used the same patterns."""
        self._expand: dict[str, str] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        for name, file in self.files.items():
            for key in file.words:
                words = self._spelled_out(key)
                self._define(name, key, one_of(words))
                self._words[key] = words
            for key, fragment in file.fragments.items():
                self._define(name, key, f"(?:{fragment})")
        self._compiled: dict[str, Family] = {}

    def _define(self, file: str, key: str, pattern: str) -> None:
        if key in self._expand:
            raise PatternError(f"patterns/{file}: the name {key!r} is defined twice; rename one of them")
        self._expand[key] = pattern

    def _spelled_out(self, key: str, depth: int = 0) -> tuple[str, ...]:
        """The word list ``key``, with the lists that it names as ``{other}`` in their place."""
        listed = next((file.words[key] for file in self.files.values() if key in file.words), None)
        if listed is None or depth > 4:
            raise PatternError(f"the word list {key!r} is named in another list but defined nowhere, or names itself")
        words: list[str] = []
        for word in listed:
            reference = _PLACEHOLDER.fullmatch(word)
            words.extend(self._spelled_out(reference.group(1), depth + 1) if reference else (word,))
        return tuple(words)

    def family(self, name: str) -> Family:
        """The compiled rules of family ``name``."""
        if name not in self._compiled:
            files = [file for file in self.files.values() if file.family == name]
            rules = tuple(rule for file in files for rule in file.rules)
            if not rules:
                raise PatternError(f"no pattern file holds rules of the family {name!r}")
            starts = next((file.starts for file in files if file.starts), None)
            needs = next((file.needs for file in files if file.needs), None)
            self._compiled[name] = Family(name, rules, self._expand, starts=starts, needs=needs)
        return self._compiled[name]

    def families(self) -> list[str]:
        """Names of the families that have rules."""
        return sorted({file.family for file in self.files.values() if file.rules})

    def rules(self) -> list[tuple[str, Rule]]:
        """Every rule with the name of its family."""
        return [(file.family, rule) for file in self.files.values() for rule in file.rules]

    def words(self, name: str) -> tuple[str, ...]:
        """The word list ``name``."""
        try:
            return self._words[name]
        except KeyError:
            raise PatternError(f"no pattern file defines the word list {name!r}") from None

    def table(self, family: str, name: str) -> dict[str, Any]:
        """The mapping ``name`` of the first file of ``family`` that has it."""
        for file in self.files.values():
            if file.family == family and name in file.tables:
                return file.tables[name]
        raise PatternError(f"no pattern file of the family {family!r} holds the table {name!r}")

    def compile(self, pattern: str) -> regex.Pattern[str]:
        """A pattern with its ``{names}`` filled in, compiled."""
        return regex.compile(_expanded(pattern, self._expand, pattern))


def shipped_folder() -> Path:
    """Where the shipped pattern files lie: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parent
    for folder in (package / "_patterns", package.parent / "patterns"):
        if folder.is_dir():
            return folder
    raise PatternError("the pattern files are missing from this installation; install county-report-extractor again")


@functools.lru_cache(maxsize=8)
def load_patterns(overlay: Path | None = None) -> Patterns:
    """The shipped pattern files with those of the folder ``overlay`` laid over them."""
    paths = {path.name: path for path in sorted(shipped_folder().glob("*.yaml"))}
    if overlay is not None:
        own = {path.name: path for path in sorted(overlay.glob("*.yaml"))}
        if not own:
            raise PatternError(f"{overlay} holds no *.yaml pattern file; give the folder that holds yours")
        paths |= own
    digest = hashlib.sha256()
    files: dict[str, PatternFile] = {}
    for name, path in sorted(paths.items()):
        content = path.read_bytes()
        digest.update(name.encode() + b"\0" + content + b"\0")
        files[name] = _parse(path, content)
    return Patterns(files, digest.hexdigest())


def check_rule(family: Family, rule: Rule) -> list[str]:
    """What is wrong with ``rule``: its examples must give exactly the marked spans, its counterexamples none."""
    wrong = []
    for example in rule.examples:
        plain, expected = unmark(example)
        found = [m.span() for r, m in family.finditer(plain) if r.id == rule.id]
        if not expected:
            wrong.append(f"{rule.id}: example {example!r} marks no span; put ⟦⟧ around what it should find")
        elif found != expected:
            surfaces = [plain[s:e] for s, e in found]
            wrong.append(f"{rule.id}: example {example!r} gives {surfaces}")
    for counterexample in rule.counterexamples:
        found_here = [m.group() for r, m in family.finditer(counterexample) if r.id == rule.id]
        if found_here:
            wrong.append(f"{rule.id}: counterexample {counterexample!r} gives {found_here}")
    return wrong


def unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its ⟦⟧ marks and the spans that they stood around.

    >>> unmark("投入⟦5元⟧整")
    ('投入5元整', [(2, 4)])
    """
    spans: list[tuple[int, int]] = []
    for count, match in enumerate(_MARKED.finditer(marked)):
        start = match.start() - 2 * count
        spans.append((start, start + len(match.group(1))))
    return _MARKED.sub(r"\1", marked), spans


def _parse(path: Path, content: bytes) -> PatternFile:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return PatternFile.model_validate(yaml.load(content, Loader=loader))
    except yaml.YAMLError as error:
        raise PatternError(f"{path} is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PatternError(f"{path}: {where}: {first['msg']} ({error.error_count()} problems in all)") from error


def one_of(words: Iterable[str]) -> str:
    """An expression for any of ``words``, the longest that fits first.

    Words are folded by their beginnings, so that an engine tries each first character once: lists run to hundreds.

    >>> one_of(["人", "人次", "公里", "公顷"])
    '(?:人次?|公[里顷])'
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(tree, grouped=True)


def _branches(node: dict[str, Any], *, grouped: bool = False) -> str:
    """The expression for what can follow at ``node``; the key "" says that a word may end there."""
    last = [re.escape(char) for char, child in node.items() if char and child == {"": {}}]
    more = [re.escape(char) + _branches(child) for char, child in node.items() if char and child != {"": {}}]
    if last:
        more.append(last[0] if len(last) == 1 else f"[{''.join(last)}]")
    body = "|".join(more)
    single = len(more) == 1 and bool(last)  # one character or one class of them
    if "" in node and more:
        return f"{body}?" if single else f"(?:{body})?"
    return f"(?:{body})" if grouped or len(more) > 1 else body


def _plain(pattern: str | None, expand: Mapping[str, str], where: str) -> re.Pattern[str] | None:
    """A pattern for the standard library's `re`, which scans several times as fast as `regex`."""
    if pattern is None:
        return None
    try:
        return re.compile(_expanded(pattern, expand, where))
    except re.error as error:
        raise PatternError(f"{where}: {error}; use what the standard library's re knows") from error


def _expanded(pattern: str, expand: Mapping[str, str], where: str) -> str:
    def fill(match: regex.Match[str]) -> str:
        name = match.group(1)
        if name not in expand:
            raise PatternError(f"{where}: the pattern uses {{{name}}}, which no pattern file defines")
        return expand[name]

    for _ in range(8):  # fragments may hold other fragments
        pattern, count = _PLACEHOLDER.subn(fill, pattern)
        if not count:
            return pattern
    raise PatternError(f"{where}: fragments refer to each other in a circle")
