import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from extractor import __version__
from extractor.cli import exits
from extractor.cli.app import app
from extractor.cli.reference import COMMANDS, REMAKE, help_of, reference


def commands_of(group, path: tuple[str, ...] = ()):
    yield path
    for name, command in getattr(group, "commands", {}).items():
        yield from commands_of(command, (*path, name))


def test_the_reference_lists_every_command() -> None:
    assert sorted(commands_of(typer.main.get_command(app))) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command: tuple[str, ...]) -> None:
    text = help_of(command)
    assert text.startswith(f"Usage: {' '.join(('extractor', *command))}")
    assert "Examples 示例:\n    $ " in text
    assert any("\u4e00" <= character <= "\u9fff" for character in text.split("Options:")[0])


def test_the_page_of_the_documentation_is_up_to_date(root: Path) -> None:
    page = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    assert page == reference(), f"docs/cli.md is out of date: run {REMAKE}"


def test_exit_codes_are_told_in_the_help() -> None:
    text = help_of(("run",))
    for code in exits.ExitCode:
        assert f"{code.value:<4} {exits.MEANING[code]}" in text


def test_version() -> None:
    assert CliRunner().invoke(app, ["--version"]).output == f"extractor {__version__}\n"


def test_output_is_utf8_wherever_it_runs(start) -> None:
    with start("--help", env={"PYTHONIOENCODING": "ascii", "PATH": ""}) as process:
        assert "提取" in process.stdout.read().decode("utf-8")


def test_help_loads_nothing_heavy() -> None:
    """Start-up stays quick as long as the heavy ones are imported by the commands that need them."""
    heavy = ["pydantic", "spacy", "jieba", "rjieba", "opencc", "yaml", "regex", "rich.table", "rich.progress"]
    code = f"import sys, extractor.cli.app; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["run", "x", "--kinds", "money"],
        ["run", "x", "--kinds", ","],
        ["run", "x", "--encoding", "klingon"],
        ["run", "x", "--encoding", "base64"],
        ["run", "x", "--patterns", "/nowhere"],
        ["run", "corpus/gold.jsonl", "-o", "/nowhere/at/all.jsonl"],
        ["run", "corpus/gold.jsonl", "-o", "records.docx"],
        ["explain", "不在的报告.txt"],
        ["repair", "gone/report.docx"],
        ["run", "x", "--max-size", "0"],
        ["schema", "--kind", "money"],
        ["schema", "--kind", "amount,count"],
        ["evaluate", "/nowhere.jsonl"],
        ["evaluate", "corpus/gold.jsonl", "--floors", "/nowhere.json"],
        ["evaluate", "corpus/gold.jsonl", "--lower", "because"],
        ["patterns", "show", "amount.figure"],
        ["patterns", "list", "--family", "money"],
        ["run", "x", "--ner", "some"],
        ["model", "evaluate", "/nowhere.jsonl"],
        ["model", "info", "/nowhere"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_what_is_wrong_is_told_in_a_plain_message(arguments: list[str]) -> None:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == exits.ExitCode.USAGE
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
