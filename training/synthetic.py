"""Sentences of templates, division tables and parts of names: what county texts have and newswire lacks."""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from extractor.entities.division_names import short_forms
from training.sentences import COUNTY, Name, Sentence

_SLOT = re.compile(r"\{(?P<kind>\w+)(?::(?P<label>\w+))?\}")
_TEMPLATES = Path(__file__).parent / "templates.yaml"

_WORDS: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))
_VILLAGE_FORM = ("村", "行政村", "自然村")


class Names:
    """Draws names of every kind. ``persons`` are seen ones, whose parts make new ones too."""

    def __init__(self, divisions: Path, townships: Path, persons: Iterable[str], draw: random.Random) -> None:
        self._draw = draw
        known = list(_divisions(divisions))
        self._counties = [(name, shorts) for name, level, shorts in known if level == "县级"]
        self._above = [name for name, level, _ in known if level != "县级"]
        self._autonomous = [name for name, _, _ in known if "自治" in name]
        with townships.open(encoding="utf-8-sig", newline="") as file:
            self._towns = [row["name"] for row in csv.DictReader(file) if 3 <= len(row["name"]) <= 6]
        seen = Counter(name for name in persons if 2 <= len(name) <= 4)
        self._persons = list(seen)
        self._surnames = [name[0] for name in self._persons if len(name) <= 3]
        self._given = [character for name in self._persons if len(name) == 3 for character in name[1:]]
        self.kinds: dict[str, Callable[[], str]] = {
            name: getattr(self, name) for name in vars(Names) if not name.startswith("_")
        }

    def _pick(self, choices: Any) -> str:
        return str(self._draw.choice(choices))

    def n(self) -> str:
        form = self._draw.random()
        number = self._draw.randint(1, 9999)
        return str(number) if form < 0.7 else f"{number / 10:.1f}" if form < 0.85 else f"{number % 90 + 1}余"

    def person(self) -> str:
        form = self._draw.random()
        if form < 0.4:
            return self._pick(self._persons)
        if form < 0.5:
            return self.minority()
        return self._pick(self._surnames) + "".join(self._pick(self._given) for _ in range(2 if form < 0.85 else 1))

    def county(self) -> str:
        full, shorts = self._draw.choice(self._counties)
        return self._pick((full, *shorts[:-1]))

    def county_short(self) -> str:
        return str(self._draw.choice(self._counties)[1][-1])

    def chain(self) -> str:
        return self._pick(self._above) + self.county()

    def town(self) -> str:
        return self._pick(self._towns)

    def town_short(self) -> str:
        name = re.sub("(?:街道办事处|街道|.族乡|乡|镇)$", "", self.town())
        return name if 2 <= len(name) <= 4 else self.town_short()

    def village_short(self) -> str:
        form = self._draw.random()
        if form < 0.3:
            return self.town_short()
        before = self._pick(("", "", "大", "小", "东", "西", "前", "后", "上", "下", "南", "北", "老", "新"))
        return before + self._pick(self._surnames) + self._pick(("", "家")) + self._pick(_WORDS["village_ends"][1:])

    def village(self) -> str:
        name = self.village_short()
        return name + self._pick(_VILLAGE_FORM)

    def river(self) -> str:
        return self.town_short()[:2] + self._pick(_WORDS["rivers"])

    def mountain(self) -> str:
        return self.town_short()[:2] + self._pick(_WORDS["mountains"])

    def road(self) -> str:
        return self._pick((self.town_short()[:2], "人民", "解放", "曙光", "五一")) + self._pick(_WORDS["roads"])

    def office(self) -> str:
        return self._pick((self.county(), self.chain())) + self._pick(_WORDS["bureaus"])

    def bare_office(self) -> str:
        return self._pick(("县", "县", "市", "省", "州", "区", "")) + self._pick(_WORDS["bureaus"])

    def long_office(self) -> str:
        return (
            self._pick((self.county(), self.office(), self.town(), "县", "省"))
            + self._pick(_WORDS["work"])
            + self._pick(("领导小组", "工作领导小组", "指挥部", "委员会", "工作组"))
        )

    def government(self) -> str:
        return self._body("人民政府")

    def committee(self) -> str:
        return self._body("委") if self._draw.random() < 0.5 else "中共" + self.county() + "委员会"

    def government_office(self) -> str:
        return self.government() + self._pick(("办公室", "办公厅"))

    def group_office(self) -> str:
        return self.long_office() + "办公室"

    def both(self) -> str:
        level = self._pick("县市州区省")
        return self._pick((f"{level}委{level}政府", f"{level}委", f"{self.county()}委县人民政府"))

    def congress(self) -> str:
        return self._pick("县市州省区") + self._pick(("人大", "政协", "人大常委会", "纪委", "监委", "法院", "检察院"))

    def assembly(self) -> str:
        return f"{self.county()}第{self._pick('五六七八九十')}届人民代表大会"

    def team(self) -> str:
        return self._pick((self.county_short(), self._pick(_WORDS["brands"]))) + self._pick(
            ("救援队", "志愿服务队", "民兵连", "消防大队")
        )

    def verb(self) -> str:
        return self._pick(_WORDS["verbs"])

    def minority(self) -> str:
        parts = [self._pick(_WORDS["syllables"]) for _ in range(self._draw.randint(3, 6))]
        if len(parts) > 4:
            parts.insert(3, "·")
        return "".join(parts)

    def autonomous(self) -> str:
        return self._pick(self._autonomous)

    def province(self) -> str:
        return self._pick(_WORDS["provinces"])

    def zone(self) -> str:
        return self.county_short() + self._pick(("试验区", "开发区", "工业园区", "新区", "经济技术开发区", "风景区"))

    def company(self) -> str:
        place = self._pick(("", self.county(), self.county_short(), self.town_short()))
        return (
            place
            + self._pick((self._pick(_WORDS["brands"]), "" if place else self._pick(_WORDS["brands"])))
            + self._pick(_WORDS["companies"])
        )

    def school(self) -> str:
        return self._pick(
            (self.county_short(), self.town_short(), self.county(), "县", self.village_short())
        ) + self._pick(_WORDS["schools"])

    def media(self) -> str:
        return self._pick(_WORDS["media"])

    def hospital(self) -> str:
        return self._pick((self.county(), self.county_short(), self.town_short(), "县")) + self._pick(
            _WORDS["hospitals"]
        )

    def station(self) -> str:
        return self._pick((self.county(), self.county_short(), "县", "省")) + self._pick(_WORDS["stations"])

    def _body(self, end: str) -> str:
        form = self._draw.random()
        if form < 0.4:
            return self._pick(("县", "市", "省", "州")) + ("政府" if end == "人民政府" and form < 0.3 else end)
        return self.county() + end


