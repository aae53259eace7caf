"""Exit codes: what a script can tell from how a command ended."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    OK = 0
    FOUND_FAULTS = 1
    USAGE = 2
    NOTHING_READ = 3
    NOT_WRITTEN = 4
    INTERRUPTED = 130
    PIPE_CLOSED = 141


MEANING: dict[ExitCode, str] = {
    ExitCode.OK: "all went well",
    ExitCode.FOUND_FAULTS: "done, with faults: error records, a failed check, a figure below its floor",
    ExitCode.USAGE: "not started: an option, a pattern file or a gold file is wrong",
    ExitCode.NOTHING_READ: "none of the documents could be read",
    ExitCode.NOT_WRITTEN: "the output could not be written",
    ExitCode.INTERRUPTED: "interrupted with Ctrl-C",
    ExitCode.PIPE_CLOSED: "the reader of the output closed it, as head does",
}


def table() -> str:
    """The exit codes as a paragraph of help."""
    lines = [f"  {code.value:<4} {meaning}" for code, meaning in MEANING.items()]
    return "\n".join(["Exit codes 退出码:", *lines])
