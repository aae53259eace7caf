"""What holds for the package as a whole."""

import subprocess
import sys
from pathlib import Path

import extractor

PACKAGE = Path(extractor.__file__).parent
ROOT = PACKAGE.parent


def test_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


def test_importing_it_is_light() -> None:
    heavy = ("spacy", "jieba", "rjieba", "opencc", "pydantic", "regex")
    code = f"import sys, extractor; print(sorted(set({heavy!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_no_module_is_too_long() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {path.name: n for path, n in lengths.items() if n > 500} == {}


def test_the_package_reads_nothing_beside_the_repository() -> None:
    readers = [path.name for path in PACKAGE.rglob("*.py") if "shared/" in path.read_text("utf-8")]
    assert readers == []
