"""What happened to the things counted: dead, collapsed, resettled … from the words beside each count."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from extractor.patterns import Patterns, one_of
from extractor.records.codes import Confidence, Status
from extractor.relations.cues import Cue, CueScanner
from extractor.relations.figures import CountFact, Scene, by_sentence
from extractor.relations.reasons import Reason

_BREAK = re.compile(r"[，,。；;：:！？!?（）()\n]")
_BREAK_RIGHT = re.compile(r"[，,。；;：:！？!?、（）()\n]")
_CLAUSE_END = re.compile(r"\s*(?:[，,。；;：:！？!?、）)\n]|$|并|后|使用|投|完|通车|达)")
_SAME_MEASURE_AGAIN = re.compile(r"\s*(?:减少|增加|上升|下降|减|增|升|降|发展|扩大)(?:到|至|为)\s*")
_OPENS_PART = re.compile(r"其中|[（(]")
_BRACKETED = re.compile(r"[（(][^（）()\d]*[）)]")
_CLOSES_PART = re.compile(r"[）)；;]")
_NARROW_REACH = 4
_NARROW_NOUN_REACH = 10
_RIGHT_REACH = 4
_PREDICATE_REACH = 12
_RELATIVE_REACH = 30
_MODIFIED_REACH = 3
_TAKEN_REACH = 8
_CARRY_REACH = 14
_RECIPIENT_REACH = 10
_JOINED = frozenset({"", "、", "和", "及", "约", "近", "共"})
_NEXT_PLACE = re.compile(r"[、，,和及][\u4e00-\u9fffA-Z]{1,7}[省市州县区旗乡镇村]")
_COMMAS = frozenset({"，", ","})
_LISTED = frozenset({"admin_units", "households", "persons"})
_DIVIDED = re.compile(r"(?:辖|设|有|分为|划为)[\u4e00-\u9fff]{0,2}$")
"""Before a count of divisions that only says how many there are."""
_NEW_SUBJECT = ("面积", "人口", "人数")
_PERSONAL = frozenset({"dead", "missing", "injured", "dead_or_missing", "trapped"})
_PEOPLE = frozenset({"persons", "households"})
_ACTIONS = frozenset({"evacuated", "resettled", "relieved", "repaired", "built", "out_of_poverty", "needing_relief"})
_NOMINAL = frozenset({"evacuated", "resettled", "relieved", "needing_relief", "out_of_poverty"})
_CERTAIN = frozenset({"status.noun", "status.before", "status.predicate"})
_WORKS = frozenset({"built", "repaired"})
_LEAVES = "退出"
_POVERTY = ("贫困", "脱贫")
_POVERTY_REACH = 14


@dataclass(slots=True)
class _Sentence:
    """A sentence while it is read."""

    text: str
    low: int
    high: int
    counts: list[CountFact]
    cues: list[Cue]
    barriers: Sequence[int]
    """Where amounts begin: what stands behind one tells nothing of a count before it."""
    weak: set[int] = field(default_factory=set)
    """Counts whose status comes from a mere attribute (贫困群众)."""
    parts: set[int] = field(default_factory=set)
    """Counts that are parts of the one before them."""
    used: set[int] = field(default_factory=set)
    """Where cues start that were read as the predicate of a count before them."""


class StatusReader:
    """Reads statuses by the tables of ``patterns/statuses.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        both = patterns.table("statuses", "both")
        right = {word: status for status, words in patterns.table("statuses", "right").items() for word in words}
        reset = patterns.table("statuses", "reset")["none"]
        self._right_only: Mapping[str, str] = right
        self._cues = CueScanner({**both, "none": reset})
        self._adjacent = frozenset(patterns.words("adjacent_cue"))
        self._narrow = frozenset(patterns.words("narrow_cue"))
        self._modifiers = frozenset(patterns.words("modifier_cue"))
        self._narrow_noun = patterns.words("narrow_noun")
        self._adverbs = re.compile(f"{one_of(patterns.words('predicate_adverb'))}*(?:[被因遭受]\\S{{0,4}})?")
        self._object = patterns.words("object_noun")
        self._other_head = patterns.words("other_head")
        self._no_status = frozenset(patterns.words("no_status_unit"))
        self._recipient = re.compile(one_of(patterns.words("recipient_mark")))
        self._carry_stop = re.compile(one_of(patterns.words("carry_stop")))
        self._applies = {status: frozenset(kinds) for status, kinds in patterns.table("statuses", "applies").items()}

    def of_heading(self, text: str, measure: str) -> Status | None:
        """What the heading of a column or row says happened to the things counted below it: its last cue that may."""
        for cue in reversed(self._cues.find(text, 0, len(text))):
            if measure in self._applies.get(cue.meaning, ()):
                return cast(Status, cue.meaning)
        return None

    def read(self, scene: Scene) -> None:
        """Set ``status`` of every count of ``scene``."""
        barriers = sorted(amount.start for amount in scene.amounts)
        for (low, high), counts in by_sentence(scene, scene.counts):
            found = self._cues.find(scene.text, low, high)
            cues = [
                cue if cue.word != _LEAVES else _of_poverty(scene.text, low, cue)
                for cue in found
                if cue.meaning != "skip"
            ]
            if cues:
                within = barriers[bisect_left(barriers, low) : bisect_left(barriers, high)]
                sentence = _Sentence(scene.text, low, high, counts, cues, within)
                for i in range(len(counts)):
                    self._read_count(sentence, i)

    def _read_count(self, sentence: _Sentence, i: int) -> None:
        count = sentence.counts[i]
        if self._told_with_their_homes(sentence, i):
            return
        inside = self._inside(sentence, count)
        if inside is not None and inside.word not in self._modifiers:
            self._set(count, inside.meaning, "status.noun", inside)
            return
        left = self._left(sentence, i)
        beside = left is not None and count.start - left.end <= 1 and left.word not in self._modifiers
        if left is not None and beside and left.meaning != "none":  # whatever follows
            self._set(count, left.meaning, "status.before", left)
            return
        following = self._following(sentence, i)
        barrier = bisect_left(sentence.barriers, count.end)
        limit = min([following, *sentence.barriers[barrier : barrier + 1]])
        predicate = self._predicate(sentence, count, limit, following)
        if predicate is not None:  # 实现3万人脱贫
            meaning = self._right_only.get(predicate.word, predicate.meaning)
            self._set(count, meaning, "status.predicate", predicate)
            sentence.used.add(predicate.start)
            self._spread_back(sentence, i)
        elif left is not None and beside:
            self._set(count, left.meaning, "status.before", left)
        elif inside is None and left is not None and left.meaning == "none" and self._read_nominal(sentence, i, limit):
            pass
        elif inside is not None or left is not None:
            acted = left is not None and left.meaning in _ACTIONS and count.start - left.end <= _MODIFIED_REACH
            cue = left if inside is None or acted else inside
            assert cue is not None
            attribute = cue.word in self._modifiers
            self._set(count, cue.meaning, "status.attribute" if attribute else "status.before", cue)
            if attribute:
                sentence.weak.add(i)
        elif not self._read_nominal(sentence, i, limit) and i:
            self._carry(sentence, i)

    def _following(self, sentence: _Sentence, i: int) -> int:
        """Where the next count begins that can have a status, or the sentence ends."""
        for count in sentence.counts[i + 1 :]:
            if count.found.unit not in self._no_status:
                return count.start
        return sentence.high

    def _told_with_their_homes(self, sentence: _Sentence, i: int) -> bool:
        """救济了6811户的20628名灾民: the people of the households before them, to whom the same was done."""
        count, homes = sentence.counts[i], sentence.counts[i - 1] if i else None
        if homes is None or homes.status not in _ACTIONS or homes.found.measure != "households":
            return False
        if count.found.measure != "persons" or sentence.text[homes.end : count.start] != "的":
            return False
        self._set(count, homes.status, "status.joined", homes)
        return True

    def _read_nominal(self, sentence: _Sentence, i: int, limit: int) -> bool:
        """完成45户180人的搬迁任务: whether the phrase that the count belongs to tells its status."""
        count = sentence.counts[i]
        nominal = self._nominal(sentence, count, limit)
        if nominal is None:
            return False
        self._set(count, nominal.meaning, "status.relative", nominal)
        self._spread_back(sentence, i, people_only=True)
        return True

    def _set(self, count: CountFact, meaning: str, why: str, told_by: Cue | CountFact) -> None:
        allowed = self._applies.get(meaning)
        if allowed is not None and count.found.measure in allowed and count.found.unit not in self._no_status:
            count.status = cast(Status, meaning)
            confidence: Confidence = "certain" if why in _CERTAIN else "likely"
            kept = [reason for reason in count.reasons if reason.field != "status"]
            count.reasons = [*kept, Reason("status", confidence, why, told_by.start, told_by.end)]

    def _inside(self, sentence: _Sentence, count: CountFact) -> Cue | None:
        """A cue in the counted noun itself: 8名遇难者, 832个贫困县; not in 4个疏散小组."""
        number_end, end = count.found.number_end, count.end
        for cue in sentence.cues[bisect_left(sentence.cues, (number_end,)) :]:
            if cue.end > end:
                return None
            if cue.meaning != "none":
                noun = sentence.text[number_end:end]
                told_apart = cue.word in self._adjacent and cue.word != noun  # 6死 is all number and cue
                return None if told_apart or noun.endswith(self._other_head) else cue
        return None

    def _left(self, sentence: _Sentence, i: int) -> Cue | None:
        """The cue before the number, in its clause: the nearest, or the verb of which the nearest is the object."""
        count = sentence.counts[i]
        j = i
        while j and sentence.counts[j - 1].end == sentence.counts[j].start and sentence.counts[j - 1].status is None:
            j -= 1  # 转移9所学校师生2600人: a verb reaches past a count that it can't be told of
        edge = sentence.counts[j - 1].found.number_end if j else sentence.low
        cues = sentence.cues
        for k in range(bisect_left(cues, (count.start,)) - 1, -1, -1):
            cue = cues[k]
            if cue.end > count.start:
                continue
            if cue.start < edge or _BREAK.search(sentence.text, cue.end, count.start):
                return None
            if cue.start in sentence.used or not self._reaches(sentence.text, cue, count.start):
                continue
            return self._governing(sentence, cues[k - 1], cue) if k and cues[k - 1].start >= edge else cue
        return None

    def _reaches(self, text: str, cue: Cue, start: int) -> bool:
        gap = text[cue.end : start].strip()
        if cue.word in self._adjacent:
            return not gap
        if cue.word in self._narrow and len(gap) > _NARROW_REACH:
            return len(gap) <= _NARROW_NOUN_REACH and gap.startswith(self._narrow_noun)
        return True

    def _governing(self, sentence: _Sentence, verb: Cue, cue: Cue) -> Cue:
        gap = sentence.text[verb.end : cue.start]
        if verb.start in sentence.used or _BREAK.search(gap):
            return cue
        if cue.word in self._modifiers and verb.meaning in _ACTIONS and verb.word not in self._modifiers:
            return verb if len(gap) <= _MODIFIED_REACH else cue
        if verb.meaning in _WORKS and cue.meaning in _WORKS and gap in _JOINED:
            return verb
        return cue

    def _predicate(self, sentence: _Sentence, count: CountFact, limit: int, following: int) -> Cue | None:
        """The cue behind the count that is its predicate: 57人死亡, 11个乡镇全部受灾."""
        text = sentence.text
        for cue in sentence.cues[bisect_left(sentence.cues, (count.end,)) :]:
            if cue.meaning == "none" and self._adverbs.fullmatch(cue.word):
                continue
            gap = text[count.end : cue.start]
            if cue.end > limit or len(gap) > _PREDICATE_REACH or _BREAK_RIGHT.search(gap) or gap.startswith("的"):
                return None
            if len(gap) > _RIGHT_REACH and self._adverbs.fullmatch(gap) is None:
                return None
            if self._is_taken(sentence, count, cue, following):
                return None
            return cue
        return None

    def _is_taken(self, sentence: _Sentence, count: CountFact, cue: Cue, following: int) -> bool:
        """Whether a cue behind a count has an object of its own, so that it tells nothing of the count."""
        text = sentence.text
        if cue.word in self._right_only:
            ahead = text[max(sentence.low, self._first_joined(sentence, count).start - _RECIPIENT_REACH) : count.start]
            return self._recipient.search(ahead) is None
        if cue.word in self._adjacent or cue.meaning == "none" or text.startswith(_NEW_SUBJECT, cue.end):
            return True
        if cue.meaning != "affected" and text.startswith(self._object, cue.end):
            return True
        if cue.meaning in _WORKS:
            return _CLAUSE_END.match(text, cue.end, sentence.high) is None
        if following - cue.end > _TAKEN_REACH or _BREAK_RIGHT.search(text, cue.end, following):
            return False
        return cue.meaning != "affected" and count.found.measure not in _PEOPLE

    @staticmethod
    def _first_joined(sentence: _Sentence, count: CountFact) -> CountFact:
        j = sentence.counts.index(count)
        while j and sentence.text[sentence.counts[j - 1].end : sentence.counts[j].start] in _JOINED:
            j -= 1
        return sentence.counts[j]

    def _nominal(self, sentence: _Sentence, count: CountFact, limit: int) -> Cue | None:
        """2197户8788人的避险搬迁: the cue as the noun of a phrase with 的."""
        if count.found.measure not in _PEOPLE or not sentence.text.startswith("的", count.end):
            return None
        for cue in sentence.cues:
            if cue.start < count.end or cue.word in self._modifiers:
                continue
            near = cue.end <= limit and cue.start - count.end <= _RELATIVE_REACH
            near = near and _BREAK_RIGHT.search(sentence.text, count.end, cue.start) is None
            return cue if near and cue.meaning in _NOMINAL else None
        return None

    def _spread_back(self, sentence: _Sentence, index: int, *, people_only: bool = False) -> None:
        """57户、230人搬迁: what is told of the last of joined counts holds for those before it."""
        last = sentence.counts[index]
        status = last.status
        for j in range(index - 1, -1, -1):
            count = sentence.counts[j]
            told = count.status is not None and j not in sentence.weak
            gap = sentence.text[count.end : sentence.counts[j + 1].start]
            same = count.found.measure == last.found.measure
            people = gap in _COMMAS and {count.found.measure, last.found.measure} == _PEOPLE
            people = people or (status == "affected" and self._struck_list(sentence, count, last, gap))
            joined = gap in _JOINED or people or (same and _NEXT_PLACE.fullmatch(gap) is not None)
            if told or status is None or not joined:
                return
            if not people_only or count.found.measure in _PEOPLE:
                self._set(count, status, "status.joined", last)

    @staticmethod
    def _struck_list(sentence: _Sentence, count: CountFact, last: CountFact, gap: str) -> bool:
        """46个乡镇，592个村，75.72万人受灾: whether a count of divisions belongs to a list of who was struck."""
        if gap not in _COMMAS or count.found.measure != "admin_units" or last.found.measure not in _LISTED:
            return False
        return _DIVIDED.search(sentence.text, sentence.low, count.start) is None

    def _carry(self, sentence: _Sentence, i: int) -> None:
        """受灾村庄141个，人口11.35万人: a list goes on with the status of the figure before it."""
        previous, count = sentence.counts[i - 1], sentence.counts[i]
        if previous.status is None:
            return
        gap = _BRACKETED.sub("", sentence.text[previous.end : count.start])
        between = (c for c in sentence.cues if c.start >= previous.end and c.end <= count.start)
        if len(gap) > _CARRY_REACH or any(c.start not in sentence.used for c in between):
            return
        if i - 1 in sentence.parts and _CLOSES_PART.search(gap):
            return
        same = previous.found.measure == count.found.measure
        opens = _OPENS_PART.search(gap) is not None
        if opens or (i - 1 in sentence.parts and same):
            sentence.parts.add(i)
            if same or previous.status not in _PERSONAL:
                self._set(count, previous.status, "status.carried", previous)
            return
        if same and _SAME_MEASURE_AGAIN.fullmatch(gap):
            self._set(count, previous.status, "status.carried", previous)
            return
        told_before = any(c.end <= previous.start and c.start not in sentence.used for c in sentence.cues)
        ended = "；" in gap or ";" in gap or self._carry_stop.search(gap) is not None
        if told_before and not ended and (same or previous.status not in _PERSONAL):
            self._set(count, previous.status, "status.carried", previous)


def _of_poverty(text: str, low: int, cue: Cue) -> Cue:
    """退出 of 3500个贫困村退出 tells that they are poor no more; 退出低保 tells nothing of poverty."""
    if text.startswith(_POVERTY, cue.end):
        return cue
    said = _BREAK.split(text[max(low, cue.start - _POVERTY_REACH) : cue.start])[-1]
    return cue if any(word in said for word in _POVERTY) else cue._replace(meaning="none")
