"""Every change that the repair makes in a folder, by step, so that anyone can judge them.

    python benchmarks/changes.py                              the sample corpus, its damaged twins left out
    python benchmarks/changes.py FOLDER… [--step NAME …]      one line a change: step, place, before, after, around
    python benchmarks/changes.py FOLDER… --counts             only how many by step

In clean text there should be none but misprints put right: spaced dates (7月 6日), full-width figures (１２人), figures
with letters in them (2OO4年), left-overs of web pages.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from speed import REPORTS

from extractor.text.decode import decode
from extractor.text.repair import STEPS, Change, repair

TWINS = ("-damaged", "-wrapped", "-fullwidth", "-spaced")
AROUND = 12
"""Characters shown on either side of a change."""


def main() -> None:
    """Print every change, then how many there are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[REPORTS])
    parser.add_argument("--step", action="append", help="only the changes of this step; may be given again")
    parser.add_argument("--counts", action="store_true", help="only how many by step")
    args = parser.parse_args()
    files = sorted(p for folder in args.folders for p in folder.rglob("*.txt") if not p.stem.endswith(TWINS))
    changes: dict[str, list[tuple[Path, str, Change]]] = defaultdict(list)
    for file in files:
        text = decode(file.read_bytes()).text
        for change in repair(text).changes():
            changes[change.step].append((file, text, change))
    steps = [step.name for step in STEPS if changes[step.name] and step.name in (args.step or [step.name])]
    for step in () if args.counts else steps:
        for file, text, change in changes[step]:
            line = text.count("\n", 0, change.start) + 1
            around = text[max(0, change.start - AROUND) : change.end + AROUND]
            print(step, f"{file.name}:{line}", repr(change.before), repr(change.after), repr(around), sep="\t")
    print("step", "changes", "files", sep="\t")
    for step in steps:
        print(step, len(changes[step]), len({file for file, _, _ in changes[step]}), sep="\t")
    touched = {file for step in steps for file, _, _ in changes[step]}
    print("all", sum(len(changes[step]) for step in steps), f"{len(touched)} of {len(files)}", sep="\t")


if __name__ == "__main__":
    main()
