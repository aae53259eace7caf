"""Lines of text as tables: which cell stands in which row and column, and what heads it."""

from __future__ import annotations

import pytest

from extractor.rules.table_grid import Grid, grids


def read(text: str) -> list[Grid]:
    found, _ = grids(text, 0, lambda line: "单位" in line)
    return found


def shown(grid: Grid) -> tuple[dict[int, str], list[dict[int, str]]]:
    headings = {column: "/".join(path) for column, path in grid.headings.items()}
    return headings, [{cell.column: cell.text for cell in row.cells} for row in grid.rows]


DRAWN = """\
┌────┬────────┬────┐
│    │  救灾资金      │    │
│乡镇├────┬───┤备注│
│    │ 口粮   │建房  │    │
├────┼────┼───┼────┤
│东寨│12.5    │8     │    │
│西屯│        │3     │新增│
└────┴────┴───┴────┘
"""


@pytest.mark.parametrize(
    ("text", "headings", "rows"),
    [
        # tabs: an empty heading belongs to the one left of it, where the row below shows that it spans
        (
            "乡镇\t救灾资金\t\t备注\n\t口粮\t建房\t\n东寨\t12.5\t8\t\n西屯\t\t3\t新增\n",
            {0: "乡镇", 1: "救灾资金/口粮", 2: "救灾资金/建房", 3: "备注"},
            [{0: "东寨", 1: "12.5", 2: "8"}, {0: "西屯", 2: "3", 3: "新增"}],
        ),
        # the same, drawn: the place of a heading tells what it spans
        (
            DRAWN,
            {0: "乡镇", 1: "救灾资金/口粮", 2: "救灾资金/建房", 3: "备注"},
            [{0: "东寨", 1: "12.5", 2: "8"}, {0: "西屯", 2: "3", 3: "新增"}],
        ),
        # wide gaps: a cell that is missing is told by the place of the others
        (
            "乡镇      口粮      建房\n东寨      12.5      8\n西屯                3\n上坝      2         1\n",
            {0: "乡镇", 1: "口粮", 2: "建房"},
            [{0: "东寨", 1: "12.5", 2: "8"}, {0: "西屯", 2: "3"}, {0: "上坝", 1: "2", 2: "1"}],
        ),
        # a heading broken inside its cell; a row of column numbers is none
        (
            "│乡镇│受灾  │\n│    │人口  │\n├──┼───┤\n│ 甲 │  1   │\n├──┼───┤\n│东寨│120   │\n",
            {0: "乡镇", 1: "受灾人口"},
            [{0: "甲", 1: "1"}, {0: "东寨", 1: "120"}],
        ),
        (
            "乡镇\t户数\t人数\n甲\t1\t2\n东寨\t12\t40\n",
            {0: "乡镇/甲", 1: "户数/1", 2: "人数/2"},
            [{0: "东寨", 1: "12", 2: "40"}],
        ),
        # years head columns
        ("项目\t2008\t2009\n口粮\t12\t2010\n", {0: "项目", 1: "2008", 2: "2009"}, [{0: "口粮", 1: "12", 2: "2010"}]),
        # Markdown
        ("| 乡镇 | 金额 |\n|---|--:|\n| 东寨 | 12 |\n", {0: "乡镇", 1: "金额"}, [{0: "东寨", 1: "12"}]),
        # a cell a line, as scraped pages have it; the total lacks the cells between
        (
            "序号\n村名\n金额\n1\n东村\n20\n2\n西村\n30\n合计\n50\n",
            {0: "序号", 1: "村名", 2: "金额"},
            [{0: "1", 1: "东村", 2: "20"}, {0: "2", 1: "西村", 2: "30"}, {1: "合计", 2: "50"}],
        ),
        (
            "乡镇 |\n金额 |\n|\n东寨 |\n12 |\n|\n西屯 |\n3 |\n",
            {0: "乡镇", 1: "金额"},
            [{0: "东寨", 1: "12"}, {0: "西屯", 1: "3"}],
        ),
        # what the form says of itself is no heading
        (
            "填报单位：县民政局  填报时间：8月5日\n乡镇  金额\n东寨  12\n",
            {0: "乡镇", 1: "金额"},
            [{0: "东寨", 1: "12"}],
        ),
        # dashes stand for nothing, and begin no new table
        (
            "乡镇\t金额\n东寨\t12\n西屯\t—\n上坝\t3\n",
            {0: "乡镇", 1: "金额"},
            [{0: "东寨", 1: "12"}, {0: "西屯", 1: "—"}, {0: "上坝", 1: "3"}],
        ),
    ],
)
def test_a_table(text: str, headings: dict[int, str], rows: list[dict[int, str]]) -> None:
    [grid] = read(text)
    assert shown(grid) == (headings, rows)


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("乡镇\t金额\n东寨\t12\n乡镇\t户数\n东寨\t3\n", 2),
        ("乡镇\t金额\n东寨\t12\n单位：人\n乡镇\t户数\n东寨\t3\n", 1),
        ("乡镇\t金额\n东寨\t12\n以上资金8月到位。\n东寨\t3\n", 1),
        ("乡镇\t金额\n东寨\t12\n注：不含农场\n东寨\t3\n", 1),
        ("乡镇\t金额\n东寨\t12\n1998年8月5日\n东寨\t3\n", 1),
        ("东寨\n西屯\n", 0),
        ("", 0),
    ],
)
def test_where_a_table_ends(text: str, tables: int) -> None:
    found = read(text)
    assert len(found) == tables
    assert all(len(grid.rows) == 1 for grid in found)


def test_cells_stand_where_they_say() -> None:
    text = DRAWN + "乡镇　　金额\n东 寨　　12\n"
    cells = [cell for grid in read(text) for row in grid.rows for cell in row.cells]
    assert len(cells) == 8
    assert all(text[cell.start : cell.end] == cell.text for cell in cells)


@pytest.mark.parametrize(
    ("text", "headings", "rows"),
    [
        # numbers closer together than the words before them
        ("农户        (户)   Households   120 130\n人口        (人)   Population   400 410\n", {}, [2, 2]),
        # a row that lacks a cell, where only order could tell which
        ("东寨 12 8\n西屯 3\n上坝 2 1\n", {}, [2, 2]),
        # the heading of the places is left out, and all the others slipped
        ("面积(亩) | 产量(吨) | |\n东寨 | 12 | 8 |\n西屯 | 3 | 1 |\n", {1: "面积(亩)", 2: "产量(吨)"}, [2, 2]),
        # years not one after the other, above the last columns
        ("项目  Item 2000 2005 2010\n  村(个) 12 11 10\n", {0: "项目", 1: "2000", 2: "2005", 3: "2010"}, [3]),
        # a unit on a line of its own, a place without figures
        ("面积\n(亩) |\n|\n东寨 |\n12 |\n|\n西屯 |\n|\n上坝 |\n3 |\n", {1: "面积(亩)"}, [1, 1]),
    ],
)
def test_layouts_of_scraped_tables(text: str, headings: dict[int, str], rows: list[int]) -> None:
    [grid] = read(text)
    assert {column: "/".join(path) for column, path in grid.headings.items() if any(path)} == headings
    assert [sum(cell.text.isdigit() for cell in row.cells) for row in grid.rows] == rows
