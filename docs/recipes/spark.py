"""A planned batch on Spark: a task a shard, by the same function as every other engine.

    extractor run archive/ -o out/ --plan
    spark-submit docs/recipes/spark.py out/
    extractor merge out/

Every executor must see the archive and the output folder under the same path or address, and have extractor installed.
What is done already is left out, so that it can be submitted again after anything.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import pandas as pd
from pyspark.sql import SparkSession

from extractor.archive import plan_file, run_file
from extractor.archive.anywhere import do_shard
from extractor.archive.done import Done
from extractor.archive.folder import folder_at
from extractor.archive.plan import Shard
from extractor.archive.settings import Settings


def main(where: str) -> None:
    """Do what is left of the plan in the folder."""
    folder = folder_at(where)
    told = run_file.read(folder)
    if told is None:
        raise SystemExit(f"nothing is planned in {where}: extractor run ... -o {where} --plan")
    settings = Settings.from_json(told["settings"])
    done = Done(folder, settings.digest)
    todo = [(line.packed,) for line in plan_file.lines(folder) if done.is_done(line) is None]
    if not todo:
        return

    def do(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for frame in frames:
            made = [do_shard(Shard.from_json(json.loads(packed)), settings, folder.where) for packed in frame["shard"]]
            counts = [(one.key, one.summary.documents, one.summary.errors.total()) for one in made]
            yield pd.DataFrame(counts, columns=["key", "documents", "errors"])

    spark = SparkSession.builder.appName("extractor").getOrCreate()
    shards = spark.createDataFrame(todo, "shard string").repartition(len(todo))
    finished = shards.mapInPandas(do, "key string, documents long, errors long").collect()
    print(f"{len(finished)} shards, {sum(one.documents for one in finished)} documents")


if __name__ == "__main__":
    main(sys.argv[1])
