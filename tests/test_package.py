"""What holds for the package as a whole."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor import Extractor, ExtractorError

PACKAGE = Path(extractor.__file__).parent
ROOT = PACKAGE.parent


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kinds": {"money"}}, "'money' is no kind of record"),
        ({"kinds": "amount"}, r"kinds are several: give \{'amount'\}"),
        ({"ner": "some"}, "ner='some' says nothing; give 'all', 'figures' or False"),
        ({"patterns": "nowhere"}, r"nowhere holds no \*\.yaml pattern file"),
        ({"ner_model": "nowhere"}, "there is no spaCy pipeline 'nowhere'"),
    ],
)
def test_an_option_that_means_nothing_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ExtractorError, match=message):
        Extractor(**options)


@pytest.mark.parametrize("text", [b"bytes", None, 5])
def test_what_is_no_text_is_refused(text: Any) -> None:
    with pytest.raises(TypeError, match="a text is wanted, not"):
        extractor.extract(text, ner=False)


def test_every_error_of_ours_is_an_extractor_error() -> None:
    ours = [one for one in vars(extractor.errors).values() if isinstance(one, type) and issubclass(one, Exception)]
    assert len(ours) > 5
    assert all(issubclass(one, ExtractorError) for one in ours)


def test_threads_share_an_extractor(root: Path) -> None:
    reader = Extractor(ner=False)
    texts = [path.read_bytes() for path in sorted((root / "corpus" / "reports").glob("*.txt"))[:12]] * 2
    alone = [reader.extract_bytes(text, path="a.txt") for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: reader.extract_bytes(text, path="a.txt"), texts)) == alone


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
