"""Shards on the cores of this machine: a thread for each worker process, which does nothing but wait for it."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Generator, Iterator

from extractor.archive.engines import Finished, UnderWay
from extractor.archive.plan import Shard
from extractor.archive.settings import Settings
from extractor.archive.supervisor import PoisonedError, StoppedError, Supervisor

_BEAT = 0.2


class LocalEngine:
    """``workers`` processes at a time. They start as they are needed, and take the next shard when they are free."""

    def __init__(self, settings: Settings, where: str, workers: int) -> None:
        self._settings = settings
        self._where = where
        self._workers = workers

    def run(self, shards: Iterator[Shard], tick: Callable[[UnderWay], None]) -> Generator[Finished, None, None]:
        """See :class:`~extractor.archive.engines.Engine`. Raises what a worker can't go on after."""
        todo = _Shared(shards)
        results: queue.SimpleQueue[Finished | BaseException | None] = queue.SimpleQueue()
        supervisors = [Supervisor(self._settings, self._where) for _ in range(self._workers)]
        threads = [
            threading.Thread(target=_serve, args=(supervisor, todo, results), daemon=True) for supervisor in supervisors
        ]
        for thread in threads:
            thread.start()
        try:
            running = len(threads)
            while running:
                try:
                    result = results.get(timeout=_BEAT)
                except queue.Empty:
                    tick(_under_way(supervisors))
                    continue
                if isinstance(result, BaseException):
                    raise result
                if result is None:
                    running -= 1
                else:
                    yield result
                    tick(_under_way(supervisors))
        finally:
            todo.close()
            for supervisor in supervisors:
                supervisor.stop()
            for thread in threads:
                thread.join()
            for supervisor in supervisors:
                supervisor.close()


class _Shared:
    """An iterator that several threads take from."""

    def __init__(self, shards: Iterator[Shard]) -> None:
        self._shards = shards
        self._lock = threading.Lock()
        self._closed = False

    def take(self) -> Shard | None:
        with self._lock:
            return None if self._closed else next(self._shards, None)

    def close(self) -> None:
        with self._lock:
            self._closed = True


def _serve(supervisor: Supervisor, todo: _Shared, results: queue.SimpleQueue[Finished | BaseException | None]) -> None:
    """What a thread does: None at the end says that it is done, an exception that the run can't go on."""
    try:
        while (shard := todo.take()) is not None:
            try:
                results.put(Finished(shard, supervisor.run(shard)))
            except PoisonedError as reason:
                results.put(Finished(shard, None, str(reason)))
        results.put(None)
    except StoppedError:
        results.put(None)
    except BaseException as error:
        results.put(error)


def _under_way(supervisors: list[Supervisor]) -> UnderWay:
    told = [0, 0, 0, 0]
    for supervisor in supervisors:
        with contextlib.suppress(OSError):
            position = supervisor.position()
            told = [a + b for a, b in zip(told, position[4:], strict=True)]
    return UnderWay(*told)
