"""Where an event struck: the phrase before its verb, the name before its quoted day, or what it is said to have hit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractor.records.codes import Confidence
from extractor.rules.disasters import FoundDisaster
from extractor.text.expression import expression

TIME_WORDS = (
    r"(?:\s|[，,）)]|[春夏秋冬]季?|凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜间|深夜|午夜|晚|夜|许|左右|前后|期间|零时|汛期|春播|春种|春耕|夏种|夏收|秋收|秋种|麦收"
    r"|\d{1,2}[时点:：](?:\d{1,2}分?)?|[一二三四五六七八九十]{1,3}[时点](?:[一二三四五六七八九十]{1,3}分)?|至|开始)"
)
"""An expression for one word that may stand between a date and what happened then."""

_LEADING_TIME = expression(f"{TIME_WORDS}+")
_TIME_TAIL = expression(
    r"(?:当地时间|北京时间|(?:\d{1,2}月)?\d{1,2}日|[一二三十]{1,3}日|今[年天日晨晚早]|昨[天日晚夜晨]|当[天日晚]|日前|近日|早些时候|近期|\d{1,2}[时点]\d{0,2}分?许?"
    rf"|{TIME_WORDS})+(?:左右|许)?$"
)
_CLAUSE_MARK = expression(r"[，,。；;：:！？!?\n]")
_BRACKETS = expression(r"[（(][^（）()]{0,60}[)）]")
_OURS = expression(r"^(?:[^\u4e00-\u9fff]*)(?:[我本该][省市州县区乡镇村])")
_IN = expression(r"^(?:其中|尤其是?|特别是|位于|适|避|发生在|在|于|从|因|受|由于|以及|导致|造成|致使|使|诱发|引发)+")
_ADVERB_TAIL = expression(
    r"(?:第[一二三四五六七八九十\d]+次|首次|一[场次起股]|先后|分别|不慎|突然|两次|多次|再次|连续|连遭|普遍|相继|均|又|也|都|就|还|曾|正值|正逢|适逢|仍有|仍|从|自|也感|一度|遭|特大|重大|严重|罕见|强烈|较大|局部|大面积|境内出现|有明显|有强烈|有较强|强|超强|大|的|里氏\s?|M[sSLwW]?\s?|第?\d+号|发生|出现|遭遇|遭受|突发)+$"
)
_PLACE = expression(r"[\u4e00-\u9fff、和与及\d\s]{1,60}|[A-Z]\d{1,4}[省县国]道")
_NO_PLACE = expression(
    r"[的了着是为把被让将其该此这那由因受而但并却已人]"
    r"|[均都皆]有|^[河江海]水$|大雨|麦后|兼旬|元年|^[旱蝗蝻螟疫饥风雨雹霜雪、]+$"
    r"|造成|发生|次年|翌年|同年|是年|情况|病例|夹带|加之|进入|百年|警惕|帮助|之前|相关|我们|他们|随后|此后|平均|每\d|感受|失火|起火|处置|抗击|由于|持续|影响|全部|以来|普降|降雨|没有|洪峰|过境|[\d〇○一二三四五六七八九十][年月日级]|^[春夏秋冬]+$"
)
_PLACE_END = expression(
    r"(?:[省市县区乡镇村屯寨州盟旗河江湖海山沟]|街道|社区|境内|县境|地区|公社|一带|流域|部|沿线|沿岸|沿海|海域|附近|周边|山区|城区|郊区|市郊|交界处|乡镇|等地|多地|多数地区|等|大队|生产队|林场|农场|矿区|煤矿|开发区|管理区|办事处|居委会|村委会)$"
)
_STRUCK = expression(
    r"(?:[两多数再][次度])?(?:袭击|侵袭|波及|席卷)了?(?:[我本][省市州县区乡镇村])?([\u4e00-\u9fff、\d]{2,40})"
)
_PASSED = expression(r"[，,]?\s?从([\u4e00-\u9fff、\d]{2,40}?)(?:掠过|经过|穿过|过境|扫过|刮过|横扫)")
_LANDED = expression(r"[”\"]?在([\u4e00-\u9fff]{2,14}?)(?:沿海|一带)?登陆")
_ROAD_BEHIND_NAME = expression(
    r"[”\"’]([A-Z]?\d{0,4}[\u4e00-\u9fff]{1,8}?(?:道|村|乡|镇|县|市|河|线|组))(?=山体|滑坡|泥石流|塌|特大)"
)
_NAME_TAIL = expression(r"[\u4e00-\u9fff]{2,14}$")
_VERB_BEFORE_NAME = expression(
    r"先后|启动|[这此本]次|做好|表彰|[吸汲]取|总结|开展|发生|又?遭受?|遭遇|遇|暴雨|洪水|处置|处理|抗击|抵御|应对|关于|我[省市县区州乡镇]|以来|造成|诱发|引发|修复|纪念|特大|因|受|和|及|等|的|了|以|为|对|在|年"
)
_TREATED = expression(r"处置|处理|抗击|抵御|应对|关于")
_DATELINE = expression(r"[讯电网社报]|[署局委办]$|消息|^另外|^加之|[元明清]朝")
_SITE = expression(
    r"[\u4e00-\u9fff\dA-Z#、]{4,40}"
    r"(?:[厂店楼园场房院库站寺校港矿坡林区村镇路街内]|仓库|工地|公司|超市|酒店|商场|车间|草场|交界)"
)
_NO_SITE = expression(r"[了着是为把让将其该此]|造成|处置|由于|持续|以来")
_HAPPENED = expression(r"发生|突发|突起|燃起|失火|突然")
_ITEM = expression(r"^\s*\d{1,2}[、.．]\s*")
_OF_A_REIGN = expression(r"(?:元|[一二三四五六七八九十廿卅]{1,3})\s?年")
_REACH = 70
_REACH_AHEAD = 120
WHOLE = expression(r"全[省市州县区乡镇村境]|[省市州县区乡镇]境|境内|[省市州县区乡镇]境内|县域")
_WIDE = expression(r"(?:[一二三两几数\d]+个?)?(?:乡镇|乡|镇|村|县|市|区|省|庄|屯|街道|社区|行政村|公社|大队)")
_AHEAD = expression(
    r"(?:^|[，,。；;：:（(\n])\s?(?:致使|使|造成|波及|殃及|其中|以|尤以|涉及)?"
    rf"(?P<place>[\u4e00-\u9fff、]{{2,30}}?(?:一带|等地|等\d*{_WIDE.pattern}|\d+个?(?:乡镇|乡|镇|村)))(?=[^的])"
)
_OF_A_RIVER = expression(r"(?P<division>[\u4e00-\u9fff]{1,10}[省市县区乡镇村])[\u4e00-\u9fff]{1,3}[河江湖]")
_OVERFLOW = frozenset({"漫滩", "水漫滩", "泛滥", "漫溢"})
_DIVISIONS = expression(r"(?:[\u4e00-\u9fff]{2,7}?(?:[省市县区乡镇村]|自治[州县]|街道|农场|林场))+")
_HOME_OF = expression(r"(?P<place>[\u4e00-\u9fff]{2,12}[县区乡镇村])(?:[村居农牧]民|职工|学生|社员)")
_SPOT = expression(
    r"(?P<division>[\u4e00-\u9fff]{2,8}?(?:公社|[省市县区乡镇村]))(?:境内)?"
    r"(?:[东南西北中正偏]{1,3}部?方?向?(?:约|距)?)?\d+(?:\.\d+)?(?:华里|公里|千米|里|米)处?[\u4e00-\u9fff]{0,8}"
)


class Place(NamedTuple):
    """A place phrase as written, and what showed that the event struck there."""

    text: str
    confidence: Confidence
    why: str


def place_of_group(text: str, group: Sequence[FoundDisaster], head: FoundDisaster, low: int, high: int) -> Place | None:
    """Where the event ``head`` struck, which ``group`` tells of in a sentence whose words on it stand in ``low:high``.

    Where hazards of one event are told of the whole and of a part (全县降大雨，部分乡镇出现暴雨), it struck the whole.
    """
    place = place_of(text, head, low)
    if group[0] is not head and (place is None or not WHOLE.fullmatch(place.text)):
        first = place_of(text, group[0], low)
        if first is not None and WHOLE.fullmatch(first.text):
            return first
    told = (place_of(text, candidate, low) for candidate in reversed(group))
    return place or next((other for other in told if other), None) or _ahead(text, head, high)


def _ahead(text: str, event: FoundDisaster, high: int) -> Place | None:
    """降冰雹，…，东寨一带麦苗全毁: the first place that a clause behind the event opens with."""
    if event.named:
        return None
    match = _AHEAD.search(text, event.end, min(high, event.end + _REACH_AHEAD))
    if match is None or not _reads_like_place(match["place"], strict=True):
        return None
    return Place(match["place"], "guess", "place.clause_behind")


def place_before(text: str, low: int, date: int) -> Place | None:
    """新西兰东北部海域2月2日发生…: the words between the last mark behind ``low`` and the date."""
    if _OF_A_REIGN.match(text, date):
        return None  # what stands before 六年（1170年） is the name of a reign
    head = _trimmed(_CLAUSE_MARK.split(_BRACKETS.sub("", text[max(low, date - _REACH) : date]))[-1])
    if len(head) >= 2 and not _DATELINE.search(head) and _reads_like_place(head, strict=False):
        return Place(head, "likely", "place.before_date")
    return None


def place_of(text: str, event: FoundDisaster, low: int) -> Place | None:
    """The place written nearest to ``event``, reading back no further than ``low``; None where none reads like one."""
    behind = _behind(text, event)
    if event.name is not None and event.rule != "disaster.typhoon":
        return behind or _before_name(text, event, low)
    begin = max(low, event.trigger - _REACH)
    before = _BRACKETS.sub("", text[begin : event.trigger])
    clauses = _CLAUSE_MARK.split(before)
    subject = _trimmed(clauses[-1])
    if subject and _reads_like_place(subject, strict=event.rule == "disaster.typhoon"):
        river = _OF_A_RIVER.fullmatch(subject) if _OVERFLOW.intersection(event.hazards) else None
        return Place(river["division"] if river else subject, "certain", "place.subject")
    if behind:
        return behind
    spot = _SPOT.fullmatch(subject)
    if spot:
        return Place(spot["division"], "likely", "place.of_a_spot")
    division = _DIVISIONS.match(subject)
    if _HAPPENED.match(text, event.trigger) and _SITE.fullmatch(subject) and not _NO_SITE.search(subject):
        return Place(subject, "likely", "place.site")
    if division and not _NO_PLACE.search(division.group()):
        return Place(division.group(), "likely", "place.division_of_subject")
    if len(subject) <= 1:
        for clause in reversed(clauses[:-1]):
            candidate = _trimmed(clause)
            if candidate and _reads_like_place(candidate, strict=True):
                return Place(candidate, "likely", "place.clause_before")
            home = _HOME_OF.match(candidate)
            if home:
                return Place(home["place"], "likely", "place.of_a_person")
    return None


def _behind(text: str, event: FoundDisaster) -> Place | None:
    for pattern, why in (
        (_STRUCK, "place.object"),
        (_LANDED, "place.landfall"),
        (_PASSED, "place.object"),
        (_ROAD_BEHIND_NAME, "place.behind_name"),
    ):
        match = pattern.match(text, event.end)
        if match:
            return Place(match.group(1), "certain", why)
    return None


def _before_name(text: str, event: FoundDisaster, low: int) -> Place | None:
    """平掌“8·7”滑坡: the name right before the quote."""
    tail = _NAME_TAIL.search(text, max(low, event.start - 16), event.start - 1)
    if tail is None:
        return None
    name = tail.group()
    name = name[max((m.end() for m in _VERB_BEFORE_NAME.finditer(name)), default=0) :]
    return Place(name, "likely", "place.before_name") if 2 <= len(name) <= 8 else None


def _trimmed(clause: str) -> str:
    """A clause without the time at its head, 我县, 在, and the adverbs at its tail."""
    clause = _ITEM.sub("", clause)
    time = _LEADING_TIME.match(clause)
    clause = clause[time.end() if time else 0 :]
    clause = _OURS.sub("", clause.strip())
    clause = _IN.sub("", clause)
    clause = clause[max((m.end() for m in _TREATED.finditer(clause)), default=0) :]
    return _TIME_TAIL.sub("", _ADVERB_TAIL.sub("", clause)).strip(" 、")


def _reads_like_place(phrase: str, *, strict: bool) -> bool:
    if not _PLACE.fullmatch(phrase) or _NO_PLACE.search(phrase):
        return False
    return bool(_PLACE_END.search(phrase)) or (not strict and 2 <= len(phrase) <= 8)
