"""Archives and outputs in stores that fsspec reaches: its own memory stands for S3, a folder of this disk for HDFS."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fsspec
import pytest

from extractor.archive.batch import Report
from extractor.archive.documents import Refused, Remote
from extractor.archive.folder import folder_at
from extractor.archive.lock import locked
from extractor.archive.output import record_lines
from extractor.archive.settings import Settings
from extractor.archive.status import status
from extractor.archive.walk import walk
from extractor.errors import BusyError, ExtractorError

Batch = Callable[..., Report]


@pytest.fixture
def store() -> str:
    """An address in memory that nobody else uses."""
    return f"memory://{uuid.uuid4().hex}"


@pytest.fixture
def stored(archive: Path, store: str) -> str:
    """The archive, in the store."""
    fs = fsspec.filesystem("memory")
    for file in sorted(archive.rglob("*.txt")):
        fs.pipe_file(f"{store}/archive/{file.relative_to(archive).as_posix()}", file.read_bytes())
    fs.pipe_file(f"{store}/archive/.hidden.txt", b"x")
    fs.pipe_file(f"{store}/archive/x.exe", b"MZ")
    return f"{store}/archive/"


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_folder_of_a_store_is_read_in_the_order_of_a_folder_of_this_machine(
    stored: str, archive: Path, slash: str
) -> None:
    (archive / "x.exe").write_bytes(b"MZ")
    assert [one.name for one in walk([stored.rstrip("/") + slash])] == [one.name for one in walk([archive])]


def test_a_file_and_a_pattern_of_a_store(stored: str) -> None:
    [one] = walk([f"{stored}1990/003.txt"])
    assert isinstance(one, Remote)
    assert one.name == f"{stored}1990/003.txt"
    with one.open() as stream:
        assert len(stream.read()) == one.size > 0
    assert len(list(walk([f"{stored}19*/*.txt"]))) == 24
    [refused] = walk([f"{stored}gone.txt"])
    assert isinstance(refused, Refused)
    assert refused.code == "missing"


def test_an_unknown_store_is_told_with_what_to_install() -> None:
    with pytest.raises(ExtractorError, match="can't reach nowhere://x"):
        list(walk(["nowhere://x/y"]))


def test_a_batch_from_a_store_gives_what_one_from_disk_gives(
    stored: str, archive: Path, store: str, tmp_path: Path, batch: Batch, settings: Settings
) -> None:
    (archive / "x.exe").write_bytes(b"MZ")
    batch(archive, tmp_path / "out")
    from_disk = b"".join(record_lines(folder_at(str(tmp_path / "out"))))
    report = batch(stored, f"{store}/out")
    assert b"".join(record_lines(folder_at(f"{store}/out"))) == from_disk
    assert report.merged.summary.documents == 25
    assert batch(stored, f"{store}/out").resumed == report.merged.shards
    assert status(folder_at(f"{store}/out")).state == "finished"


def test_a_batch_into_a_disk_that_fsspec_reaches(archive: Path, tmp_path: Path, batch: Batch, digest_of) -> None:
    """Workers of their own read and write it, as they would HDFS: a file takes its name last."""
    batch(archive, tmp_path / "undisturbed")
    report = batch(archive, f"file://{tmp_path / 'out'}", workers=1)
    assert report.merged.missing == []
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "undisturbed")


def test_settings_of_a_folder_in_a_store_are_kept_to(stored: str, store: str, batch: Batch, settings: Settings) -> None:
    batch(stored, f"{store}/out")
    with pytest.raises(ExtractorError, match="made with other settings"):
        batch(stored, f"{store}/out", settings=Settings.of(ner=False, kinds=("count",), shard_bytes=4096))
    again = batch(stored, f"{store}/out", settings=settings, fresh=True)
    assert again.resumed == 0


def test_a_store_that_fails_costs_what_it_fails_at(
    stored: str, store: str, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StoreError(Exception):
        """As the libraries of stores have their own."""

    opened, listed = Remote.open, type(fsspec.filesystem("memory")).ls

    def refuse(self: Remote):
        if self.name == "1990/003.txt":
            raise StoreError("slow down")
        return opened(self)

    def list_all_but_one(self: Any, path: str, detail: bool = True, **options: Any) -> Any:
        if path.endswith("1991"):
            raise StoreError("try later")
        return listed(self, path, detail=detail, **options)

    monkeypatch.setattr(Remote, "open", refuse)
    monkeypatch.setattr(type(fsspec.filesystem("memory")), "ls", list_all_but_one)
    first = batch(stored, f"{store}/out")
    assert first.merged.summary.errors == {"unreadable": 2, "unsupported_type": 1}
    told = b"".join(record_lines(folder_at(f"{store}/out"))).decode()
    assert "storeerror: slow down" in told
    assert "storeerror: try later" in told
    monkeypatch.undo()
    assert batch(stored, f"{store}/out").merged.summary.errors == {"unsupported_type": 1}


def test_a_note_in_a_store_is_believed_while_it_changes(store: str) -> None:
    place = folder_at(f"{store}/out")
    with locked(place, beat=0.05):
        told: dict[str, Any] = json.loads(place.read("state/run.owner") or b"{}")
        assert told["host"]
        with pytest.raises(BusyError), locked(place, beat=0.2):
            pass
    with locked(place, beat=0.05):
        pass
