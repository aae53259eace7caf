import difflib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.cli.diff import unified
from extractor.cli.exits import ExitCode
from extractor.text.repair import STEPS, repair

DAMAGED = "投入資金嚴(yán)重?fù)p失５０５萬元\n第二行\n第三行\n第四行\n1 9 9 8 年3 月“8〃14”，l0方元"
CLEAN = "投入资金严重损失505万元\n第二行\n第三行\n第四行\n1998年3月“8·14”，10万元"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(DAMAGED, encoding="utf-8")
    return path


def test_the_clean_text_and_nothing_else(invoke, file: Path) -> None:
    done = invoke("repair", file)
    assert (done.stdout, done.stderr, done.exit_code) == (CLEAN, "", ExitCode.OK)
    assert invoke("repair", "-", stdin=DAMAGED.encode()).stdout == CLEAN
    assert invoke("repair", DAMAGED).stdout == CLEAN
    assert invoke("repair", CLEAN).stdout == CLEAN


def test_encoding(invoke, tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes("災害損失".encode("big5"))
    assert invoke("repair", file, "--encoding", "big5").stdout == "灾害损失"


def test_every_change_with_its_place(invoke, file: Path) -> None:
    told = json.loads(invoke("repair", file, "--json").stdout)
    assert told["text"] == CLEAN
    assert told["script"] == "traditional"
    assert {change["step"] for change in told["changes"]} == set(told["counts"])
    for change in told["changes"]:
        assert change["before"] != change["after"]
        assert 0 <= change["start"] < change["end"] <= len(DAMAGED)
    for doubt in told["doubts"]:
        assert DAMAGED[doubt["start"] : doubt["end"]] == doubt["raw"]
    assert {(doubt["text"], doubt["flag"]) for doubt in told["doubts"]} == {
        ("损", "repaired"),
        ("10", "ocr_corrected"),
        ("万", "ocr_corrected"),
    }


def test_explained_in_plain_lines(invoke, file: Path) -> None:
    lines = invoke("repair", file, "--explain").stdout.splitlines()
    assert [line for line in lines if line.startswith("#")] == ["# Changes 修改", "# Doubts 存疑"]
    assert "spacing\t35\t47\t1 9 9 8 年3 月\t1998年3月\t" in lines
    assert "ocr\t56\t57\t方\t万\tocr_corrected" in lines


def test_steps_are_listed_and_left_out_by_name(invoke, file: Path) -> None:
    heading, *listed = invoke("repair", "--steps").stdout.splitlines()
    assert heading == "step\tmeaning"
    assert listed == [f"{step.name}\t{step.meaning}" for step in STEPS]
    assert invoke("repair", file, "--skip", "script", "--skip", "widths").stdout.startswith(
        "投入資金嚴重損失５０５萬元"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x", "--skip", "scirpt"], "did you mean script?"),
        (["x", "--skip", "klingon"], "the steps are mojibake, "),
        (["x", "--diff", "--json"], "give one of them"),
        (["x", "--encoding", "klingon"], "unknown encoding"),
        (["-"], "standard input"),
        ([], "Missing argument"),
    ],
    ids=str,
)
def test_what_is_wrong_is_told(invoke, arguments: list[str], message: str) -> None:
    done = invoke("repair", *arguments, stdin=b"\xff\x00\x00\xfe" * 9)
    assert (done.exit_code, done.stdout) == (ExitCode.USAGE, "")
    assert message in done.stderr


def test_a_diff_in_a_pipe_is_that_of_difflib(invoke, file: Path) -> None:
    shown = invoke("repair", file, "--diff").stdout
    old, new = DAMAGED.split("\n"), CLEAN.split("\n")
    lines = difflib.unified_diff(old, new, f"{file}", f"{file} (repaired)", n=1, lineterm="")
    assert [line for line in shown.splitlines() if not line.startswith("\\")] == list(lines)
    assert shown.count("\\ No newline at end of file\n") == 2
    assert "\x1b" not in shown
    assert invoke("repair", CLEAN, "--diff").stdout == ""


@pytest.mark.parametrize(("no_color", "coloured"), [(None, True), ("1", False)])
def test_a_diff_on_a_terminal(file: Path, no_color: str | None, coloured: bool) -> None:
    settings = {"FORCE_COLOR": "1", "TERM": "xterm-256color"} | ({"NO_COLOR": no_color} if no_color else {})
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "extractor", "repair", str(file), "--diff"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=kept | settings, check=True)
    assert ("\x1b[31m" in done.stdout) is coloured


def test_the_diff_marks_what_differs() -> None:
    lines = list(unified(DAMAGED, repair(DAMAGED), "report"))
    removed, added = lines[3], lines[4]
    assert [removed.text[1:][a:b] for a, b in removed.differing] == ["資", "嚴(yán)", "?fù)p", "５０５萬"]
    assert [added.text[1:][a:b] for a, b in added.differing] == ["资", "严", "损", "505万"]


@pytest.mark.parametrize(
    "damaged", ["", "\n", "4號(hào)\n", "4號(hào)", "甲\r\n號(hào)\r\n\x0b乙\n", "號(hào)\n\n\n\n號(hào)\n"]
)
def test_a_diff_applied_gives_the_repaired_text(damaged: str) -> None:
    repaired = repair(damaged)
    old, new = damaged.split("\n"), []
    at = 0
    for line in unified(damaged, repaired, "x"):
        if line.text.startswith("@@"):
            start = int(line.text.split()[1][1:].split(",")[0]) - 1
            new += old[at:start]
            at = start
        elif not line.text.startswith(("---", "+++", "\\")):
            at += line.sign in "- "
            new += [line.text[1:]] if line.sign in "+ " else []
    assert "\n".join([*new, *old[at:]]) == repaired.text
