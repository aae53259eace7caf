"""Damage undone: a list of named steps, each of which can say what it changed and where."""

from __future__ import annotations

from collections.abc import Collection

from extractor.text.repair.model import Change, Doubt, Repaired, Step, take_all
from extractor.text.repair.registry import STEPS
from extractor.text.repair.script import script_of

__all__ = ["STEPS", "Change", "Doubt", "Repaired", "Step", "repair"]


def repair(source: str, *, skip: Collection[str] = ()) -> Repaired:
    """``source`` with its damage undone, in simplified Chinese; clean text comes back as it is.

    ``skip`` names steps that must not run (``STEPS`` lists them).

    >>> repair("新政督?2011?4號(hào)文").text
    '新政督〔2011〕4号文'
    """
    unknown = set(skip) - {step.name for step in STEPS}
    if unknown:
        raise ValueError(f"no repair step is called {sorted(unknown)[0]!r}; the steps are {[s.name for s in STEPS]}")
    done = take_all(source, STEPS, skip)
    return Repaired(done.text, done.alignment, tuple(done.doubts), script_of(source), tuple(done.passes))
