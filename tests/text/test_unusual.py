"""The glance at a text's unusual characters must not hide anything from the repair steps that rely on it."""

from extractor.text.repair import markup, ruled, utf8_as_gbk, widths
from extractor.text.repair.charsets import traditional_only
from extractor.text.repair.everyday import common
from extractor.text.repair.unusual import unusual
from extractor.text.repair.western import ACCENTED

_ALL = [chr(code) for code in range(0x80, 0x10000) if not 0xD800 <= code < 0xE000]


def test_what_the_steps_look_for_is_unusual() -> None:
    classes = (ACCENTED, widths._FOUND, ruled._FOUND, markup._UNSEEN)
    sought = {char for char in _ALL if any(kind.fullmatch(char) for kind in classes)}
    sought |= traditional_only() | utf8_as_gbk._FIRSTS | (set(_ALL) - common())
    plain = sought.difference(unusual("".join(_ALL)))
    # Of what is no character of running Chinese the steps' own rules let these through.
    assert plain <= {char for char in _ALL if "\u2000" <= char <= "\u206f" or char < "\u0500"}
    assert not any(kind.fullmatch(char) for char in plain for kind in classes)


def test_plain_text_holds_nothing_unusual_and_long_text_is_read_to_its_end() -> None:
    plain = "2008年7月15日，石门乡受灾3.5万人（其中：死亡3人），直接经济损失1.2亿元。\n"
    assert unusual(plain) == ""
    assert set(unusual(plain * 3000 + "災發災")) == {"災", "發"}
