"""The command ``extractor``: its commands, and how each of them may end."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from extractor._version import __version__
from extractor.cli import (
    convert,
    display,
    divisions,
    evaluate,
    explain,
    label,
    merge,
    model,
    patterns,
    repair,
    run,
    schema,
    source,
    status,
    table,
    tokenize,
)
from extractor.cli.exits import ExitCode
from extractor.cli.text import examples
from extractor.errors import ExtractorError, OutputError

_SELDOM = 50_000
"""New objects between two looks for garbage in circles. Python looks after 700, which takes a tenth of our start: what
rules are compiled into stays, and so far nothing of ours goes in circles."""


class Commands(TyperGroup):
    """All commands. What a command raises on purpose ends it with one line and the code for it."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: Any) -> Any:
        """Run the command asked for."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except OutputError as problem:
            display.error(str(problem))
            raise typer.Exit(ExitCode.NOT_WRITTEN) from problem
        except ExtractorError as problem:
            display.error(str(problem))
            raise typer.Exit(ExitCode.USAGE) from problem
        except BrokenPipeError as problem:
            _close_quietly()
            raise typer.Exit(ExitCode.PIPE_CLOSED) from problem
        except KeyboardInterrupt as problem:
            raise typer.Exit(ExitCode.INTERRUPTED) from problem
        except OSError as problem:
            display.error(f"the output could not be written ({problem}); check the disk and run it again")
            _close_quietly()
            raise typer.Exit(ExitCode.NOT_WRITTEN) from problem
        return result


app = typer.Typer(
    cls=Commands,
    help="Amounts, counts, disasters, document numbers and names out of Chinese county reports, "
    "each traceable to its place. 从县级文本中提取金额、数量、灾害、发文字号和名称，每条都可追溯到原文。",
    epilog=examples(
        "extractor run reports/ -o records.jsonl",
        "extractor explain '投入资金505万元，受灾2197户8788人。'",
        "extractor COMMAND --help",
    ),
    no_args_is_help=True,
    rich_markup_mode=None,  # reports and patterns are full of brackets, which are no markup
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"extractor {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version. 显示版本。", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Options of the command itself."""


for module in (run, status, merge, table, convert, source, explain, repair, tokenize, divisions, schema, evaluate):
    first_line = module.HELP.partition("\n")[0]
    app.command(module.NAME, help=module.HELP, short_help=first_line, epilog=module.EPILOG)(module.command)
for group in (label, patterns, model):
    app.add_typer(group.app, short_help=group.HELP)


def _close_quietly() -> None:
    """Let the interpreter's last flush of stdout go nowhere, where nobody reads it."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def _speak_utf8() -> None:
    """Pipes and files get UTF-8 and line ends as they are, wherever we run.

    A terminal that lacks a character gets its number.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8", newline="\n")
            stream.reconfigure(errors="backslashreplace")


def main() -> None:
    """Entry point of ``extractor``."""
    gc.set_threshold(_SELDOM)
    _speak_utf8()
    try:
        app(prog_name="extractor")
    except KeyboardInterrupt:  # before or after a command has the floor
        sys.exit(ExitCode.INTERRUPTED)
