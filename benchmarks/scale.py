"""How batches scale: plan, speed of one and two workers, the parent's share, memory, resume.

    python benchmarks/scale.py [--documents 1000 100000] [--bytes 300] [--workers 1 2] [--keep FOLDER]

Makes archives of so many small documents from the sample corpus, and runs `extractor run --no-ner` over each with each
number of workers, every run a process of its own. Speeds are wall clock, so quiet machines tell most; the parent's
share is of processor time, and memory is resident memory as the system counts it, looked at four times a second.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

REPORTS = Path(__file__).parent.parent / "corpus" / "reports"
A_FOLDER = 1000
MIB = 1 << 20


@dataclass
class Measured:
    """What a run took."""

    seconds: float = 0.0
    parent_cpu: float = 0.0
    workers_cpu: float = 0.0
    parent_memory: int = 0
    worker_memory: int = 0
    told: str = ""
    _cpu_of: dict[int, float] = field(default_factory=dict)

    def look(self, parent: psutil.Process) -> None:
        """Take in how the processes stand."""
        try:
            times = parent.cpu_times()
            self.parent_cpu = times.user + times.system
            self.parent_memory = max(self.parent_memory, parent.memory_info().rss)
            for child in parent.children(recursive=True):
                spent = child.cpu_times()
                self._cpu_of[child.pid] = spent.user + spent.system
                self.worker_memory = max(self.worker_memory, child.memory_info().rss)
        except psutil.NoSuchProcess:
            pass
        self.workers_cpu = sum(self._cpu_of.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", nargs="+", type=int, default=[1000, 100_000])
    parser.add_argument("--bytes", type=int, default=300, help="of a document, about")
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--shard-size", default="1", help="MB")
    parser.add_argument("--keep", type=Path, help="make the archives here and leave them, or use those that are here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        place = given.keep or Path(passing)
        for documents in given.documents:
            archive = place / f"archive-{documents}-{given.bytes}"
            size = fill(archive, documents, given.bytes)
            print(f"\n{documents} documents, {size / MIB:.1f} MB")
            measure(archive, size, given.workers, given.shard_size, Path(passing))


def measure(archive: Path, size: int, workers: list[int], shard_size: str, place: Path) -> None:
    walls = {}
    for count in workers:
        output = place / f"{archive.name}-by-{count}"
        options = ["--workers", str(count), "--shard-size", shard_size]
        planned = extract(archive, output, *options, "--plan")
        done = extract(archive, output, *options)
        again = extract(archive, output, *options)
        walls[count] = done.seconds
        share = done.parent_cpu / (done.parent_cpu + done.workers_cpu)
        digest = json.loads((output / "run.json").read_text())["digest"][:12]
        print(
            f"{count} workers: plan {planned.seconds:.1f} s, run {done.seconds:.1f} s ({size / MIB / done.seconds:.3f} "
            f"MB/s), resume {again.seconds:.1f} s\n"
            f"   processor time: workers {done.workers_cpu:.1f} s, parent {done.parent_cpu:.1f} s ({share:.1%})\n"
            f"   memory: parent {done.parent_memory / MIB:.0f} MiB, largest worker {done.worker_memory / MIB:.0f} MiB\n"
            f"   digest {digest}",
            flush=True,
        )
    if len(walls) > 1:
        print(f"{max(walls)} workers are {walls[min(walls)] / walls[max(walls)]:.2f} times as fast as {min(walls)}")


def extract(archive: Path, output: Path, *options: str) -> Measured:
    """A run as a process of its own."""
    command = [sys.executable, "-m", "extractor", "run", str(archive), "-o", f"{output}/", "--no-ner", *options]
    measured, began = Measured(), time.perf_counter()
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as started:
        process = psutil.Process(started.pid)
        while started.poll() is None:
            measured.look(process)
            time.sleep(0.25 if time.perf_counter() - began > 2 else 0.02)
        measured.seconds = time.perf_counter() - began
        measured.told = started.communicate()[1]
    if started.returncode:
        raise SystemExit(measured.told)
    return measured


def fill(folder: Path, documents: int, size: int) -> int:
    """Write so many documents, each a stretch of a sample report of about ``size`` bytes; the bytes written.

    No two of them are the same: each begins with its number.
    """
    texts = [stretch for path in sorted(REPORTS.glob("*.txt")) for stretch in stretches(path, size)]
    written = 0
    for number in range(documents):
        data = f"第{number}份\n{texts[number % len(texts)]}".encode()
        file = folder / f"{number // A_FOLDER:04d}" / f"{number % A_FOLDER:03d}.txt"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        written += len(data)
    return written


def stretches(path: Path, size: int) -> list[str]:
    """A report in pieces that end with a sentence."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return []
    made, held = [], ""
    for sentence in text.replace("\n", "").replace("。", "。\0").split("\0"):
        held += sentence
        if len(held.encode()) >= size:
            made.append(held)
            held = ""
    return made


if __name__ == "__main__":
    main()
