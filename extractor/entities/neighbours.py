"""Names known by those that they are listed with: what stands between names of places is one, too.

麻榨 in 王坪、麻榨、龙潭等11个镇 is a place whatever the dictionary takes it for, 严希 in 严希、胡先德等人 a person,
and so is the second of two names that a blank divides.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence

from extractor.entities.found import FoundEntity
from extractor.entities.grammar import SYMBOL
from extractor.entities.lexicon import Lexicon
from extractor.entities.local_names import together
from extractor.entities.segmenter import Segmenter
from extractor.patterns import Span
from extractor.records.codes import EntityLabel

RULE = "name.listed"

_LIST = re.compile(r"[\u4e00-\u9fff]{1,12}(?:、[\u4e00-\u9fff]{1,12}){1,60}")
_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十几多]{1,3})"
_OF_KIND = r"(?:行政|自然|民族|场)?(?:乡镇|镇乡|公社|街道|[乡镇村县区市省州屯寨](?![级长委政办民干里上内外区中]))"
_FEATURES = "(?:梯级|大型|中型|小型)?(?:江河|河流|湖泊|水库|电站|灌区|大桥|海湾|渡口)"
_LAST = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,5}?)(?:[和及与](?P<also>[\u4e00-\u9fff]{2,5}?))?"
    rf"(?:等?(?:{_NUMBER}[个条座大处]{{0,2}}){_FEATURES}|(?P<open>等地(?![区方]))|(?:等{_NUMBER}?个?|{_NUMBER}个?)(?:重点|贫困|受灾|重灾|部分|沿江|沿河|边远|偏远|邻近|周边)?{_OF_KIND})"
)
"""The last name of a list, and behind it how many places of what kind were named."""
_ITEM = 6
"""Characters past which what stands between two marks of a list is no single name."""
_FIGURE = re.compile(r"[一二两三四五六七八九十百千万几多]+(?:个.*|[乡镇村县区市省])?")
_ROW = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}(?:[ \t\u3000]{1,4}[\u4e00-\u9fff]{2,4})+(?![\u4e00-\u9fff])"
)
_WORD = re.compile(r"[\u4e00-\u9fff]+")


def _symbols(names: str) -> frozenset[str]:
    return frozenset(SYMBOL[name] for name in names.split())


_SURNAMES = _symbols("surname either")
_SPECIAL, _WEAK, _EVERY = SYMBOL["special"], SYMBOL["weak"], SYMBOL["every"]
_LEADS = _symbols("verb preposition noun other generic adjective stop")
_NO_NAME = _symbols("generic every stop preposition counter county township title")
_LIKE_NAMES = _symbols(
    "special place division short_person person namelike village_name feature_name"
    " character weak surname either side hamlet terrain river ridge stop preposition"
)


class _Known:
    """The labels of names, by where they are."""

    def __init__(self, names: Sequence[FoundEntity]) -> None:
        self.places = [(name.start, name.end) for name in names if name.label == "place"]
        """Where places are."""
        self._spans: dict[Span, EntityLabel] = {(name.start, name.end): name.label for name in names}
        self._starts: dict[int, EntityLabel] = {name.start: name.label for name in names}
        self._ends: dict[int, EntityLabel] = {name.end: name.label for name in names}

    def at(self, span: Span) -> EntityLabel | None:
        """The label of the name that is just this span."""
        return self._spans.get(span)

    def beginning(self, start: int) -> EntityLabel | None:
        """The label of the name that begins there."""
        return self._starts.get(start)

    def ending(self, end: int) -> EntityLabel | None:
        """The label of the name that ends there."""
        return self._ends.get(end)


class Neighbours:
    """Completes lists of names by the words that ``segmenter`` cuts and the classes that ``lexicon`` gives them."""

    def __init__(self, segmenter: Segmenter, lexicon: Lexicon) -> None:
        self._segmenter = segmenter
        self._lexicon = lexicon

    def completed(self, text: str, sentences: Sequence[Span], names: list[FoundEntity]) -> list[FoundEntity]:
        """``names``, in order and none overlapping, with what the lists in ``sentences`` make of them."""
        known = _Known([name for name in names if name.label != "person" or self._surnamed(name.name)])
        runs = [run.span() for span in sentences if text.find("、", *span) >= 0 for run in _LIST.finditer(text, *span)]
        counted = [self._counted(text, run, known) for run in runs]
        made: dict[Span, EntityLabel] = {span: "place" for places, _ in counted for span in places}
        places = {text[slice(*span)] for span in [*made, *known.places]} if runs else set()
        for _, rest in counted:
            for items in rest:
                made |= self._of_names(text, items, known, places)
        for sentence in sentences:
            for row in _ROW.finditer(text, *sentence):
                made |= self._of_row(text, row.span(), known)
        return together(names, _made(text, names, made)) if made else names

    def _counted(self, text: str, run: Span, known: _Known) -> tuple[list[Span], list[list[Span]]]:
        """What a run lists as places by what is counted behind them (若尔盖等县), and the lists that are left."""
        places: list[Span] = []
        rest: list[list[Span]] = []
        items: list[Span] = []
        for item in _items(text, run):
            last = _LAST.match(text, item[0]) if items else None
            if last:
                ends = [last.span(group) for group in ("name", "also") if last[group]]
                listed = [*self._first(text, items[0], known), *items[1:], *ends]
                allowed = self._nameless if last["open"] else self._may_be_listed
                places += [span for span in listed if known.at(span) != "organization" and allowed(text, span)]
                items = []
            elif items and item[1] - item[0] > _ITEM:  # one list ends in it and another begins
                rest.append([*items, item])
                items = [item]
            else:
                items.append(item)
        rest.append(items)
        return places, [items for items in rest if len(items) > 2]

    def _of_names(self, text: str, items: list[Span], known: _Known, seen: Collection[str]) -> dict[Span, EntityLabel]:
        labels = [known.at(items[0]) or known.ending(items[0][1])]
        labels += [known.at(item) for item in items[1:-1]]
        labels += [known.at(items[-1]) or known.beginning(items[-1][0])]
        unknown = [item for item, label in zip(items, labels, strict=True) if label is None]
        open_ = [*self._first(text, items[0], known), *(item for item in unknown if item != items[0])]
        again = [item for item in open_ if text[slice(*item)] in seen]
        places, persons = labels.count("place") + len(again), labels.count("person")
        if places >= 2 and not persons and len(unknown) - len(again) <= places:
            allowed = (item for item in open_ if item[1] - item[0] <= 4 and self._nameless(text, item))
            return dict.fromkeys([*allowed, *again], "place")
        if persons and len(unknown) + persons == len(items):
            inner = [item for item in unknown if item not in (items[0], items[-1]) or item[1] - item[0] <= 3]
            return dict.fromkeys(inner, "person") if all(self._may_be_person(text, item) for item in inner) else {}
        return {}

    def _of_row(self, text: str, run: Span, known: _Known) -> dict[Span, EntityLabel]:
        items = [match.span() for match in _WORD.finditer(text, *run)]
        persons = [known.at(span) == "person" for span in items]
        return {
            span: "person"
            for at, span in enumerate(items)
            if not persons[at] and any(persons[max(0, at - 1) : at + 2]) and self._may_be_person(text, span)
        }

    def _first(self, text: str, span: Span, known: _Known) -> list[Span]:
        """The first name of a list without the word before it (除民意, 供应茗北); none where it is known already."""
        if known.ending(span[1]):
            return []
        words = self._segmenter.words(text[slice(*span)], guess=False)
        start = span[0]
        while words and span[1] - start - len(words[0]) > 1 and self._leads(words):
            start += len(words.pop(0))
        return [(start, span[1])]

    def _leads(self, words: Sequence[str]) -> bool:
        first = self._lexicon[words[0]]
        return first in _LEADS or (first == _WEAK and len(words) == 2 and len(words[1]) > 1)

    def _may_be_listed(self, text: str, span: Span) -> bool:
        if not 2 <= span[1] - span[0] <= 5 or _FIGURE.fullmatch(text, *span):
            return False
        words = self._segmenter.words(text[slice(*span)], guess=False)
        first = self._lexicon[words[0]]
        return first not in _NO_NAME or (first != _EVERY and len(words) > 1 and len(words[0]) == 1)

    def _nameless(self, text: str, span: Span) -> bool:
        """Whether the span holds no word of the dictionary that is other than a name."""
        return span[1] - span[0] > 1 and all(
            self._lexicon[word] in _LIKE_NAMES
            and (self._lexicon[word] != _SPECIAL or self._segmenter.pos(word) == "ns")
            for word in self._segmenter.words(text[slice(*span)], guess=False)
        )

    def _may_be_person(self, text: str, span: Span) -> bool:
        length = span[1] - span[0]
        return 2 <= length <= 3 and self._surnamed(text[span[0]]) and self._nameless(text, span)

    def _surnamed(self, name: str) -> bool:
        """Whether a name begins with a surname; a person whose name does not is a guess."""
        return self._lexicon[name[0]] in _SURNAMES


def _items(text: str, run: Span) -> Iterator[Span]:
    start = run[0]
    for piece in text[slice(*run)].split("、"):
        yield start, start + len(piece)
        start += len(piece) + 1


def _made(text: str, names: Sequence[FoundEntity], labels: dict[Span, EntityLabel]) -> list[FoundEntity]:
    """A name for each span, but for those that are one of ``names`` already, or that one of them goes past."""
    ends = [name.end for name in names]
    made = []
    for (start, end), label in sorted(labels.items()):
        over = names[bisect_right(ends, start) :]
        over = over[: bisect_left(over, end, key=lambda name: name.start)]
        within = all(start <= name.start and name.end <= end for name in over)
        if within and [(name.start, name.end, name.label) for name in over] != [(start, end, label)]:
            made.append(FoundEntity(start, end, label, RULE, text[start:end]))
    return made