def _divisions(table: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Name, level and short forms of every division that there has been."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        stated = dict.fromkeys((row["名称"], row["级别"]) for row in csv.DictReader(file))
    for name, level in stated:
        if shorts := short_forms(name):
            yield name, level, shorts


def sentences(names: Names, draw: random.Random, count: int) -> Iterator[Sentence]:
    """``count`` filled templates."""
    templates: list[str] = yaml.safe_load(_TEMPLATES.read_text("utf-8"))["sentences"]
    for _ in range(count):
        yield filled(draw.choice(templates), names)


def filled(template: str, names: Names) -> Sentence:
    """The template with every slot filled."""
    text, found, position = "", [], 0
    for slot in _SLOT.finditer(template):
        text += template[position : slot.start()]
        surface = names.kinds[slot["kind"]]()
        if slot["label"]:
            found.append(Name(len(text), len(text) + len(surface), slot["label"]))
        text += surface
        position = slot.end()
    return Sentence(text + template[position:], tuple(_joined(found)), COUNTY)


def _joined(found: list[Name]) -> Iterator[Name]:
    """Adjoining places are one place, as the gold has it."""
    last: Name | None = None
    for name in found:
        if last and last.end == name.start and last.label == name.label == "place":
            last = Name(last.start, name.end, "place")
            continue
        if last:
            yield last
        last = name
    if last:
        yield last
