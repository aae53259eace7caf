"""ZIP archives, with the names of their members in the encoding that they were written in."""

from __future__ import annotations

import contextlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from extractor.errors import DocumentError
from extractor.readers.members import Tally, check, cleaned, ignored, refused, too_many, unpacked
from extractor.readers.registry import Container, Member, Sample
from extractor.readers.source import Limits, damaged
from extractor.readers.zip_directory import is_too_long

_UTF_8_NAME = 0x800
_ENCRYPTED = 0x1
_UNICODE_PATH = 0x7075
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error)


def members(stream: BinaryIO, path: str, limits: Limits, only: range | None = None) -> Iterator[Member]:
    """The files in order; hidden ones are passed over. Raises DocumentError if the archive itself can't be read.

    ``only`` are the numbers of the files wanted, of those that ``sizes`` lists.
    """
    tally = Tally(limits)
    with _opened(stream, limits) as archive:
        for number, (info, stated) in enumerate(_files(archive)):
            clean, problem = cleaned(stated)
            name = tally.member(clean)
            if only is None or number in only:
                yield refused(name) or _member(archive, info, name, problem, limits, tally)


def sizes(stream: BinaryIO, limits: Limits) -> list[int]:
    """Bytes of each file that ``members`` gives, as the directory tells them. Raises DocumentError."""
    with _opened(stream, limits) as archive:
        return [info.file_size for info, _ in _files(archive)]


def _opened(stream: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    if is_too_long(stream, limits.members):
        raise too_many(limits)
    try:
        return zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise damaged("ZIP archive", error) from error


def _files(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    for info in archive.infolist():
        stated = name_of(info)
        if not ignored(stated.replace("\\", "/")):
            yield info, stated


def _member(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    name: str,
    problem: DocumentError | None,
    limits: Limits,
    tally: Tally,
) -> Member:
    if info.flag_bits & _ENCRYPTED:
        message = "encrypted: it takes a password; unpack the archive with the password and give the files"
        return Member(name, None, DocumentError("encrypted", message))
    try:
        check(info.file_size, info.compress_size, limits)
        with archive.open(info) as stream:
            return Member(name, unpacked(stream, info.compress_size, limits, tally), problem)  # type: ignore[arg-type]
    except DocumentError as error:
        if error.code == "too_large" and "--max-extracted" in str(error):
            raise
        return Member(name, None, error)
    except NotImplementedError:
        message = f"packed with a method that is not read (number {info.compress_type}); pack it anew as plain ZIP"
        return Member(name, None, DocumentError("unsupported_type", message))
    except _BROKEN as error:
        return Member(name, None, damaged("member of a ZIP archive", error))


def name_of(info: zipfile.ZipInfo) -> str:
    """A member's name. Old Chinese programs write GBK and don't say so; others put the true name in an extra field."""
    with contextlib.suppress(struct.error, UnicodeDecodeError):
        extra, position = info.extra, 0
        while position + 4 <= len(extra):
            tag, size = struct.unpack_from("<HH", extra, position)
            if tag == _UNICODE_PATH and size > 5:
                return extra[position + 9 : position + 4 + size].decode("utf-8")
            position += 4 + size
    if info.flag_bits & _UTF_8_NAME:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return info.orig_filename


def _is_zip(sample: Sample) -> bool:
    return sample.head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


CONTAINER = Container("zip", frozenset({".zip"}), members, _is_zip, isolated=False, sizes=sizes)
