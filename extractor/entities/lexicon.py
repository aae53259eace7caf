"""The class of each word: what a rule of the grammar may take it for.

A word is classed once and remembered. Its own listing in ``patterns/*.yaml`` decides first, then the table of
divisions, then its ending, then jieba's part of speech.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.entities.gazetteer import Gazetteer
from extractor.entities.grammar import SYMBOL
from extractor.entities.segmenter import UNKNOWN, Segmenter
from extractor.patterns import Patterns

_BY_POS = {"v": "verb", "a": "adjective", "j": "noun", "n": "noun", "b": "noun", "s": "noun", "i": "noun", "l": "noun"}
_FIRST_HAN, _LAST_HAN = "\u4e00", "\u9fd5"
_PROPER = frozenset(("division", "feature_name", "village_name"))


class Lexicon(dict[str, str]):
    """Word -> symbol of its class, filled as words of Han characters are met (the dictionary bounds their number)."""

    def __init__(self, patterns: Patterns, segmenter: Segmenter, gazetteer: Gazetteer) -> None:
        super().__init__()
        self._pos = segmenter.pos
        self._gazetteer = gazetteer
        self._endings: list[tuple[tuple[str, ...], str]] = []
        self._nameable = {SYMBOL[name] for name in ("special", "short_person", "namelike", "village_name", "noun")}
        whole = patterns.table("organizations", "whole")
        self._leads, self._ends, self._no_body = (tuple(whole[key]) for key in ("leads", "ends", "none"))
        self.surnames = frozenset(patterns.words("surnames"))
        self._common_endings = frozenset(patterns.words("common_endings"))
        self._compound_surnames = patterns.words("compound_surnames")
        for family in ("persons", "organizations", "places"):
            for name, words in patterns.table(family, "classes").items():
                self.update(dict.fromkeys(words, SYMBOL[name]))
        for family in ("organizations", "places", "persons"):
            for name, endings in patterns.table(family, "endings").items():
                self._endings.append((tuple(endings), name))

    def classes(self, words: Sequence[str]) -> str:
        """The symbols of the words, one character each."""
        return "".join(map(self.__getitem__, words))

    def __missing__(self, word: str) -> str:
        symbol = SYMBOL[self._class(word)]
        if _FIRST_HAN <= word[0] <= _LAST_HAN:
            self[word] = symbol
        return symbol

    def _class(self, word: str) -> str:
        first = word[0]
        if not _FIRST_HAN <= first <= _LAST_HAN:
            return _class_of_other(first)
        pos = self._pos(word)
        if len(word) == 1:
            return self._class_of_character(word, pos)
        if word in self._gazetteer.full:
            return "division"
        named = pos in ("ns", "nz", "nr", UNKNOWN)
        if pos in ("nt", "nz", "ns", "l") and self._is_whole_body(word):
            return "body"
        if self._is_short_place(word, pos):
            return "place"
        for endings, name in self._endings:
            if word.endswith(endings) and (pos[0] in "njlis" or pos in ("nz", UNKNOWN)):
                if len(word) < 3 and (name == "post" or (name == "bureau" and pos != "nt")):
                    continue
                if name in _PROPER and not ((named and len(word) > 2) or (pos == "ns" and name != "division")):
                    continue
                return name
        if pos in ("nr", "nrfg"):
            return self._class_of_person(word)
        if pos in ("ns", "nz", "nrt"):
            return "special"
        if pos in ("vn", "an"):
            return "noun"
        return _BY_POS.get(pos[0], "other")

    def _is_whole_body(self, word: str) -> bool:
        """Whether the word is a place, or the head of a national body, and a body, as one word (浙江省委)."""
        if len(word) < 4 or not word.endswith(self._ends) or word.endswith(self._no_body):
            return False
        return word.startswith(self._leads) or any(word[:n] in self._gazetteer for n in range(2, len(word) - 1))

    def _is_short_place(self, word: str, pos: str) -> bool:
        """Whether the word, without 县 or 市, is a division's name and no common word or person's name."""
        if pos == "ns":
            return word in self._gazetteer
        divisions = self._gazetteer.candidates(word)
        above_county = any(division.level < 3 for division in divisions)
        if pos == "nr" and word[0] in self.surnames:
            return above_county
        if pos in ("nz", "nr", UNKNOWN):
            return word in self._gazetteer.short
        return pos[0] in "nsil" and (above_county or (len(word) > 2 and bool(divisions)))

    def _class_of_character(self, character: str, pos: str) -> str:
        if character in self.surnames:
            return "surname"
        return "weak" if pos[0] in "vdprcmqu" else "character"

    def _class_of_person(self, word: str) -> str:
        """Surname and given name; what follows the surname is no common word (高水平, 安全感)."""
        compound = word.startswith(self._compound_surnames)
        given = word[2 if compound else 1 :]
        if not (compound or word[0] in self.surnames) or not 1 <= len(given) <= 2:
            return "special"
        if len(given) == 1:
            return "short_person"
        if given[-1] in self._common_endings:
            return "special"
        return "person" if self._pos(given) in ("nr", "nz", UNKNOWN) else "namelike"

    def nameable(self, words: Sequence[str]) -> bool:
        """Whether the words can be nothing but a name: none of them alone is a common word."""
        return len(words) > 1 or (self[words[0]] in self._nameable and self._pos(words[0]) not in ("vn", "an", "v"))


def _class_of_other(character: str) -> str:
    if character.isdecimal():
        return "number"
    if character.isspace():
        return "space"
    return "latin" if character.isalpha() else "mark"
