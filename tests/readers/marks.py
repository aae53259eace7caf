"""What a test needs that not every machine has."""

from __future__ import annotations

import shutil

import pytest

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
needs_7z = pytest.mark.skipif(not (shutil.which("7z") or shutil.which("7zz")), reason="the program 7z is not here")
