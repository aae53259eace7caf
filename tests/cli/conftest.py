from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from extractor.cli.app import app

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def invoke() -> Callable[..., Result]:
    """Run a command in this process."""

    def run(*arguments: Any, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    return run


@pytest.fixture(scope="session")
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Start a command as a process of its own."""

    def run(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "extractor", *map(str, arguments)]
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": os.environ, **options}
        return subprocess.Popen(command, cwd=ROOT, **options)

    return run
