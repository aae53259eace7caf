"""Characters knocked out of step: the breaks seen in the wild, and what the simulator makes of clean text."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.text.damage import damage
from extractor.text.fluency import Fluency, Model, symbols
from extractor.text.gbk import damaged, replacements
from extractor.text.readings import HEAVY, by_reading
from extractor.text.repair import Repaired, repair
from extractor.text.repair.charsets import converter
from extractor.text.repair.pinyin import is_reading

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "seed" / "report.txt"
GOLD = [json.loads(line) for line in (ROOT / "corpus" / "gold.jsonl").read_text("utf-8").splitlines()]
TWINS = ("-damaged", "-wrapped", "-fullwidth", "-spaced")
CLEAN = {entry["pid"]: entry["text"] for entry in GOLD if not entry["pid"].endswith(TWINS)}
DAMAGED = [entry["pid"].removesuffix("-damaged") for entry in GOLD if entry["pid"].endswith("-damaged")]
LATER = ["wraps", "pages", "markup", "spacing", "zeros"]
"""Steps that are not about bytes and change the length."""


def flags(repaired: Repaired) -> list[tuple[str, str]]:
    return [(repaired.text[d.start : d.end], d.flag) for d in repaired.doubts]


@pytest.mark.parametrize(
    ("written", "broken", "repaired"),
    [
        ("灾情严重损失很大", "災(zāi)情嚴(yán)重?fù)p失很大", "灾情严重损失很大"),
        ("快速发展。总体上看", "快速發(fā)展??傮w上看", "快速发展。总体上看"),
        ("立即下拨救灾款", "立即下?lián)芫葹?zāi)款", "立即下拨救灾款"),
    ],
)
def test_breaks_seen_in_the_wild(written: str, broken: str, repaired: str) -> None:
    assert damage(written).text == broken
    assert repair(broken).text == repaired


def test_an_eaten_digit_of_a_year_comes_back_flagged() -> None:
    broken = damage("2009年发洪水，我们在2010年重建").text
    repaired = repair(broken)
    assert repaired.text == "2009年发洪水,我们在2010年重建"
    assert ("2", "digit_may_be_lost") in flags(repaired)
    assert ("010", "digit_may_be_lost") in flags(repaired)


def test_an_eaten_digit_that_is_not_told_stays_away_and_is_flagged() -> None:
    broken = damage("发生灾害，总人口28.5万").text
    assert broken.endswith("總?cè)丝?8.5萬(wàn)")
    repaired = repair(broken)
    assert repaired.text == "发生灾害,总人口8.5万"
    assert ("8.5万", "digit_may_be_lost") in flags(repaired)


def test_a_break_that_nothing_mends_stays_and_is_in_doubt() -> None:
    repaired = repair("發(fā)放鑫?fù)蘎35人")
    assert "?fù)" in repaired.text
    assert ("?fù)", "repaired") in flags(repaired)


@pytest.mark.parametrize("spot", ["总体上看", "严重损失", "我们在2010年"])
def test_the_spots_of_the_real_report(spot: str) -> None:
    if not SEED.is_file():
        pytest.skip("the real report lies in ../shared, which this checkout lacks")
    source = SEED.read_text("utf-8")
    repaired = repair(source)
    at = repaired.text.index(spot)
    low, high = repaired.alignment.to_old(at, at + len(spot))
    assert "?" in source[low:high]
    assert not any("?" in after for *_, after, _ in repaired.changes())
    if "2010" in spot:
        assert any(d.flag == "digit_may_be_lost" and at <= d.start < at + len(spot) for d in repaired.doubts)


def as_held(text: str) -> str:
    """What a faultless repair of a damaged ``text`` would give: punctuation in ASCII, variants levelled by OpenCC."""
    levelled = str(converter("t2s").convert(converter("s2t").convert(text)))
    return levelled.translate(str.maketrans("，：；？！（）", ",:;?!()"))


@pytest.mark.parametrize("pid", DAMAGED)
def test_damaged_reports_come_back_but_for_doubts(pid: str) -> None:
    text = CLEAN[pid]
    made = damage(text)
    repaired = repair(made.text, skip=LATER)
    held = as_held(repair(text, skip=LATER).text)
    doubtful = {i for doubt in repaired.doubts for i in range(doubt.start - 1, doubt.end + 1)}
    onward = repaired.alignment.inverse()
    for i, span in enumerate(made.spans):
        low, high = onward.to_old(*span)
        if doubtful.isdisjoint(range(low, max(high, low + 1))):
            assert held[i] in repaired.text[low:high], f"{text[max(0, i - 9) : i + 9]} at {i}"


def test_most_breaks_are_mended_and_hardly_any_wrongly() -> None:
    text = "\n".join(CLEAN.values())
    made = damage(text)
    repaired = repair(made.text)
    held = as_held(text)
    mended = [change for change in repaired.changes() if change.step == "breaks" and change.flag == "repaired"]
    mended = [change for change in mended if "□" not in change.after]
    right = sum(str(converter("t2s").convert(change.after)) in held for change in mended)
    assert len(mended) >= 15
    assert right >= 0.97 * len(mended)


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_clean_reports_go_through_untouched(text: str) -> None:
    repaired = repair(text)
    assert set(repaired.counts) <= {"widths", "dots", "zeros", "spacing"}
    assert not repaired.doubts
    assert repair(repaired.text).text == repaired.text


@given(st.text("我们在严重损失总人口下拨发展县农。，“”2013.万", min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_offsets_stay_in_bounds(text: str) -> None:
    made = damage(text)
    assert len(made.spans) == len(text)
    repaired = repair(made.text)
    for start in range(len(repaired.text)):
        low, high = repaired.alignment.to_old(start, start + 1)
        assert 0 <= low <= high <= len(made.text)
    for doubt in repaired.doubts:
        assert 0 <= doubt.start < doubt.end <= len(repaired.text)
    for change in repaired.changes():
        assert 0 <= change.start <= change.end <= len(made.text)


@given(st.text("?,:!()（）1２O○年月日 \n\t発號hàoū〃“”·—\ufeff<br>&;", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_survived(text: str) -> None:
    repaired = repair(text)
    repaired.changes()
    assert repaired.alignment.to_old(0, len(repaired.text))[1] <= len(text)


def test_spans_hold_what_became_of_each_character() -> None:
    made = damage("发2人")
    assert [made.text[start:end] for start, end in made.spans] == ["發(fā)", "2", "人"]
    assert damage("我们在2010年").lost == {2, 3}


def test_every_reading_is_pinyin() -> None:
    assert all(is_reading(reading) for reading in by_reading())
    assert not any(is_reading(word) for word in ("GDP", "ha", "km", "xzí", "áá"))


def test_a_character_without_a_break_is_only_annotated() -> None:
    table = replacements(HEAVY)
    assert damaged("縣", table) == "縣"
    assert damaged("發", table) == "發(fā)"


def test_words_decide_where_a_byte_is_gone() -> None:
    fluency = Fluency("")
    assert fluency.log_prob("总人", "口") > fluency.log_prob("总人", "库")
    assert fluency.log_prob("人口", "8") < fluency.log_prob("人口", symbols("8"))


def test_a_name_that_the_text_uses_is_likelier_in_it() -> None:
    assert Fluency("壬癸橙河" * 5).log_prob("壬癸", "橙") > Fluency("").log_prob("壬癸", "橙")


def test_the_model_is_small_and_its_shares_add_up() -> None:
    data = (ROOT / "extractor" / "text" / "data" / "fluency.bin").read_bytes()
    assert len(data) < 2_500_000
    read = Model(data)
    known = [chr(code) for code in (*range(0x20, 0x7F), 0x0A, *range(0x3000, 0x3020), *range(0x2010, 0x2030))]
    known += map(chr, range(0x4E00, 0x9FA6))
    for context in ("人口", "。总", "xx"):
        assert 0.7 < sum(read.probability(context, char) for char in known if char in read) < 1.3


@pytest.mark.parametrize(
    ("clean", "density"),
    [
        ("发放资金，下拨救灾款。", "heavy"),  # the last byte is gone, but a line ends there
        ("发放资金，下拨救灾款。", "light"),
        ("发生地震，水质断面I类", "heavy"),  # a letter taken for a trail byte
    ],
)
def test_breaks_of_every_sort(clean: str, density: Literal["heavy", "light"]) -> None:
    repaired = repair(damage(clean, density=density).text, skip=LATER)
    assert repaired.text.replace("，", ",") == as_held(clean)


def test_the_byte_80_alone_is_no_character() -> None:
    repaired = repair(damage("发展。控制两个乡镇", density="heavy").text, skip=LATER)
    assert re.fullmatch("发展[。□]控制两个乡镇", repaired.text)
    assert flags(repaired)


def test_a_bracket_that_nothing_opened_is_not_put_back() -> None:
    repaired = repair(damage("省级“绿色学校”2所、“绿色社区”3个").text, skip=LATER)
    assert ")" not in repaired.text
    assert "digit_may_be_lost" in {flag for _, flag in flags(repaired)}


def test_what_nothing_tells_becomes_a_gap_and_is_flagged() -> None:
    repaired = repair(damage("发展。巫、纬、攫、希、时、迟", density="heavy").text)
    assert "□" in repaired.text or "?" in repaired.text
    assert flags(repaired)


def test_two_characters_that_lost_a_byte_to_one_mark_are_hardly_ever_told() -> None:
    clean = "发展很快。“供应链改造"  # of 供 the trail byte is gone, of 應 the lead byte with it
    repaired = repair(damage(clean).text, skip=LATER)
    assert re.fullmatch("发展很快[。□]“[供□][应□]链改造", repaired.text)
    assert flags(repaired)


@pytest.mark.parametrize("density", ["heavy", "light"])
def test_no_digit_is_lost_without_a_flag(density: Literal["heavy", "light"]) -> None:
    text = "\n".join(CLEAN.values())
    made = damage(text, density=density)
    repaired = repair(made.text, skip=LATER)
    flagged = {i for d in repaired.doubts if d.flag == "digit_may_be_lost" for i in range(d.start - 1, d.end + 2)}
    for i in made.lost:
        if text[i].isdigit():
            low, high = repaired.alignment.to_new(*made.spans[i])
            assert not flagged.isdisjoint(range(low, max(high, low + 1))), text[max(0, i - 9) : i + 9]


def test_breaks_are_runs_of_characters() -> None:
    assert damage("严重损失").breaks == ((2, 3),)
    assert damage("发展。总体上看").breaks == ((2, 5),)
    assert damage("发展很快").breaks == ()


PATHOLOGICAL = {
    "digits": "1234567890" * 500_000,
    "one line": "受灾人口" * 250_000,
    "question marks": "?" * 1_000_000,
    "brackets": "(" * 1_000_000,
    "line breaks": "\n" * 300_000,
    "spaced digits": "1 " * 300_000,
    "breaks that can't be mended": "號(hào)" + "們?" * 200_000,
    "breaks in a row": "號(hào)" + "?" * 200_000,
    "page numbers": "— 1 —\n" * 50_000,
    "open tags": "<br" + " " * 300_000,
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_time_grows_with_the_length_only(text: str) -> None:
    """No text takes minutes: the whole table runs in a few seconds."""
    repair(text)


def test_damage_in_random_cuts_is_survived() -> None:
    cut = random.Random(7)
    text = damage("\n".join(CLEAN.values())).text
    for _ in range(40):
        start = cut.randrange(len(text) - 200)
        repaired = repair(text[start : start + 200])
        assert all(0 <= d.start < d.end <= len(repaired.text) for d in repaired.doubts)
