"""The same batch on a Dask cluster of this machine, with workers and schedulers that are really killed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.archive.anywhere import do_shard
from extractor.archive.batch import Report
from extractor.archive.dask_engine import DaskEngine
from extractor.archive.plan import Shard, shards
from extractor.archive.settings import Settings
from extractor.archive.walk import walk
from extractor.errors import ExtractorError

distributed = pytest.importorskip("distributed", reason="the extra [dask] is not installed")

Batch = Callable[..., Report]
PATIENCE = 90.0


class Cluster:
    """A scheduler and a worker, each a process of its own."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        scheduler = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
        self.scheduler = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_scheduler", *scheduler[1:]], **quiet
        )
        worker = [self.address, "--nthreads", "1", "--no-dashboard", "--nanny", "--death-timeout", "60"]
        self.worker = subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_worker", *worker], **quiet)

    def close(self) -> None:
        for process in (self.worker, self.scheduler):
            process.terminate()
        for process in (self.worker, self.scheduler):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    yield made
    made.close()


@pytest.fixture
def undisturbed(archive: Path, tmp_path: Path, batch: Batch, digest_of) -> str:
    batch(archive, tmp_path / "undisturbed")
    return digest_of(tmp_path / "undisturbed")


def when(happened: Callable[[], object], then: Callable[[], None]) -> threading.Thread:
    """Do something in the midst of a run."""

    def watch() -> None:
        end = time.monotonic() + PATIENCE
        while not happened() and time.monotonic() < end:
            time.sleep(0.01)
        then()

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def kill_workers_of(pid: int) -> None:
    """kill -9 of the process that does the work of a Dask worker, under its nanny."""
    import psutil

    for child in psutil.Process(pid).children(recursive=True):
        if "from multiprocessing.spawn" in " ".join(child.cmdline()):
            child.send_signal(signal.SIGKILL)


def test_a_cluster_of_this_machine_gives_the_same(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, undisturbed: str, digest_of
) -> None:
    output = tmp_path / "out"
    report = batch(archive, output, by=DaskEngine(settings, str(output), 2))
    assert report.merged.missing == []
    assert digest_of(output) == undisturbed


def test_kill_9_of_a_dask_worker_loses_nothing(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, undisturbed: str, digest_of, harmful: Path, cluster
) -> None:
    (archive / "1990" / "006.txt").write_text("%SLOW 投入资金5万元。", encoding="utf-8")
    batch(archive, tmp_path / "slow")
    output = tmp_path / "out"

    def kill() -> None:
        kill_workers_of(cluster.worker.pid)
        (harmful / "go").touch()

    killer = when((harmful / "slow").exists, kill)
    report = batch(archive, output, by=DaskEngine(settings, str(output), 1, cluster.address))
    killer.join()
    assert (report.merged.missing, report.apart) == ([], [])
    assert digest_of(output) == digest_of(tmp_path / "slow")


def test_a_scheduler_that_goes_away(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, digest_of, harmful: Path, cluster
) -> None:
    (archive / "1990" / "006.txt").write_text("%SLOW 投入资金5万元。", encoding="utf-8")
    batch(archive, tmp_path / "slow")
    output = tmp_path / "out"
    killer = when((harmful / "slow").exists, cluster.scheduler.kill)
    with pytest.raises(ExtractorError, match="the Dask scheduler has gone away; run the same again"):
        batch(archive, output, by=DaskEngine(settings, str(output), 1, cluster.address))
    killer.join()
    (harmful / "go").touch()
    assert batch(archive, output).resumed > 0
    assert digest_of(output) == digest_of(tmp_path / "slow")


def test_a_deadly_document_costs_only_itself_on_a_cluster_too(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, harmful: Path
) -> None:
    (archive / "1990" / "006.txt").write_text("%DIES", encoding="utf-8")
    output = tmp_path / "out"
    report = batch(archive, output, by=DaskEngine(settings, str(output), 1))
    assert (report.merged.summary.errors, report.apart) == ({"crashed": 1}, [])


def test_a_shard_over_which_workers_die_is_set_apart_after_three(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(shard: Shard, settings: Settings, where: str) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr("extractor.archive.dask_engine.do_shard", die)
    archive, output = archive / "1990" / "006.txt", tmp_path / "out"
    report = batch(archive, output, by=DaskEngine(settings, str(output), 1))
    assert len(report.apart) == report.planned.shards == 1
    assert "Dask workers died over it" in report.apart[0][1]
    monkeypatch.undo()
    assert batch(archive, output).merged.missing == []


def test_no_scheduler_there(archive: Path, tmp_path: Path, batch: Batch, settings: Settings, monkeypatch) -> None:
    monkeypatch.setattr("extractor.archive.dask_engine._REACHED_WITHIN", 0.5)
    engine = DaskEngine(settings, str(tmp_path / "out"), 1, "tcp://127.0.0.1:1")
    with pytest.raises(ExtractorError, match=r"can't reach a Dask scheduler at tcp://127\.0\.0\.1:1"):
        batch(archive, tmp_path / "out", by=engine)


def test_a_scheduler_file_that_nobody_writes(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.archive.dask_engine._REACHED_WITHIN", 0.5)
    engine = DaskEngine(settings, str(tmp_path / "out"), 1, str(tmp_path / "scheduler.json"))
    with pytest.raises(ExtractorError, match=r"no Dask scheduler has written .*scheduler\.json"):
        batch(archive, tmp_path / "out", by=engine)


def test_a_scheduler_file_is_waited_for(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, undisturbed: str, digest_of, cluster
) -> None:
    """As ``dask scheduler --scheduler-file`` writes it, started at the same time."""
    file, output = tmp_path / "scheduler.json", tmp_path / "out"
    writer = when((output / "state" / "plan.json").exists, lambda: write_later(file, cluster.address))
    batch(archive, output, by=DaskEngine(settings, str(output), 1, str(file)))
    writer.join()
    assert digest_of(output) == undisturbed


def write_later(file: Path, address: str) -> None:
    time.sleep(0.5)
    file.write_text(json.dumps({"address": address}), encoding="utf-8")


def test_the_function_alone_serves_any_engine(archive: Path, tmp_path: Path, settings: Settings) -> None:
    """As Spark's mapInPandas calls it in docs/scale.md: shards come and go as what pickles or JSON make of them."""
    made = [do_shard(shard, settings, str(tmp_path)) for shard in shards(walk([archive]), settings.shard_bytes)]
    assert sum(done.summary.documents for done in made) == 24
    assert len(list((tmp_path / "state" / "done").iterdir())) == len(made)
