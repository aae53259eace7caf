"""What holds of impacts and tellings in any text, sense or nonsense."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.analysis import Analyst
from extractor.patterns import load_patterns

ANALYST = Analyst(load_patterns(), None)
PIECES = [
    "1998年8月3日", "8月3日至10日", "去年", "2001年", "截至8月5日", "东寨乡", "全县", "等3个乡镇",
    "遭受", "发生", "受", "影响", "比", "后", "共造成", "造成", "的", "其中", "、", "，", "。", "；",
    "冰雹", "洪水", "4.9级地震", "余震", "“8·14”", "第9号台风“青鸟”", "暴雨", "滑坡", "等4次",
    "死亡3人", "受灾2万人", "倒塌房屋5间", "直接经济损失200万元", "下拨5万元", "5人获救",
    "\n",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_impacts_and_causes_are_one_relation(pieces: list[str]) -> None:
    analysis = ANALYST.read("".join(pieces))
    figures = [*analysis.scene.counts, *analysis.scene.amounts]
    caused = {(id(event), id(fact)) for event in analysis.events for fact in event.impacts}
    assert caused == {(id(event), id(fact)) for fact in figures for event in fact.caused_by}
    assert len(caused) == sum(len(event.impacts) for event in analysis.events)
    for event in analysis.events:
        assert event.same_as is None or (event.same_as.same_as is None and not event.impacts)
        assert event.same_as is None or event.same_as.start < event.start
    for fact in figures:
        assert len(fact.caused_by) < 2 or all(event.shared for event in analysis.events if event in fact.caused_by)
        told = [reason for reason in fact.reasons if reason.field == "caused_by"]
        assert len(told) == bool(fact.caused_by)
