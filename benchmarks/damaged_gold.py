"""What the damage of document-sharing sites costs: gold scored clean, and damaged on purpose at both densities.

    python benchmarks/damaged_gold.py                    the clean reports of the sample corpus
    python benchmarks/damaged_gold.py GOLD.jsonl [--errors N]

A gold record moves to where the damage put its characters; one of which a byte is gone for good becomes optional,
for nobody can know it. Passages that come damaged already are left out. ``--errors`` prints what is wrong only
in the damaged passages.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from extractor.evaluation.gold import Item, Passage, read_gold
from extractor.evaluation.running import predictions_of
from extractor.evaluation.scoring import Report, score
from extractor.pipeline import Extractor
from extractor.text.damage import Damaged, damage
from extractor.text.gbk import encoded
from extractor.text.repair import repair

CORPUS = Path(__file__).parent.parent / "corpus" / "gold.jsonl"
KINDS = ("amount", "count", "date", "document_number")
"""The kinds whose loss has a limit."""
LIMIT = 0.01
DENSITIES: tuple[Literal["heavy", "light"], ...] = ("heavy", "light")
_BYTE_STEPS = frozenset({"mojibake", "breaks", "pinyin"})
"""A passage on which one of these steps acts comes damaged already."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N mistakes of each kind")
    args = parser.parse_args()
    passages = [passage for passage in read_gold(args.gold).passages if is_clean(passage)]
    extractor = Extractor(ner=False)

    def scored(of: Sequence[Passage]) -> Report:
        return score(of, predictions_of(extractor, of))

    reports = {"clean": scored(passages)}
    optional = {}
    for density in DENSITIES:
        moved = [damaged(passage, density) for passage in passages]
        reports[density] = scored(moved)
        optional[density] = sum(item.optional for passage in moved for item in passage.items)
    spared = sum(item.optional for passage in passages for item in passage.items)
    print(f"{len(passages)} clean passages of {args.gold.name}; optional for bytes that are gone: ", end="")
    print(", ".join(f"{density} {count - spared}" for density, count in optional.items()))
    print(f"{'F1':16}{'gold':>6}{'clean':>8}" + "".join(f"{density:>8}{'cost':>8}" for density in DENSITIES))
    for kind in (*KINDS, "disaster"):
        print(row(kind, reports))
    for density in DENSITIES if args.errors else ():
        for kind in KINDS:
            for mistake in list(only_in(reports[density], reports["clean"], kind))[: args.errors]:
                print(f"{density} {kind}: {mistake}")


def is_clean(passage: Passage) -> bool:
    """Whether the passage is in simplified characters and its bytes are whole."""
    repaired = repair(passage.text)
    return repaired.script == "simplified" and _BYTE_STEPS.isdisjoint(repaired.counts)


def damaged(passage: Passage, density: Literal["heavy", "light"]) -> Passage:
    """The passage as a site would hand it out."""
    made = damage(passage.text, density=density)
    items = tuple(moved(item, made, passage.text) for item in passage.items)
    kinds = tuple(kind for kind in passage.kinds if kind != "entity")
    return replace(passage, text=made.text, items=items, kinds=kinds)


def moved(item: Item, made: Damaged, text: str) -> Item:
    """A record where its characters went; optional if one of them is gone."""
    own = range(item.start, item.end)
    start, end = made.spans[own[0]][0], max(made.spans[i][1] for i in own)
    gone = not made.lost.isdisjoint(own) or not all(encoded(char) for char in text[item.start : item.end])
    fields = {**item.fields, "text": made.text[start:end]} | ({"optional": True} if gone else {})
    return Item(item.kind, start, end, fields)


def row(kind: str, reports: dict[str, Report]) -> str:
    """One line of the table; ``!`` where the cost is over the limit."""
    rows = {name: report.rows.get(kind) for name, report in reports.items()}
    clean = rows.pop("clean")
    if clean is None:
        return f"{kind:16}{0:6}"
    line = f"{kind:16}{clean.gold:6}{clean.f1:8.4f}"
    for other in rows.values():
        cost = clean.f1 - (other.f1 if other else 0.0)
        line += f"{clean.f1 - cost:8.4f}{cost:+8.4f}" + ("!" if cost > LIMIT and kind in KINDS else "")
    return line


def only_in(report: Report, clean: Report, kind: str) -> Iterator[str]:
    """Mistakes of ``report`` in passages or words that ``clean`` has none of."""
    known = {_said(mistake) for mistake in clean.mistakes.get(kind, ())}
    return (mistake for mistake in report.mistakes.get(kind, ()) if _said(mistake) not in known)


def _said(mistake: str) -> tuple[str, ...]:
    """A mistake without its surface, which differs between the texts: passage, what is wrong, and the values."""
    pid, what, *rest = mistake.split(": ")
    return pid, what.split(" ")[0], *rest


if __name__ == "__main__":
    main()
