"""How divisions and townships are called: official names, and the short forms of them that texts use."""

from __future__ import annotations

import re

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|"
    "门巴|珞巴|基诺|各|多民"
)
_AUTONOMOUS = re.compile(
    rf"(?P<stem>.{{2,}}?)(?:(?:{_PEOPLES})族|(?<=东乡|温克|裕固)族|蒙古|哈萨克|柯尔克孜|维吾尔|塔吉克|锡伯)*自治(?P<kind>区|州|县|旗)"
    rf"|(?P<ward>.{{2,}}?)(?:{_PEOPLES})族区"
)
_SUFFIX = re.compile(r"(?P<stem>.{2,}?)(?P<kind>特别行政区|地区|林区|特区|新区|矿区|省|市|县|区|盟|旗)")
_TOWNSHIP = re.compile(
    rf"(?P<stem>.{{2,}}?)(?:(?:{_PEOPLES})族)*(?:街道办事处|街道|民族乡|民族镇|人民公社|公社|乡|镇|苏木)"
)


def short_forms(name: str) -> tuple[str, ...]:
    """How a division is called for short, with its suffix and without; 专区 is what a 地区 was called before 1970.

    >>> short_forms("新平彝族傣族自治县"), short_forms("玉溪地区"), short_forms("西区")
    (('新平县', '新平'), ('玉溪专区', '玉溪'), ())
    """
    if match := _AUTONOMOUS.fullmatch(name):
        stem = match["stem"] or match["ward"]
        return stem + (match["kind"] or "区"), stem
    match = _SUFFIX.fullmatch(name)
    if not match:
        return ()
    return (match["stem"] + "专区", match["stem"]) if match["kind"] == "地区" else (match["stem"],)


def township_stem(name: str) -> str:
    """A township's name without its kind and its people; one that has no such kind (××农场) as it is.

    >>> township_stem("平章回族乡"), township_stem("桂山街道"), township_stem("老厂乡"), township_stem("红星农场")
    ('平章', '桂山', '老厂', '红星农场')
    """
    match = _TOWNSHIP.fullmatch(name)
    return match["stem"] if match else name
