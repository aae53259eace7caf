"""The examples of a rule, run against its family."""

from __future__ import annotations

import re

from extractor.patterns.family import Family, Rule

_MARKED = re.compile(r"⟦([^⟦⟧]*)⟧")


def check_rule(family: Family, rule: Rule) -> list[str]:
    """What is wrong with ``rule``: its examples must give exactly the marked spans, its counterexamples none."""
    wrong = []
    for example in rule.examples:
        plain, expected = unmark(example)
        found = [hit.match.span() for hit in family.finditer(plain) if hit.rule.id == rule.id]
        if not expected:
            wrong.append(f"{rule.id}: example {example!r} marks no span; put ⟦⟧ around what it should find")
        elif found != expected:
            surfaces = [plain[s:e] for s, e in found]
            wrong.append(f"{rule.id}: example {example!r} gives {surfaces}")
    for counterexample in rule.counterexamples:
        found_here = [hit.match.group() for hit in family.finditer(counterexample) if hit.rule.id == rule.id]
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
