"""Peak memory of `extractor run` over little and over much input: it should be the same.

    python benchmarks/memory.py [--megabytes 1 100]

Each run is a process of its own over copies of the sample corpus; the peak is its resident set as the system counts it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

REPORTS = Path(__file__).parent.parent / "corpus" / "reports"
MEASURED = (
    "import resource, sys; from extractor.cli.app import main; sys.argv[0] = 'extractor'\n"
    "try: main()\n"
    "except SystemExit: pass\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", nargs="+", type=float, default=[1, 100])
    for megabytes in parser.parse_args().megabytes:
        with tempfile.TemporaryDirectory() as folder:
            size = fill(Path(folder), megabytes)
            print(f"{size / 1e6:8.1f} MB of files: peak {peak(Path(folder))} MiB")


def fill(folder: Path, megabytes: float) -> int:
    """Write copies of the sample reports, a folder a round, until there are ``megabytes``; the bytes written."""
    blobs = [path.read_bytes() for path in sorted(REPORTS.glob("*.txt"))]
    written = number = 0
    while written < megabytes * 1e6:
        copies = folder / f"{number:05d}"
        copies.mkdir()
        for index, blob in enumerate(blobs):
            (copies / f"{index}.txt").write_bytes(blob)
            written += len(blob)
        number += 1
    return written


def peak(folder: Path) -> int:
    """MiB that the run needed at the most."""
    command = [
        sys.executable,
        "-c",
        MEASURED,
        "run",
        str(folder),
        "--quiet",
        "--no-ner",
        "-o",
        str(folder / "out.jsonl"),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stderr.split()[-1])


if __name__ == "__main__":
    main()
