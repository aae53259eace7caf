"""What the heading of a column or row says: a unit, a total, a year, a place, whose money, or no figures at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple, cast

from extractor.patterns import Patterns, one_of
from extractor.records.codes import Measure
from extractor.rules.numerals import exact, parse_quantity
from extractor.text.expression import expression

_SPACED = expression(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_OF_WHICH = expression(r"(?:其\s?中|#)\s?[:：,，、]?\s?")
_NUMBERING = expression(
    r"(?P<one>[一二三四五六七八九十]{1,3}、)|(?P<two>[（(][一二三四五六七八九十]{1,3}[)）])"
    r"|(?P<three>\d{1,2}[、．.](?!\d))|(?P<four>[（(]\d{1,2}[)）]|[①-⑳])"
)
_LEVELS = ("one", "two", "three", "four")
_YEARS = expression(
    r"(?P<first>(?:19|20)\d\d)\s?年?(?:\s?[-－—–~～至]{1,2}\s?(?P<last>(?:19|20)\d\d))?\s?(?:年度?|度)?(?:末|底)?"
)
_YEAR_IN = expression(r"(?<!\d)(?:19|20)\d\d(?=\s?年)")
_AVERAGE = expression("(人|户|亩|村)均|每([人户亩村])")
_HAN = expression(r"[\u4e00-\u9fff（）()]{2,14}")
_BRACKET = expression(r"[（(]([^（）()]{1,6})[）)]$")
_LONGEST_UNIT = 5
_BLANK_WORD = expression(r"[\s（()）、，,]*")


class Unit(NamedTuple):
    """A unit: as written, how many of the plain unit it is, the plain unit, and what a rate is for (万元/户)."""

    written: str
    factor: Decimal
    word: str
    per: str | None = None


class Headings:
    """Reads headings by the lists of ``patterns/tables.yaml``."""

    def __init__(self, patterns: Patterns) -> None:
        self._family = patterns.family("tables")
        words = patterns.words
        self._no_figure = frozenset(words("no_figure"))
        self._no_figure_part = expression(one_of(words("no_figure_part")))
        self._unit_heading = frozenset(words("unit_heading"))
        self._place_heading = frozenset(words("place_heading"))
        self._place_end = tuple(words("place_end"))
        self._no_place = frozenset(words("no_place"))
        self._kinds_of_places = tuple(word for word in words("no_place") if len(word) > 2 or word == "乡镇")
        self._provinces = frozenset(words("province"))
        self._no_place_start = tuple(words("no_place_start"))
        self._ranks = dict.fromkeys(words("total"), 2) | dict.fromkeys(words("subtotal"), 1)
        self._sums = expression(f"(?P<of>.{{0,12}}?)(?P<sum>{one_of([*words('subtotal'), '合计', '总计', '共计'])})")
        self._not_summed = expression(one_of(words("not_summed")))
        self._payer = expression(f"{one_of(words('payer_heading'))}{one_of(words('payer_tail'))}?")
        self._implied = [
            (word, unit) for unit, told in patterns.table("tables", "implied_unit").items() for word in told
        ]
        measures = patterns.table("tables", "heading_measure")
        self._measure_of = {word: measure for measure, told in measures.items() for word in told}
        self._measure = expression(one_of(self._measure_of))
        self._counted = tuple(words("counted"))
        self._other_unit = frozenset(words("other_unit"))
        counted_in: dict[str, set[str]] = {}
        for unit, told in patterns.table("tables", "counted_in").items():
            for word in told:
                counted_in.setdefault(word, set()).add(unit)
        self._counted_in = {word: frozenset(units) for word, units in counted_in.items()}
        self._counted_thing = expression(one_of(self._counted_in))
        self._relative: dict[str, int] = patterns.table("tables", "relative_year")
        self._money = frozenset(words("currency_word"))
        counted = cast(dict[str, Measure], patterns.table("counts", "measure"))
        self.measures: dict[str, Measure] = {unit: name for key, name in counted.items() for unit in words(key)}

    def normal(self, text: str) -> str:
        """A heading without the spaces that spread it (合　计) and without its unit in brackets."""
        found = self._unit_match(text)
        if found is not None:
            text = text[: found[0]] + text[found[1] :]
        return _SPACED.sub("", text).strip(" ：:　")

    def unit(self, text: str) -> Unit | None:
        """The unit that stands in brackets in a heading."""
        found = self._unit_match(text)
        return found[2] if found else None

    def _unit_match(self, text: str) -> tuple[int, int, Unit] | None:
        if "（" not in text and "(" not in text:
            return None
        for hit in self._family.finditer(text):
            start, end = hit.match.span()
            groups = hit.values()
            if hit.rule.id in ("table.column_unit", "table.caption_unit") and not groups.get("others"):
                return start, end, self.unit_of(groups)
            if hit.rule.id == "table.unit" and text[end : end + 1] in ")）":  # 金额（单位：万元）
                return start - 1, end + 1, self.unit_of(hit.values())
        return None

    @staticmethod
    def unit_of(groups: Mapping[str, str]) -> Unit:
        """The unit in the groups of a rule."""
        multiplier = parse_quantity(f"1{groups['multiplier']}") if groups.get("multiplier") else exact(Decimal(1))
        factor = multiplier.value if multiplier and multiplier.value else Decimal(1)
        return Unit(groups.get("unit", ""), factor, groups.get("word", ""), groups.get("per"))

    def written_unit(self, text: str) -> Unit | None:
        """The unit that a cell is, as in a column 计量单位."""
        for hit in self._family.finditer(f"（{text}）"):
            if hit.rule.id == "table.column_unit" and hit.match.end() == len(text) + 2:
                return self.unit_of(hit.values())
        return None

    def bare_unit(self, text: str) -> Unit | None:
        """The unit that a heading is, as in a row of units below the others; 村 may as well be the name of a column."""
        unit = self.written_unit(text) if len(text) < _LONGEST_UNIT else None
        return None if unit and self.measures.get(unit.word) == "admin_units" else unit

    def in_other_unit(self, text: str, *, sure: bool) -> bool:
        """Whether a heading ends with a unit that is none of ours (毫米); if not ``sure``, with any in brackets."""
        bracket = _BRACKET.search(text)
        if bracket is None:
            return False
        return bracket[1] in self._other_unit or not (sure or self.payer(bracket[1]))

    def counted_in(self, text: str) -> frozenset[str]:
        """The units that what a heading names is counted in: 头 of 大牲畜死亡, 所 of 学校数."""
        last = None
        for match in self._counted_thing.finditer(text):
            last = match.group()
        return self._counted_in[last] if last else frozenset()

    def implied_unit(self, text: str) -> Unit | None:
        """The unit of a heading that tells it by itself: 户 of 户数."""
        unit = next((unit for word, unit in self._implied if text.endswith(word)), None)
        return Unit(unit, Decimal(1), unit) if unit else None

    def is_unit_alone(self, text: str) -> bool:
        """Whether a heading says no more than its unit: 户数, 人数."""
        return any(text == word for word, _ in self._implied)

    def measure(self, text: str) -> str | None:
        """What kind of thing a heading names last: ``money`` or a measure."""
        last = None
        for match in self._measure.finditer(text):
            last = match.group()
        return self._measure_of[last] if last else None

    def counts_things(self, text: str) -> bool:
        """Whether a heading counts things, so that its numbers are no money whatever the table declares."""
        return text.endswith(self._counted)

    def is_money(self, unit: Unit) -> bool:
        """Whether it is a unit of money."""
        return unit.word in self._money

    def kind(self, unit: Unit) -> str | None:
        """What a unit counts: ``money`` or a measure."""
        return "money" if self.is_money(unit) else self.measures.get(unit.word)

    def heads_figures(self, path: Iterable[str]) -> bool:
        """Whether a column or row with these headings may hold figures: not numbers, dates, names, rates or changes."""
        told = [part for part in path if part]
        if any(self._no_figure_part.search(part) for part in told):
            return False
        return not told or told[-1] not in self._no_figure

    def heads_units(self, path: Iterable[str]) -> bool:
        """Whether a column with these headings states the units of its rows."""
        return any(part in self._unit_heading for part in path)

    def heads_places(self, path: Iterable[str]) -> bool:
        """Whether a column with these headings names places."""
        return any(part in self._place_heading for part in path)

    def total_rank(self, text: str) -> int:
        """2 for a total (合计), 1 for the sum of a part (小计, 石羊乡小计), 0 for anything else."""
        rank = self._ranks.get(text)
        if rank is not None:
            return rank
        named = self._sums.fullmatch(text)
        if named is None:
            return 0
        return 2 if named["of"].startswith(("全", "总")) else 1

    def of_which(self, text: str) -> str | None:
        """What stands behind 其中 in a heading, maybe nothing; None if it has no 其中."""
        match = _OF_WHICH.match(text)
        return text[match.end() :] if match else None

    def level(self, text: str) -> int:
        """How deep the numbering of a row is: 一、 1, （一） 2, 1. 3, （1） 4; 0 without one."""
        match = _NUMBERING.match(text)
        return _LEVELS.index(match.lastgroup or "one") + 1 if match else 0

    def plain(self, text: str) -> str:
        """A heading without its numbering and without 其中."""
        match = _NUMBERING.match(text)
        text = text[match.end() :] if match else text
        behind = self.of_which(text)
        return (text if behind is None else behind).strip()

    def years(self, text: str) -> str | None:
        """The year or years that a heading is, as ISO 8601: 2008年, 2001-2005."""
        match = _YEARS.fullmatch(text)
        if match is None:
            return None
        return f"{match['first']}/{match['last']}" if match["last"] else match["first"]

    def year_named(self, text: str) -> str | None:
        """The one year that a caption or longer heading names; None for none or several."""
        years = set(_YEAR_IN.findall(text))
        return years.pop() if len(years) == 1 else None

    def years_back(self, text: str) -> int | None:
        """How many years from the report's own a heading such as 上年 stands, if it is one."""
        return self._relative.get(text.removesuffix("数"))

    def place(self, text: str, *, headed: bool) -> str | None:
        """The place that a heading names; ``headed`` where its column says that it holds places."""
        named = self._sums.fullmatch(text)
        if named is not None:
            text = named["of"]
        general = (
            text in self._no_place or text.endswith(self._kinds_of_places) or text.startswith(self._no_place_start)
        )
        if general or text in self._ranks or not _HAN.fullmatch(text):
            return None
        named_so = text in self._provinces or (text.endswith(self._place_end) and len(text) > 1)
        return text if headed or named_so else None

    def may_be_summed(self, path: Iterable[str]) -> bool:
        """Whether figures with these headings add up: averages, prices and standards do not."""
        return not any(self._not_summed.search(part) for part in path)

    def per(self, path: Iterable[str]) -> str | None:
        """What a figure with these headings is an average for: 人 of 人均纯收入."""
        return next((match[1] or match[2] for part in path if (match := _AVERAGE.search(part))), None)

    def payer(self, text: str) -> str | None:
        """Whose money a heading names: 县级财政, 自筹."""
        return text if self._payer.fullmatch(text) else None

    def tells(self, text: str) -> bool:
        """Whether a heading says what is counted, not only which year, place, payer or sum it is."""
        return bool(
            text
            and not _BLANK_WORD.fullmatch(text)
            and not self.total_rank(text)
            and self.years(text) is None
            and self.years_back(text) is None
            and self.place(text, headed=False) is None
        )
