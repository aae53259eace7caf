"""The reference of all commands, made from their help: ``make docs`` keeps it as docs/cli.md."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from typer.testing import CliRunner

from extractor.cli.app import app

REMAKE = "python -m extractor.cli.reference > docs/cli.md"
COMMANDS: tuple[tuple[str, ...], ...] = (
    (),
    ("run",),
    ("status",),
    ("merge",),
    ("table",),
    ("convert",),
    ("text",),
    ("explain",),
    ("repair",),
    ("tokenize",),
    ("divisions",),
    ("schema",),
    ("evaluate",),
    ("label",),
    ("label", "tasks"),
    ("label", "config"),
    ("label", "gold"),
    ("patterns",),
    ("patterns", "check"),
    ("patterns", "list"),
    ("patterns", "show"),
    ("model",),
    ("model", "info"),
    ("model", "evaluate"),
)
"""Every command; a test compares them with those that the application has."""

_OPENING = f"""# The command line

<!-- Made from the commands' own help by `{REMAKE}`; edit the help, not this page. -->

Output goes to standard output, progress and messages to standard error. Tables are drawn on a terminal; in a pipe the
same rows come as lines with tabs. `NO_COLOR` turns colours off.
"""


def reference() -> str:
    """The whole page."""
    return "\n".join([_OPENING, *_sections()])


def help_of(command: tuple[str, ...]) -> str:
    """What ``--help`` of a command prints on a terminal of 80 columns."""
    return CliRunner().invoke(app, [*command, "--help"], prog_name="extractor", env={"COLUMNS": "80"}).output


def _sections() -> Iterator[str]:
    for command in COMMANDS:
        lines = [line.rstrip() for line in help_of(command).strip().splitlines()]
        yield "\n".join([f"## {' '.join(('extractor', *command))}", "", "```text", *lines, "```", ""])


if __name__ == "__main__":
    sys.stdout.buffer.write(reference().encode())
