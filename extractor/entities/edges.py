"""Where names begin and end, set right by what stands around them: dates, counts, words of direction, other names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.entities.found import FoundEntity
from extractor.text.expression import expression
from extractor.text.span import Spanned

_AT = expression(r"(?:分别|集中|先后|相继|分布|坐落|位|建|设|生|卒|葬|迁|出|产|属|毕业|就读|任教|病逝|牺牲|来源|发生)$")
"""Words behind which 于 is a preposition, and no surname that a name could begin with."""
_BEHIND_AT = expression(r"于(?!家)(?=[\u4e00-\u9fff]{3})")
"""于 before a name of three characters or more: 于家庄 is a village of the family 于, 于 in 于南石村 a preposition."""
_BEFORE_AT = expression(r"[、在到至从自向和与及的]$")
_ONE_OF_A_KIND = expression(
    r"(?P<place>.+[省市县区州旗乡镇村街道])(?:一家|(?:兴|创|新|筹|修|开)?[建办](?![材筑设国新华兴安工业公事])).{1,8}厂"
)
_ADVERB = expression(r"[\u4e00-\u9fff]{3}[正亲均曾现就也则又还任兼说等为在是带率表介告]")
_KIN = expression(r"[\u4e00-\u9fff]{1,2}(?:大爷|大妈|大娘|大嫂|大哥|大叔|奶奶|爷爷|婆婆|阿姨|师傅|老汉)")
_COMPOUND = ("欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯")
_BEARING_VERB = expression(r"[东南西北]{1,2}[依靠邻临接连距抵傍倚枕濒](?=[\u4e00-\u9fff]{2})")
_BEARING_TAIL = expression(r"[东南西北]$")
_DISTANCE = expression(r"约?\d[\d.]*\s?(?:公里|千米|华里|里|米)")
_OF_A_COUNTY = expression(r"[\u4e00-\u9fff]{1,2}[县镇乡村]人")
_PEOPLE = "族"
"""Behind a place's name it makes a people's (蒙古族)."""
_OFFICER = expression(
    r"(?:[省市州县区乡镇村局部厅处科站院校所队会厂场社组团营连排]长|书记|主任|主席|司令员|政委|总理|经理|委员|通讯员|记者"
    r"|村民|居民|农民|市民|灾民|党员|队员|社员|学员|份子|分子|教师|老师|医生|战士|烈士|同志|干部|教授|专家|户主|[困保]户)$"
)
_OWN_TITLE = "工作报告"
_MOUNTAIN = expression(r"[山江河海峰林]$")
_DIRECTIONS = frozenset({"东北", "西北", "东南", "西南"})
_DIRECTED = expression(
    r"、?(?:东北|西北|东南|西南)?走向|(?:面|侧|部)?(?:与|同|和)[\u4e00-\u9fff]{2,16}?[相接毗交邻]|[接邻临靠距依]|方|角|端"
)
_DIVISION = expression(r"[省市县区州旗盟乡镇]$")
_SEAT = expression(r"(?P<county>县)?城(?![区镇关市乡中建管投郊墙乡东西南北])")
"""Behind a county's name its town: 青石县城, but 青石县城关镇."""
_WORKS = expression(r"(?:电站|水库|大桥|干渠|灌区|水闸|油田|大堤)$")
_LOWER = expression(r"(?:[市县区镇乡村屯]|街道|社区|公社)$")
_NATIONAL = ("中共", "中国", "中华", "中央", "国家", "全国", "国务院", "新华", "人民", "解放军", "武警", "国民党")


def set_right(
    text: str, names: Sequence[FoundEntity], dates: Sequence[Spanned], counts: Sequence[Spanned]
) -> list[FoundEntity]:
    """``names`` in order, none overlapping: without those inside a date, each with its own edges, what belongs joined.

    A name that runs into a count ends before it (凤屯4镇), one behind the 于 of 位于 begins behind that; a division and
    the village or the body right behind it are one name (禄丰市勤丰镇, 乾县赈务委员会).
    """
    own = (_own(text, name) for name in _clear(names, dates, counts))
    return chained(name for name in own if name is not None)


