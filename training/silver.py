"""Silver labels: county texts read by our own rules, checked against a teacher that was trained on other texts.

- A name of the rules is taken as it is. A person whom the teacher doesn't see is left open.
- What only the teacher sees: a person with a surname and two or three characters is taken; anything else is left
  open, for the teacher cuts places and offices by other rules than ours.
- Where the teacher's name goes on past one of the rules, the rest is left open.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from extractor.entities.recognizer import RuleRecognizer
from extractor.entities.segmenter import Segmenter
from extractor.patterns import load_patterns
from extractor.text.repair import repair
from extractor.text.sentences import sentences as spans_of
from training.leakage import Gold
from training.sentences import COUNTY, Name, Sentence

LONGEST = 400
"""Characters of a sentence; longer ones are tables mostly."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FULL_NAME = re.compile(r"[\u4e00-\u9fff]{3}")
_BELOW_TOWN = ("村", "庄", "屯", "寨", "营", "社区", "组")
"""Endings of what stands behind its township as one place with it; the rules often see the township alone."""
_FAMILY = "氏姓"
_NO_GIVEN_NAME = frozenset("等某祖家动赠为的和与说")
"""What the teacher takes into a name too often: 李等 is several."""


def read_by_rules(folders: Sequence[Path], gold: Gold) -> tuple[list[Sentence], int]:
    """Every sentence of the texts with the rules' names, and how many were left out because the gold holds them."""
    recognizer = RuleRecognizer(load_patterns())
    seen: set[str] = set()
    found: list[Sentence] = []
    left_out = 0
    for path in sorted(path for folder in folders for path in folder.rglob("*.txt")):
        text = repair(path.read_text("utf-8")).text
        spans = list(spans_of(text))
        names = recognizer.recognize(text, spans)
        for start, end in spans:
            surface = text[start:end]
            if surface in seen or not _HAN.search(surface) or len(surface) > LONGEST:
                continue
            seen.add(surface)
            if gold.holds(surface):
                left_out += 1
                continue
            inside = [Name(n.start - start, n.end - start, n.label) for n in names if start <= n.start and n.end <= end]
            found.append(Sentence(surface, tuple(inside), COUNTY))
    return found, left_out


def agreed(sentences: Sequence[Sentence], teacher: Path, is_name: Callable[[str], bool | None]) -> Iterator[Sentence]:
    """The sentences with what rules and teacher make of them together."""
    with teacher.open(encoding="utf-8") as lines:
        for sentence, line in zip(sentences, lines, strict=True):
            theirs = [Name(*span) for span in json.loads(line)]
            yield Sentence(sentence.text, tuple(_together(sentence, theirs, is_name)), COUNTY)


def _together(sentence: Sentence, theirs: list[Name], is_name: Callable[[str], bool | None]) -> list[Name]:
    taken: list[Name] = []
    for name in sentence.names:
        supported = any(_overlap(name, other) and other.label == name.label for other in theirs)
        taken.append(Name(name.start, name.end, name.label if supported or name.label != "person" else None))
    for other in theirs:
        beside = [name for name in sentence.names if _overlap(name, other)]
        surface = sentence.text[other.start : other.end]
        if not beside:
            verdict = is_name(surface) if other.label == "person" else None
            before = next((name for name in taken if name.end == other.start and name.label == "place"), None)
            if before and other.label == "place" and surface.endswith(_BELOW_TOWN):
                taken.remove(before)
                taken.append(Name(before.start, other.end, "place"))
            elif verdict is not False:
                taken.append(Name(other.start, other.end, "person" if verdict else None))
        else:
            if other.start < beside[0].start:
                taken.append(Name(other.start, beside[0].start, None))
            if other.end > beside[-1].end:
                taken.append(Name(beside[-1].end, other.end, None))
    taken.sort()
    return taken


def _overlap(name: Name, other: Name) -> bool:
    return name.start < other.end and other.start < name.end


def full_name_test() -> Callable[[str], bool | None]:
    """Whether what the teacher calls a person is one: no for common words, open unless a full name is plain."""
    patterns = load_patterns()
    surnames = frozenset(patterns.words("surnames"))
    segmenter = Segmenter(patterns)

    def is_name(surface: str) -> bool | None:
        pos = segmenter.pos(surface)
        if surface[-1] in _FAMILY or (
            len(surface) > 1 and pos[0] in "nvadlistb" and pos not in ("nr", "nrt", "nz", "ns")
        ):
            return False
        plain = len(surface) == 3 and surface[0] in surnames and surface[-1] not in _NO_GIVEN_NAME
        return True if plain and _FULL_NAME.fullmatch(surface) and pos in ("nr", "nz", "x") else None

    return is_name
