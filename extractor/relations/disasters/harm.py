"""Which figures are harm that an event did, and the words that tell whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.patterns import Patterns, one_of
from extractor.relations.disasters.facts import DisasterFact
from extractor.relations.figures import HARM, AmountFact, Figure
from extractor.text.expression import expression

CLAUSE_MARK = expression(r"[，,。；;：:！？!?（）()\n]")
"""What parts clauses; the 、 of a list does not."""

_RECIPIENT = expression(r"[对为向给]\s?$")
_MANY = r"(?:\d+[千万]?|[二三四五六七八九十百两多几]+)余?"
_REACH_OF_CLAUSE = 40


class HarmCues:
    """The word lists of ``patterns/disasters.yaml`` that tell harm and whose it is."""

    def __init__(self, patterns: Patterns) -> None:
        words = patterns.words
        self.total = expression(one_of(words("total_cue")))
        self.chain = expression(one_of(words("chain_cue")))
        self._elsewhere = expression(one_of(words("not_caused")))
        no_harm = one_of([*words("saved_behind"), *words("helper")])
        self._no_harm_behind = expression(f"[\u4e00-\u9fff]{{0,6}}?{no_harm}")
        self._loss_verb = expression(one_of(words("loss_verb")))
        self.this_event = expression(one_of(words("this_event")))
        self.other_year = expression(f"\\s*{one_of(words('other_year'))}")
        """Opens a sentence whose figures are another year's."""
        table: Mapping[str, Sequence[str]] = patterns.table("disasters", "category")
        self._weather = frozenset(words("weather"))
        self._hazards = {category: expression(one_of(hazards)) for category, hazards in table.items()}
        self._loss_behind = expression(f"[\u4e00-\u9fff]{{0,8}}?{one_of(words('loss_behind'))}")
        happens = one_of(words("happens"))
        self.many_events = expression(
            f"{happens}[\u4e00-\u9fff]{{0,12}}?{_MANY}[次起场宗]|{_MANY}[起次宗][\u4e00-\u9fff]{{0,4}}(?:事故|火灾|灾害)"
        )
        """Events counted without naming one: what is counted with them is no single one's."""

    def is_weather(self, event: DisasterFact) -> bool:
        """Whether an event is wind or rain without a name: behind a typhoon it is the typhoon's."""
        return not event.found.named and self._weather.issuperset(event.hazards)

    def speaks_of(self, text: str, span: tuple[int, int], event: DisasterFact) -> bool:
        """Whether some word for a disaster of the kind of ``event`` stands in ``span``."""
        return any(self._hazards[category].search(text, *span) for category in event.found.categories)

    def is_harm(self, text: str, fact: Figure) -> bool:
        """Whether a figure is harm done by an event: not relief, not averted, not another year's."""
        clause = CLAUSE_MARK.split(text[max(0, fact.start - _REACH_OF_CLAUSE) : fact.start])[-1]
        behind = fact.found.end if isinstance(fact, AmountFact) else fact.found.number_end
        given_to = _RECIPIENT.search(clause) is not None
        if given_to or self._elsewhere.search(clause) or self._no_harm_behind.match(text, behind):
            return False
        if isinstance(fact, AmountFact):
            return fact.role == "loss"
        if fact.status is None:
            return bool(self._loss_verb.search(clause) or self._loss_behind.match(text, behind))
        return fact.status in HARM
