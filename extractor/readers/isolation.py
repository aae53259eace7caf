"""Risky parsers in a process of their own, which is killed when a file takes too long and used again when not."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, cast

from extractor.errors import DocumentError
from extractor.readers import frames
from extractor.readers.registry import Member
from extractor.readers.source import CellPlace, Hints, Limits, Problem, SourceText

_START = (
    "import json, sys; sys.path[:] = json.loads({path!r}); from extractor.readers.worker import main; main({memory})"
)
"""``sys.path`` comes first: in a folder of strangers' files nothing must be imported from there."""
_LAST_WORDS = 5.0
_NEW_PROCESS_GROUP = 0x200
"""A flag of Windows."""


class Workers:
    """Hands requests to worker processes. They start when needed, one as a rule, and end with this object or with us.

    More than one runs only while an archive that a worker unpacks gives documents that take one as well.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._idle: list[_Process] = []
        weakref.finalize(self, _end_all, self._idle)

    def read(self, where: str, data: bytes, hints: Hints) -> SourceText:
        """What the reader found at ``where`` makes of a document. Raises DocumentError."""
        request = {"task": "read", "where": where, "path": hints.path, "encoding": hints.encoding}
        for header, payload in self._answers(request, data, hints.limits):
            if "source" in header:
                return _source(header["source"], payload.decode())
        raise AssertionError("a worker answers, or its death is told")

    def members(self, where: str, stream: BinaryIO, path: str, limits: Limits) -> Iterator[Member]:
        """The members of an archive, from its file on disk if it has one. Raises DocumentError."""
        name = getattr(stream, "name", None)
        file = str(Path(name).resolve()) if isinstance(name, str) and Path(name).is_file() else None
        stream.seek(0)
        request = {"task": "members", "where": where, "path": path, "file": file}
        for header, payload in self._answers(request, stream.read() if file is None else b"", limits):
            if "member" in header:
                told = header["member"]
                problem = DocumentError(*told["problem"]) if told["problem"] else None
                yield Member(told["name"], payload if told["given"] else None, problem)

    def _answers(self, request: dict[str, Any], data: bytes, limits: Limits) -> Iterator[tuple[dict[str, Any], bytes]]:
        """The frames that answer a request, each within the time limit."""
        process = self._free()
        complete = False
        try:
            process.send({**request, "limits": asdict(limits)}, data, limits.seconds)
            while not complete:
                header, payload = process.receive(limits.seconds)
                complete = "alive" not in header and "member" not in header
                if "error" in header:
                    raise DocumentError(*header["error"])
                yield header, payload
        finally:
            if complete:
                self._idle.append(process)
            else:  # what is still on its way answers a question that nobody asks any more
                process.end()

    def _free(self) -> _Process:
        with contextlib.suppress(IndexError):
            return self._idle.pop()
        return _Process(self._limits.memory)


class _Process:
    """One worker process, and the clock that runs while we wait for it."""

    def __init__(self, memory: int) -> None:
        path = json.dumps([entry or str(Path.cwd()) for entry in sys.path])
        self._child = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=path, memory=memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Ctrl-C is for us, and what it starts can be killed with it
            start_new_session=os.name != "nt",
            creationflags=_NEW_PROCESS_GROUP if os.name == "nt" else 0,
        )
        self._out_of_time = False

    def send(self, header: dict[str, Any], data: bytes, seconds: float) -> None:
        """Put a request; if the process is gone, ``receive`` will tell."""
        with self._clock(seconds), contextlib.suppress(OSError):
            frames.send(cast(BinaryIO, self._child.stdin), header, data)

    def receive(self, seconds: float) -> tuple[dict[str, Any], bytes]:
        """The next frame. Raises DocumentError if none comes in time, or ever."""
        with self._clock(seconds):
            answer = frames.receive(cast(BinaryIO, self._child.stdout))
        if answer is not None:
            return answer
        if self._out_of_time:
            message = (
                f"reading it took longer than the limit of {seconds:g} s; "
                "if it can be trusted, raise the limit with --time-limit"
            )
            raise DocumentError("timeout", message)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(_LAST_WORDS)
        message = (
            f"the process that read it ended (exit status {self._child.returncode}): the file is damaged, or takes "
            "more memory than --max-memory allows; open it in its program and save it again"
        )
        raise DocumentError("damaged", message)

    def end(self) -> None:
        """Kill it and all that it started."""
        self._kill()
        for stream in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                cast(BinaryIO, stream).close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(_LAST_WORDS)

    @contextlib.contextmanager
    def _clock(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._run_out)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _run_out(self) -> None:
        self._out_of_time = True
        self._kill()

    def _kill(self) -> None:
        if self._child.poll() is not None:
            return
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                tree = ["taskkill", "/T", "/F", "/PID", str(self._child.pid)]
                subprocess.run(tree, capture_output=True, check=False)
            else:
                os.killpg(self._child.pid, signal.SIGKILL)


def _end_all(processes: list[_Process]) -> None:
    for process in processes:
        process.end()


def _source(told: dict[str, Any], text: str) -> SourceText:
    return SourceText(
        text=text,
        media_type=told["media_type"],
        encoding=told["encoding"],
        status=told["status"],
        pages=tuple(told["pages"]),
        cells=tuple(CellPlace(*cell) for cell in told["cells"]),
        problems=tuple(Problem(*problem) for problem in told["problems"]),
    )
