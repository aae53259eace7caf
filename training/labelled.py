"""Corpora that people have annotated: People's Daily and MSRA in BIO form, CLUENER in JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from training.sentences import CLUENER, COUNTY, NEWSWIRE, Name, Sentence

_BIO = {"LOC": "place", "ORG": "organization", "PER": "person"}
_CLUENER = {
    "address": "place",
    "scene": "place",
    "government": "organization",
    "organization": "organization",
    "company": "organization",
    "name": "person",
}


def read_bio(path: Path) -> Iterator[Sentence]:
    """Sentences of a file with a character and its tag a line, a blank line between sentences."""
    characters: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        if line.strip():
            character, tag = line.rsplit("\t" if "\t" in line else " ", 1)
            characters.append(character[:1] or " ")
            tags.append(tag)
        elif characters:
            yield Sentence("".join(characters), tuple(_names(tags)), NEWSWIRE)
            characters, tags = [], []


def _names(tags: list[str]) -> Iterator[Name]:
    start = 0
    while start < len(tags):
        end = start + 1
        if tags[start] != "O":
            label = tags[start][2:]
            while end < len(tags) and tags[end] == f"I-{label}":
                end += 1
            yield Name(start, end, _BIO[label])
        start = end


def read_cluener(path: Path) -> Iterator[Sentence]:
    """Sentences of CLUENER2020 with the labels that we have; the others are no names to us."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            stated = json.loads(line)
            names = [
                Name(first, last + 1, _CLUENER[label])
                for label, surfaces in stated.get("label", {}).items()
                if label in _CLUENER
                for spans in surfaces.values()
                for first, last in spans
            ]
            yield Sentence(stated["text"], tuple(_apart(sorted(names))), CLUENER)


def _apart(names: list[Name]) -> Iterator[Name]:
    end = 0
    for name in names:
        if name.start >= end:
            yield name
            end = name.end


def by_county_rules(sentence: Sentence) -> Sentence:
    """Newswire brought to the rules of the gold: adjoining places are one; countries of one character stay open."""
    joined: list[Name] = []
    for name in sentence.names:
        last = joined[-1] if joined else None
        if last and last.label == name.label == "place" and last.end == name.start:
            joined[-1] = Name(last.start, name.end, "place")
        else:
            joined.append(name)
    named = [Name(n.start, n.end, None if n.end - n.start == 1 else n.label) for n in joined]
    return Sentence(sentence.text, tuple(named), COUNTY)
