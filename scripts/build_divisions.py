"""Pack the table of divisions for the package: ``build_divisions.py RESULT.CSV``.

The CSV is ``result.csv`` of https://github.com/yescallop/areacodes (CC0 1.0): every division code at county level and
above since 1981, with the first year it was in use and the year it no longer was.
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "extractor" / "entities" / "data" / "divisions.tsv.gz"


def rows(source: Path) -> list[str]:
    """Lines ``code, name, parent, first year, year after the last`` (the last is empty for divisions in use)."""
    lines = set()
    with source.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            level, province, prefecture = row["级别"], row["一级行政区"], row["二级行政区"]
            parent = {"省级": "", "地级": province}.get(level, province if prefecture == "直辖" else prefecture)
            lines.add("\t".join((row["代码"], row["名称"], parent, row["启用时间"], row["变更/弃用时间"])))
    return sorted(lines)


def main() -> None:
    """Write the packed table; the same CSV gives the same bytes."""
    if len(sys.argv) != 2:
        sys.exit("usage: build_divisions.py RESULT.CSV")
    lines = rows(Path(sys.argv[1]))
    TARGET.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode("utf-8"), compresslevel=9, mtime=0))
    print(f"{TARGET}: {len(lines)} rows, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
