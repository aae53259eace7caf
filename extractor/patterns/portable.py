r"""Patterns in what both the standard library's `re` and `regex` know.

`re` matches about twice as fast as `regex`, but knows no ``\p{Han}`` and looks back only over a fixed number of
characters. Both are put in other words here; so is a group's name, which `re` allows once in a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

HAN = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Han characters, with 々 and 〇, as they stand in a class. Few ranges: `re` compiles and compares those fastest."""

_TOKEN = re.compile(
    r"(?P<opens>\((?:\?(?:P<\w+>|P=\w+\)|<[=!]|[=!:>]))?)|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])|\\p\{Han\}|\\.|(?s:.)"
)
_REPEAT = re.compile(r"(?P<sign>[?*+])|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\}")
_NAME = re.compile(r"\(\?P([<=])(\w+)[>)]")
_NO_WIDTH = frozenset((r"\b", r"\B", r"\A", r"\Z", "^", "$"))
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")

Widths = Mapping[int, list[str]]
"""The branches of an expression by the number of characters that they match."""


def portable(pattern: str) -> str:
    r"""``pattern`` without ``\p{Han}`` and without looks behind over a varying number of characters.

    What cannot be put so, such as ``(?<=a*)``, stays as it is.

    >>> portable(r"(?<=约|大约)\d+")
    '(?:(?<=约)|(?<=大约))\\d+'
    >>> portable("(?<!第|全省前)3")
    '(?<!第)(?<!全省前)3'
    """
    return "".join(_rewritten(iter(_tokens(pattern))))


def _tokens(pattern: str) -> Iterator[str]:
    for match in _TOKEN.finditer(pattern):
        yield match.group()


def _rewritten(tokens: Iterator[str]) -> Iterator[str]:
    for token in tokens:
        if token in ("(?<=", "(?<!"):
            body = list(_body(tokens))
            try:
                yield _looking_behind(token, _widths(body))
            except _NotFixedError:
                yield f"{token}{''.join(_rewritten(iter(body)))})"
        else:
            yield _spelled(token)


def _spelled(token: str) -> str:
    if token == r"\p{Han}":
        return f"[{HAN}]"
    return token.replace(r"\p{Han}", HAN) if token[0] == "[" else token


def _body(tokens: Iterator[str]) -> Iterator[str]:
    """The tokens up to the bracket that closes the group; that bracket is taken too."""
    depth = 0
    for token in tokens:
        if token == ")":
            if not depth:
                return
            depth -= 1
        elif token[0] == "(" and token[-1] != ")":
            depth += 1
        yield token


def _looking_behind(token: str, widths: Widths) -> str:
    looks = [f"{token}{'|'.join(branches)})" for branches in widths.values()]
    if token == "(?<!":
        return "".join(looks)  # nothing of any width stands there
    return looks[0] if len(looks) == 1 else f"(?:{'|'.join(looks)})"


class _NotFixedError(Exception):
    """An expression of no bounded width, or one with a group whose content is asked for."""


def _widths(tokens: list[str]) -> Widths:
    """What the tokens match, by width."""
    every: list[Widths] = []
    branch: Widths = {0: [""]}
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token == "|":
            every.append(branch)
            branch = {0: [""]}
            continue
        if token[0] == "(":
            inside = list(_body(iter(tokens[position:])))
            position += len(inside) + 1
            atom = _of_group(token, inside)
        else:
            atom = {0 if token in _NO_WIDTH else 1: [_spelled(token)]}
        repeat = _REPEAT.match("".join(tokens[position : position + 8]))
        if repeat is not None:
            position += len(repeat.group())
            atom = _repeated(atom, repeat)
        branch = _behind(branch, atom)
    return _either([*every, branch])


def _of_group(token: str, inside: list[str]) -> Widths:
    if token in _LOOKS:
        return {0: [portable(f"{token}{''.join(inside)})")]}
    if token != "(?:":
        raise _NotFixedError(token)
    return _widths(inside)


def _repeated(atom: Widths, repeat: re.Match[str]) -> Widths:
    if repeat["sign"] == "?":
        return _either([{0: [""]}, atom])
    if repeat["sign"] or (repeat["comma"] and not repeat["most"]):
        raise _NotFixedError(repeat.group())
    least = int(repeat["least"] or 0)
    most = int(repeat["most"] or least)
    if len(atom) == 1:  # of one width: written once for each count, for each class takes its time to compile
        [(width, branches)] = atom.items()
        return _either([{width * count: [_times(branches, count)]} for count in range(least, most + 1)])
    times: Widths = {0: [""]}
    counts: list[Widths] = []
    for count in range(most + 1):
        if count >= least:
            counts.append(times)
        times = _behind(times, atom)
    return _either(counts)


def _times(branches: list[str], count: int) -> str:
    if count < 2:
        return _grouped(branches) * count
    return f"(?:{'|'.join(branches)}){{{count}}}"


def _behind(first: Widths, second: Widths) -> Widths:
    return _either([{w + v: [_grouped(first[w]) + _grouped(second[v])]} for w in first for v in second])


def _either(all_widths: list[Widths]) -> Widths:
    together: dict[int, list[str]] = {}
    for widths in all_widths:
        for width, branches in widths.items():
            together.setdefault(width, []).extend(branches)
    return together


def _grouped(branches: list[str]) -> str:
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def with_own_names(pattern: str, mark: str) -> tuple[str, list[str]]:
    """``pattern`` with ``mark`` and a number behind the name of each group, and the names as they were.

    >>> with_own_names("(?P<y>19..)|(?P<y>20..)(?P=y)", "r7")
    ('(?P<y_r7_0>19..)|(?P<y_r7_1>20..)(?P=y_r7_1)', ['y', 'y'])
    """
    names: list[str] = []
    last: dict[str, str] = {}

    def own(match: re.Match[str]) -> str:
        sign, name = match.groups()
        if sign == "<":
            last[name] = f"{name}_{mark}_{len(names)}"
            names.append(name)
            return f"(?P<{last[name]}>"
        return f"(?P={last.get(name, name)})"

    return _NAME.sub(own, pattern), names
