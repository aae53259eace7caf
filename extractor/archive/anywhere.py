"""The function that engines on other machines call: a shard in, its marker out, with a worker process that is kept.

Dask and Spark, or whatever comes after them, only have to carry a shard and settings to a machine that sees the
archive and the output folder; what may go wrong with documents is seen to here, in the same way as on one machine.
"""

from __future__ import annotations

import threading

from extractor.archive.marker import Marker
from extractor.archive.plan import Shard
from extractor.archive.settings import Settings
from extractor.archive.supervisor import Supervisor

_idle: dict[tuple[Settings, str], list[Supervisor]] = {}
_change = threading.Lock()


def do_shard(shard: Shard, settings: Settings, where: str) -> Marker:
    """Have a shard done by a worker process beside this one, which is used again for the next.

    Several threads may call it, each has a worker to itself. The workers end with this process. Raises OutputError,
    ExtractorError, PoisonedError.
    """
    kind = (settings, where)
    with _change:
        waiting = _idle.setdefault(kind, [])
        supervisor = waiting.pop() if waiting else None
    supervisor = supervisor or Supervisor(settings, where)
    try:
        done = supervisor.run(shard)
    except BaseException:
        supervisor.close()
        raise
    with _change:
        waiting.append(supervisor)
    return done
