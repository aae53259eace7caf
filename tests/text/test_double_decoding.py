"""Text decoded twice, whole or in some lines only: the records are those of the true text, at places in the misread."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.text.repair import repair

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
}


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


def test_a_run_that_is_whole_in_both_encodings_is_read_again() -> None:
    """Read as GBK, most UTF-8 loses a byte at the end of a run; what lost none comes back, figures beside it stay."""
    true = "投入救灾，共下拨资金505"
    source = true.encode().decode("gbk")
    assert repair(source).text == true
    assert repair(source).alignment.to_old(10, 13) == (source.index("505"), len(source))


@pytest.mark.parametrize("text", ["café, Zürich, naïve", "字典：浜、鍙、銆", "“Ça va”，3€"])
def test_text_that_only_looks_misread_stays(text: str) -> None:
    assert repair(text).text == text
