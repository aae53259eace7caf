"""``extractor status``: how a batch stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli import display
from extractor.cli.options import AsJson
from extractor.cli.text import examples

if TYPE_CHECKING:
    from extractor.archive.status import Status

NAME = "status"
HELP = """Tell how a batch stands. 查看批处理进度。

DIR is the folder that extractor run writes to: while it runs, also from another terminal or machine, after it was
stopped, and when it is finished. Counts are those of finished shards.
"""
EPILOG = examples("extractor status out/", "extractor status out/ --json", "watch -n 10 extractor status out/")


def command(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The output folder of a run. 输出文件夹。")],
    as_json: AsJson = False,
) -> None:
    """See HELP."""
    from extractor.archive.folder import folder_at
    from extractor.archive.status import status

    found = status(folder_at(folder))
    if as_json:
        print(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
        return
    display.table(["what 项目", "how 情况"], _rows(found))


def _rows(found: Status) -> list[tuple[str, object]]:
    summary, run = found.summary, found.run
    rows: list[tuple[str, object]] = [("state", found.state)]
    rows += [("by", one) for one in found.by]
    rows.append(("inputs", " ".join(run["inputs"])))
    if found.progress is not None:
        rows += [("progress", found.progress.in_words()), ("told at", found.told_at)]
    rows += [("shards", f"{found.shards} of {found.shards_planned}")]
    rows += [(f"set apart: {key}", reason) for key, reason in found.apart.items()]
    rows += [("started", run["started"]), ("ended", run.get("ended"))]
    rows += [("documents", summary.documents), ("not readable", summary.failed), ("bytes", summary.bytes)]
    rows += [(kind, count) for kind, count in summary.records.most_common() if kind != "error"]
    rows += [(f"status: {status}", count) for status, count in summary.statuses.most_common()]
    rows += [(f"error: {code}", count) for code, count in summary.errors.most_common()]
    rows += [("digest", run["digest"])] if "digest" in run and found.state == "finished" else []
    return rows
