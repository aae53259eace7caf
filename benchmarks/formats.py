"""Every report of the sample corpus in every format, and whether its records are those of the plain text.

    python benchmarks/formats.py [FORMAT ...]

The files are made by the libraries of ``tests/readers/makers.py``, and by LibreOffice where it is installed.
"""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from extractor.pipeline import Extractor  # noqa: E402
from extractor.readers.source import Limits  # noqa: E402
from extractor.records import Extracted  # noqa: E402
from tests.readers.comparing import facts  # noqa: E402
from tests.readers.makers import FORMATS, by_libreoffice, make_doc, make_docx, make_html, make_pdf  # noqa: E402

LAID_OUT = ("-damaged", "-wrapped", "-spaced")
"""Twins of other reports, whose line breaks and gaps no other format keeps."""

SECONDS = 600
"""Time for a document, as LibreOffice takes long on a busy machine."""

Make = Callable[[str], bytes]


def formats() -> dict[str, Make]:
    """What makes a file of each format."""
    made: dict[str, Make] = {
        **FORMATS,
        "html (gb2312)": partial(make_html, charset="gb2312"),
        "pdf (no rules)": partial(make_pdf, ruled=False),
    }
    if shutil.which("soffice"):
        made["doc"] = make_doc
        made["pdf (LibreOffice)"] = lambda text: by_libreoffice(make_docx(text), "docx", "pdf")
        made["rtf (LibreOffice)"] = lambda text: by_libreoffice(make_docx(text), "docx", "rtf")
    return made


def main() -> None:
    """Print a row a format."""
    extractor = Extractor(limits=Limits(seconds=SECONDS))
    chosen = {name: make for name, make in formats().items() if not sys.argv[1:] or name in sys.argv[1:]}
    tallies = {name: Counter[str]() for name in chosen}
    for file in sorted((ROOT / "corpus" / "reports").glob("*.txt")):
        if any(mark in file.name for mark in LAID_OUT):
            continue
        text = extractor.opener.read(file.read_bytes(), file.name).text
        expected = facts(extractor.extract_text(text))
        for name, make in chosen.items():
            data, path, tally = make(text), f"report.{name.split()[0]}", tallies[name]
            records = extractor.extract_bytes(data, path=path)
            source, found = extractor.opener.read(data, path).text, facts(records)
            placed = [record for record in records if isinstance(record, Extracted)]
            tally["files"] += 1
            tally["the same"] += found == expected
            tally["records"] += expected.total()
            tally["equal"] += (found & expected).total()
            tally["others"] += (found - expected).total()
            tally["misplaced"] += sum(source[record.start : record.end] != record.raw for record in placed)
    print("format", "files", "the same", "records", "equal", "others", "misplaced", sep="\t")
    for name, tally in tallies.items():
        counts = (tally[key] for key in ("files", "the same", "records", "equal", "others", "misplaced"))
        print(name, *counts, sep="\t")


if __name__ == "__main__":
    main()
