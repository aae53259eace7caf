"""What each step repairs, and what it leaves alone."""

from __future__ import annotations

import pytest

from extractor.text.repair import STEPS, repair

REPAIRED = {
    "readings": ("縣(xiàn)政發(fā)4號(hào)文", "县政发4号文"),
    "umlaut": ("旅(lǚ)遊", "旅游"),
    "traditional line": ("災害發生後,損失嚴重", "灾害发生后,损失严重"),
    "full width": ("投入２３．５亿元，ＧＤＰ增长８％", "投入23.5亿元，GDP增长8％"),
    "document number": ("青政發?2009?4號文", "青政发〔2009〕4号文"),
    "dots": ("“8〃14”滑坡、“6．2”洪灾、“7•3”", "“8·14”滑坡、“6·2”洪灾、“7·3”"),
    "hyphen in a quoted day": ("“8-7”滑坡", "“8·7”滑坡"),
    "spaced date": ("于1 9 9 8 年3 月5 日动工", "于1998年3月5日动工"),
    "spaced figure": ("投入1 2 3 . 5 万元", "投入123.5万元"),
    "zeros": ("一九九O年至二○○八年", "一九九〇年至二〇〇八年"),
    "page number behind a stop": ("加大工作力度。1\n二、成效", "加大工作力度。\n二、成效"),
    "page line": ("第一段。\n\n— 3 —\n\n第二段。", "第一段。\n第二段。"),
    "page lines in a row": ("甲。\n- 1 -\n第 2 页\n乙。", "甲。\n乙。"),
    "page of pages": ("甲。\n第 3 页 共 10 页\n乙。", "甲。\n乙。"),
    "entities": ("投入&nbsp;5万元<br>新建&ldquo;三通&rdquo;", "投入 5万元\n新建“三通”"),
    "UTF-8 read as Latin-1": (
        "受灾".encode().decode("latin-1") + "35" + "人，".encode().decode("latin-1"),
        "受灾35人，",
    ),
    "UTF-8 read as cp1252": ("å…¬å¸ƒ3å", "公布3å"),
    "UTF-8 read as GBK": ("死亡的人员，名单".encode().decode("gbk") + "5", "死亡的人员，名单5"),
    "invisible": ("\ufeff受\u200b灾", "受灾"),
}
CLEAN = [
    "生产总值(GDP)增长(a)项，面积(km)，镇(街道)",
    "12 345 678",
    "县名 1 2 3\n甲乡 4 5 6",
    "“3.5倍”和“2-3层”",
    "联通公司，鐨字与café",
    " " * 40 + "\n" + " " * 40 + "\n甲",
    "困难：1．2160户8900人缺粮；2．需建房",
    "名词解释\n1．两新：更新和换新。\n2．三农：农业、农村和农民。\n3．10种有色金属：铜、铅、锌等。\n",
    "隋大业末年，李動跟随翟让起义，驻守黎阳，开仓济贫，很得民心。粵明实业有限公司为灾区捐款，县财政拨付资金，重点扶持乡镇企业发展。",
    "县消防大队迅速出动，火势很快得到控制，17名群众在疏散时受伤，其中15人不同程度烧伤后送医院救治，\n接报后，县委、县政府高度重视，要求全力抢救，查明原因。",
    "到底有多少?2010年的账还没有算清",
    "张○○、李○○",
    "周喆、朱镕基和吴祖光",
    "a<b且c>d，AT&T公司",
    "一、标题\n二、标题\n（一）小标题\n1.条目\n",
    "工业总产值\n3\n农业总产值\n7\n",
]


@pytest.mark.parametrize(("damaged", "expected"), REPAIRED.values(), ids=REPAIRED)
def test_repairs(damaged: str, expected: str) -> None:
    repaired = repair(damaged)
    assert repaired.text == expected
    assert repair(repaired.text).text == expected
    assert sum(repaired.counts.values()) > 0
    for change in repaired.changes():
        assert 0 <= change.start <= change.end <= len(damaged)


@pytest.mark.parametrize("text", CLEAN)
def test_leaves_alone(text: str) -> None:
    repaired = repair(text)
    assert repaired.text == text
    assert not repaired.changes()
    assert not repaired.doubts


PARAGRAPHS = (
    "入汛以来，全县连降暴雨，河水猛涨，沿河各乡镇的房屋、农田和道路遭到严重损坏，群众生活十分困难。"
    "县委、县政府立即组织干部群众抗洪抢险，转移安置受灾群众1286户5102人，没有一人因转移不及时而死亡。\n"
    "灾后重建工作全面展开，县财政拨付资金300万元，社会各界捐款56万元，重点用于倒塌住房的恢复和道路修复。"
)


@pytest.mark.parametrize("width", [17, 20, 23, 24, 28])
def test_hard_wraps(width: int) -> None:
    wrapped = "\n".join(
        "\n".join(line[i : i + width] for i in range(0, len(line), width)) for line in PARAGRAPHS.split("\n")
    )
    assert repair(wrapped).text == PARAGRAPHS


def test_a_paragraph_torn_by_a_page_break() -> None:
    first, second = PARAGRAPHS.split("\n")
    torn = f"{first[:70]}\n{first[70:]}\n{second}"
    assert repair(torn).text == PARAGRAPHS


@pytest.mark.parametrize(
    "text",
    [
        "姓名    住址    金额\n甲某    东村    300\n乙某    西村    500\n",
        "青石县人民政府\n二〇一一年十二月八日\n",
        "关于做好救灾工作的通知\n各乡镇人民政府：\n现将有关事项通知如下：\n一、高度重视\n",
        "".join(f"{n}月{n}日　召开会议，部署全县抗旱救灾和春耕生产工作，{n}个乡镇参加\n" for n in range(1, 12)),
    ],
)
def test_lines_that_are_no_wraps(text: str) -> None:
    assert "wraps" not in repair(text).counts


def test_steps_can_be_skipped() -> None:
    assert repair("４號(hào)", skip=["pinyin", "script"]).text == "4號(hào)"
    with pytest.raises(ValueError, match="no repair step"):
        repair("甲", skip=["nonsense"])
    assert len({step.name for step in STEPS}) == len(STEPS)
    assert all(step.meaning for step in STEPS)


@pytest.mark.parametrize(
    ("text", "script"),
    [("災害發生", "traditional"), ("灾害发生", "simplified"), ("災害发生", "mixed"), ("3.5", "simplified")],
)
def test_script(text: str, script: str) -> None:
    assert repair(text).script == script
