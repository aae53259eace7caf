"""The recipe for Spark in docs/recipes, on a Spark of this machine where there is one."""

import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.archive.batch import Report, finish
from extractor.archive.folder import LocalFolder

pytest.importorskip("pyspark", reason="pyspark is not installed: it is large, and the recipe its only user")


def test_the_recipe_gives_the_same(
    archive: Path, tmp_path: Path, root: Path, batch: Callable[..., Report], digest_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(archive, tmp_path / "undisturbed")
    output = tmp_path / "out"
    batch(archive, output, plan_only=True)
    for name in ("PYSPARK_PYTHON", "PYSPARK_DRIVER_PYTHON"):
        monkeypatch.setenv(name, sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setattr(sys, "argv", ["spark.py", str(output)])
    runpy.run_path(str(root / "docs" / "recipes" / "spark.py"), run_name="__main__")
    assert finish(LocalFolder(output)).missing == []
    assert digest_of(output) == digest_of(tmp_path / "undisturbed")
