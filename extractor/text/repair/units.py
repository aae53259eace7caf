"""Units as reports write them behind a figure: what stands before one is a number, however it was torn or misread."""

from __future__ import annotations

UNIT = (
    "(?:[万亿千百元户人名口亩间吨头只个台辆套部张座所处条项次件家株%％]"
    "|公[里顷斤]|平方|立方|美元|港元|斤(?!两)|米(?!粉))"
)
"""A regular expression for the beginning of a unit."""
