"""docs/scale.md on a real Slurm, where there is one: a job array, a task that is cancelled, Dask inside of a job."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.archive.batch import Report, finish
from extractor.archive.folder import LocalFolder
from extractor.archive.settings import Settings

Batch = Callable[..., Report]
PATIENCE = 120.0


def is_up() -> bool:
    if shutil.which("sbatch") is None or shutil.which("extractor", path=Path(sys.executable).parent) is None:
        return False
    asked = subprocess.run(["sinfo", "--noheader", "--states=idle"], capture_output=True, timeout=30, check=False)
    return asked.returncode == 0 and bool(asked.stdout.strip())


pytestmark = pytest.mark.skipif(not is_up(), reason="no Slurm with an idle node can be reached")


@pytest.fixture
def submit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Submit a job and tell its number; its output is in ``log-*`` beside the archive."""
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))

    def run(*arguments: str) -> str:
        command = ["sbatch", "--parsable", f"--output={tmp_path}/log-%j", f"--chdir={tmp_path}", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    return run


def wait_for(happened: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def over(job: str) -> bool:
    asked = subprocess.run(["squeue", "--noheader", f"--jobs={job}"], capture_output=True, text=True, check=False)
    return not asked.stdout.strip()


def options(settings: Settings) -> str:
    return f"--no-ner --kinds amount --shard-size {settings.shard_bytes / (1 << 20)}"


def test_a_job_array_that_is_cancelled_in_the_middle(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, digest_of, harmful: Path, submit
) -> None:
    (archive / "1990" / "006.txt").write_text("%SLOW 投入资金5万元。", encoding="utf-8")
    batch(archive, tmp_path / "undisturbed")
    output = tmp_path / "out"
    run = f"extractor run {archive} -o {output}/ {options(settings)}"
    array = ["--array=3-7:2", f"--wrap={run} --shard auto"]
    subprocess.run([sys.executable, "-m", *run.split(), "--plan"], check=True)
    first = submit(*array)
    wait_for((harmful / "slow").exists)
    subprocess.run(["scancel", "--state=RUNNING", first], check=True)
    wait_for(lambda: over(first))
    assert "the same command goes on from there" in "".join(file.read_text() for file in tmp_path.glob("log-*"))
    assert finish(LocalFolder(output)).missing
    (harmful / "go").touch()
    again = submit(*array)
    wait_for(lambda: over(again))
    assert finish(LocalFolder(output)).missing == []
    assert digest_of(output) == digest_of(tmp_path / "undisturbed")


def test_the_recipe_for_dask(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, digest_of, root: Path, submit
) -> None:
    pytest.importorskip("distributed", reason="the extra [dask] is not installed")
    batch(archive, tmp_path / "undisturbed")
    output = tmp_path / "out"
    recipe = str(root / "docs" / "recipes" / "slurm_dask.sh")
    job = submit("--ntasks=1", recipe, str(archive), "-o", f"{output}/", *options(settings).split())
    wait_for(lambda: over(job))
    assert digest_of(output) == digest_of(tmp_path / "undisturbed")
    assert not list(tmp_path.glob("scheduler-*"))
