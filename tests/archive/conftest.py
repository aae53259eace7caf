"""What tests of the batch engine share: an archive, settings that make shards of it, a reader that does harm."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.archive.batch import Job, Report, run_batch
from extractor.archive.engines import Engine, Finished, UnderWay
from extractor.archive.folder import folder_at
from extractor.archive.local_engine import LocalEngine
from extractor.archive.plan import Shard
from extractor.archive.settings import Settings
from extractor.archive.shard import run_shard
from extractor.archive.walk import walk
from extractor.readers.registry import readable

DOCUMENTS = 24

HARMFUL = """
import os, signal, time
from pathlib import Path
from extractor.readers import plain
from extractor.readers.registry import Reader

HERE = Path(__file__).parent

def read(data, hints):
    what = data.decode().split()[0]
    if what == "%DIES":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "%HANGS":
        time.sleep(3600)
    if what == "%DIES_ONCE" and not (HERE / "died").exists():
        (HERE / "died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "%EATS":
        held = bytearray(1 << 33)
    if what == "%SLOW":
        (HERE / "slow").touch()
        end = time.monotonic() + 60
        while not (HERE / "go").exists() and time.monotonic() < end:
            time.sleep(0.01)
    return plain.READER.read(data, hints)

READER = Reader("harmful", frozenset(), read, lambda sample: sample.head.startswith(b"%"), isolated=False)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder of small reports, in two folders."""
    folder = tmp_path / "archive"
    for number in range(DOCUMENTS):
        file = folder / f"{1990 + number // 12}" / f"{number:03d}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{1990 + number}年投入资金{number + 1}万元，受灾{number + 2}户。", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Settings with which the archive makes several shards, and a worker starts quickly."""
    return Settings.of(ner=False, kinds=("amount",), shard_bytes=4096)


class HereEngine:
    """Does shards in this process: quicker where workers are not what is tested."""

    def __init__(self, settings: Settings, where: str) -> None:
        self._settings = settings
        self._folder = folder_at(where)

    def run(self, shards: Iterator[Shard], tick: Callable[[UnderWay], None]) -> Iterator[Finished]:
        for shard in shards:
            yield Finished(shard, run_shard(shard, self._settings, self._folder))
            tick(UnderWay())


@pytest.fixture
def batch(settings: Settings) -> Callable[..., Report]:
    """Run a batch, in this process or in so many workers."""

    def run(archive: Path, output: Path | str, *, workers: int = 0, **options: Any) -> Report:
        used, where = options.pop("settings", settings), str(output)
        engine: Engine = LocalEngine(used, where, workers) if workers else HereEngine(used, where)
        engine = options.pop("by", engine)
        documents = options.pop("documents", lambda: walk([archive]))
        job = Job([str(archive)], documents, used, folder_at(where), **options)
        return run_batch(job, engine, lambda snapshot: None)

    return run


@pytest.fixture
def harmful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reader that workers find, and that kills or holds up the process when a document says so; its folder."""
    readable()  # this process looks for readers once, and so never finds that one
    folder = tmp_path / "harmful"
    info = folder / "harmful-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: harmful\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[extractor.readers]\nharmful = harmful_reader:READER\n")
    (folder / "harmful_reader.py").write_text(HARMFUL)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]))
    return folder


@pytest.fixture(scope="session")
def digest_of() -> Callable[[Path], str]:
    """The digest of all records in an output folder, in order, and of its list of errors."""

    def digest(output: Path) -> str:
        files = [*sorted((output / "records").iterdir()), output / "errors.jsonl"]
        assert not [file for file in files if file.name.startswith(".")]
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()

    return digest


@pytest.fixture(scope="session")
def records_in() -> Callable[[Path], list[dict[str, Any]]]:
    """All records in an output folder."""

    def records(output: Path) -> list[dict[str, Any]]:
        files = sorted((output / "records").iterdir())
        return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]

    return records
