"""Which characters everyday Chinese is made of: how a right reading of bytes is told from a wrong one."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Collection

from extractor.text.repair.charsets import simplified_forms

_COMMONEST = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由"
    "其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问"
    "意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山"
    "统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理府六村乡县镇市省受灾元万亿户口"
)
_MARKS = "，。、：；（）《》“”「」？！"
_FURTHER_MARKS = "‘’…—·〔〕【】『』〈〉　○〇□×℃％‰～－＋．／①②③④⑤⑥⑦⑧⑨⑩㎡㎜﹒﹝﹞│─┌┐└┘├┤┬┴┼"
_FIRST_LEVEL = range(0xB0, 0xD8)
"""The lead bytes of GB2312's first level; the second holds the characters of names."""


def everyday_share(text: str) -> float:
    """The share of the commonest Chinese characters and marks among the characters beyond ASCII.

    >>> everyday_share("受灾3.5万人，"), everyday_share("鍙楃伨"), everyday_share("3.5")
    (1.0, 0.0, 0.0)
    """
    telling = [char for char in text if char > "\x7f"]
    commonest = everyday()
    return sum(char in commonest for char in telling) / len(telling) if telling else 0.0


def is_common(text: str) -> bool:
    """Whether the characters of ``text`` beyond ASCII are such as Chinese is written with: of five one may be rare,
    of three as well."""
    telling = [char for char in text if char > "\x7f"]
    rare = sum(char not in common() for char in telling)
    return rare * 5 <= max(len(telling), 5 * (len(telling) > 2))


@functools.cache
def everyday() -> frozenset[str]:
    """Some 480 commonest characters, their traditional forms, and the marks between them."""
    return frozenset(_both_scripts(set(_COMMONEST)).union(_MARKS))


@functools.cache
def first_level() -> frozenset[str]:
    """The first level of GB2312: the 3755 everyday characters of simplified Chinese."""
    codes = bytes(itertools.chain.from_iterable(itertools.product(_FIRST_LEVEL, range(0xA1, 0xFF))))
    return frozenset(codes.decode("gb2312", "ignore"))  # five codes at its end are free


@functools.cache
def common() -> frozenset[str]:
    """The first level of GB2312, its traditional forms, and the marks of running text and drawn tables, the wide ones
    too."""
    wide = "".join(map(chr, range(0xFF01, 0xFF5F)))
    return frozenset(_both_scripts(first_level()).union(_MARKS, _FURTHER_MARKS, wide))


def _both_scripts(simplified: Collection[str]) -> set[str]:
    """``simplified`` and all traditional characters whose simplified form is one of them."""
    return set(simplified).union(char for char, simple in simplified_forms().items() if simple in simplified)
