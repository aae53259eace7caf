import io
import sys

import pytest

from extractor.archive.progress import Snapshot
from extractor.cli.progress import _Log, counted, shown

HALF = Snapshot(1, 2, 10, 5, 10, 30, 1, 60.0, 1 << 20, 5.0)


def test_a_log_gets_a_line_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    ticks = iter([0.0, 59.0, 60.0, 60.0, 61.0, 120.0, 120.0])
    log = _Log(lambda: next(ticks))
    for _ in range(4):
        log.working(HALF)
    line = "50%, 10 documents, 30 records, 1 errors, 1.00 MB/s, 5 s left\n"
    assert capsys.readouterr().err == 2 * line


def test_planning_is_told_of_every_thousand() -> None:
    found: list[int] = []

    class Told:
        def planning(self, number: int) -> None:
            found.append(number)

        def working(self, snapshot: Snapshot) -> None:
            raise AssertionError

    assert sum(1 for _ in counted(range(2500), Told())) == 2500
    assert found == [1000, 2000]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with shown(quiet=False) as told:
        told.planning(2000)
        told.working(HALF)
    assert "50%, 10 documents, 30 records, 1 errors, 1.00 MB/s, 5 s left" in screen.getvalue()
    assert "━" in screen.getvalue()


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    with shown(quiet=True) as told:
        told.planning(2000)
        told.working(HALF)
    assert capsys.readouterr().err == ""
