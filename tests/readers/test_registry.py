"""Readers of other packages: found by entry point, asked before ours, in a worker as in this process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from extractor.readers import registry
from extractor.readers.opening import Opener

MODULE = """
from extractor.readers.registry import Reader
from extractor.readers.source import SourceText

def read(data, hints):
    return SourceText(data.decode()[::-1], "text/x-reversed")

READER = Reader("reversed", frozenset({".rev"}), read, lambda sample: sample.head.startswith(b"REV"), isolated=True)
"""


@pytest.fixture
def other_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Installs a package with a reader at a given entry point."""
    monkeypatch.syspath_prepend(tmp_path)
    info = tmp_path / "reversed_reader-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: reversed-reader\nVersion: 1.0\n")
    (tmp_path / "reversed_reader.py").write_text(MODULE)

    def install(value: str) -> None:
        (info / "entry_points.txt").write_text(f"[extractor.readers]\nreversed = {value}\n")
        registry._registered.cache_clear()
        registry.readable.cache_clear()

    yield install
    (info / "entry_points.txt").unlink()
    registry._registered.cache_clear()
    registry.readable.cache_clear()
    sys.modules.pop("reversed_reader", None)


def test_a_reader_of_another_package(other_package) -> None:
    assert registry.refusal("a.rev") is not None
    other_package("reversed_reader:READER")
    assert registry.refusal("a.rev") is None
    source = Opener().read("户21灾受".encode(), "a.rev")
    assert (source.text, source.media_type) == ("受灾12户", "text/x-reversed")
    assert Opener().read(b"REV", "a.txt").text == "VER"


def test_a_reader_that_does_not_load_is_told_of_and_left_out(other_package) -> None:
    other_package("reversed_reader:GONE")
    with pytest.warns(UserWarning, match="reversed-reader does not load"):
        assert Opener().read("受灾12户".encode(), "a.txt").text == "受灾12户"


def test_ours_are_all_registered() -> None:
    assert {".csv", ".doc", ".docx", ".eml", ".html", ".pdf", ".png", ".rtf", ".txt", ".xlsx"} <= registry.readable()
    assert {".7z", ".gz", ".tar", ".tgz", ".zip"} <= registry.readable()


def test_asking_for_a_reader_loads_no_library() -> None:
    import subprocess

    heavy = ["selectolax", "openpyxl", "pypdfium2", "py7zr", "striprtf", "lxml", "defusedxml", "PIL", "numpy"]
    code = (
        "import sys; from extractor.readers.opening import Opener; Opener().read(b'x', 'a.txt'); "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
