"""The worker process: does one shard after another, as ``supervisor`` on the other side tells it."""

from __future__ import annotations

import os
import queue
import sys
import threading
import traceback
from typing import Any, BinaryIO

from extractor.archive.folder import Folder, folder_at
from extractor.archive.plan import Shard
from extractor.archive.position import PositionWriter
from extractor.archive.run import Summary
from extractor.archive.settings import Settings
from extractor.archive.shard import Avoided, Spot, extractor_for, run_shard
from extractor.errors import ExtractorError, OutputError
from extractor.readers import frames
from extractor.readers.source import MEGABYTE
from extractor.readers.worker import bound_memory

_LEAST_MEMORY = 2048 * MEGABYTE
"""Address space that the libraries take by themselves, with room to work."""


def main() -> None:
    """Serve requests from standard input until it ends; the first one holds the settings."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not fall between the frames
    requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    told = requests.get()
    settings, folder = Settings.from_json(told["settings"]), folder_at(told["folder"])
    bound_memory(max(settings.limits.memory, _LEAST_MEMORY))
    watcher = PositionWriter(told["position"])
    while True:
        frames.send(answers, _answer(requests.get(), settings, folder, watcher))


def _listen(stream: BinaryIO, requests: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Take requests in while work goes on: when nobody is left to make any, all ends at once, in mid-shard too."""
    while (request := frames.receive(stream)) is not None:
        requests.put(request[0])
    os._exit(0)


def _answer(request: dict[str, Any], settings: Settings, folder: Folder, watcher: PositionWriter) -> dict[str, Any]:
    shard = Shard.from_json(request["shard"])
    avoided = [Avoided(Spot(*spot), code, message) for spot, code, message in request["avoided"]]
    try:
        extractor_for(settings)
        done = run_shard(shard, settings, folder, avoided, watcher)
        watcher(None, Summary())
        return {"done": done.to_json(), "resident": resident_bytes()}
    except OutputError as error:
        return {"not_written": str(error)}
    except ExtractorError as error:
        return {"refused": str(error)}
    except Exception:
        return {"fault": traceback.format_exc(limit=-6)}


def resident_bytes() -> int:
    """Memory that this process holds, at its peak where the system tells no more; 0 where it tells nothing."""
    if sys.platform == "win32":
        return 0
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
