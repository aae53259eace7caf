"""The records in Chinese: what every kind, field and code is called, for headings, code books and annotators.

What stands before ``：`` is the name, what follows explains it. A test sees to it that none is missing.
"""

from __future__ import annotations

KINDS: dict[str, str] = {
    "document": "文件",
    "amount": "金额",
    "count": "数量",
    "disaster": "灾害",
    "date": "日期",
    "document_number": "发文字号",
    "entity": "名称",
    "check": "核对",
    "error": "错误",
}

FIELDS: dict[str, str] = {
    # every record
    "kind": "种类：记录是什么",
    "doc_id": "文件编号：同一位置、同样内容的文件总是同一编号",
    "id": "记录编号：文件编号加序号，每次运行都相同",
    # what was found
    "start": "起：在解码后原文中的第一个字符，从 0 数起",
    "end": "止：最后一个字符之后的位置",
    "raw": "原样：原文 start 至 end 的字符，乱码也在内",
    "text": "修复后：简体、半角数字",
    "sentence": "所在句子：修复后的",
    "page": "页码：从 1 数起；没有页的格式为空",
    "cell": "单元格：表格中的位置，如 Sheet1!C5、table2!C5",
    "rule": "规则：由哪条规则或哪个模型找到",
    "flags": "警示：采信之前应当知道的事，见“警示”一节",
    "reasons": "依据：哪些字段不完全确定、有多确定、为什么",
    # figures
    "value": "数值：原文所写的数，万、亿已乘入；区间为空",
    "bound": "界限：数值是确数、约数、超过还是不足",
    "low": "下限：区间或“超过”的下端",
    "high": "上限：区间或“不足”的上端",
    "unit": "单位：原文所写，如万元、户、公顷",
    "part_of": "所属总数：它是哪条总数记录的一部分",
    "date": "日期：原文有多精确就写多精确；“1996-08/1996-09”是一段时间",
    "date_source": "日期来源：日期写在何处",
    "period": "时段用语：如 2009年以来、“十五”期间",
    "caused_by": "由何灾害造成：灾害记录的编号",
    "indicator": "统计指标：《自然灾害情况统计调查制度》或旧报告中的指标名",
    "indicator_value": "指标值：折算成指标的规定单位",
    "indicator_unit": "指标单位",
    "place": "地点：表格中写明是谁的数字；灾害则是发生地",
    "row_heading": "行标题：表格中该行的标题",
    "column_heading": "列标题：表格中该列的标题，自上而下",
    "currency": "币种：ISO 4217 代码；银元、法币等为空",
    "role": "资金性质",
    "payer": "出资方：如县级财政、群众自筹",
    "per": "按什么计：标准是每户、每人还是每月",
    "purpose": "用途：原文所写，如救灾",
    "beneficiary": "受益者：受益人数、户数记录的编号",
    "measure": "计量对象：数的是什么",
    "status": "状态：数的人、户、房屋等怎么样了；文件则是能否采信",
    "object": "所数的名词：如乡镇、村级活动场所",
    # disasters
    "name": "名称",
    "year_source": "年份来源：年份写在何处",
    "hazards": "灾种：原文所写",
    "categories": "灾害类别：按《自然灾害情况统计调查制度》",
    "division_code": "区划代码：GB/T 2260；乡镇为九位",
    "number": "编号：台风或洪水当年的编号",
    "magnitude": "强度：震级或风力；写作区间的取上端",
    "magnitude_scale": "强度标准",
    "impacts": "造成的损失：由它造成的数量和金额记录的编号",
    "shared": "合计共有：有的损失是几场灾害的合计",
    "same_as": "同一事件：首次提到它的记录的编号",
    # numbers of documents, names
    "canonical": "规范写法：发文字号按 GB/T 9704；机构则是全称",
    "agency_code": "机关代字",
    "year": "年份：表中是事实的年份，没有则是文件的年份",
    "serial": "序号",
    "title": "标题",
    "issuer": "发文机关",
    "label": "类别：地名、机构或人名",
    "division_name": "区划名称：该代码当年的全称",
    "division_year": "区划年份：查的是哪一年的区划表",
    # documents, checks, errors
    "path": "路径：文件在所给文件夹或压缩包中的位置",
    "sha256": "内容指纹：文件字节的 SHA-256",
    "encoding": "编码",
    "media_type": "文件类型",
    "script": "字体：简体、繁体或混用",
    "issued": "成文日期",
    "characters": "字数：解码后原文的字符数",
    "repairs": "修复：哪些步骤改动了多少处",
    "counts": "记录数：其后各种记录各有多少",
    "extractor_version": "程序版本",
    "patterns_digest": "规则指纹",
    "passed": "是否通过",
    "expected": "应有的值",
    "found": "实有的值",
    "records": "核对了哪些记录：总数在前",
    "code": "错误代码",
    "message": "说明：出了什么事、怎么办",
    "step": "步骤",
    "count": "处数",
    # added in tables
    "year_of": "年份依据：fact 是事实自己的日期，document 是文件的成文日期",
    "guessed": "推测的字段：猜定的字段名，依据见 JSON Lines 的 reasons",
    "failed_checks": "未通过的核对：名称见“核对”一节",
}

