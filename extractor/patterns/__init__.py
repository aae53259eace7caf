"""Pattern files: word lists and rules as YAML data, compiled into one scanner a family.

A pattern file ``patterns/<family>.yaml`` holds up to five sections::

    family: amounts
    needs: '元|￥'        # a text without any of this holds no match and is passed over at once
    starts: '\\d+|[一二三]+'  # matches begin only where this does: cheap to find, and tried nowhere else
    words:       # named lists of literal words; {money_unit} in a pattern is any of them, longest first;
                 # {money_unit_begins} is any character that one of them begins with
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

from extractor.patterns.checking import check_rule, unmark
from extractor.patterns.expressions import beginning, one_of, sought
from extractor.patterns.family import TIME_LIMIT, Family, Rule, RuleMatch, Span
from extractor.patterns.files import PatternFile, Patterns, load_patterns, patterns_digest, shipped_folder

__all__ = [
    "TIME_LIMIT",
    "Family",
    "PatternFile",
    "Patterns",
    "Rule",
    "RuleMatch",
    "Span",
    "beginning",
    "check_rule",
    "load_patterns",
    "one_of",
    "patterns_digest",
    "shipped_folder",
    "sought",
    "unmark",
]
