from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.archive.engines import UnderWay
from extractor.archive.folder import LocalFolder
from extractor.archive.plan_file import Totals
from extractor.archive.progress import Progress, duration, saved
from extractor.archive.run import Summary

MIB = 1 << 20


def at(*seconds: float) -> Iterator[float]:
    yield from seconds


@pytest.fixture
def progress(tmp_path: Path) -> Progress:
    """Ten megabytes, of which an earlier run did two and this one three in six seconds."""
    ticks = at(100.0, 106.0, 106.0, 107.0, 107.5)
    made = Progress(Totals(5, 50, 10 * MIB, ""), LocalFolder(tmp_path), clock=lambda: next(ticks))
    made.bytes_before = made.bytes = 2 * MIB
    made.shards_before = made.shards = 1
    made.before = Summary(documents=8)
    made.now = Summary(documents=7)
    made.now.records.update(amount=20, error=1)
    made.now.errors.update(damaged=1)
    return made


def test_speed_is_that_of_this_run_and_the_rest_is_told_by_it(progress: Progress) -> None:
    seen = progress.snapshot(UnderWay(documents=3, bytes=MIB, records=9, errors=2))
    assert (seen.documents, seen.records, seen.errors) == (18, 29, 3)
    assert (seen.bytes_a_second, seen.seconds_left) == (MIB / 2, 10.0)
    assert seen.in_words() == "50%, 18 documents, 29 records, 3 errors, 0.50 MB/s, 10 s left"


def test_other_terminals_see_it_now_and_then(progress: Progress, tmp_path: Path) -> None:
    seen = progress.snapshot(UnderWay())
    progress.save(seen)
    (tmp_path / "state" / "progress.json").unlink()
    progress.save(seen)  # a second later: too early
    assert saved(LocalFolder(tmp_path)) is None


def test_what_was_saved_is_read_back(progress: Progress, tmp_path: Path) -> None:
    seen = progress.snapshot(UnderWay())
    progress.save(seen)
    told = saved(LocalFolder(tmp_path))
    assert told is not None
    assert told[0] == seen


@pytest.mark.parametrize(("seconds", "words"), [(89, "89 s"), (90, "2 min"), (5400, "1.5 h"), (200_000, "2.3 d")])
def test_duration(seconds: float, words: str) -> None:
    assert duration(seconds) == words
