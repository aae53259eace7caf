"""One run at a time on an output folder.

On this machine a lock of the operating system says whether a run is alive: it goes with the process, so that neither a
killed run nor a process number given away anew leaves a lock behind. Where the folder is shared with other machines
whose locks may not reach us, a note with the owner's name is kept fresh; one that no longer changes while we look at it
is left over. (Two runs on a store that begin within the same second may both go on: a waste, but no harm, for both
write the same.) Only our own waiting is counted: clocks of other machines, and one that is set back, don't matter.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from functools import partial
from typing import cast

from extractor.archive.folder import Folder, LocalFolder, telling
from extractor.errors import BusyError, OutputError

_STATE = "state"
WHOLE = "run"
"""The lock of a run that does all of a batch."""
BEAT = 5.0
"""Seconds between two signs of life."""


@contextlib.contextmanager
def locked(folder: Folder, share: str = WHOLE, *, beat: float = BEAT) -> Iterator[None]:
    """Hold the folder, or one ``share`` of its work that goes on beside others. Raises BusyError, OutputError."""
    with contextlib.ExitStack() as held:
        if isinstance(folder, LocalFolder):
            with telling(folder.path):
                (folder.path / _STATE).mkdir(parents=True, exist_ok=True)
            held.enter_context(_system_lock(folder, share))
            for other in _rivals(folder, share):
                with _system_lock(folder, other):
                    pass
        for rival in {share, *_rivals(folder, share)}:
            _refuse_if_alive(folder, rival, beat)
        held.enter_context(_signs_of_life(folder, share, beat))
        yield


def is_held(folder: Folder) -> bool:
    """Whether a run is at work on the folder: here by the system's locks, elsewhere by what notes there are."""
    shares = _shares(folder)
    try:
        for share in shares if isinstance(folder, LocalFolder) else ():
            with _system_lock(cast(LocalFolder, folder), share):
                pass
    except BusyError:
        return True
    except OutputError:  # not ours to write to: what is said has to be believed
        return any(map(partial(_note, folder), shares))
    notes = [note for share in shares if (note := _note(folder, share))]
    return any(note.get("host") != host() or not isinstance(folder, LocalFolder) for note in notes)


def holders(folder: Folder) -> list[str]:
    """Who says to be at work on the folder."""
    return [_named(note) for share in _shares(folder) if (note := _note(folder, share))]


def _shares(folder: Folder) -> list[str]:
    """All locks that there are or were."""
    endings = (".lock", ".owner")
    return sorted({name.rpartition(".")[0] for name in folder.files(_STATE) if name.endswith(endings)})


def _rivals(folder: Folder, share: str) -> list[str]:
    """The locks that exclude this one: the whole run all shares, a share the whole run."""
    if share != WHOLE:
        return [WHOLE]
    return [one for one in _shares(folder) if one != WHOLE]


@contextlib.contextmanager
def _system_lock(folder: LocalFolder, share: str) -> Iterator[None]:
    from filelock import FileLock, Timeout

    path = folder.path / _STATE / f"{share}.lock"
    with telling(path):
        lock = FileLock(path, blocking=False)
        try:
            lock.acquire()
        except Timeout:
            raise _busy(folder, share) from None
        except NotImplementedError:  # a file system without locks: the note has to do
            yield
            return
    try:
        yield
    finally:
        lock.release()


def _refuse_if_alive(folder: Folder, share: str, beat: float) -> None:
    """Raise BusyError if another machine's note changes while we watch."""
    first = _note(folder, share)
    if first is None or (isinstance(folder, LocalFolder) and first.get("host") == host()):
        return  # on this machine the system's lock has decided
    watched = 0.0
    while watched < 3 * beat:
        time.sleep(beat / 2)
        watched += beat / 2
        if (now := _note(folder, share)) is None:
            return
        if now != first:
            raise _busy(folder, share)


@contextlib.contextmanager
def _signs_of_life(folder: Folder, share: str, beat: float) -> Iterator[None]:
    over = threading.Event()
    owner = {"host": host(), "pid": os.getpid(), "run": uuid.uuid4().hex}

    def write(beats: int) -> None:
        with folder.new(f"{_STATE}/{share}.owner") as stream:
            stream.write(json.dumps({**owner, "beats": beats}).encode())

    def live() -> None:
        beats = 0
        while not over.wait(beat):
            beats += 1
            with contextlib.suppress(OSError, Exception):  # a full disk is told of where records are written
                write(beats)

    write(0)
    thread = threading.Thread(target=live, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        with contextlib.suppress(Exception):
            folder.remove(f"{_STATE}/{share}.owner")


def _note(folder: Folder, share: str) -> dict[str, object] | None:
    try:
        told = json.loads(folder.read(f"{_STATE}/{share}.owner") or b"null")
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _busy(folder: Folder, share: str) -> BusyError:
    note = _note(folder, share)
    by = f" ({_named(note)})" if note else ""
    return BusyError(
        f"another run is writing to {folder.where}{by}; wait for it, watch it with "
        f"'extractor status {folder.where}', or give another folder"
    )


def _named(note: dict[str, object]) -> str:
    return f"process {note.get('pid')} on {note.get('host')}"


def host() -> str:
    """This machine, as notes name it."""
    return socket.gethostname()
