"""Archives and outputs in S3: a server of its protocol on this machine, and ``extractor`` as a process of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from extractor.archive.batch import Report, Share
from extractor.archive.folder import folder_at
from extractor.archive.lock import locked
from extractor.archive.marker import keys
from extractor.archive.output import record_lines
from extractor.archive.settings import Settings
from extractor.archive.walk import walk
from extractor.errors import BusyError

pytestmark = pytest.mark.skipif(
    any(find_spec(name) is None for name in ("s3fs", "moto", "flask_cors")),
    reason="the extra [s3], or the server that stands for S3 (moto), is not installed",
)

Batch = Callable[..., Report]
PATIENCE = 60.0


def wait_for(happened: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server; boto finds it in the environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_for(lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0)
        yield f"http://127.0.0.1:{port}"
        process.kill()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a new bucket."""
    import s3fs

    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "anyone",
        "AWS_SECRET_ACCESS_KEY": "anything",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    name = f"reports-{time.monotonic_ns()}"
    s3fs.S3FileSystem().mkdir(name)
    return f"s3://{name}"


@pytest.fixture
def stored(archive: Path, bucket: str) -> str:
    """The archive, in the bucket."""
    import s3fs

    for file in sorted(archive.rglob("*.txt")):
        s3fs.S3FileSystem().pipe_file(f"{bucket}/archive/{file.relative_to(archive).as_posix()}", file.read_bytes())
    return f"{bucket}/archive/"


@pytest.fixture
def start(settings: Settings) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start ``extractor run`` as a process of its own."""
    started: list[subprocess.Popen[str]] = []

    def run(archive: str, output: str, *arguments: str) -> subprocess.Popen[str]:
        size = str(settings.shard_bytes / (1 << 20))
        fixed = ["--no-ner", "--kinds", "amount", "--shard-size", size, "--workers", "2"]
        command = [sys.executable, "-m", "extractor", "run", archive, "-o", output, *fixed, *arguments]
        started.append(subprocess.Popen(command, stderr=subprocess.PIPE, text=True))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.communicate()


def told(output: str) -> dict[str, Any]:
    """What ``run.json`` says."""
    return json.loads(folder_at(output).read("run.json") or b"{}")


def said_by(*arguments: str) -> str:
    command = [sys.executable, "-m", "extractor", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE).stdout


def test_from_a_bucket_into_it(stored: str, bucket: str, archive: Path, tmp_path: Path, batch: Batch, start) -> None:
    digest = batch(archive, tmp_path / "undisturbed").merged.digest
    output = f"{bucket}/out/"
    first = start(stored, output)
    assert "24 documents" in first.communicate(timeout=PATIENCE)[1]
    assert first.returncode == 0
    assert told(output)["digest"] == digest
    assert "done before" in start(stored, output).communicate(timeout=PATIENCE)[1]
    assert json.loads(said_by("status", output, "--json"))["state"] == "finished"
    said_by("merge", output, "-o", str(tmp_path / "all.jsonl"))
    assert len((tmp_path / "all.jsonl").read_bytes().splitlines()) == sum(told(output)["summary"]["records"].values())


def test_a_run_that_is_killed_goes_on(
    stored: str,
    bucket: str,
    archive: Path,
    tmp_path: Path,
    batch: Batch,
    start,
    harmful: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import s3fs

    slow = "%SLOW 投入资金5万元。".encode()
    (archive / "1990" / "006.txt").write_bytes(slow)
    s3fs.S3FileSystem().pipe_file(f"{stored}1990/006.txt", slow)
    digest = batch(archive, tmp_path / "undisturbed").merged.digest
    output = f"{bucket}/out/"
    first = start(stored, output)
    wait_for(lambda: (harmful / "slow").exists() and keys(folder_at(output)))
    with pytest.raises(BusyError, match=rf"another run is writing to {bucket}/out \(process {first.pid} on "):
        batch(stored, output)
    first.kill()
    first.wait()
    monkeypatch.setattr("extractor.archive.batch.locked", partial(locked, beat=0.2))
    again = batch(stored, output)
    assert again.resumed > 0
    assert again.merged.digest == told(output)["digest"] == digest


def test_an_object_that_is_replaced_is_read_again(stored: str, bucket: str, batch: Batch) -> None:
    import s3fs

    first = batch(stored, f"{bucket}/out")
    s3fs.S3FileSystem().pipe_file(f"{stored}1990/003.txt", "1990年投入资金7777万元。".encode())
    second = batch(stored, f"{bucket}/out")
    assert second.resumed == first.merged.shards - 1
    assert b"7777" in b"".join(record_lines(folder_at(f"{bucket}/out")))
    assert len(folder_at(f"{bucket}/out").files("records")) == second.merged.shards


def test_an_object_that_is_gone_between_plan_and_reading(stored: str, bucket: str, batch: Batch) -> None:
    import s3fs

    batch(stored, f"{bucket}/out", plan_only=True)
    s3fs.S3FileSystem().rm_file(f"{stored}1990/003.txt")
    report = batch(stored, f"{bucket}/out", share=Share(1, 1))
    assert report.merged.summary.errors == {"missing": 1}
    assert batch(stored, f"{bucket}/out").merged.summary.errors == {}


def test_a_zip_and_a_pattern(stored: str, bucket: str, archive: Path, tmp_path: Path, batch: Batch) -> None:
    import s3fs

    zips = tmp_path / "zips"
    zips.mkdir()
    with zipfile.ZipFile(zips / "reports.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(archive.rglob("*.txt")):
            packed.writestr(f"报告/{file.name}", 20 * file.read_bytes())
    s3fs.S3FileSystem().put(str(zips), f"{bucket}/zips", recursive=True)
    in_pieces = batch(f"{bucket}/zips/", f"{bucket}/out")
    assert in_pieces.merged.shards > 1
    assert in_pieces.merged.digest == batch(zips, tmp_path / "out").merged.digest
    assert len(list(walk([f"{stored}19*/*.txt"]))) == 24


def test_records_in_a_bucket_become_tables(stored: str, bucket: str, tmp_path: Path, batch: Batch) -> None:
    batch(stored, f"{bucket}/out", settings=Settings.of(ner=False, kinds=("amount",), shard_bytes=4096, pack="gz"))
    said_by("convert", f"{bucket}/out/", str(tmp_path / "all.jsonl"))
    assert (tmp_path / "all.jsonl").read_bytes() == b"".join(record_lines(folder_at(f"{bucket}/out")))
