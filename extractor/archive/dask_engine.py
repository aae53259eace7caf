"""Shards on a Dask cluster: one of this machine, or any whose scheduler can be reached."""

from __future__ import annotations

import contextlib
import importlib
import queue
import re
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

from extractor.archive.anywhere import do_shard
from extractor.archive.engines import Finished, UnderWay
from extractor.archive.plan import Shard
from extractor.archive.settings import Settings
from extractor.archive.supervisor import PoisonedError
from extractor.errors import ExtractorError

_BEAT = 0.2
_WAITING_PER_THREAD = 2
"""Shards that are with the cluster for each thread in it: one to work on and one to go on with."""
_COUNTED_EVERY = 5.0
_TRIES = 3
_REACHED_WITHIN = 60.0
"""Seconds for a scheduler to be there, as one that is started beside us writes its file when it is."""
_ADDRESS = re.compile(r"\w+://.*|[^/\\]+:\d+")


class DaskEngine:
    """Does shards as Dask tasks, each tried up to three times: a worker that dies loses nothing but its time.

    ``scheduler`` is an address (``tcp://host:8786``) or a scheduler file; without it a cluster of ``workers``
    processes starts here. Every machine must see the archive and the output folder under the same path or address.
    """

    def __init__(self, settings: Settings, where: str, workers: int, scheduler: str | None = None) -> None:
        self._settings = settings
        self._where = where
        self._workers = workers
        self._scheduler = scheduler

    def run(self, shards: Iterator[Shard], tick: Callable[[UnderWay], None]) -> Generator[Finished, None, None]:
        """See :class:`~extractor.archive.engines.Engine`. Raises ExtractorError where the scheduler goes away."""
        with contextlib.ExitStack() as held:
            cluster = _Cluster(self._client(held))
            pending: dict[Any, Shard] = {}
            more = True
            while more or pending:
                while more and len(pending) < cluster.room():
                    shard = next(shards, None)
                    if shard is None:
                        more = False
                        break
                    pending[cluster.submit(shard, self._settings, self._where)] = shard
                if (future := cluster.finished()) is not None:
                    yield cluster.outcome(future, pending.pop(future))
                tick(UnderWay())

    def _client(self, held: contextlib.ExitStack) -> Any:
        try:
            distributed: Any = importlib.import_module("distributed")
        except ImportError as error:
            remedy = "pip install 'county-report-extractor[dask]'"
            raise ExtractorError(f"--engine dask takes Dask, which is not installed: {remedy}") from error
        if self._scheduler is None:
            cluster = distributed.LocalCluster(
                n_workers=self._workers, threads_per_worker=1, dashboard_address=None, memory_limit=None
            )
            return held.enter_context(distributed.Client(held.enter_context(cluster)))
        is_address = _ADDRESS.fullmatch(self._scheduler)
        if not is_address:
            _wait_for(Path(self._scheduler))
        address = {"address" if is_address else "scheduler_file": self._scheduler}
        try:
            return held.enter_context(distributed.Client(**address, timeout=_REACHED_WITHIN))
        except (OSError, ValueError) as error:
            raise ExtractorError(
                f"can't reach a Dask scheduler at {self._scheduler}: {error}; check it runs"
            ) from error


def _wait_for(scheduler_file: Path) -> None:
    waited = 0.0
    while not scheduler_file.is_file():
        if waited >= _REACHED_WITHIN:
            raise ExtractorError(
                f"no Dask scheduler has written {scheduler_file}: start one with 'dask scheduler --scheduler-file "
                f"{scheduler_file}', or give its address as tcp://host:8786"
            )
        time.sleep(_BEAT)
        waited += _BEAT


class _Cluster:
    """What is asked of a cluster; all of it raises ExtractorError once the scheduler has gone."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._results: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._threads = 0
        self._counted = float("-inf")

    def room(self) -> int:
        """How many shards may be with the cluster at a time; machines may come and go."""
        if time.monotonic() - self._counted > _COUNTED_EVERY:
            with _asking():
                self._threads = sum(self._client.nthreads().values())
            self._counted = time.monotonic()
        return _WAITING_PER_THREAD * max(self._threads, 1)

    def submit(self, shard: Shard, settings: Settings, where: str) -> Any:
        """Hand a shard in."""
        key = f"shard-{shard.number:06d}-{shard.key}"  # as Dask's own pages show it
        with _asking():
            future = self._client.submit(do_shard, shard, settings, where, pure=False, retries=_TRIES - 1, key=key)
            future.add_done_callback(self._results.put)
        return future

    def finished(self) -> Any:
        """A shard that has come to an end; None where that takes longer than a beat."""
        try:
            return self._results.get(timeout=_BEAT)
        except queue.Empty:
            if self._client.status != "running":
                raise _gone() from None
            return None

    def outcome(self, future: Any, shard: Shard) -> Finished:
        """What became of a shard."""
        from distributed import KilledWorker

        with _asking():
            if future.cancelled() or future.status == "lost":
                raise _gone()
            error = future.exception()
            if error is None:
                return Finished(shard, future.result())
        if isinstance(error, KilledWorker):
            reason = f"Dask workers died over it, {_TRIES} or more; --engine local finds the document"
            return Finished(shard, None, reason)
        if isinstance(error, ExtractorError) and not isinstance(error, PoisonedError):
            raise error
        return Finished(shard, None, f"{type(error).__name__}: {error}")


@contextlib.contextmanager
def _asking() -> Iterator[None]:
    """Tell a scheduler that does not answer from a fault of ours."""
    from distributed import CancelledError
    from distributed.comm.core import CommClosedError

    try:
        yield
    except (CancelledError, CommClosedError, TimeoutError) as error:
        raise _gone() from error


def _gone() -> ExtractorError:
    return ExtractorError("the Dask scheduler has gone away; run the same again: what is done stays")
