"""Totals of tables: what a 合计 or 小计 sums up, what 其中 takes out of which figure, and whether the sums hold."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.records.values import plain
from extractor.relations.checks import CheckFact, check_of_parts, mark
from extractor.relations.figures import AmountFact, CountFact, Figure
from extractor.relations.table_cells import TableFigures
from extractor.rules.table_headings import Headings


class Sum(NamedTuple):
    """A total and its parts, as numbers of rows or of columns."""

    total: int
    parts: tuple[int, ...]
    complete: bool = True
    """Whether the parts are all of it; those behind 其中 need not be."""
    one_group: bool = False
    """Whether the parts stand under one heading, so that they belong together whatever each is."""


Line = Callable[[int, int], Figure | None]
"""The figure in a line (a row, or a column) at a place of it."""


def read_sums(tables: Iterable[TableFigures], headings: Headings) -> list[CheckFact]:
    """Set ``part_of`` on the cells that a total sums up; the checks whether the sums hold.

    A cell that a total of its row and one of its column sum up is part of the one in its row.
    """
    checks: list[CheckFact] = []
    for figures in tables:
        checks += _of_table(figures, headings)
    return checks


def _of_table(figures: TableFigures, headings: Headings) -> Iterator[CheckFact]:
    table, facts = figures.table, figures.by_place
    columns, rows = sorted({column for _, column in facts}), range(len(table.rows))
    summed = [column for column in columns if headings.may_be_summed(table.columns.get(column, ()))]

    def in_row(row: int, column: int) -> Figure | None:
        return facts.get((row, column))

    def in_column(column: int, row: int) -> Figure | None:
        return facts.get((row, column))

    paths = {column: tuple(table.columns.get(column, ())) for column in summed}
    labels = {
        row: tuple(text for _, text in table.labels[row])
        for row in rows
        if headings.may_be_summed([text for _, text in table.labels[row]])
    }
    for choice in (*across(paths, headings), *taken_out(paths, headings)):
        if choice:
            yield from _settled(_best(choice, rows, in_row), rows, in_row)
    for choice in (*down(labels, headings), *taken_out(labels, headings)):
        if choice:
            yield from _settled(_best(choice, summed, in_column), summed, in_column)


def across(paths: dict[int, tuple[str, ...]], headings: Headings) -> Iterator[list[Sum]]:
    """What each column of totals sums up, by the headings of the columns; where it may be read two ways both."""
    for total, path in paths.items():
        at = next((i for i, part in enumerate(path) if headings.total_rank(part)), None)
        if at is None:
            continue
        prefix, suffix = path[:at], path[at + 1 :]
        others = [
            column
            for column, other in paths.items()
            if column != total and other[:at] == prefix and (not suffix or other[at + 1 :] == suffix)
        ]
        sides = [
            _up_to_next_total([column for column in others if column > total], paths, at, headings),
            _up_to_next_total([column for column in reversed(others) if column < total], paths, at, headings),
        ]
        if prefix or suffix:
            sides.append(sides[0] + sides[1])
        yield [
            Sum(total, tuple(side), not any(_is_taken_out(paths[c], headings) for c in side), bool(prefix or suffix))
            for side in sides
            if side
        ]


def _up_to_next_total(
    columns: Sequence[int], paths: dict[int, tuple[str, ...]], at: int, headings: Headings
) -> list[int]:
    """The columns up to another total of the same level; of a group that has its own total that one only."""
    taken: list[int] = []
    own_total: dict[tuple[str, ...], int] = {}
    for column in columns:
        path = paths[column]
        if len(path) > at and headings.total_rank(path[at]):
            break
        if len(path) > at + 1 and headings.total_rank(path[at + 1]):
            own_total[path[: at + 1]] = column
        taken.append(column)
    return [column for column in taken if own_total.get(paths[column][: at + 1], column) == column]


def down(labels: dict[int, tuple[str, ...]], headings: Headings) -> Iterator[list[Sum]]:
    """What each row of totals sums up, by the headings of the rows; where it may be read two ways both."""
    ranks = {row: max(map(headings.total_rank, told), default=0) for row, told in labels.items()}
    taken = {row for row, told in labels.items() if _is_taken_out(told, headings)}
    numbered = _parents({row: headings.level(told[0]) if told else 0 for row, told in labels.items()}, ranks)
    top = max(ranks.values(), default=0)
    tops = [row for row, rank in ranks.items() if rank == top and top]
    grand = tops[0] if len(tops) == 1 else None
    subs = [row for row, rank in ranks.items() if rank and row != grand]
    body = [row for row in labels if not ranks[row] and row not in taken and row not in numbered]
    before, behind = _grouped(body, subs, forward=False), _grouped(body, subs, forward=True)
    for sub in subs:
        yield [Sum(sub, tuple(group[sub])) for group in (before, behind) if group.get(sub)]
    if grand is not None:
        level = [row for row in body if row < grand] or [row for row in body if row > grand]
        above = bool(level) and level[0] < grand
        subs = [sub for sub in subs if (sub < grand) == above]
        if subs:
            grouped = [{row for sub in subs for row in group.get(sub, ())} for group in (before, behind)]
            ways = [sorted(subs + [row for row in level if row not in rows]) for rows in grouped]
        else:
            first = [row for row in sorted(taken) if row == grand + 1]
            ways = [first + level] if first and not above else [level]
        yield [Sum(grand, tuple(way), not taken.intersection(way)) for way in ways if way]
    children: dict[int, list[int]] = {}
    for row, parent in numbered.items():
        children.setdefault(parent, []).append(row)
    for parent, rows in children.items():
        yield [Sum(parent, tuple(rows), complete=False)]


def _grouped(body: Sequence[int], subs: Sequence[int], *, forward: bool) -> dict[int, list[int]]:
    """The rows between one subtotal and the next: each group by the subtotal behind it, or before it."""
    groups: dict[int, list[int]] = {}
    for row in body:
        at = bisect(subs, row)
        near = subs[max(0, at - 1) : at] if forward else subs[at : at + 1]
        if near:
            groups.setdefault(near[0], []).append(row)
    return groups


def _parents(levels: dict[int, int], ranks: dict[int, int]) -> dict[int, int]:
    """The row that each numbered row is a part of: （一） below 一、, 1. below （一）."""
    parents: dict[int, int] = {}
    stack: list[tuple[int, int]] = []
    for row, level in levels.items():
        if ranks[row] or not level:
            if ranks[row]:
                stack.clear()
            continue
        while stack and stack[-1][0] >= level:
            stack.pop()
        if stack:
            parents[row] = stack[-1][1]
        stack.append((level, row))
    return parents


def taken_out(paths: dict[int, tuple[str, ...]], headings: Headings) -> Iterator[list[Sum]]:
    """The columns or rows behind 其中, each with the one that it is taken out of: the nearest before it."""
    groups: dict[int, list[int]] = {}
    of: int | None = None
    depth = 0
    for column, path in paths.items():
        at = next((i for i, part in enumerate(path) if headings.of_which(part) is not None), None)
        if at is None:
            of, depth = column, len(path)
        elif of is not None and (paths[of][:at] == path[:at] or depth <= at):
            groups.setdefault(of, []).append(column)
    for total, parts in groups.items():
        if not any(map(headings.total_rank, paths[total])) or len(parts) > 1:
            yield [Sum(total, tuple(parts), complete=False, one_group=True)]


def _is_taken_out(path: Iterable[str], headings: Headings) -> bool:
    return any(headings.of_which(part) is not None for part in path)


def _best(ways: Sequence[Sum], lines: Sequence[int], at: Line) -> Sum:
    """The way to read a total that holds in the most lines; the first of those that hold in as many."""
    return ways[0] if len(ways) == 1 else max(ways, key=lambda one: sum(_holds(one, line, at) for line in lines))


def _holds(one: Sum, line: int, at: Line) -> bool:
    total, parts = _members(one, line, at)
    check = _checked(total, parts, one) if total is not None and parts else None
    return check is not None and check.passed


def _settled(one: Sum, lines: Sequence[int], at: Line) -> Iterator[CheckFact]:
    """Make the cells of each line parts of their total, and check their sum."""
    for line in lines:
        total, parts = _members(one, line, at)
        if total is None or not parts:
            continue
        check = _checked(total, parts, one)
        if check is None or (not one.complete and not check.passed and check.name != "sum_of_parts"):
            continue
        for part in parts:
            part.part_of = part.part_of or total
        mark(check)
        if len(parts) > 1 or not one.complete:
            yield check


def _members(one: Sum, line: int, at: Line) -> tuple[Figure | None, list[Figure]]:
    """The total and the parts of its kind in a line."""
    total = at(line, one.total)
    if total is None:
        return None, []
    told = [part for number in one.parts if (part := at(line, number)) is not None]
    parts = [part for part in told if _alike(total, part, strictly=one.complete)]
    fates = {part.status for part in parts if isinstance(part, CountFact)} - {None}
    return total, parts if len(fates) < 2 or one.one_group else []


def _checked(total: Figure, parts: Sequence[Figure], one: Sum) -> CheckFact | None:
    if not one.complete:
        return check_of_parts(total, parts)
    expected = total.found.quantity.value
    values = [part.found.quantity.value for part in parts]
    if expected is None or None in values:
        return None
    found = sum((value for value in values if value is not None), Decimal(0))
    return CheckFact("sum_of_parts", found == expected, plain(expected), plain(found), (total, *parts))


def _alike(total: Figure, part: Figure, *, strictly: bool) -> bool:
    """Whether a part is counted in its total: money of one currency, no loss in a fund, things of one kind."""
    if isinstance(total, AmountFact) and isinstance(part, AmountFact):
        if total.found.currency != part.found.currency or total.found.per or part.found.per:
            return False
        return (total.role == "loss") == (part.role == "loss") and "standard" not in (total.role, part.role)
    if isinstance(total, CountFact) and isinstance(part, CountFact):
        same = total.found.measure == part.found.measure and total.found.unit == part.found.unit
        return same and (not strictly or total.status is None or part.status in (None, total.status))
    return False
