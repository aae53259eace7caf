"""What a test needs that not every machine has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")
needs_7z = pytest.mark.skipif(not (shutil.which("7z") or shutil.which("7zz")), reason="the program 7z is not here")

FONT_FILES = [
    font
    for font in (
        "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/System/Library/Fonts/PingFang.ttc",
        "C:/Windows/Fonts/simsun.ttc",
    )
    if Path(font).exists()
]
