"""Every reason that a record gives is told in words in ``patterns/reasons.yaml``."""

from __future__ import annotations

from pathlib import Path

from extractor.evaluation.gold import read_gold
from extractor.patterns import load_patterns
from extractor.pipeline import Extractor
from extractor.records import Extracted


def test_every_code_over_the_sample_corpus_is_told(extractor: Extractor, root: Path) -> None:
    meanings = load_patterns().table("reasons", "why")
    passages = read_gold(root / "corpus" / "gold.jsonl").passages
    records = [r for passage in passages for r in extractor.extract_text(passage.text) if isinstance(r, Extracted)]
    given = {reason.why for record in records for reason in record.reasons}
    assert given
    assert given <= meanings.keys()
    assert all(reason.field in record.model_fields_set for record in records for reason in record.reasons)