BOUND: dict[str, str] = {"exact": "确数", "approx": "约数", "over": "超过", "under": "不足", "range": "区间"}

ROLE: dict[str, str] = {
    "loss": "损失",
    "funding": "资金投入",
    "donation": "捐赠",
    "standard": "标准",
    "debt": "债务",
    "revenue": "财政收入",
    "output": "产值",
    "income": "个人收入",
    "other": "其他",
}

MEASURE: dict[str, str] = {
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
}

STATUS: dict[str, str] = {
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

CATEGORY: dict[str, str] = {
    "flood": "洪涝",
    "drought": "干旱",
    "typhoon": "台风",
    "hail_wind": "风雹",
    "cold": "低温冷冻",
    "snow": "雪灾",
    "sandstorm": "沙尘暴",
    "earthquake": "地震",
    "geological": "地质灾害",
    "marine": "海洋灾害",
    "wildfire": "森林草原火灾",
    "biological": "生物灾害",
    "accident": "事故",
    "other": "其他",
}

YEAR_SOURCE: dict[str, str] = {"stated": "写明", "inherited": "承前文", "document": "取自文件日期"}

DATE_SOURCE: dict[str, str] = {
    "stated": "写在本分句",
    "sentence": "写在本句别处",
    "earlier": "写在前面的句子",
    "heading": "写在章节或表格标题",
    "document": "取自文件日期",
}

DATE_ROLE: dict[str, str] = {"issued": "成文日期", "period": "一段时间", "point": "其他日期"}

MAGNITUDE_SCALE: dict[str, str] = {"seismic": "震级", "wind_force": "风力"}

CONFIDENCE: dict[str, str] = {"certain": "确定", "likely": "很可能", "guess": "猜测"}

ENTITY_LABEL: dict[str, str] = {"place": "地名", "organization": "机构", "person": "人名"}

SCRIPT: dict[str, str] = {"simplified": "简体", "traditional": "繁体", "mixed": "简繁混用"}

DOCUMENT_STATUS: dict[str, str] = {
    "ok": "正常",
    "garbled": "乱码：解码后大量字符不可读，文中的数字不可采信",
    "needs_ocr": "需要文字识别：有的页是图片",
    "empty": "空文件",
}

FLAG: dict[str, str] = {
    "digit_may_be_lost": "可能缺数字：原文中该数的字节已丢失，必须查对原件",
    "nonconforming": "不合格式：发文字号的括号不合 GB/T 9704",
    "inherited_year": "年份承前：年份写在别处",
    "arithmetic_mismatch": "算术不符：有一项核对未通过，见 check 记录",
    "old_currency": "旧币：不是今天 ISO 4217 的币种",
    "date_not_in_calendar": "日历上没有这一天",
    "repaired": "经过修复：恢复了丢失的字节",
    "ocr_corrected": "识别错字已改正：由该数的其余部分证明",
    "implausible": "不大可能：如每户 12 人以上，多半是单位写错",
}

ERROR: dict[str, str] = {
    "undecodable": "无法解码：用 --encoding 指定编码",
    "unsupported_type": "不支持的类型：另存为能读的格式",
    "unreadable": "读不了：检查权限和磁盘",
    "missing": "找不到：检查路径",
    "too_large": "超过大小上限：用 --max-size 或 --max-extracted 放宽",
    "timeout": "超时：用 --time-limit 放宽",
    "invalid_text": "文本无效：含半个代理对等非字符",
    "internal": "程序错误：请连同文件报告给我们",
    "encrypted": "有密码：去掉密码后另存",
    "damaged": "文件损坏：用原来的程序打开后另存",
    "needs_ocr": "图片需要文字识别：安装 [ocr]",
    "tool_missing": "缺少程序：安装 LibreOffice 等",
    "out_of_memory": "内存不足：用 --max-memory 放宽",
    "empty_archive": "空压缩包",
    "too_deep": "压缩包嵌套过深：用 --max-depth 放宽",
    "too_many": "压缩包内文件过多：用 --max-members 放宽",
    "too_compressed": "压缩比过高：用 --max-ratio 放宽",
    "unsafe_path": "路径不安全：压缩包成员的名称指向包外",
    "changed": "读取时文件被改动：再运行一次",
    "crashed": "读它的进程崩溃了两次",
}

CHECK: dict[str, str] = {
    "sum_of_parts": "分项之和等于总数",
    "parts_within_total": "所列分项不超过总数",
    "persons_per_household": "每户 1 至 12 人",
    "nested_areas": "绝收不大于成灾，成灾不大于受灾",
    "dead_within_affected": "死亡人数不大于受灾人数",
    "stated_twice": "同一数字两处所写相同",
    "figures_match_words": "数字金额与大写金额相同",
    "unit_slip": "单位像是写错了",
    "date_exists": "日历上没有这一天",
    "issued_after_facts": "灾情不晚于成文日期",
    "document_number_year": "发文字号的年份不晚于成文日期",
}


def name(words: str) -> str:
    """The name alone, without what explains it.

    >>> name(FIELDS["payer"])
    '出资方'
    """
    return words.partition("：")[0]
