from extractor.cli.demo import SHOWN, sample


def test_some_of_each_kind_and_how_many() -> None:
    records = [{"kind": "document", "doc_id": str(n), "path": f"{n}.txt"} for n in range(9)]
    found = [
        {"kind": "amount", "doc_id": str(n), "start": 1, "end": 3, "raw": "五\n元", "value": "5", "role": "loss"}
        for n in range(9)
    ]
    ranged = {"kind": "count", "doc_id": "0", "start": 5, "end": 9, "raw": "三四十户", "bound": "range", "low": "30"}
    rows, counts = sample([*records, *found, {**ranged, "high": "40"}])
    assert counts == {"document": 9, "amount": 9, "count": 1}
    assert len(rows) == SHOWN + 1
    assert rows[0] == ("amount", "五⏎元", "5", "role=loss", "0.txt:1-3")
    assert rows[-1][2] == "30–40"
