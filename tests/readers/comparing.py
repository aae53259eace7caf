"""What of its records two files of the same report must agree in."""

from __future__ import annotations

from collections import Counter

from extractor.records import AnyRecord

PLACES = {"start", "end", "page", "cell"}
IDS = {"doc_id", "id", "part_of", "impacts", "beneficiary", "caused_by", "same_as", "records"}
NOT_COMPARED = PLACES | IDS | {"raw", "sentence", "rule"}
"""What counts places in the source, names other records, or shows how wide the gap between two cells is there."""


def facts(records: list[AnyRecord]) -> Counter[str]:
    """The records of a document without what is not compared."""
    dumped = (record.model_dump_json(exclude=NOT_COMPARED) for record in records if record.kind != "document")
    return Counter(dumped)
