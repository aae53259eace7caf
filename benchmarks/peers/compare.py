"""extractor beside JioNLP, Recognizers-Text, LAC and jieba: speed, start-up, memory and F1, in one run.

    python benchmarks/peers/compare.py GOLD.jsonl [--environment DIR]

Each peer runs in a process of its own, in an environment made from ``requirements.txt`` when it is not there. All get
the gold's texts, damage and all, since that is what an archive holds. F1 counts a record whose value is right, as
``extractor evaluate`` does; a peer that states no value of a kind has no figure there. An amount's bound is not asked
for. The plain scan of the same texts runs in this process: what it takes is the unit of speed.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from adapters import PEERS, WARM_UP

from extractor.evaluation.gold import Item, Passage, items_of, read_gold
from extractor.evaluation.scoring import score

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))
import plain_scan  # noqa: E402

KINDS = ("amount", "count", "disaster", "date", "document_number", "entity")
OWN = "extractor"


class Run(NamedTuple):
    """How a system did: seconds to start and to read, peak memory, and what it found, by pid."""

    start: float
    seconds: float
    peak_mib: float
    found: dict[str, Sequence[Item]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--environment", type=Path, default=HERE.parent.parent / "out" / "peers")
    parser.add_argument("--own", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    passages = read_gold(args.gold).passages
    if args.own:
        own(passages)
        return
    python = environment(args.environment)
    megabytes = sum(len(passage.text.encode()) for passage in passages) / 1e6
    begun = time.perf_counter()
    for passage in passages:
        plain_scan.scan(passage.text)
    scan = time.perf_counter() - begun
    print(f"{len(passages)} passages, {megabytes:.2f} MB; plain scan {megabytes / scan:.1f} MB/s\n")
    print("| system | start s | s a MB | share of the scan | peak MiB | " + " | ".join(KINDS) + " |")
    print("|---|---|---|---|---|" + "---|" * len(KINDS))
    commands = {OWN: [sys.executable, __file__, str(args.gold), "--own"]}
    commands |= {name: [str(python), str(HERE / "adapters.py"), name] for name in PEERS}
    for name, command in commands.items():
        made = run(command, passages)
        rows = score(passages, made.found).rows
        stated = {item.kind for items in made.found.values() for item in items}
        scores = [f"{rows[kind].f1:.3f}" if kind in stated else "" for kind in KINDS]
        speed = f"{made.seconds / megabytes:.1f} | {scan / made.seconds:.4f}"
        print(f"| {name} | {made.start:.2f} | {speed} | {made.peak_mib:.0f} | " + " | ".join(scores) + " |", flush=True)


def run(command: list[str], passages: Sequence[Passage]) -> Run:
    """Give a system every passage, one after the other, twice; the second round is timed."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **pipes, text=True, encoding="utf-8") as peer:
        assert peer.stdin is not None
        assert peer.stdout is not None
        start = json.loads(peer.stdout.readline())["start"]
        found, seconds = {}, 0.0
        for timed, passage in itertools.product((False, True), passages):  # the first round loads what is lazy
            print(json.dumps({"text": passage.text}), file=peer.stdin, flush=True)
            answer = json.loads(peer.stdout.readline())
            seconds += answer["seconds"] if timed else 0
            found[passage.pid] = [Item(item["kind"], item["start"], item["end"], item) for item in answer["items"]]
        peer.stdin.close()
        peak = json.loads(peer.stdout.readline())["peak_kib"]
    return Run(start, seconds, peak / 1024, found)


def own(passages: Sequence[Passage]) -> None:
    """What the adapters do, for the extractor itself."""
    begun = time.perf_counter()
    from extractor.pipeline import Extractor

    extractor = Extractor()
    extractor.extract_text(WARM_UP, path="-")
    print(json.dumps({"start": time.perf_counter() - begun}), flush=True)
    for line in sys.stdin:
        text = json.loads(line)["text"]
        begun = time.perf_counter()
        records = extractor.extract_text(text, path="-")
        lines = [record.model_dump_json() for record in records]
        seconds = time.perf_counter() - begun
        items: list[dict[str, Any]] = [dict(item.fields) for item in items_of(records)]
        assert len(lines) == len(records)
        print(json.dumps({"seconds": seconds, "items": items}, default=str), flush=True)
    print(json.dumps({"peak_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


def environment(folder: Path) -> Path:
    """The peers' Python; installs them first when ``folder`` is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"installing the peers into {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True)
        install = ["-m", "pip", "install", "--quiet", "-r", str(HERE / "requirements.txt"), "jieba", "setuptools<81"]
        subprocess.run([str(python), *install], check=True)
    return python


if __name__ == "__main__":
    main()
