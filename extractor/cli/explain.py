"""``extractor explain``: how the records of one text came about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from extractor.cli import display
from extractor.cli.options import BUILTIN_MODEL, AsJson, Encoding, NerModel, NoNer, PatternsDir, Text
from extractor.cli.text import examples, given, known_encoding

if TYPE_CHECKING:
    from extractor.cli.account import Account

NAME = "explain"
HELP = """Show how the records of a text came about. 说明每条记录是怎样得来的。

First what each repair step changed, then which rule found what and why the rule is there, then what the words around
a record decided about it and how sure that is, then the candidates that became no record and what they lost to.
Offsets count characters of the text as it came. An argument that names a file is read, any other is the text itself.
"""
EPILOG = examples(
    "extractor explain '2002年“8〃14”特大滑坡，57人死亡。'",
    "extractor explain report.txt --json",
    "extractor explain report.txt --no-ner | less -S",
)


def command(
    text: Text,
    as_json: AsJson = False,
    encoding: Encoding = None,
    patterns: PatternsDir = None,
    no_ner: NoNer = False,
    ner_model: NerModel = BUILTIN_MODEL,
) -> None:
    """See HELP."""
    source = given(text, known_encoding(encoding))
    from extractor.cli.account import account
    from extractor.entities.recognizer import RuleRecognizer
    from extractor.patterns import load_patterns
    from extractor.pipeline import Extractor

    loaded = load_patterns(patterns)
    names = None if no_ner else RuleRecognizer(loaded).matches
    told = account(source, Extractor(patterns=patterns, ner=not no_ner, ner_model=ner_model), loaded, names)
    if as_json:
        print(_as_json(told))
    else:
        _show(told)


def _show(told: Account) -> None:
    from extractor.cli.account import Decided

    changes = [(c.step, c.start, c.end, c.before, c.after, c.flag) for c in told.changes]
    display.table(["step", "start", "end", "before", "after", "flag"], changes, title="Repairs 修复")
    display.table(["kind", "start", "end", "raw", "rule", "says", "reason"], told.found, title="Found 找到的")
    display.table([*Decided._fields], told.decided, title="Decided 判断的")
    display.table(["kind", "start", "end", "raw", "rule", "why"], told.lost, title="Lost 落选的")


def _as_json(told: Account) -> str:
    stated = {
        "repaired": told.repaired,
        "repairs": [change._asdict() for change in told.changes],
        "found": [found._asdict() for found in told.found],
        "decided": [decision._asdict() for decision in told.decided],
        "lost": [loser._asdict() for loser in told.lost],
    }
    return json.dumps(stated, ensure_ascii=False, indent=2)
