"""Count which characters follow which, for the repair of broken text: ``fluency.py [options] TEXT…``.

    python training/fluency.py ../shared/ner/train.bio ../shared/ner/cluener ../shared/corpus     the packaged counts
    python training/fluency.py --without-held-out --output FILE …                              for reported figures

TEXT is a folder of ``.txt`` files, a text, a ``.bio`` file (a character a line, then its label) or lines of JSON with a
``text``. The words of jieba's dictionary are counted too. What is written are log probabilities of characters after
one or two others, in coarse steps and only where they tell more than the shorter context does. Taking the
likeliest each time, none of 1,500 sentences of the corpus comes whole out of its first two characters, though runs
of a dozen can, and one of 81 did. ``extractor.text.fluency`` describes the file.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import lzma
import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from extractor.text.decode import decode
from extractor.text.fluency import DATA, FILTERS, HEADER, RANKS, STEP, symbols
from extractor.text.gbk import leaders
from extractor.text.repair.charsets import converter, simple

DISCOUNT = 0.7
"""Taken off every count for what was not seen (absolute discounting)."""
NEAR, FAR = 1.0, 3.0
"""What an entry must save in nats over the text counted: with a character in it that is lost often, and without."""
RAREST = 5
"""How often a character must occur to be known at all."""
OFTEN_LOST = frozenset(simple("".join(leaders(0xA3))))
"""A3 is the lead byte of every mark: a character with this trail byte loses its lead byte where a mark is made."""
_WORD = re.compile(r"^([\u4e00-\u9fff]+) ([0-9]+)", re.MULTILINE)

Counts = tuple[Counter[str], Counter[str], Counter[str]]
Probabilities = dict[str, float]


def texts(paths: Iterable[Path], *, without_held_out: bool) -> Iterator[str]:
    """Every text at ``paths``, in simplified characters as a repair without fault would give them."""
    for path in paths:
        for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
            if path.is_dir() and without_held_out and held_out(file):
                continue
            text = decode(file.read_bytes()).text
            if file.suffix == ".bio":
                text = "".join(line[:1] for line in text.split("\n"))  # sentences follow each other, as in a text
            elif text.startswith('{"text"'):
                text = "".join(json.loads(line)["text"] + "\n" for line in text.splitlines())
            yield str(converter("t2s").convert(converter("s2t").convert(f"\n{text}\n")))


def held_out(path: Path) -> bool:
    """Whether the file belongs to the third that no reported model is trained on."""
    return hashlib.sha256(path.name.encode()).digest()[0] % 3 == 0


def counted(found: Iterable[str], words: float) -> Counts:
    """How often one, two and three characters stand together; a word counts ``words`` times the root of its count."""
    ones, twos, threes = Counter[str](), Counter[str](), Counter[str]()
    for text in found:
        seen = symbols(text)
        ones.update(seen)
        twos.update(map("".join, itertools.pairwise(seen)))
        threes.update(map("".join, zip(seen, seen[1:], seen[2:], strict=False)))
    for word, number in _WORD.findall((files("jieba") / "dict.txt").read_text("utf-8")):
        weight = round(words * math.sqrt(int(number)))
        for size, counts in enumerate((ones, twos, threes), 1):
            for start in range(len(word) - size + 1 if weight else 0):
                counts[word[start : start + size]] += weight
    return ones, twos, threes


def estimated(counts: Counts) -> tuple[Probabilities, Probabilities, Probabilities, Probabilities]:
    """Probabilities of one character, of one after another and of one after two; back-off weights of the contexts."""
    ones, twos, threes = counts
    known = {char: n for char, n in ones.items() if n >= RAREST}
    total = sum(known.values())
    single = {char: n / total for char, n in known.items()}
    shorter: Probabilities = {}
    backoff: Probabilities = {}

    def after_one(pair: str) -> float:
        return shorter.get(pair) or backoff.get(pair[0], 1.0) * single[pair[1]]

    full, rest = _discounted(_known(twos, single), lambda pair: single[pair[1]])
    kept = {pair for pair in full if _saves(pair, twos[pair], full[pair], rest[pair[0]] * single[pair[1]])}
    shorter, backoff = full, rest
    three, rest_three = _discounted(_known(threes, single), lambda key: after_one(key[1:]))
    long = {
        key: value
        for key, value in three.items()
        if _saves(key, threes[key], value, rest_three[key[:2]] * after_one(key[1:]))
    }
    shorter = {pair: full[pair] for pair in kept | {key[:2] for key in long}}
    backoff = _leftover(shorter, lambda pair: single[pair[1]])
    return single, shorter, long, backoff | _leftover(long, lambda key: after_one(key[1:]))


def _known(counts: Counter[str], single: Probabilities) -> dict[str, int]:
    return {key: n for key, n in counts.items() if all(char in single for char in key)}


def _discounted(counts: dict[str, int], lower: Callable[[str], float]) -> tuple[Probabilities, Probabilities]:
    """Probabilities interpolated with those of the shorter context, and the weight of that by context."""
    totals, kinds = Counter[str](), Counter[str]()
    for key, n in counts.items():
        totals[key[:-1]] += n
        kinds[key[:-1]] += 1
    rest = {context: DISCOUNT * kinds[context] / totals[context] for context in totals}
    return {k: (n - DISCOUNT) / totals[k[:-1]] + rest[k[:-1]] * lower(k) for k, n in counts.items()}, rest


def _saves(key: str, count: int, full: float, lower: float) -> bool:
    """Whether an entry tells enough to be kept."""
    return count * abs(math.log(full / lower)) > (FAR if OFTEN_LOST.isdisjoint(key) else NEAR)


def _leftover(kept: Probabilities, lower: Callable[[str], float]) -> Probabilities:
    """Back-off weights: what is kept of a context leaves the rest to the shorter one."""
    taken, freed = defaultdict[str, float](float), defaultdict[str, float](float)
    for key, value in kept.items():
        taken[key[:-1]] += value
        freed[key[:-1]] += lower(key)
    return {context: max(1e-4, 1 - taken[context]) / max(1e-4, 1 - freed[context]) for context in taken}


def packed(single: Probabilities, pairs: Probabilities, threes: Probabilities, backoff: Probabilities) -> bytes:
    """The file that ``extractor.text.fluency`` reads."""
    alphabet = sorted(single, key=lambda char: (-single[char], char))
    rank = {char: i for i, char in enumerate(alphabet)}
    streams: list[bytes] = ["".join(alphabet).encode(), bytes(map(_level, map(single.__getitem__, alphabet)))]
    contexts = alphabet
    for entries in (pairs, threes):
        followers = defaultdict[str, list[str]](list)
        for key in entries:
            followers[key[:-1]].append(key[-1])
        sizes = array("H", (len(followers[context]) for context in contexts))
        used = [context for context in contexts if followers[context]]
        keys = [context + char for context in used for char in sorted(followers[context], key=rank.__getitem__)]
        ranks = [rank[key[-1]] for key in keys]
        steps = array("H", ((b - a) % RANKS for a, b in zip([0, *ranks], ranks, strict=False)))
        streams += [bytes(n & 255 for n in sizes), bytes(n >> 8 for n in sizes)]
        streams += [bytes(_level(min(1.0, backoff[context])) for context in used)]
        streams += [bytes(n >> 8 for n in steps), bytes(n & 255 for n in steps)]
        streams += [bytes(_level(entries[key]) for key in keys)]
        contexts = keys
    head = HEADER.pack(*map(len, streams))
    return head + lzma.compress(b"".join(streams), lzma.FORMAT_RAW, filters=FILTERS)


def _level(probability: float) -> int:
    return round(-math.log(probability) / STEP)


def main() -> None:
    """Count, estimate and write; the same texts give the same bytes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--without-held-out", action="store_true", help="leave out a third of a folder's files")
    parser.add_argument("--words", type=float, default=0.6, help="weight of jieba's words (0: none)")
    parser.add_argument("--output", type=Path, default=Path(str(files("extractor.text"))) / DATA)
    args = parser.parse_args()
    counts = counted(texts(args.texts, without_held_out=args.without_held_out), args.words)
    single, pairs, threes, backoff = estimated(counts)
    data = packed(single, pairs, threes, backoff)
    args.output.parent.mkdir(exist_ok=True)
    args.output.write_bytes(data)
    print(f"{args.output}: {len(single)} characters, {len(pairs)} pairs, {len(threes)} threes, {len(data)} bytes")


if __name__ == "__main__":
    main()
