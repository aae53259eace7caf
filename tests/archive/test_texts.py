import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.archive.documents import File, Stream
from extractor.archive.run import run
from extractor.archive.sinks import JsonLines
from extractor.archive.texts import TextFields, texts
from extractor.pipeline import Extractor

FIELDS = TextFields("text", "id")
LARGEST = 1000


def lines(*told: object) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in told)


def test_a_line_is_a_document_named_by_its_id_or_its_place() -> None:
    data = lines({"id": 7, "text": "甲"}, {"text": "乙"}) + b"\n"
    found = list(texts(io.BytesIO(data), "a.jsonl", FIELDS, LARGEST))
    second = len(lines({"id": 7, "text": "甲"}))
    assert [(one.name, one.text) for one in found] == [("a.jsonl!/7", "甲"), (f"a.jsonl!/@{second}", "乙")]


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        (b"{no json\n", "damaged", "no JSON"),
        (b"[1, 2]\n", "damaged", "no text in a field 'text'"),
        (b'{"body": "x", "text": 3}\n', "damaged", "its fields are body, text"),
        (b"\xff\xfe\n", "damaged", "no JSON"),
        (b'{"text": "' + b"x" * 3_000_000 + b'"}\n', "too_large", "--max-size"),
    ],
)
def test_a_line_that_is_no_text_costs_only_itself(line: bytes, code: str, words: str) -> None:
    bad, good = texts(io.BytesIO(line + lines({"id": "b", "text": "甲"})), "a.jsonl", FIELDS, LARGEST)
    assert bad.problem is not None
    assert (bad.text, bad.problem.code, bad.size) == (None, code, len(line))
    assert words in str(bad.problem)
    assert (good.name, good.text) == ("a.jsonl!/b", "甲")


@given(st.lists(st.text(max_size=20), max_size=8), st.integers(3, 200), st.booleans())
def test_parts_give_each_line_once(held: list[str], step: int, end_of_line: bool) -> None:
    data = lines(*({"text": text} for text in held))
    data = data if end_of_line else data.rstrip(b"\n")
    whole = list(texts(io.BytesIO(data), "a", FIELDS, LARGEST))
    parts = [(start, min(start + step, len(data))) for start in range(0, len(data), step)]
    assert [one for part in parts for one in texts(io.BytesIO(data), "a", FIELDS, LARGEST, part)] == whole
    assert [one.text for one in whole] == held


def test_texts_of_a_stream_and_of_a_file(figures_only: Extractor, tmp_path: Path) -> None:
    data = lines({"id": "x", "text": "投入资金505万元。"}, {"id": "y"})
    (tmp_path / "a.jsonl").write_bytes(data)
    made = io.BytesIO()
    documents = [Stream(io.BytesIO(data)), File(tmp_path / "a.jsonl", "a.jsonl")]
    summary = run(figures_only, documents, JsonLines(made), fields=FIELDS)
    told = [json.loads(line) for line in made.getvalue().splitlines()]
    assert [(one["kind"], one.get("path")) for one in told] == [
        ("document", "-!/x"),
        ("amount", None),
        ("error", "-!/y"),
        ("document", "a.jsonl!/x"),
        ("amount", None),
        ("error", "a.jsonl!/y"),
    ]
    assert told[1]["start"] == 4
    assert (summary.documents, summary.failed) == (4, 2)
