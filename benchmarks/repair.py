"""Speed of the repair as a share of a plain `re` scan over the same text in the same run.

    python benchmarks/repair.py                          the sample corpus, its damaged twins left out
    python benchmarks/repair.py FOLDER… [--steps] [--yardstick reference_scan.py]

Times are the median of five passes after one to warm up. ``--steps`` times each step alone over the texts.
What the repair changes in them is told by ``changes.py``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import plain_scan
from speed import REPORTS, timed, yardstick

from extractor.text.decode import decode
from extractor.text.repair import STEPS, repair

TWINS = ("-damaged", "-wrapped", "-fullwidth", "-spaced")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[REPORTS])
    parser.add_argument("--steps", action="store_true", help="time each step alone")
    parser.add_argument("--yardstick", type=Path, help="a script whose scan(text) is the plain scan")
    args = parser.parse_args()
    files = sorted(p for folder in args.folders for p in folder.rglob("*.txt") if not p.stem.endswith(TWINS))
    texts = [decode(path.read_bytes()).text for path in files]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    scan = yardstick(args.yardstick) if args.yardstick else plain_scan.scan
    plain = timed(lambda: [scan(text) for text in texts], passes=5)
    seconds = timed(lambda: [repair(text) for text in texts], passes=5)
    print(f"{len(files)} files, {megabytes:.2f} MB of text in UTF-8")
    print(f"plain scan {megabytes / plain:8.2f} MB/s")
    print(f"repair     {megabytes / seconds:8.2f} MB/s = {plain / seconds:.3f} of the plain scan")
    if args.steps:
        for step in STEPS:
            alone = timed(lambda run=step.run: [run(text) for text in texts], passes=5)  # type: ignore[misc]
            print(f"  {step.name:12}{alone / seconds:6.1%}")


if __name__ == "__main__":
    main()
