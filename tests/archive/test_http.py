"""Archives behind a web server: of files that are named, and of folders that it lists."""

from __future__ import annotations

import functools
import http.server
import os
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from extractor.archive.batch import Report
from extractor.archive.documents import Refused
from extractor.archive.walk import walk

pytestmark = pytest.mark.skipif(find_spec("aiohttp") is None, reason="the extra [http] is not installed")

Batch = Callable[..., Report]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name it has)
        pass


@pytest.fixture
def served(archive: Path) -> Iterator[str]:
    """The address of a server that shows the archive."""
    handler = functools.partial(Quiet, directory=str(archive.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{archive.name}"
        server.shutdown()
        thread.join()


def test_a_folder_that_a_server_lists(served: str, archive: Path, tmp_path: Path, batch: Batch) -> None:
    told = [(one.name, one.size) for one in walk([f"{served}/"])]
    assert told == [(one.name, one.size) for one in walk([archive])]
    digest = batch(archive, tmp_path / "undisturbed").merged.digest
    report = batch(f"{served}/", tmp_path / "out", workers=1)
    assert report.merged.digest == digest
    assert batch(f"{served}/", tmp_path / "out").resumed == report.merged.shards
    os.utime(archive / "1990" / "003.txt", (0, 0))
    assert batch(f"{served}/", tmp_path / "out").resumed == report.merged.shards - 1


def test_a_file_that_is_named(served: str, archive: Path, tmp_path: Path, batch: Batch) -> None:
    (archive / "1990" / "报告 1.txt").write_text("1990年投入资金5万元。", encoding="utf-8")
    [one] = walk([f"{served}/1990/报告 1.txt"])
    assert one.size == 29
    assert batch(f"{served}/1990/报告 1.txt", tmp_path / "out").merged.summary.records == {"document": 1, "amount": 1}
    [gone] = walk([f"{served}/1990/gone.txt"])
    assert isinstance(gone, Refused)
    assert gone.code == "missing"


def test_a_server_that_is_not_there() -> None:
    [refused] = walk(["http://127.0.0.1:1/reports/a.txt"])
    assert isinstance(refused, Refused)
    assert refused.code == "unreadable"
