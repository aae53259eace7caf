"""What may happen to a batch, with the real thing: afterwards the same command gives what an undisturbed run gives."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.archive import marker
from extractor.archive.batch import Report
from extractor.archive.engines import UnderWay
from extractor.archive.folder import LocalFolder
from extractor.archive.local_engine import LocalEngine
from extractor.archive.plan import Shard
from extractor.archive.settings import Settings
from extractor.archive.status import status
from extractor.archive.supervisor import Supervisor
from extractor.errors import OutputError

Batch = Callable[..., Report]
PATIENCE = 60.0


@pytest.fixture
def slow(archive: Path, harmful: Path) -> Path:
    """The archive with a document in the midst of it that is read when the file ``go`` is there."""
    (archive / "1990" / "006.txt").write_text("%SLOW 投入资金5万元。", encoding="utf-8")
    return archive


@pytest.fixture
def undisturbed(archive: Path, tmp_path: Path, batch: Batch, digest_of) -> str:
    """The digest of what the archive gives when nothing happens."""
    batch(archive, tmp_path / "undisturbed")  # in this process, which does not know the harmful reader
    return digest_of(tmp_path / "undisturbed")


@pytest.fixture
def start(tmp_path: Path, settings: Settings) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start ``extractor run`` as a process of its own."""
    started: list[subprocess.Popen[str]] = []

    def run(archive: Path, output: Path, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        size = str(settings.shard_bytes / (1 << 20))
        fixed = ["--no-ner", "--kinds", "amount", "--shard-size", size, "--workers", "1"]
        command = [sys.executable, "-m", "extractor", "run", str(archive), "-o", f"{output}/", *fixed, *arguments]
        started.append(subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **options))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.communicate()


