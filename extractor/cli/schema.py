"""``extractor schema``: the JSON Schema of the records."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from extractor.cli.options import kinds_of
from extractor.cli.text import examples
from extractor.errors import ExtractorError

NAME = "schema"
HELP = """Print the JSON Schema (draft 2020-12) of the records. 输出记录的 JSON Schema。"""
EPILOG = examples("extractor schema > records.schema.json", "extractor schema --kind amount")


def command(
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only the schema of this kind, such as amount. 只要一种记录。")
    ] = None,
) -> None:
    """See HELP."""
    wanted = kinds_of(kind)
    if wanted is not None and len(wanted) > 1:
        raise ExtractorError("--kind takes one kind; leave it out for the schema of all")
    from extractor.records import json_schema

    print(json.dumps(json_schema(next(iter(wanted)) if wanted else None), ensure_ascii=False, indent=2))
