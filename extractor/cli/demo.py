"""``python -m extractor.cli.demo records.jsonl``: some of a run's records on screen, and how many there are."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extractor.cli import display

SHOWN = 4
"""Records of each kind on screen."""

_TOLD = (
    "date",
    "bound",
    "currency",
    "role",
    "measure",
    "status",
    "hazards",
    "place",
    "title",
    "label",
    "division_code",
)


def sample(records: Iterable[dict[str, Any]]) -> tuple[list[tuple[str, ...]], Counter[str]]:
    """Rows for some records of each kind, the first of different documents, and how many each kind has."""
    rows: list[tuple[str, ...]] = []
    counts: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    paths: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for record in records:
        kind, doc_id = record["kind"], record["doc_id"]
        counts[kind] += 1
        paths[doc_id] = record.get("path", paths.get(doc_id, ""))
        if "raw" in record and shown[kind] < SHOWN and (kind, doc_id) not in seen:
            seen.add((kind, doc_id))
            shown[kind] += 1
            place = f"{paths[doc_id]}:{record['start']}-{record['end']}"
            rows.append((kind, record["raw"].replace("\n", "⏎"), _value(record), _told(record), place))
    return sorted(rows), counts


def _value(record: dict[str, Any]) -> str:
    """What the record says: a figure, a day, a number in its standard form, a name."""
    if record.get("bound") == "range":
        return f"{record['low']}–{record['high']}"
    keys = ("value", "date", "canonical", "name")
    return next((str(record[key]) for key in keys if record.get(key) is not None), "")


def _told(record: dict[str, Any]) -> str:
    shown = {key: record[key] for key in _TOLD if record.get(key) and str(record[key]) != _value(record)}
    return " ".join(f"{key}={','.join(told) if isinstance(told, list) else told}" for key, told in shown.items())


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    rows, counts = sample(_records(Path(sys.argv[1])))
    display.table(["kind", "as written", "value", "and", "where it stands"], rows)
    display.table(["kind 种类", "records 记录"], counts.most_common())
    print(f"\nAll of them are in {sys.argv[1]}, one a line. 全部记录见该文件，每行一条。")
