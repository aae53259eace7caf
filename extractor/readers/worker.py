"""The worker process: reads documents and archives with parsers that may hang, crash or eat memory.

It lives until its standard input ends, and serves one request after another. ``isolation`` is the other side.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

from extractor.errors import DocumentError
from extractor.readers import frames
from extractor.readers.registry import found_at, read
from extractor.readers.source import Hints, Limits


def main(memory: int) -> None:
    """Serve requests from standard input on standard output."""
    bound_memory(memory)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what parsers print must not fall between the frames
    while (request := frames.receive(requests)) is not None:
        _serve(*request, answers)


def _serve(header: dict[str, Any], data: bytes, answers: BinaryIO) -> None:
    try:
        limits = Limits(**header["limits"])
        found = found_at(header["where"])
        if header["task"] == "read":
            hints = Hints(header["path"], header["encoding"], limits, lambda: frames.send(answers, {"alive": True}))
            source = read(data, hints, found)
            told = {name: value for name, value in asdict(source).items() if name != "text"}
            frames.send(answers, {"source": told}, source.text.encode())
            return
        with _stream(header["file"], data) as stream:
            for member in found.members(stream, header["path"], limits):
                problem = member.problem and [member.problem.code, str(member.problem)]
                told = {"name": member.name, "problem": problem, "given": member.data is not None}
                frames.send(answers, {"member": told}, member.data or b"")
        frames.send(answers, {"end": True})
    except DocumentError as error:
        frames.send(answers, {"error": [error.code, str(error)]})
    except MemoryError:
        message = "reading it takes more memory than the limit; if it can be trusted, raise the limit with --max-memory"
        frames.send(answers, {"error": ["out_of_memory", message]})
    except Exception as error:  # what broken files bring out in parsers is beyond foreseeing
        reason = " ".join(str(error).split())[:200]
        message = (
            f"the reader failed on it ({type(error).__name__}: {reason}); it is damaged, or the reader at fault: "
            "open it in its program and save it again"
        )
        frames.send(answers, {"error": ["damaged", message]})


def _stream(file: str | None, data: bytes) -> BinaryIO:
    return open(file, "rb") if file is not None else io.BytesIO(data)  # noqa: PTH123


def bound_memory(memory: int) -> None:
    """Hold this process to so many bytes of address space, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > memory:
        with contextlib.suppress(ValueError, OSError):  # macOS takes no bound below what it maps for each process
            resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
