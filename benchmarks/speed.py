"""Speed of the pipeline as a share of a plain `re` scan over the same text in the same run.

    python benchmarks/speed.py                          the sample corpus
    python benchmarks/speed.py FOLDER… [--ner] [--parts] [--yardstick reference_scan.py]

Times are the median of three passes after one to warm up. ``--parts`` times the stages one by one,
``--yardstick`` takes the function ``scan(text)`` of another script for the plain scan.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import plain_scan

from extractor.pipeline import Extractor
from extractor.text.decode import decode
from extractor.text.repair import repair

PASSES = 3
REPORTS = Path(__file__).parent.parent / "corpus" / "reports"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[REPORTS])
    parser.add_argument("--ner", action="store_true", help="names too")
    parser.add_argument("--parts", action="store_true", help="time decoding, repair, reading and the rest apart")
    parser.add_argument("--yardstick", type=Path, help="a script whose scan(text) is the plain scan")
    args = parser.parse_args()
    files = sorted(path for folder in args.folders for path in folder.rglob("*.txt"))
    blobs = [path.read_bytes() for path in files]
    texts = [decode(blob).text for blob in blobs]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    scan = yardstick(args.yardstick) if args.yardstick else plain_scan.scan
    extractor = Extractor(ner=args.ner)

    def whole() -> None:
        for blob in blobs:
            for record in extractor.extract_bytes(blob, path="-"):
                record.model_dump_json()

    plain = timed(lambda: [scan(text) for text in texts])
    seconds = timed(whole)
    print(f"{len(files)} files, {megabytes:.2f} MB of text in UTF-8, names {'on' if args.ner else 'off'}")
    print(f"plain scan {megabytes / plain:8.2f} MB/s")
    print(f"extractor  {megabytes / seconds:8.2f} MB/s = {plain / seconds:.3f} of the plain scan")
    if args.parts:
        stages(extractor, blobs, texts, seconds)


def stages(extractor: Extractor, blobs: list[bytes], texts: list[str], seconds: float) -> None:
    """Where the time goes, as shares of the whole."""
    clean = [repair(text).text for text in texts]
    parts = {
        "decode": timed(lambda: [decode(blob) for blob in blobs]),
        "repair": timed(lambda: [repair(text) for text in texts]),
        "rules and relations": timed(lambda: [extractor.analyst.read(text) for text in clean]),
    }
    parts["records, validation, JSON"] = seconds - sum(parts.values())
    for name, part in parts.items():
        print(f"  {name:28}{part / seconds:6.1%}")


def timed(run: Callable[[], object], passes: int = PASSES) -> float:
    """Median seconds of ``run``."""
    run()
    seconds = []
    for _ in range(passes):
        begin = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def yardstick(path: Path) -> Callable[[str], int]:
    """The function ``scan`` of the script at ``path``."""
    spec = importlib.util.spec_from_file_location("yardstick", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python script")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    scan: Callable[[str], int] = module.scan
    return scan


if __name__ == "__main__":
    main()
