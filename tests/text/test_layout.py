"""What setting and scanning do to a text: running heads, letterspacing, ruled tables, torn figures, form feeds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text.alignment import apply_edits
from extractor.text.repair import heads, letterspacing, pages, repair, ruled, spacing, wraps

SENTENCE = "入汛以来，全县连降暴雨，河水猛涨，沿河各乡镇的房屋和农田遭到严重损坏，群众生活十分困难"
PARAGRAPH = "".join(f"第{n}批转移群众{n * 37}户{n * 140}人，{SENTENCE}。" for n in range(1, 25))
WIDTH, LINES = 32, 12


def paged(head, foot) -> str:
    """The paragraph set to a width, with a head and a foot on every page."""
    lines = [PARAGRAPH[i : i + WIDTH] for i in range(0, len(PARAGRAPH), WIDTH)]
    out: list[str] = []
    for page, start in enumerate(range(0, len(lines), LINES), start=1):
        out += [line for line in (head(page), *lines[start : start + LINES], foot(page)) if line]
    return "\n".join(out)


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (lambda page: f"松岭县志   {page}", lambda page: ""),
        (lambda page: f"{2 * page - 1}  松岭县民政局文件汇编", lambda page: ""),
        (lambda page: "松岭县民政局文件汇编", lambda page: f"— {page} —"),
        (lambda page: "", lambda page: f"松岭县档案馆  第{page}页  共9页"),
        (lambda page: "松 岭 县 民 政 局", lambda page: "内部资料  注意保存"),
    ],
    ids=["counting", "odd pages", "constant", "foot", "head and foot"],
)
def test_running_heads_and_feet(head, foot) -> None:
    source = paged(head, foot)
    repaired = repair(source)
    assert repaired.text.strip() == PARAGRAPH
    start = repaired.text.index("第20批")
    low, high = repaired.alignment.to_old(start, start + 4)
    assert source[low:high] == "第20批"


@pytest.mark.parametrize("head", ["松岭县民政局工作总结  {page}", "{page}   松岭县民政局文件汇编"])
def test_a_counting_head_between_the_items_of_a_list(head: str) -> None:
    """No page break cuts a sentence: the even distance and the figure that counts tell it."""
    items = [f"{n}.发放救助资金{n}万元，惠及{n * 7}户。" for n in range(1, 73)]
    pages = [items[start : start + LINES] for start in range(0, len(items), LINES)]
    source = "\n".join(line for n, page in enumerate(pages, start=1) for line in (head.format(page=n), *page))
    assert repair(source).text.strip() == "\n".join(items)


ITEM = "{n}.加快推进高标准农田和水利工程建设，力争年内建成投用{n}万亩，确保完成省市下达的任务\n{filler}{label}\n"


@pytest.mark.parametrize(
    "text",
    [
        "".join(ITEM.format(n=n, filler=f"{SENTENCE}\n" * 5, label="责任单位：县农业局") for n in range(1, 9)),
        "".join(ITEM.format(n=n, filler=f"{SENTENCE}\n" * 5, label="县农业局牵头") for n in range(1, 9)),
        "".join(f"附件{n}\n" + f"{SENTENCE}。\n" * 6 for n in range(1, 9)),
        "".join(f"示范项目名称 {n}\n" + f"{SENTENCE}。\n" * (9 + n % 5) for n in range(1, 9)),
        "".join(f"附件名单 {n}\n" + f"{SENTENCE}。\n" * 12 for n in range(1, 9)),
        "".join(f"合计\n{n}\n" * 6 for n in range(1, 9)),
        "".join(f"乡镇  户数  人数\n{SENTENCE}\n" * 6 for _ in range(1, 9)),
    ],
    ids=["labels", "labels without a colon", "headings", "numbered headings", "numbered tables", "cells", "rows"],
)
def test_lines_that_come_back_for_another_reason_stay(text: str) -> None:
    assert heads.heads_removed(text) == []


@pytest.mark.parametrize(
    ("spaced", "closed"),
    [
        ("新 平 县 民 政 局", "新平县民政局"),
        ("　关 于 救 灾 工 作  的 报 告\n正文", "　关于救灾工作  的报告\n正文"),
        ("投 入 资 金 5 0 5 万 元 ， 受 灾 2 1 9 7 户 。", "投入资金505万元，受灾2197户。"),
        ("投 入 资 金 505 万 元 ， 受 灾 2197 3 户", "投入资金505万元，受灾2197 3户"),
        ("加 入 WTO 与 中 国", "加入WTO与中国"),
        ("户 人 亩 元\n3 5 7 2\n", "户 人 亩 元\n3 5 7 2\n"),
        ("甲 乙 丙 丁", "甲 乙 丙 丁"),
        ("副 主 任    穆绪刚  马长安", "副 主 任    穆绪刚  马长安"),
        ("张 三 和 李四 在 新 平 县", "张 三 和 李四 在 新 平 县"),
    ],
)
def test_letterspacing(spaced: str, closed: str) -> None:
    assert repair(spaced).text == closed
    assert repair(closed).text == closed


LIGHT = "单位：万元\n┌──┬──┐\n│乡镇│损失│\n├──┼──┤\n│甲乡│35.5│\n├──┼──┤\n│乙乡│ 4  │\n└──┴──┘\n"
DRAWN = {
    "light": "",
    "heavy": str.maketrans("─│┌┐└┘├┤┬┴┼", "━┃┏┓┗┛┣┫┳┻╋"),
    "double": str.maketrans("─│┌┐└┘├┤┬┴┼", "═║╔╗╚╝╠╣╦╩╬"),
    "dashed": str.maketrans("─│", "┄┆"),
}


@pytest.mark.parametrize("table", DRAWN.values(), ids=DRAWN)
def test_ruled_tables_are_read(table, figures_only) -> None:
    source = LIGHT.translate(table or {})
    found = [(r.raw, r.value) for r in figures_only.extract_text(source) if r.kind == "amount"]
    assert found == [("35.5", 355_000), ("4", 40_000)]


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("全县共投入救灾资金，合计14300.\n2万元，救助群众", "全县共投入救灾资金，合计14300.2万元，救助群众"),
        ("全县受灾严重，需要救助的群众共计2197\n户8788人。", "全县受灾严重，需要救助的群众共计2197户8788人。"),
        ("倒塌房屋的重建工作，要求截至20\n11年12月底完成。", "倒塌房屋的重建工作，要求截至2011年12月底完成。"),
        ("投资23. 5万元，救助2 197户", "投资23.5万元，救助2197户"),
        ("完成投资1, 234万元", "完成投资1,234万元"),
        ("第一段。\n\f第二段。", "第一段。\n第二段。"),
        ("第一段。\n- 2 -\n\f第二段。", "第一段。\n第二段。"),
    ],
)
def test_figures_torn_by_lines_and_spaces(torn: str, whole: str) -> None:
    assert repair(torn).text == whole


@pytest.mark.parametrize(
    "text",
    [
        "见附表2. 5万元以上的项目",
        "松岭县民政局关于救灾工作情况的报告12\n2011年工作要点15\n",
        "甲乡，乙乡的受灾人口总数和户数分别是2197\n丙乡，丁乡",
        "1 197 户",
    ],
)
def test_figures_that_are_not_torn(text: str) -> None:
    assert repair(text).text == text


STEPS = [
    heads.heads_removed,
    letterspacing.closed_up,
    pages.numbers_removed,
    spacing.closed_up,
    wraps.joined,
]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__module__.rpartition(".")[2])
@given(text=st.text("新平县民政局第页投23. ，。\n\n\f—│年万元户", max_size=120))
def test_edits_of_any_text_can_be_made(step, text: str) -> None:
    done, alignment = apply_edits(text, step(text))
    assert [char for char in done if char not in " \n\f"] == [
        char for char in done if char in text and char not in " \n\f"
    ]
    for at in range(len(done)):
        low, high = alignment.to_old(at, at + 1)
        assert 0 <= low <= high <= len(text)


@given(st.text("┃━╋│─┼甲1 \n", max_size=60))
def test_redrawing_needs_no_second_pass(text: str) -> None:
    done = ruled.redrawn(text).text
    assert len(done) == len(text)
    assert ruled.redrawn(done).text == done


ENTRIES = (
    "明嘉靖八年，蝗。\n"
    "明嘉靖十四年四月，无雨，大疫，民多流亡，县令开仓煮粥以赈之，存活者数千人，邑人立石记其事；次\n"
    "年六月，蝗蝻生。\n"
    "明万历元年，春夏旱，七月始得微雨；五年，又大旱，蝗蝻食禾殆尽，斗米百钱，人食榆皮树叶，死者枕\n"
    "藉，流亡甚众。\n"
    "清康熙四年，春大旱。\n"
    "清康熙七年六月，地震有声，自西北而来，城垣民舍倾圮者十之三四，压死男妇百余人，牛马畜产称是，\n"
    "数月乃止。\n"
    "清雍正元年夏，大雨兼旬不止，山水暴发，漂没沿河民居二百余间，田禾尽淹，邑令亲往勘验，详请蠲免\n"
    "钱粮。\n"
)


@pytest.mark.parametrize("ragged", [(), (12, 30), (13, 31, 60)])
def test_entries_wrapped_at_a_ragged_margin(ragged: tuple[int, ...]) -> None:
    """Entries of a chronicle that end anywhere; their full lines differ by a few cells."""
    source = ENTRIES
    for at in ragged:
        source = source[:at] + source[at:].replace("，", ",", 2)
    lines = repair(source).text.split("\n")
    assert [line[:5] for line in lines if line] == [
        "明嘉靖八年",
        "明嘉靖十四",
        "明万历元年",
        "清康熙四年",
        "清康熙七年",
        "清雍正元年",
    ]
    assert "次年六月" in lines[1]


def test_a_list_of_entries_without_full_stops_is_not_wrapped() -> None:
    entries = [f"第{n}号 王某{n}，男，{1940 + n}年生，{'河湾乡' * (n % 4 + 1)}人，救助{n}00元" for n in range(1, 30)]
    assert repair("\n".join(entries)).text.split("\n") == entries
