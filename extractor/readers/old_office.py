"""Old Office files (.doc, .wps, .xls) and those of OpenOffice: turned into today's formats by programs that can.

LibreOffice makes a .docx or .xlsx of them, which is then read as any other; where only antiword is installed, it gives
the text of a .doc. Both run with a time limit of their own and write to a folder that is removed again.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from extractor.errors import DocumentError
from extractor.readers import docx, xlsx
from extractor.readers.registry import Reader, Sample, suffix
from extractor.readers.source import Hints, SourceText, damaged

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN_DOCUMENT = frozenset({"mimetype", "content.xml", "META-INF/manifest.xml"})
"""What a file of OpenOffice, a ZIP archive, holds."""
_SECTOR = 512
_WORD = b"\xec\xa5"
_WORD_ENCRYPTED = 0x01
_TEXTS = frozenset({".doc", ".dot", ".wps", ".wpt", ".odt"})
_SHEETS = frozenset({".xls", ".xlt", ".et", ".ods"})
_BAR_ROW = re.compile(r"\|.*\|")
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_REMEDY = "install LibreOffice (its command soffice must be found on PATH) and run again, or save it as .docx"


def read(data: bytes, hints: Hints) -> SourceText:
    """The text of an old document. Raises DocumentError ``tool_missing`` where no program can turn it."""
    ending = suffix(hints.path)
    if _utf_16("EncryptedPackage") in data or _is_encrypted_word(data):
        raise DocumentError("encrypted", "protected by a password; open it in its program and save it without one")
    sheets = ending in _SHEETS or (_utf_16("Workbook") in data and _utf_16("WordDocument") not in data)
    office = _office()
    # on Windows LibreOffice may hold its files a moment longer than it runs
    with tempfile.TemporaryDirectory(prefix="extractor-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"document{ending if ending in _TEXTS | _SHEETS else '.xls' if sheets else '.doc'}")
        source.write_bytes(data)
        if office is not None:
            made = _converted(office, source, "xlsx" if sheets else "docx", hints)
            reader = xlsx if sheets else docx
            return _renamed(reader.read(made, hints), data)
        antiword = shutil.which("antiword")
        if antiword is not None and not sheets and data.startswith(_MAGIC):
            told = _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)], hints)
            if told:
                return SourceText(_rows_with_tabs(told.decode("utf-8", "replace")), "application/msword")
            raise damaged("old Word document", "antiword finds no text in it")
    message = f"old Office files are read through LibreOffice, which is not installed here; {_REMEDY}"
    raise DocumentError("tool_missing", message)


def _office() -> str | None:
    """LibreOffice: on PATH, or where Windows and macOS install it, which don't put it there."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def _converted(office: str, source: Path, target: str, hints: Hints) -> bytes:
    profile = (source.parent / "profile").as_uri()  # of its own: a LibreOffice that is open would refuse
    _run(
        [
            office,
            f"-env:UserInstallation={profile}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", target),
            *("--outdir", str(source.parent / "made"), str(source)),
        ],
        hints,
    )
    made = source.parent / "made" / f"{source.stem}.{target}"
    if not made.is_file():
        raise damaged("old Office file", "LibreOffice can make nothing of it, or it takes a password")
    return made.read_bytes()


def _run(command: Sequence[str], hints: Hints) -> bytes:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=hints.limits.seconds,
            check=False,
            preexec_fn=_unbounded if sys.platform != "win32" else None,
        )
    except OSError as error:
        raise DocumentError("tool_missing", f"{command[0]} can't be started ({error}); {_REMEDY}") from error
    return done.stdout


def _unbounded() -> None:
    """LibreOffice maps more memory than it uses: the bound of the worker is none for it."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _renamed(source: SourceText, data: bytes) -> SourceText:
    """``source`` as what the file is, not as what was made of it."""
    if not data.startswith(_MAGIC):
        return source
    media_type = "application/vnd.ms-excel" if "spreadsheet" in source.media_type else "application/msword"
    return SourceText(source.text, media_type, source.encoding, cells=source.cells)


def _rows_with_tabs(text: str) -> str:
    r"""antiword draws rows with bars.

    >>> _rows_with_tabs("|乡镇  |合计 |\n全县")
    '乡镇\t合计\n全县'
    """
    lines = (
        "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
        if _BAR_ROW.fullmatch(line.strip())
        else line
        for line in text.splitlines()
    )
    return "\n".join(lines)


def _utf_16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _is_encrypted_word(data: bytes) -> bool:
    return (
        data[_SECTOR : _SECTOR + 2] == _WORD and len(data) > _SECTOR + 11 and bool(data[_SECTOR + 11] & _WORD_ENCRYPTED)
    )


def _is_old_office(sample: Sample) -> bool:
    return sample.head.startswith(_MAGIC) or sample.zip_names >= _OPEN_DOCUMENT


READER = Reader("old_office", _TEXTS | _SHEETS, read, _is_old_office)
