"""Compressed streams: a single file in .gz, .bz2 or .xz, and .tar archives, packed or not."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from extractor.errors import DocumentError
from extractor.readers.members import Tally, check, cleaned, ignored, refused, unpacked
from extractor.readers.registry import Container, Member, Sample
from extractor.readers.source import Limits, damaged

_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, tarfile.TarError, ValueError)
_OPENERS: dict[bytes, Callable[[BinaryIO], BinaryIO]] = {
    b"\x1f\x8b": lambda stream: cast(BinaryIO, gzip.GzipFile(fileobj=stream)),
    b"BZh": lambda stream: cast(BinaryIO, bz2.BZ2File(stream)),
    b"\xfd7zXZ\0": lambda stream: cast(BinaryIO, lzma.LZMAFile(stream)),  # noqa: SIM115
}
_TAR_MAGIC = slice(257, 262)
_PACKED_TARS = (".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tar.xz", ".txz")


class _Metered:
    """A stream that counts what is unpacked, and stops where it grows beyond belief or over the limit."""

    def __init__(self, packed: BinaryIO, limits: Limits) -> None:
        packed.seek(0)
        head = packed.read(6)
        packed.seek(0)
        opener = next((opener for magic, opener in _OPENERS.items() if head.startswith(magic)), None)
        self._packed = packed
        self._stream = opener(packed) if opener else packed
        self._is_packed = opener is not None
        self._limits = limits
        self._tally = Tally(limits)
        self._size = 0

    def read(self, size: int) -> bytes:
        """The next bytes. Raises DocumentError over a limit."""
        data = self._stream.read(size)
        self._size += len(data)
        self._tally.add(len(data))
        if self._is_packed:
            with_room = Limits(size=self._limits.extracted + 1, ratio=self._limits.ratio)
            check(self._size, self._packed.tell(), with_room)
        return data


def one_file(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Member]:
    """The one file in a .gz, .bz2 or .xz, named as the archive without that ending."""
    name = PurePosixPath(path.rpartition("!/")[2]).stem or "unnamed"
    try:
        metered = cast(BinaryIO, _Metered(stream, limits))
        size = stream.seek(0, 2)
        stream.seek(0)
        yield refused(name) or Member(name, unpacked(metered, size, limits, Tally(limits)))
    except _BROKEN as error:
        raise damaged("compressed file", error) from error


def tar_members(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Member]:
    """The files in order; hidden ones, links and devices are passed over."""
    tally = Tally(limits)
    try:
        metered = cast(BinaryIO, _Metered(stream, limits))
        with tarfile.open(fileobj=metered, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
            for info in archive:
                stated = _name_of(info)
                if not info.isfile() or ignored(stated.replace("\\", "/")):
                    continue
                clean, problem = cleaned(stated)
                name = tally.member(clean)
                yield refused(name) or _member(archive, info, name, problem, limits, tally)
    except _BROKEN as error:
        raise damaged("TAR archive", error) from error


def _member(
    archive: tarfile.TarFile,
    info: tarfile.TarInfo,
    name: str,
    problem: DocumentError | None,
    limits: Limits,
    tally: Tally,
) -> Member:
    if info.size > limits.size:
        try:
            check(info.size, info.size, limits)
        except DocumentError as error:
            return Member(name, None, error)
    inside = archive.extractfile(info)
    data = unpacked(cast(BinaryIO, inside), info.size, limits, tally) if inside else b""
    return Member(name, data, problem)


def _name_of(info: tarfile.TarInfo) -> str:
    """A member's name; bytes of it that are no UTF-8 are GBK."""
    raw = info.name.encode("utf-8", "surrogateescape")
    with contextlib.suppress(UnicodeDecodeError):
        return raw.decode("utf-8")
    return raw.decode("gb18030", "backslashreplace")


def _is_packed(sample: Sample) -> bool:
    return sample.head.startswith(tuple(_OPENERS)) and not _is_tar(sample)


def _is_tar(sample: Sample) -> bool:
    """Whether it is a TAR archive, packed or not, as far as the first bytes tell it; else its ending."""
    head = sample.head
    if head.startswith(tuple(_OPENERS)):
        if sample.path.lower().endswith(_PACKED_TARS):
            return True
        head = _first_bytes(head)
    return head[_TAR_MAGIC] == b"ustar"


def _first_bytes(head: bytes) -> bytes:
    with contextlib.suppress(zlib.error, lzma.LZMAError, OSError):
        if head.startswith(b"\x1f\x8b"):
            return zlib.decompressobj(31).decompress(head, 512)
        if head.startswith(b"\xfd7zXZ\0"):
            return lzma.LZMADecompressor().decompress(head, 512)
    return b""


PACKED = Container("packed", frozenset({".gz", ".bz2", ".xz"}), one_file, _is_packed)
TAR = Container("tar", frozenset({".tar", ".tgz", ".tbz", ".tbz2", ".txz"}), tar_members, _is_tar)
