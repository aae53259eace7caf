"""Configuration and tasks held against Label Studio's own SDK, where it is installed."""

import pytest

from extractor.evaluation.gold import SCORED_KINDS
from extractor.labelling.config import labelling_config
from extractor.labelling.tasks import task_of

interface = pytest.importorskip(
    "label_studio_sdk.label_interface", reason="label-studio-sdk is not installed; nothing else of the project needs it"
)


def test_it_accepts_the_configuration_and_a_task(extractor) -> None:
    text = "2008年7月15日，石门乡发生“7·15”特大洪涝灾害，死亡3人，直接经济损失1.2亿元。"
    made = task_of(text, extractor.extract_text(text), SCORED_KINDS)
    checker = interface.LabelInterface(labelling_config())
    checker.validate()
    checker.validate_task({"data": made["data"]})
    assert checker.validate_prediction(made["predictions"][0], return_errors=True) == []
