"""``extractor text``: the source text of a file, in which all offsets count."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.options import AsJson, Encoding, MaxSize, TimeLimit
from extractor.cli.text import examples, known_encoding, told
from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.readers.opening import Opener
    from extractor.readers.source import SourceText

NAME = "text"
HELP = """Print the text of a file, in which all offsets count. 输出文件的源文本，所有位置都以它计算。

Just the text, whatever the format, as UTF-8 and with nothing added: for every record text[start:end] is raw, counted
in characters. A file in an archive is named as records name it: archive.zip!/report.docx. With --json come, besides
the text, where its pages begin and which cells of tables stand where.
"""
EPILOG = examples(
    "extractor text report.pdf | less",
    "extractor text 'archive.zip!/1998/report.docx' > report.txt",
    "extractor text table.xlsx --json",
)

_NAMES_SHOWN = 20


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file; archive.zip!/member for one in it. 文件。")],
    as_json: AsJson = False,
    encoding: Encoding = None,
    max_size: MaxSize = 64,
    time_limit: TimeLimit = 60,
) -> None:
    """See HELP."""
    known_encoding(encoding)
    from extractor.readers.opening import Opener
    from extractor.readers.source import MEGABYTE, Limits

    opener = Opener(Limits(size=int(max_size * MEGABYTE), seconds=time_limit), encoding)
    source = _source(opener, file)
    if as_json:
        print(json.dumps(dataclasses.asdict(source), ensure_ascii=False, indent=2))
        return
    for problem in source.problems:
        print(f"extractor: {file}: {problem.message}", file=sys.stderr)
    sys.stdout.flush()
    sys.stdout.buffer.write(source.text.encode())
    sys.stdout.buffer.flush()


def _source(opener: Opener, file: str) -> SourceText:
    """The text of the one document that ``file`` names. Raises ExtractorError."""
    from extractor.readers.members import BETWEEN

    path = Path(file)
    if not path.is_file() and BETWEEN in file:
        path = Path(file.partition(BETWEEN)[0])
    names: list[str] = []
    try:
        with path.open("rb") as stream:
            name = path.as_posix() + file[len(str(path)) :]
            for opened in opener.documents(stream, path.as_posix()):
                if opened.name == name:
                    if opened.data is None:
                        raise ExtractorError(f"{name}: {opened.problem}")
                    return _read(opener, opened.data, name)
                names.append(opened.name)
    except OSError as error:
        raise ExtractorError(f"can't read {path}: {told(error)}; check the path") from error
    shown = "\n  ".join(names[:_NAMES_SHOWN] + ["…"] * (len(names) > _NAMES_SHOWN))
    what = "is an archive; name one of its members" if file == str(path) else "is not in the archive; it holds"
    raise ExtractorError(f"{file} {what}:\n  {shown}")


def _read(opener: Opener, data: bytes, name: str) -> SourceText:
    try:
        return opener.read(data, name)
    except ExtractorError as error:
        raise ExtractorError(f"{name}: {error}") from error
