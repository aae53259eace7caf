"""Text read in a wrong encoding, whole or in part: it is put right, and its records are those of the true text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.text.alignment import apply_edits
from extractor.text.repair import repair
from extractor.text.repair.charsets import converter
from extractor.text.repair.mojibake import put_right

LINES = (
    "松岭县民政局关于2011年救灾工作的报告。",
    "2011年8月14日，全县遭受特大洪涝灾害，受灾3.5万人，死亡2人，倒塌房屋126间。",
    "县财政拨付救灾资金505万元，社会各界捐款“56”万元。",
    "松政发〔2011〕4号文件要求，年底前完成重建，共计1,286户。",
)
KINDS = ("amount", "count", "date", "document_number")


def as_windows_shows(data: bytes) -> str:
    """``data`` in cp1252, with the five bytes that it lacks as Latin-1 has them."""
    return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in data)


MISREADINGS: dict[str, Callable[[str], str]] = {
    "UTF-8 as Latin-1": lambda line: line.encode().decode("latin-1"),
    "UTF-8 as cp1252": lambda line: as_windows_shows(line.encode()),
    "UTF-8 as cp1252, twice": lambda line: as_windows_shows(as_windows_shows(line.encode()).encode()),
    "UTF-8 as Latin-1, thrice": lambda line: thrice(line),
    "GBK as Latin-1": lambda line: line.encode("gbk").decode("latin-1"),
    "GBK as cp1252": lambda line: as_windows_shows(line.encode("gbk")),
}


def thrice(line: str) -> str:
    for _ in range(3):
        line = line.encode().decode("latin-1")
    return line


def said(record) -> tuple[str, ...]:
    return record.kind, record.text, record.rule, record.sentence


@pytest.mark.parametrize("misread", MISREADINGS.values(), ids=MISREADINGS)
@pytest.mark.parametrize("wrong", [{0, 1, 2, 3}, {1}, {0, 2}], ids=["all lines", "one line", "every other line"])
def test_records_of_misread_lines_are_those_of_the_true_ones(misread, wrong: set[int], figures_only) -> None:
    lines = [misread(line) if i in wrong else line for i, line in enumerate(LINES)]
    source, true = "\n".join(lines), "\n".join(LINES)
    repaired = repair(source)
    assert repaired.text == true
    for start in range(0, len(true), 7):
        low, high = repaired.alignment.to_old(start, min(start + 7, len(true)))
        assert true.count("\n", 0, start) == source.count("\n", 0, low)
        assert 0 <= low < high <= len(source)
    wanted = [r for r in figures_only.extract_text(true) if r.kind in KINDS]
    found = [r for r in figures_only.extract_text(source) if r.kind in KINDS]
    assert len(wanted) >= 8
    assert [said(r) for r in found] == [said(r) for r in wanted]
    for record in found:
        assert record.raw == source[record.start : record.end]


LOSSY: dict[str, Callable[[str], str]] = {
    "by a reader that shows private codes": lambda line: line.encode().decode("gb18030", "replace"),
    "by one that does not": lambda line: line.encode().decode("gbk", "replace"),
    "by one that puts question marks": lambda line: line.encode().decode("gb18030", "replace").replace("\ufffd", "?"),
    "as cp1252 by one that replaces": lambda line: line.encode().decode("cp1252", "replace"),
}


@pytest.mark.parametrize("misread", LOSSY.values(), ids=LOSSY)
@pytest.mark.parametrize("wrong", [{0, 1, 2, 3}, {1}, {0, 2}], ids=["all lines", "one line", "every other line"])
def test_what_lost_bytes_comes_back_but_for_the_broken_characters(misread, wrong: set[int], figures_only) -> None:
    source = "\n".join(misread(line) if i in wrong else line for i, line in enumerate(LINES))
    true = "\n".join(LINES)
    repaired = repair(source)
    assert len(repaired.text) == len(true)
    doubted = {i for doubt in repaired.doubts for i in range(doubt.start, doubt.end)}
    assert {i for i, (a, b) in enumerate(zip(repaired.text, true, strict=True)) if a != b} <= doubted
    wanted = {(r.kind, r.text) for r in figures_only.extract_text(true) if r.kind in ("amount", "count")}
    records = [r for r in figures_only.extract_text(source) if r.kind in ("amount", "count")]
    assert len({(r.kind, r.text) for r in records} & wanted) >= len(wanted) - 2
    for record in records:
        assert record.raw == source[record.start : record.end]


MISREAD = {
    "a figure at the start": ("505涓囧厓", "505万元"),
    "figures in a sound sentence": (
        "县财政拨付505涓囧厓用于重建，受灾2.3涓囦汉。",
        "县财政拨付505万元用于重建，受灾2.3万人。",
    ),
    "in Latin letters": ("县财政拨付505ä¸\x87å…ƒ用于重建", "县财政拨付505万元用于重建"),
    "GBK in Latin letters": ("县财政拨付505ÍòÔª用于重建", "县财政拨付505万元用于重建"),
    "a date": ("发生于2011骞�8鏈�14鏃�", "发生于2011年8月14日"),
    "a year in brackets": ("松政发〔2011〕4号，通知".encode().decode("gbk", "replace"), "松政发〔2011〕4号，通知"),
    "a quoted day": ("“8·14”特大滑坡灾害".encode().decode("gbk", "replace"), "“8·14”特大滑坡灾害"),
    "€ for the byte 80": ("閫氱煡锛屽叡涓€涓?", "通知，共一□"),
    "a letter eaten as a trail byte": ("公A级，县B级了".encode().decode("gbk"), "公A级，县B级了"),
    "a gap in the middle": ("村民罗家湾乡受灾".encode().decode("gbk", "replace"), "村民罗家湾乡受灾"),
    "readings": ("鍏辩櫦(f膩)鐢熺伨瀹�", "共發(fā)生灾害"),
    "Big5 as GBK": (
        "縣政府撥付救災款，全縣受災嚴重".encode("big5").decode("gb18030"),
        "縣政府撥付救災款，全縣受災嚴重",
    ),
    "GBK as Big5": (
        "县财政拨付救灾资金，社会各界捐款".encode("gbk").decode("big5hkscs"),
        "县财政拨付救灾资金，社会各界捐款",
    ),
}


@pytest.mark.parametrize(("source", "true"), MISREAD.values(), ids=MISREAD)
def test_put_right(source: str, true: str) -> None:
    edits = put_right(source)
    assert apply_edits(source, edits)[0] == true
    assert all(
        edit.flag for edit in edits if "?" in source[edit.start : edit.end] or "\ufffd" in source[edit.start : edit.end]
    )


def test_a_figure_behind_a_question_mark_may_have_lost_a_digit() -> None:
    """Some readers eat the character behind a byte that they can't read."""
    source = "县财政拨付资金，505万元，其中".encode().decode("gbk", "replace").replace("\ufffd", "?")
    repaired = repair(source)
    assert repaired.text == "县财政拨付资金，505万元，其中"


