"""The yardstick: one plain `re` scan for amounts, counts, dates and document numbers.

It finds surfaces only; it parses, repairs and relates nothing. Machines differ and drift, so speeds are told
as a share of its speed over the same text in the same process.
"""

from __future__ import annotations

import re

NUMBER = r"(?<![\d.])\d+(?:\.\d+)?余?[十百千万亿]*余?"
PATTERN = re.compile(
    rf"(?P<amount>{NUMBER}元)"
    rf"|(?P<count>{NUMBER}(?:个|人|户|间|栋|座|处|名|口|亩|公里|头|只)(?:乡镇|村委会|自然村|行政村)?)"
    r"|(?P<date>(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|[“\"]\d{1,2}[·•〃.]\d{1,2}[”\"])"
    r"|(?P<document_number>[\u4e00-\u9fff]{1,6}[〔\[(（]\d{4}[〕\])）]\d{1,4}号)"
)


def scan(text: str) -> int:
    """How many surfaces ``text`` holds."""
    return sum(1 for _ in PATTERN.finditer(text))
