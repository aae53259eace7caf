"""How many characters knocked out of step come back: damage made on purpose, undone, and compared.

    python benchmarks/breaks.py                        the sample corpus
    python benchmarks/breaks.py FOLDER… --held-out     only the third of the files that no reported model is trained on
    python benchmarks/breaks.py FOLDER… --model FILE   with other counts than the packaged ones

``training/fluency.py --without-held-out`` makes the counts that ``--held-out`` is fair to.

A break is a run of characters that the damage knocked out of step. `whole`: every byte is still in the text. `reading`:
a break by an annotated character in which a byte is gone. `mark`: a break by a punctuation mark, which always takes a
lead byte. `figure`: an ASCII character, most often a digit, is gone too; right is then what has all others and a flag.

`right` is equal to the clean text; `gap` is right but for a □ where a byte is gone; `left` stays as it was, flagged;
`unflagged` stays without a flag; `wrong` came back as something else. Digits: those of which a byte was eaten, and
how many of them no `digit_may_be_lost` stands next to. Clean: changes by the step to the undamaged texts.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from extractor.text import fluency
from extractor.text.alignment import Alignment
from extractor.text.damage import Damaged, damage
from extractor.text.decode import decode
from extractor.text.repair import Repaired, repair
from extractor.text.repair.breaks import restored
from extractor.text.repair.charsets import converter
from extractor.text.repair.pinyin import READING

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "training"))

from fluency import held_out  # noqa: E402

LATER = ("wraps", "pages", "markup", "spacing", "zeros")
"""Steps that are not about bytes and change the length."""
BY_READING = re.compile(rf"\?{READING}\)")
WIDE = "，：；？！（）"
NARROW = str.maketrans(WIDE, ",:;?!()")
KINDS = ("whole", "reading", "mark", "figure")
OUTCOMES = ("right", "gap", "left", "unflagged", "wrong")
Density = Literal["heavy", "light"]
DENSITIES: tuple[Density, ...] = ("heavy", "light")


def as_held(text: str) -> str:
    """What a faultless repair of the damaged ``text`` gives: marks in ASCII, variants levelled by OpenCC."""
    return str(converter("t2s").convert(converter("s2t").convert(text))).translate(NARROW)


def judged(text: str, made: Damaged, repaired: Repaired) -> Iterator[tuple[str, str, str]]:
    """Kind and outcome of every break, and how it looks: clean, damaged, repaired."""
    levelled = repair(text, skip=LATER)
    doubted = {i for doubt in repaired.doubts for i in range(doubt.start - 1, doubt.end + 1)}
    damaging = made.alignment
    for start, end in made.breaks:
        low, high, new = _widened(start, end, damaging, repaired.alignment)
        seen = made.text[slice(*damaging.to_new(low, high))]
        is_now = repaired.text[slice(*new)].translate(NARROW)
        gone = made.lost.intersection(range(start, end))
        eaten = {i for i in gone if made.text[made.spans[i][0]] == "?" and (text[i] in WIDE or text[i].isascii())}
        by_reading = BY_READING.match(made.text, damaging.to_new(start, end)[0])
        kind = "figure" if eaten else "mark" if not by_reading else "reading" if gone else "whole"
        flagged = not doubted.isdisjoint(range(new[0], max(new[1], new[0] + 1)))
        truth = [as_held(levelled.text[slice(*levelled.alignment.to_new(i, i + 1))]) for i in range(low, high)]
        spared = eaten if flagged else set[int]()
        right = "".join(re.escape(one) + "?" * (low + i in spared) for i, one in enumerate(truth))
        gaps = "".join(
            f"(?:{re.escape(one)}|□)" + "?" * (low + i in spared) if low + i in gone else re.escape(one)
            for i, one in enumerate(truth)
        )
        if re.fullmatch(right, is_now):
            outcome = "right"
        elif is_now == repair(seen, skip=(*LATER, "breaks")).text or "?" in is_now:
            outcome = "left" if flagged else "unflagged"
        else:
            outcome = "gap" if flagged and re.fullmatch(gaps, is_now) else "wrong"
        yield kind, outcome, f"{text[max(0, low - 6) : low]}[{''.join(truth)}]{text[high : high + 4]} {seen} {is_now}"


def _widened(start: int, end: int, damaging: Alignment, mending: Alignment) -> tuple[int, int, tuple[int, int]]:
    """The clean and the repaired text to compare: edits widen a span, and the other must be looked at as widely."""
    low, high = start, end
    new = mending.to_new(*damaging.to_new(low, high))
    for _ in range(3):
        low, high = damaging.to_old(*mending.to_old(*new))
        new = mending.to_new(*damaging.to_new(low, high))
    return low, high, new


def unflagged_digits(text: str, made: Damaged, repaired: Repaired) -> tuple[int, int]:
    """Digits that are gone, and those of them without a flag next to them."""
    flagged = {i for d in repaired.doubts if d.flag == "digit_may_be_lost" for i in range(d.start - 1, d.end + 2)}
    digits = [i for i in made.lost if text[i].isdigit() and text[i].isascii()]
    places = [repaired.alignment.to_new(*made.spans[i]) for i in digits]
    return len(digits), sum(flagged.isdisjoint(range(low, max(high, low + 1))) for low, high in places)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "corpus" / "reports"])
    parser.add_argument("--held-out", action="store_true", help="only files kept out of training")
    parser.add_argument("--model", type=Path, help="counts to decide with")
    parser.add_argument("--show", choices=OUTCOMES, help="print the breaks with this outcome")
    args = parser.parse_args()
    if args.model:
        fluency.use(args.model)
    files = sorted(path for folder in args.folders for path in folder.rglob("*.txt"))
    texts = [decode(path.read_bytes()).text for path in files if held_out(path) or not args.held_out]
    changed = sum(len(restored(text)) for text in texts)
    print(f"{len(texts)} files, {sum(map(len, texts)) / 1e6:.2f} M characters; clean: {changed} changes")
    print(f"{'':8}{'kind':10}{'breaks':>8}" + "".join(f"{outcome:>16}" for outcome in OUTCOMES))
    for density in DENSITIES:
        tally, lost, silent = Counter[tuple[str, str]](), 0, 0
        for text in texts:
            made = damage(text, density=density)
            repaired = repair(made.text, skip=LATER)
            for kind, outcome, look in judged(text, made, repaired):
                tally[kind, outcome] += 1
                if args.show == outcome:
                    print(f"{density} {kind}: {look!r}")
            digits, bare = unflagged_digits(text, made, repaired)
            lost, silent = lost + digits, silent + bare
        for kind in (*KINDS, "all"):
            counts = [sum(n for (k, o), n in tally.items() if o == out and kind in (k, "all")) for out in OUTCOMES]
            whole = sum(counts)
            print(f"{density:8}{kind:10}{whole:>8}" + "".join(f"{n:>8} {n / max(whole, 1):>7.1%}" for n in counts))
        print(f"{density:8}{lost} digits eaten, {silent} of them unflagged")


if __name__ == "__main__":
    main()
