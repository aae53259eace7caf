"""UTF-8 once read as another encoding: ``å…¬å¸ƒ`` (as Latin-1) and ``鍙戝竷`` (as GBK) were ``公布`` and ``发布``.

Only what reads as UTF-8 to the last byte, and as Chinese, is put right; the rest stays.
"""

from __future__ import annotations

import re

from extractor.text.alignment import Edit


def _western(byte: int) -> str:
    """The character that programs of Western Windows show for ``byte``: cp1252, Latin-1 where that has none."""
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_BYTE_OF = {shown: byte for byte in range(0x80, 0x100) for shown in {_western(byte), chr(byte)}}
_TRAILS = "".join(re.escape(shown) for shown, byte in _BYTE_OF.items() if byte < 0xC0)
_AS_LATIN = re.compile(f"[\u00e2-\u00ef][{_TRAILS}]{{2}}")
_GBK_SIGN = re.compile("[銆锛鐨]")
"""What 、。 ，： and 的 begin with when read as GBK: some is in every such text, and hardly any elsewhere."""
_AS_GBK = re.compile("[\u00a4-\u00f7\u2010-\u2642\u3000-\u9fff\ue000-\uffe5]{3,}")
_CHINESE = re.compile("[\u2014\u2018-\u2026\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]+")


def put_right(text: str) -> list[Edit]:
    """Edits that read the misread stretches again."""
    edits = []
    for match in _AS_LATIN.finditer(text):
        char = _utf_8(bytes(_BYTE_OF[shown] for shown in match[0]))
        if _CHINESE.fullmatch(char):
            edits.append(Edit(match.start(), match.end(), char))
    if _GBK_SIGN.search(text):
        for match in _AS_GBK.finditer(text):
            if _GBK_SIGN.search(match[0]):
                edits += _read_again(match.start(), match[0])
    return sorted(edits)


def _read_again(start: int, run: str) -> list[Edit]:
    """Edits for a run of misread characters, one for every stretch in which characters end together in both forms."""
    codes = [_gbk(char) for char in run]
    true = _utf_8(b"".join(codes))
    if not _CHINESE.fullmatch(true):
        return []
    edits = []
    begin = at = read = taken = 0
    shown = ""
    for end, code in enumerate(codes, 1):
        read += len(code)
        while taken < read and at < len(true):
            taken += len(true[at].encode())
            shown += true[at]
            at += 1
        if taken == read:
            edits.append(Edit(start + begin, start + end, shown))
            begin, shown = end, ""
    return edits


def _utf_8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _gbk(char: str) -> bytes:
    if char == "€":
        return b"\x80"  # in Windows' GBK, which the misreading programs used
    try:
        return code if len(code := char.encode("gb18030")) == 2 else b"\xff"
    except UnicodeEncodeError:
        return b"\xff"
