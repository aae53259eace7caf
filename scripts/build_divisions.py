"""Pack the tables of divisions for the package: ``build_divisions.py RESULT.CSV STREETS.CSV``.

RESULT.CSV is ``result.csv`` of https://github.com/yescallop/areacodes (CC0 1.0): every division code at county level
and above since 1981, with the first year it was in use, the year it no longer was, and the codes of its area since.
STREETS.CSV is ``streets.csv`` of https://github.com/modood/Administrative-divisions-of-China (WTFPL): the townships of
2023. Those of development zones, whose six digits are no code of GB/T 2260, are left out.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from extractor.entities.division_names import short_forms, township_stem
from extractor.entities.segmenter import UNKNOWN, Segmenter
from extractor.patterns import load_patterns

DATA = Path(__file__).parent.parent / "extractor" / "entities" / "data"
TOWNSHIP_YEAR = 2023
_OF_NAMES = (UNKNOWN, "ns", "nr", "nrt", "nrfg", "nz", "nt")
"""Parts of speech, as jieba writes them, of words that are names or that it does not know."""


def division_rows(source: Path, township_counties: dict[str, set[str]]) -> list[str]:
    """A line a name: the name, then for each of its codes ``code,parent,first year,year after the last,heirs,rivals``.

    The year after the last is empty for divisions in use; ``rivals`` are the provinces in which a township outside the
    division bears its name without suffix.
    """
    by_name = defaultdict(set)
    with source.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            code, name = row["代码"], row["名称"]
            level, province, prefecture = row["级别"], row["一级行政区"], row["二级行政区"]
            parent = {"省级": "", "地级": province}.get(level, province if prefecture == "直辖" else prefecture)
            heirs = [heir[:6] for heir in row["新代码"].split(";") if heir]
            own = {code, *heirs}
            rivals = {county[:2] for stem in short_forms(name)[-1:] for county in township_counties[stem] - own}
            years = (row["启用时间"], row["变更/弃用时间"])
            by_name[name].add(",".join((code, parent, *years, ";".join(heirs), ";".join(sorted(rivals)))))
    return ["\t".join((name, *sorted(by_name[name]))) for name in sorted(by_name)]


def township_rows(source: Path, counties: set[str]) -> tuple[list[str], dict[str, set[str]]]:
    """A line a county, ``code, 101漠沙/镇 102水塘/镇~ …``, and the counties in which each name without kind occurs.

    ``~`` stands behind a township whose name without kind is a common word.
    """
    segmenter = Segmenter(load_patterns())
    names = defaultdict(list)
    stems = defaultdict(set)
    with source.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            county, name = row["areaCode"], re.sub(r"\s", "", row["name"])
            stem = township_stem(name)
            stems[stem].add(county)
            if county in counties:
                common = segmenter.pos(stem) not in _OF_NAMES
                names[county].append(f"{row['code'][6:]}{stem}/{name[len(stem) :]}{'~' * common}")
    return [f"{county}\t{' '.join(sorted(names[county]))}" for county in sorted(names)], stems


def codes_in_use(source: Path, year: int) -> set[str]:
    """The codes of the table of ``year``."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["代码"]
            for row in csv.DictReader(file)
            if int(row["启用时间"]) <= year < int(row["变更/弃用时间"] or year + 1)
        }


def write(name: str, lines: Iterable[str]) -> None:
    """Write a packed table; the same lines give the same bytes."""
    packed = gzip.compress("".join(f"{line}\n" for line in lines).encode("utf-8"), compresslevel=9, mtime=0)
    (DATA / name).write_bytes(packed)
    print(f"{DATA / name}: {len(packed)} bytes")


def main() -> None:
    """Write both tables."""
    if len(sys.argv) != 3:
        sys.exit("usage: build_divisions.py RESULT.CSV STREETS.CSV")
    result, streets = map(Path, sys.argv[1:])
    townships, stems = township_rows(streets, codes_in_use(result, TOWNSHIP_YEAR))
    write("divisions.tsv.gz", division_rows(result, stems))
    write("townships.tsv.gz", townships)


if __name__ == "__main__":
    main()
