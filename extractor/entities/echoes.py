"""Names that a text gives in full once and for short elsewhere: after 小井乡, 小井 is the place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate

from extractor.entities.found import FoundEntity
from extractor.entities.lexicon import Lexicon
from extractor.entities.segmenter import Segmenter
from extractor.records.codes import EntityLabel

RULE = "name.echo"
_SUFFIXES = ("人民公社", "行政村", "自然村", "街道", "公社", "乡", "镇", "村")
_SURE = frozenset(("place.chain", "place.feature"))
_SHORTEST, _LONGEST = 2, 4
"""Characters that a name must have to be looked for elsewhere."""


class Echoes:
    """The names found in one text, to be found again where no rule sees them."""

    def __init__(self, entities: Iterable[FoundEntity], segmenter: Segmenter, lexicon: Lexicon) -> None:
        self._names: dict[str, list[tuple[list[str], EntityLabel]]] = defaultdict(list)
        heard: dict[str, EntityLabel] = {}
        for entity in entities:
            if entity.label == "place":
                for suffix in _SUFFIXES:
                    if entity.name.endswith(suffix):
                        heard.setdefault(entity.name.removesuffix(suffix), "place")
                        break
                if entity.rule in _SURE:
                    heard.setdefault(entity.name, "place")
            elif entity.label == "person":
                heard[entity.name] = "person"
        for name, label in heard.items():
            words = segmenter.words(name, guess=False)
            if _SHORTEST <= len(name) <= _LONGEST and lexicon.nameable(words):
                self._names[words[0]].append((words, label))

    def heard_in(self, words: list[str]) -> bool:
        """Whether any name may begin in these words."""
        return not self._names.keys().isdisjoint(words)

    def added_to(self, found: list[FoundEntity], text: str, start: int, words: list[str]) -> list[FoundEntity]:
        """``found`` with the names that the words hold beside it."""
        ends = [*accumulate(map(len, words), initial=start)]
        taken = [(entity.start, entity.end) for entity in found]
        added = []
        for index, word in enumerate(words):
            for name, label in self._names.get(word, ()):
                after = index + len(name)
                low = ends[index]
                if words[index:after] != name or any(s < ends[after] and low < e for s, e in taken):
                    continue
                added.append(FoundEntity(low, ends[after], label, RULE, text[low : ends[after]]))
                taken.append((low, ends[after]))
        return sorted([*found, *added], key=lambda entity: entity.start) if added else found
