"""What annotators read in place of names and codes, in Chinese; the code stands behind it, in English.

A code without words here is shown as it is; a test sees to it that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping

LABEL_WORDS: Mapping[str, str] = {
    "amount": "金额",
    "count": "数量",
    "disaster": "灾害",
    "date": "日期",
    "document_number": "发文字号",
    "place": "地名",
    "organization": "机构",
    "person": "人名",
}

FIELD_WORDS: Mapping[str, str] = {
    "value": "数值（主单位，如 143002000）",
    "bound": "界限",
    "low": "下限",
    "high": "上限",
    "currency": "币种（ISO 4217）",
    "role": "资金性质",
    "payer": "出资方",
    "purpose": "用途",
    "place": "地点",
    "date": "日期（如 2002、2002-08-14、2002/2004）",
    "period": "时段用语",
    "measure": "计量对象",
    "status": "状态",
    "name": "名称",
    "hazards": "灾种（每条一个）",
    "magnitude": "强度",
    "shared": "共同影响",
    "canonical": "规范字号",
    "optional": "可争议",
}

LINK_WORDS: Mapping[str, str] = {
    "part_of": "是其一部分",
    "beneficiary": "受益者",
    "impacts": "造成",
    "same_as": "同一事件",
}

CODE_WORDS: Mapping[str, str] = {
    "shared": "多起灾害共有",
    "optional": "可有可无",
    # bound
    "exact": "确数",
    "approx": "约数",
    "over": "超过",
    "under": "不足",
    "range": "区间",
    # role
    "loss": "损失",
    "funding": "资金投入",
    "donation": "捐赠",
    "standard": "标准",
    "debt": "债务",
    "revenue": "财政收入",
    "output": "产值",
    "income": "个人收入",
    "other": "其他",
    # measure
    "households": "户数",
    "persons": "人数",
    "rooms": "房屋间数",
    "admin_units": "行政单位",
    "area": "面积",
    "livestock": "牲畜",
    "mass": "重量",
    "length": "长度",
    "volume": "体积",
    "items": "其他物件",
    # status
    "affected": "受灾",
    "dead": "死亡",
    "missing": "失踪",
    "dead_or_missing": "死亡失踪",
    "injured": "受伤",
    "trapped": "被困",
    "evacuated": "转移",
    "resettled": "搬迁安置",
    "needing_relief": "需救助",
    "relieved": "已救助",
    "poor": "贫困",
    "out_of_poverty": "脱贫",
    "collapsed": "倒塌",
    "damaged": "损坏",
    "severely_damaged": "严重损坏",
    "slightly_damaged": "一般损坏",
    "built": "新建",
    "repaired": "修复",
    "crop_damaged": "成灾",
    "crop_failed": "绝收",
}


def shown(code: str, words: Mapping[str, str]) -> str:
    """``code`` as it is shown.

    >>> shown("loss", CODE_WORDS)
    '损失 loss'
    """
    return f"{words[code]} {code}" if code in words else code