def chained(names: Iterable[FoundEntity]) -> list[FoundEntity]:
    """``names`` with a division and the name right behind it as one, where they are one."""
    joined: list[FoundEntity] = []
    for name in names:
        if joined and joined[-1].end == name.start and _belong(joined[-1], name):
            first = joined.pop()
            name = replace(name, start=first.start, name=first.name + name.name)
        joined.append(name)
    return joined


def _clear(names: Iterable[FoundEntity], dates: Sequence[Spanned], counts: Sequence[Spanned]) -> Iterable[FoundEntity]:
    """``names`` clear of what is no name: all of them come in order."""
    date = count = 0
    for name in names:
        while date < len(dates) and dates[date].end <= name.start:
            date += 1
        if date < len(dates) and dates[date].start <= name.start and name.end <= dates[date].end:
            continue
        while count < len(counts) and counts[count].end <= name.start:
            count += 1
        if count < len(counts) and name.start + 1 < counts[count].start < name.end <= counts[count].end:
            name = replace(_cut(name, 0, name.end - counts[count].start), label="place")
        yield name


def _own(text: str, name: FoundEntity) -> FoundEntity | None:
    """The name by itself; None where its word is a direction, a people's, or heads the title of a document."""
    if name.label == "person":
        if _OF_A_COUNTY.fullmatch(name.name):
            return replace(_cut(name, 0, 1), label="place")
        if _KIN.fullmatch(name.name):
            return None  # 高大爷 tells no given name
        if _ADVERB.fullmatch(name.name) and not name.name.startswith(_COMPOUND):
            return _cut(name, 0, 1)  # 沈大用亲 of 沈大用亲任局长
        return name
    if name.name[0] == "于" and len(name.name) > 2 and _AT.search(text, max(0, name.start - 2), name.start):
        return _cut(name, 1, 0)
    if (
        name.label == "place"
        and _BEHIND_AT.match(name.name)
        and not _BEFORE_AT.search(text, max(0, name.start - 1), name.start)
    ):
        return _cut(name, 1, 0)
    if name.label == "organization" and _WORKS.search(name.name):
        return replace(name, label="place")
    if name.label == "organization" and (one := _ONE_OF_A_KIND.fullmatch(name.name)):
        return replace(_cut(name, 0, name.end - name.start - one.end("place")), label="place")  # 青石县一家具厂
    if name.label != "place":
        return None if text.startswith(_OWN_TITLE, name.end) else name
    if text.startswith(_PEOPLE, name.end):
        return None
    if (
        len(name.name) == 3
        and _MOUNTAIN.search(name.name)
        and _OFFICER.search(text, max(0, name.start - 3), name.start)
    ):
        return replace(name, label="person")  # 省长赵寿山
    if name.name in _DIRECTIONS and _DIRECTED.match(text, name.end):
        return None
    if (seat := _SEAT.match(text, name.end)) and (seat["county"] is None) == name.name.endswith("县"):
        return replace(name, end=seat.end(), name=name.name + seat[0])
    bearing = _BEARING_VERB.match(name.name)
    if bearing:
        return _cut(name, bearing.end(), 0)
    if len(name.name) > 2 and _BEARING_TAIL.search(name.name) and _DISTANCE.match(text, name.end):
        return _cut(name, 0, 1)
    return name


def _cut(name: FoundEntity, head: int, tail: int) -> FoundEntity:
    """``name`` without so many characters at its head and tail."""
    end = len(name.name) - tail
    return replace(name, start=name.start + head, end=name.end - tail, name=name.name[head:end])


def _belong(first: FoundEntity, second: FoundEntity) -> bool:
    """Whether two names, one right behind the other, are one."""
    if first.label != "place" or not _DIVISION.search(first.name):
        return False
    if second.label == "organization":
        return not second.name.startswith(_NATIONAL)
    return second.label == "place" and _LOWER.search(second.name) is not None
