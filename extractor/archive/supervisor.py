"""Has shards done by a worker process, and sees to it that a document costs at most itself.

The worker is replaced when it dies, when it hangs, and when it has grown. A document at which it died twice, or over
which it took too long, is not tried again; its error record says why. Every engine has its shards done this way.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from dataclasses import astuple
from pathlib import Path
from typing import Any, BinaryIO, cast

from extractor.archive.marker import Marker
from extractor.archive.plan import Shard
from extractor.archive.position import Position, PositionFile
from extractor.archive.settings import Settings
from extractor.archive.shard import Avoided, Spot
from extractor.errors import ExtractorError, OutputError
from extractor.readers import frames
from extractor.readers.source import MEGABYTE

_START = "import json, sys; sys.path[:] = json.loads({path!r}); from extractor.archive.worker import main; main()"
_DEATHS_OF_A_DOCUMENT = 2
_DEATHS_OF_A_SHARD = 3
_OUTSIDE_SECONDS = 600.0
"""Time to load the models, and to put a shard on the disk."""
_DOCUMENTS_OF_A_WORKER = 50_000
_BYTES_OF_A_WORKER = 1024 * MEGABYTE
_LAST_WORDS = 5.0
_NEW_PROCESS_GROUP = 0x200
"""A flag of Windows."""
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Workers share the cores among them, and sums come out the same whatever their number."""


class PoisonedError(ExtractorError):
    """A shard that ended its workers time and again, and at no one document."""


class Supervisor:
    """One worker at a time; not for several threads at once, but for ``stop``."""

    def __init__(self, settings: Settings, where: str) -> None:
        self._settings = settings
        self._where = where
        self._position = PositionFile()
        self._worker: _Worker | None = None
        self._stopped = False
        self._change = threading.Lock()

    def run(self, shard: Shard) -> Marker:
        """Have a shard done. Raises OutputError, ExtractorError, PoisonedError, and Stopped after ``stop``."""
        avoided: list[Avoided] = []
        deaths: Counter[Spot | None] = Counter()
        while True:
            worker = self._ready()
            answer = worker.ask(shard, avoided, self._settings.document_seconds)
            if answer is not None:
                return self._taken(answer)
            spot, reason = self._position.read().spot, worker.last_words()
            self._end()
            if self._stopped:
                raise StoppedError
            if worker.hung and spot is not None:
                avoided.append(_too_long(spot, self._settings.document_seconds))
                continue
            deaths[spot] += 1
            if spot is not None and deaths[spot] == _DEATHS_OF_A_DOCUMENT:
                avoided.append(_deadly(spot, reason))
                deaths.clear()
            elif deaths.total() >= _DEATHS_OF_A_SHARD:
                raise PoisonedError(f"its workers died {deaths.total()} times: {reason}")

    def position(self) -> Position:
        """How far the worker is with its shard."""
        return self._position.read()

    def stop(self) -> None:
        """End the worker at once, from another thread."""
        with self._change:
            self._stopped = True
            if self._worker is not None:
                self._worker.kill()

    def close(self) -> None:
        """End the worker, and leave nothing behind."""
        self._end()
        self._position.remove()

    def _ready(self) -> _Worker:
        with self._change:
            if self._stopped:
                raise StoppedError
            if self._worker is None:
                self._position.clear()
                self._worker = _Worker(self._settings, self._where, self._position)
            return self._worker

    def _end(self) -> None:
        with self._change:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def _taken(self, answer: dict[str, Any]) -> Marker:
        """What a worker answered; one that has done enough is let go."""
        if "done" not in answer:
            if "not_written" in answer:
                raise OutputError(answer["not_written"])
            if "refused" in answer:
                raise ExtractorError(answer["refused"])
            raise PoisonedError(f"a fault of extractor, please report it: {answer['fault']}")
        done = Marker.from_json(answer["done"])
        assert self._worker is not None
        self._worker.documents += done.summary.documents
        self._worker.bytes += done.summary.bytes
        grown = answer["resident"] > max(self._settings.limits.memory // 2, 1024 * MEGABYTE)
        if grown or self._worker.documents >= _DOCUMENTS_OF_A_WORKER or self._worker.bytes >= _BYTES_OF_A_WORKER:
            self._end()
        return done


class StoppedError(ExtractorError):
    """A shard was given up because the run is to end."""


class _Worker:
    """A worker process and the watch over it."""

    def __init__(self, settings: Settings, where: str, position: PositionFile) -> None:
        self.documents = 0
        self.bytes = 0
        self.hung = False
        self._position = position
        path = json.dumps([entry or str(Path.cwd()) for entry in sys.path])
        self._said = tempfile.TemporaryFile()  # noqa: SIM115
        # Ctrl-C is for us: it must not reach the workers
        apart = {"creationflags": _NEW_PROCESS_GROUP} if os.name == "nt" else {"start_new_session": True}
        self._child = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={**os.environ, **_ONE_THREAD},
            **cast("dict[str, Any]", apart),
        )
        told = {"settings": settings.to_json(), "folder": where, "position": str(position.path)}
        self._send(told)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._child.pid

    def ask(self, shard: Shard, avoided: list[Avoided], seconds: float) -> dict[str, Any] | None:
        """Have a shard done; None if the worker died over it, or took too long and was ended."""
        request = [(astuple(one.spot), one.code, one.message) for one in avoided]
        over = threading.Event()
        watch = threading.Thread(target=self._watch, args=(over, seconds), daemon=True)
        watch.start()
        try:
            self._send({"shard": shard.to_json(), "avoided": request})
            answer = frames.receive(cast(BinaryIO, self._child.stdout))
        finally:
            over.set()
            watch.join()
        return answer[0] if answer is not None else None

    def _watch(self, over: threading.Event, seconds: float) -> None:
        """End the worker if it stands at one step for too long. Waits, not clocks, are counted: those may be set."""
        beat = min(1.0, seconds / 10)
        still, last = 0.0, -1
        while not over.wait(beat):
            position = self._position.read()
            still = still + beat if position.steps == last else 0.0
            last = position.steps
            if still > (seconds if position.spot else max(seconds, _OUTSIDE_SECONDS)):
                self.hung = True
                self.kill()
                return

    def _send(self, told: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):  # it is gone: the missing answer will tell
            frames.send(cast(BinaryIO, self._child.stdin), told)

    def last_words(self) -> str:
        """How the worker ended, and the last line that it said."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(_LAST_WORDS)
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return f"exit status {self._child.returncode}" + (f", {said[-1]}" if said else "")

    def kill(self) -> None:
        """End it now."""
        with contextlib.suppress(OSError):
            self._child.kill()

    def end(self) -> None:
        """Let it go, and wait until it is gone. Its standard input ends, and so do its own children's."""
        for stream in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                cast(BinaryIO, stream).close()
        try:
            self._child.wait(_LAST_WORDS)
        except subprocess.TimeoutExpired:
            self.kill()
            self._child.wait()
        self._said.close()


def _too_long(spot: Spot, seconds: float) -> Avoided:
    message = (
        f"it took longer than the limit of {seconds:g} s from opening to records and was given up; "
        "if it can be trusted, raise the limit with --document-limit"
    )
    return Avoided(spot, "timeout", message)


def _deadly(spot: Spot, reason: str) -> Avoided:
    message = (
        f"the process that read it died twice ({reason}): the file is damaged, or takes more memory than there is; "
        "open it in its program and save it again"
    )
    return Avoided(spot, "crashed", message)
