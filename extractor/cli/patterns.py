"""``extractor patterns``: the rules, seen and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import display
from extractor.cli.exits import ExitCode
from extractor.cli.options import PatternsDir
from extractor.cli.text import examples
from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.patterns import Patterns

HELP = "List, show and check the rules in the pattern files. 查看和检查规则文件。"

app = typer.Typer(
    name="patterns",
    help=HELP,
    epilog=examples("extractor patterns check --patterns my-patterns/", "extractor patterns list --family amounts"),
    rich_markup_mode=None,
    no_args_is_help=True,
)


@app.command(
    short_help="Run every rule over its own examples. 用规则自带的例子检查规则。",
    help="""Run every rule over its own examples. 用规则自带的例子检查规则。

Ends with 1 when an example does not give what it marks, or a counterexample gives something.
""",
    epilog=examples("extractor patterns check", "extractor patterns check --patterns my-patterns/"),
)
def check(patterns: PatternsDir = None) -> None:
    """See help."""
    from extractor.cli.rulebook import rules_of, wrong_with
    from extractor.entities.recognizer import RuleRecognizer
    from extractor.patterns import load_patterns

    loaded = load_patterns(patterns)
    matches = RuleRecognizer(loaded).matches
    stated = rules_of(loaded)
    faults = [fault for one in stated for fault in wrong_with(one, loaded, matches)]
    for fault in faults:
        print(fault)
    tried = sum(len(one.rule.examples) + len(one.rule.counterexamples) for one in stated)
    display.note(f"{len(stated)} rules, {tried} examples: {f'{len(faults)} wrong' if faults else 'all as they say'}")
    if faults:
        raise typer.Exit(ExitCode.FOUND_FAULTS)


@app.command(
    "list",
    short_help="List the rules. 列出规则。",
    help="List the rules: family, id, why it is there. 列出规则。",
    epilog=examples("extractor patterns list", "extractor patterns list --family dates"),
)
def list_rules(
    family: Annotated[str | None, typer.Option(metavar="F", help="Only the rules of this family. 只要这一类。")] = None,
    patterns: PatternsDir = None,
) -> None:
    """See help."""
    from extractor.cli.rulebook import rules_of
    from extractor.patterns import load_patterns

    stated = rules_of(load_patterns(patterns))
    families = sorted({one.family for one in stated})
    if family is not None and family not in families:
        raise ExtractorError(f"no family is called {family!r}; the families are {', '.join(families)}")
    rows = [
        (one.family, one.rule.id, "rejects" if one.rule.reject else "finds", one.rule.reason)
        for one in stated
        if family in (None, one.family)
    ]
    display.table(["family", "id", "what", "reason"], rows)


@app.command(
    short_help="Show one rule whole. 显示一条规则。",
    help="Show one rule whole: pattern, reason, examples. 显示一条规则。",
    epilog=examples("extractor patterns show amount.figures"),
)
def show(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the rule, as records state it. 规则编号。")],
    patterns: PatternsDir = None,
) -> None:
    """See help."""
    from extractor.patterns import load_patterns

    loaded = load_patterns(patterns)
    for line in _described(loaded, rule_id):
        print(line)


def _described(loaded: Patterns, rule_id: str) -> list[str]:
    import difflib

    from extractor.cli.rulebook import rules_of

    stated = {one.rule.id: one for one in rules_of(loaded)}
    if rule_id not in stated:
        near = difflib.get_close_matches(rule_id, stated, n=3, cutoff=0.4)
        meant = f"did you mean {' or '.join(near)}?" if near else "extractor patterns list shows them all"
        raise ExtractorError(f"no rule has the id {rule_id!r}; {meant}")
    family, rule = stated[rule_id]
    return [
        f"id: {rule.id}",
        f"family: {family}",
        f"what: {'rejects: what it matches becomes no record' if rule.reject else 'finds'}",
        f"reason: {rule.reason}",
        *([f"source: {rule.source}"] if rule.source else []),
        f"pattern: {rule.pattern}",
        *(f"example: {example}" for example in rule.examples),
        *(f"counterexample: {example}" for example in rule.counterexamples),
    ]
