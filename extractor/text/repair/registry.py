"""The repair steps, in the order they run. Bytes come first: every later step reads characters."""

from __future__ import annotations

from extractor.text.repair import (
    brackets,
    breaks,
    dots,
    heads,
    letterspacing,
    markup,
    mojibake,
    ocr,
    pages,
    pinyin,
    ruled,
    script,
    spacing,
    widths,
    wraps,
)
from extractor.text.repair.model import Step

STEPS: tuple[Step, ...] = (
    Step("mojibake", "text read in a wrong encoding: å…¬å¸ƒ, ¹«²¼ → 公布, 505涓囧厓 → 505万元", mojibake.put_right),
    Step("markup", "left-overs of web pages: entities, tags, invisible characters", markup.left_overs_removed),
    Step("breaks", "characters knocked out of step: 嚴重?fù)p失 → 嚴重損失", breaks.restored),
    Step("pinyin", "readings in brackets behind a character: 號(hào) → 號", pinyin.readings_removed),
    Step("script", "traditional lines into simplified characters", script.into_simplified),
    Step("widths", "full-width digits, letters and decimal points into ASCII", widths.narrowed),
    Step("ruled", "tables in heavy or double lines into light ones: ┃甲乡┃ → │甲乡│", ruled.redrawn),
    Step("letterspacing", "spaces between all characters of a line: 新 平 县 → 新平县", letterspacing.closed_up),
    Step("pages", "page numbers inside the text: — 3 —, 第 3 页, 。1", pages.numbers_removed),
    Step("heads", "running heads and footers in the midst of sentences", heads.heads_removed),
    Step("wraps", "hard line breaks inside sentences and numbers", wraps.joined),
    Step("ocr", "misread figures that the rest proves: l995年 → 1995年, 5方元 → 5万元", ocr.corrected),
    Step("spacing", "spaces inside dates and figures: 1 9 9 8 年 → 1998年", spacing.closed_up),
    Step("zeros", "zeros of Chinese years: 一九九O年 → 一九九〇年", spacing.zeros),
    Step("dots", "the dot in quoted days: “8〃14” → “8·14”", dots.unified),
    Step("brackets", "the year in document numbers: ?2011?4号 → 〔2011〕4号", brackets.restored),
)
