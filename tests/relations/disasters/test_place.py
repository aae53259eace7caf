"""Where events struck."""

from __future__ import annotations

import pytest

from extractor.analysis import Analyst
from extractor.patterns import load_patterns

ANALYST = Analyst(load_patterns(), None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1990年8月，东寨乡遭受冰雹灾害。", "东寨乡"),
        ("1990年8月，东寨、西屯等3个乡镇遭受冰雹。", "东寨、西屯等3个乡镇"),
        ("1997年5月6日，暴风雨袭击县境。", "县境"),
        ("1997年5月6日，暴风雨两次袭击县境。", "县境"),
        ("2005年平掌“8·7”滑坡", "平掌"),
        ("2016年8月11日，石门县发生Ms5.1级地震。", "石门县"),
        ("2005年，又遭“8·7”滑坡", None),
        ("2月2日，北部海域发生6.6级地震。", "北部海域"),
        ("北部海域2月2日发生6.6级地震。", "北部海域"),
        ("本报讯 昨天，东街粮店突发火灾。", "东街粮店"),
        ("1989年遭受严重干旱。", None),
        ("2004年8月，大雨，使全县遭遇洪涝。", "全县"),
        ("受第9号台风“青鸟”影响，雨大。", None),
        ("第9号台风“青鸟”在望海登陆。", "望海"),
        ("1997年7月3日，狂风暴雨加冰雹，从东寨、西屯等10个乡镇掠过。", "东寨、西屯等10个乡镇"),
        # a river that overflows in a county has hit the county
        ("2003年9月19日，石门县清河水漫滩。", "石门县"),
        ("1988年秋清河泛滥。", "清河"),
        # hazards of one event: it struck the whole
        ("1985年8月4日，全县降大雨，部分乡镇出现特大暴雨。", "全县"),
        ("1992年8月，清河漫滩，部分乡镇发生洪涝。", "部分乡镇"),
        # a spot told by its distance, the home of a person
        ("1956年8月2日，长集公社西北3华里处决口。", "长集公社"),
        ("1987年3月19日，我县东寨乡水井村村民张三烧荒，不慎失火。", "东寨乡水井村"),
        # told behind
        ("6月1日下午，降冰雹，厚三寸，城东何寨一带麦苗全毁。", "城东何寨一带"),
        ("6月1日，降冰雹，东寨乡等3个乡镇受灾。", "东寨乡等3个乡镇"),
    ],
)
def test_place(text: str, place: str | None) -> None:
    [event] = ANALYST.read(text).events
    assert event.place == place
