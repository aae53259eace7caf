"""Who holds an output folder: a run here by the system's lock, one elsewhere by a note that changes."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path

import pytest

from extractor.archive import lock as locks
from extractor.archive.folder import LocalFolder
from extractor.archive.lock import locked
from extractor.errors import BusyError


def owner(folder: Path, **told: object) -> None:
    (folder / "state").mkdir(parents=True, exist_ok=True)
    with LocalFolder(folder).new("state/run.owner") as stream:
        stream.write(json.dumps({"host": locks.host(), "pid": os.getpid(), **told}).encode())


def test_a_note_left_on_this_machine_holds_nobody_up_whosever_process_number_it_names(tmp_path: Path) -> None:
    owner(tmp_path, pid=os.getpid())  # alive, but no run of that folder: the number was given away anew
    with locked(LocalFolder(tmp_path), beat=0.05):
        assert status_by(tmp_path) == [f"process {os.getpid()} on {locks.host()}"]
    assert status_by(tmp_path) == []


def status_by(folder: Path) -> list[str]:
    return locks.holders(LocalFolder(folder))


def test_a_note_left_by_another_machine_is_recognised(tmp_path: Path) -> None:
    owner(tmp_path, host="elsewhere", beats=7)
    with locked(LocalFolder(tmp_path), beat=0.05):
        pass


def test_a_run_on_another_machine_is_alive_while_its_note_changes(tmp_path: Path) -> None:
    over = threading.Event()

    def live() -> None:
        beats = 0
        while not over.wait(0.02):
            beats += 1
            owner(tmp_path, host="elsewhere", pid=7, beats=beats)

    owner(tmp_path, host="elsewhere", pid=7, beats=0)
    thread = threading.Thread(target=live)
    thread.start()
    try:
        with pytest.raises(BusyError, match="process 7 on elsewhere"), locked(LocalFolder(tmp_path), beat=0.2):
            pass
    finally:
        over.set()
        thread.join()


def test_shares_go_on_beside_each_other_but_not_beside_the_whole(tmp_path: Path) -> None:
    folder = LocalFolder(tmp_path)
    with locked(folder, "share-1-of-2", beat=0.05), locked(folder, "share-2-of-2", beat=0.05):
        with pytest.raises(BusyError), locked(folder, beat=0.05):
            pass
        with pytest.raises(BusyError), locked(folder, "share-1-of-2", beat=0.05):
            pass
    with locked(folder, beat=0.05), pytest.raises(BusyError), locked(folder, "share-1-of-2", beat=0.05):
        pass