@pytest.mark.parametrize("text", ["café, Zürich, naïve", "字典：浜、鍙、銆", "“Ça va”，3€"])
def test_text_that_only_looks_misread_stays(text: str) -> None:
    assert repair(text).text == text


REPORTS = sorted((Path(__file__).parents[2] / "corpus" / "reports").glob("*.txt"))
SOUND = sorted(
    {
        line
        for path in REPORTS
        if not path.stem.endswith("-damaged")
        for line in path.read_bytes().decode("gb18030" if "gb18030" in path.stem else "utf-8", "replace").split("\n")
        if "\ufffd" not in line and sum("\u4e00" <= char <= "\u9fff" for char in line) >= 8
    }
)
WHOLE = {
    **MISREADINGS,
    "GBK as Big5": lambda line: line.encode("gbk").decode("big5hkscs"),
    "Big5 as GBK": lambda line: line.encode("big5hkscs").decode("gb18030"),
}


@given(st.lists(st.sampled_from(SOUND), min_size=1, max_size=4, unique=True), st.data())
@settings(max_examples=150, deadline=None)
def test_any_sound_text_comes_back_from_any_misreading(lines: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(WHOLE)))
    wrong = data.draw(st.sets(st.sampled_from(range(len(lines))))) if "Big5" not in name else set(range(len(lines)))
    if "Big5" in name and len("".join(lines)) < 40:  # too little to tell by how often its characters are used
        return
    if name == "Big5 as GBK":
        lines = [converter("s2tw").convert(line) for line in lines]
    try:
        source = "\n".join(WHOLE[name](line) if i in wrong else line for i, line in enumerate(lines))
    except UnicodeError:  # a character that the encoding lacks
        return
    assert apply_edits(source, put_right(source))[0] == "\n".join(lines)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Big5 as GBK", "│鄉鎮    │受災人口  │死亡人口  │農作物受災面積  │直接經濟損失  │"),
        ("Big5 as GBK", "聯繫人：楊文斌，聯繫電話：0873—3112568\n聯繫電話：縣民政局救災科 0871-6543210"),
        ("GBK as Latin-1", "根据省政发﹝2007﹞88号文件，“6﹒17”滑坡损毁新房46间。"),
    ],
)
def test_marks_of_tables_and_numbers_and_lines_that_tell_together(name: str, text: str) -> None:
    source = WHOLE[name](text)
    assert apply_edits(source, put_right(source))[0] == text


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
WORDS = (
    "Größe Übermaß Füße café créée naïveté garçon Noël œuvre Nguyễn Đặng Hồ Chí Minh năm trước được người "
    "São Paulo ação Łódź señor Åse Øystein smørbrød Kõiv Ästhetik “Ça va” 5€ ±3° ½ §4 ©2011 µg ××× ·—…"
)


@given(
    st.lists(
        HAN | st.sampled_from(WORDS.split()) | st.sampled_from("0123456789,.，。、：（）？? \n“”《》·—"), max_size=60
    ).map("".join)
)
@settings(max_examples=300, deadline=None)
def test_sound_text_of_whatever_characters_stays(text: str) -> None:
    assert put_right(text) == []
