"""What annotators read in place of names and codes, in Chinese; the code stands behind it, in English.

A code without words here is shown as it is; a test sees to it that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping

from extractor.labelling.fields import LABELS, fields_with_kinds
from extractor.records.chinese import BOUND, ENTITY_LABEL, FIELDS, KINDS, MEASURE, ROLE, STATUS, name

LABEL_WORDS: Mapping[str, str] = {label: (KINDS | ENTITY_LABEL)[label] for label in LABELS}

FIELD_WORDS: Mapping[str, str] = {
    **{field: name(FIELDS[field]) for field, _ in fields_with_kinds()},
    "value": "数值（主单位，如 143002000）",
    "currency": "币种（ISO 4217）",
    "date": "日期（如 2002、2002-08-14、2002/2004）",
    "hazards": "灾种（每条一个）",
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
    **BOUND,
    **ROLE,
    **MEASURE,
    **STATUS,
}


def shown(code: str, words: Mapping[str, str]) -> str:
    """``code`` as it is shown.

    >>> shown("loss", CODE_WORDS)
    '损失 loss'
    """
    return f"{words[code]} {code}" if code in words else code