def wait_for(happened: Callable[[], object]) -> None:
    """Until something is so."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def children_of(pid: int) -> list[int]:
    """The processes that a process started."""
    import psutil

    try:
        return [child.pid for child in psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def is_alive(pid: int) -> bool:
    import psutil

    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_kill_9_of_the_parent(slow: Path, tmp_path: Path, start, undisturbed: str, digest_of, harmful: Path) -> None:
    output = tmp_path / "out"
    parent = start(slow, output)
    wait_for((harmful / "slow").exists)
    workers = children_of(parent.pid)
    parent.kill()
    parent.wait()
    assert workers
    wait_for(lambda: not any(map(is_alive, workers)))
    assert status(LocalFolder(output)).state == "stopped"
    assert marker.keys(LocalFolder(output))
    (harmful / "go").touch()
    again = start(slow, output)
    assert "done before" in again.communicate(timeout=PATIENCE)[1]
    assert digest_of(output) == undisturbed


def test_kill_9_of_a_worker(slow: Path, tmp_path: Path, start, undisturbed: str, digest_of, harmful: Path) -> None:
    output = tmp_path / "out"
    parent = start(slow, output)
    wait_for((harmful / "slow").exists)
    for worker in children_of(parent.pid):
        os.kill(worker, signal.SIGKILL)
    (harmful / "go").touch()
    assert "0 errors" in parent.communicate(timeout=PATIENCE)[1]
    assert parent.returncode == 0
    assert digest_of(output) == undisturbed


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_ctrl_c_leaves_a_folder_to_go_on_with(
    name: str, slow: Path, tmp_path: Path, start, undisturbed: str, digest_of, harmful: Path
) -> None:
    output = tmp_path / "out"
    parent = start(slow, output)
    wait_for((harmful / "slow").exists)
    workers = children_of(parent.pid)
    parent.send_signal(getattr(signal, name))
    said = parent.communicate(timeout=PATIENCE)[1]
    assert parent.returncode == 130
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    wait_for(lambda: not any(map(is_alive, workers)))
    assert json.loads((output / "run.json").read_text())["state"] == "interrupted"
    (harmful / "go").touch()
    assert start(slow, output).wait(timeout=PATIENCE) == 0
    assert digest_of(output) == undisturbed


def test_a_document_at_which_a_worker_dies_once_is_read_by_the_next(
    archive: Path, tmp_path: Path, batch: Batch, harmful: Path
) -> None:
    (archive / "1990" / "006.txt").write_text("%DIES_ONCE 投入资金5万元。", encoding="utf-8")
    report = batch(archive, tmp_path / "out", workers=1)
    assert (harmful / "died").exists()
    assert (report.merged.summary.errors, report.merged.summary.records["amount"]) == ({}, 24)


@pytest.mark.parametrize(("does", "code"), [("%DIES", "crashed"), ("%HANGS", "timeout"), ("%EATS", "out_of_memory")])
def test_a_deadly_document_costs_only_itself(
    does: str, code: str, archive: Path, tmp_path: Path, batch: Batch, settings: Settings, harmful: Path, records_in
) -> None:
    (archive / "1990" / "006.txt").write_text(f"{does} 投入资金5万元。", encoding="utf-8")
    report = batch(archive, tmp_path / "out", workers=2, settings=replace(settings, document_seconds=4.0))
    assert report.merged.summary.errors == {code: 1}
    assert report.merged.summary.records["amount"] == 23
    [error] = [record for record in records_in(tmp_path / "out") if record["kind"] == "error"]
    assert (error["path"], error["code"]) == ("1990/006.txt", code)
    assert batch(archive, tmp_path / "out", settings=replace(settings, document_seconds=4.0)).resumed > 2


def test_a_member_of_an_archive_at_which_workers_die(
    archive: Path, tmp_path: Path, batch: Batch, harmful: Path, records_in
) -> None:
    (archive / "1990" / "006.txt").write_text("%DIES", encoding="utf-8")
    shutil.make_archive(str(tmp_path / "zips" / "a"), "zip", archive)
    batch(tmp_path / "zips", tmp_path / "out", workers=1)
    told = records_in(tmp_path / "out")
    assert [record["path"] for record in told if record["kind"] == "error"] == ["a.zip!/1990/006.txt"]
    assert sum(record["kind"] == "document" for record in told) == 23


def test_a_shard_whose_workers_die_before_any_document_is_set_apart(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.archive.supervisor._START", "import sys; sys.exit('no {path} here'[:2] + ' luck')")
    report = batch(archive, tmp_path / "out", workers=1)
    assert len(report.apart) == report.planned.shards == len(report.merged.missing)
    assert "died 3 times: exit status 1, no luck" in report.apart[0][1]
    assert status(LocalFolder(tmp_path / "out")).state == "incomplete"
    monkeypatch.undo()
    assert batch(archive, tmp_path / "out", workers=1).merged.missing == []
    assert status(LocalFolder(tmp_path / "out")).apart == {}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few kilobytes."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("takes root on Linux to mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", disk], check=False)
    if mounted.returncode != 0:
        pytest.skip("this machine lets nobody mount a disk")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)


@pytest.mark.parametrize(
    ("spoil", "mend", "words"),
    [
        (
            lambda disk: (disk / "filler").write_bytes(bytes(350 << 10)),
            lambda disk: (disk / "filler").unlink(),
            "no space left on device; free some space, and run the same again: what is done stays",
        ),
        (
            lambda disk: remount(disk, "ro"),
            lambda disk: remount(disk, "rw"),
            "read-only file system; mend that, or give another -o",
        ),
    ],
    ids=["full", "read-only"],
)
def test_a_disk_that_takes_nothing_more(
    spoil, mend, words: str, archive: Path, disk: Path, start, undisturbed: str, digest_of
) -> None:
    output = disk / "out"
    spoil(disk)
    first = start(archive, output)
    assert words in first.communicate(timeout=PATIENCE)[1]
    assert first.returncode == 4
    assert not [file for file in output.rglob("*.jsonl") if file.stat().st_size == 0 and file.parent != output]
    mend(disk)
    assert start(archive, output).wait(timeout=PATIENCE) == 0
    assert digest_of(output) == undisturbed


def test_files_may_be_no_larger_than_a_limit(archive: Path, tmp_path: Path, start, undisturbed: str, digest_of) -> None:
    if sys.platform == "win32":
        pytest.skip("no such limit on Windows")
    import resource

    output = tmp_path / "out"

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1500, resource.RLIM_INFINITY))

    first = start(archive, output, preexec_fn=limited)
    assert "file too large" in first.communicate(timeout=PATIENCE)[1]
    assert first.returncode == 4
    assert start(archive, output).wait(timeout=PATIENCE) == 0
    assert digest_of(output) == undisturbed


def test_a_file_that_changes_while_it_is_read(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, digest_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, extractor = archive / "1990" / "006.txt", type(settings.extractor())
    reading = extractor.extract_bytes

    def changing(self: Any, data: bytes, *, path: str) -> Any:
        if path == "1990/006.txt":
            file.write_text("投入资金7777万元。", encoding="utf-8")
        return reading(self, data, path=path)

    monkeypatch.setattr(extractor, "extract_bytes", changing)
    report = batch(archive, tmp_path / "out")
    assert report.merged.summary.errors == {"changed": 1}
    assert report.merged.unsettled == 1
    monkeypatch.undo()
    assert batch(archive, tmp_path / "out").merged.summary.errors == {}
    batch(archive, tmp_path / "undisturbed")
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "undisturbed")


def test_two_runs_on_one_folder(slow: Path, tmp_path: Path, start, undisturbed: str, digest_of, harmful: Path) -> None:
    output = tmp_path / "out"
    first = start(slow, output)
    wait_for((harmful / "slow").exists)
    seen = status(LocalFolder(output))
    assert seen.state == "running"
    assert seen.by[0].startswith(f"process {first.pid} on ")
    assert 0 < seen.shards < seen.shards_planned
    second = start(slow, output)
    said = second.communicate(timeout=PATIENCE)[1]
    assert second.returncode == 2
    assert f"another run is writing to {output} (process {first.pid} on " in said
    (harmful / "go").touch()
    assert first.wait(timeout=PATIENCE) == 0
    assert digest_of(output) == undisturbed


def test_a_clock_that_goes_backwards(
    archive: Path, tmp_path: Path, batch: Batch, digest_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(archive, tmp_path / "undisturbed")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 10 * 365 * 86400)
    batch(archive, tmp_path / "out", plan_only=True)
    for file in sorted(archive.rglob("*.txt"))[:5]:
        status_of = file.stat()
        os.utime(file, ns=(status_of.st_atime_ns, status_of.st_mtime_ns - 10**18))  # older than any marker
    report = batch(archive, tmp_path / "out")
    assert report.resumed == 0
    assert batch(archive, tmp_path / "out").resumed == report.merged.shards
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "undisturbed")
    newer = sorted(archive.rglob("*.txt"))[-1]
    os.utime(newer, (now - 10**9, now - 10**9))
    assert batch(archive, tmp_path / "out").resumed == report.merged.shards - 1


def test_a_worker_that_has_done_enough_is_replaced(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    monkeypatch.setattr("extractor.archive.supervisor._DOCUMENTS_OF_A_WORKER", 10)
    ready = Supervisor._ready

    def counted(self: Supervisor) -> Any:
        worker = ready(self)
        started.append(worker.pid)
        return worker

    monkeypatch.setattr(Supervisor, "_ready", counted)
    report = batch(archive, tmp_path / "out", workers=1)
    assert report.merged.summary.documents == 24
    assert len(set(started)) == 3


def test_shards_are_taken_only_when_a_worker_is_free(settings: Settings, archive: Path, tmp_path: Path) -> None:
    """A plan of any length is never held: the engine asks for a shard when it has somebody to do it."""
    taken: list[int] = []

    def endless() -> Iterator[Shard]:
        number = 0
        while True:
            taken.append(number)
            yield Shard(number, ())
            number += 1

    engine = LocalEngine(settings, str(tmp_path / "out"), 1)
    results = engine.run(endless(), lambda under_way: None)
    for number in range(3):
        assert next(results).shard.number == number
        assert len(taken) <= number + 3
    results.close()


def test_how_far_workers_are_is_told_while_they_are_at_it(
    slow: Path, tmp_path: Path, batch: Batch, settings: Settings, harmful: Path
) -> None:
    told: list[UnderWay] = []

    class Listening(LocalEngine):
        def run(self, shards, tick):
            return super().run(shards, self.hear)

        def hear(self, under_way: UnderWay) -> None:
            told.append(under_way)
            if (harmful / "slow").exists():
                (harmful / "go").touch()

    batch(slow, tmp_path / "out", by=Listening(settings, str(tmp_path / "out"), 1))
    assert any(one.documents for one in told)
    assert told[-1].documents == 0


def test_output_errors_name_the_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match=r"can't write .*file"), LocalFolder(tmp_path / "file").new("records/x"):
        pass
