"""7-Zip archives, unpacked in memory member by member."""

from __future__ import annotations

import contextlib
import io
import lzma
import queue
import threading
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from extractor.errors import DocumentError
from extractor.readers.members import Tally, check, cleaned, ignored, refused
from extractor.readers.registry import Container, Member, Sample
from extractor.readers.source import Limits, damaged

if TYPE_CHECKING:
    from py7zr import SevenZipFile
    from py7zr.io import WriterFactory

_MAGIC = b"7z\xbc\xaf\x27\x1c"
_WHAT = "7-Zip archive"


def members(stream: BinaryIO, path: str, limits: Limits) -> Iterator[Member]:
    """The files in order; hidden ones, links and folders are passed over."""
    import py7zr
    from py7zr.exceptions import ArchiveError, PasswordRequired

    packed = stream.seek(0, 2)
    stream.seek(0)
    tally = Tally(limits)
    try:
        with py7zr.SevenZipFile(stream) as archive:
            if archive.needs_password():
                raise _encrypted()
            wanted: list[str] = []
            for info in archive.list():
                if info.is_directory or info.is_symlink or ignored(info.filename):
                    continue
                clean, problem = cleaned(info.filename)
                name = tally.member(clean)
                told = refused(name) or _over_the_limits(name, info.uncompressed, packed, limits)
                if told is None and problem is not None:  # py7zr gives none of an archive when asked for such a one
                    told = Member(name, None, problem)
                if told is not None:
                    yield told
                else:
                    wanted.append(info.filename)
            if wanted:
                yield from _unpacked(archive, wanted, limits)
    except PasswordRequired as error:
        raise _encrypted() from error
    except (ArchiveError, EOFError, ValueError, OSError, lzma.LZMAError, zlib.error) as error:
        raise damaged(_WHAT, error) from error


def _over_the_limits(name: str, size: int, packed: int, limits: Limits) -> Member | None:
    try:
        check(size, packed, limits)
    except DocumentError as error:
        return Member(name, None, error)
    return None


def _unpacked(archive: SevenZipFile, wanted: list[str], limits: Limits) -> Iterator[Member]:
    """The wanted members as they come; a thread unpacks, because py7zr hands them out instead of being asked."""
    ready: queue.Queue[Member | BaseException | None] = queue.Queue(maxsize=1)
    stopped = threading.Event()

    def unpack() -> None:
        try:
            archive.extract(targets=wanted, factory=_handing_out(ready, Tally(limits), limits, stopped))
        except BaseException as error:  # the thread that takes the members raises it
            ready.put(error)
        else:
            ready.put(None)

    thread = threading.Thread(target=unpack, daemon=True)
    thread.start()
    try:
        while (member := ready.get()) is not None:
            if isinstance(member, BaseException):
                raise member
            yield member
    finally:
        stopped.set()
        while thread.is_alive():
            with contextlib.suppress(queue.Empty):
                ready.get(timeout=0.05)


def _handing_out(
    ready: queue.Queue[Member | BaseException | None], tally: Tally, limits: Limits, stopped: threading.Event
) -> WriterFactory:
    """What py7zr writes to: each member goes into the queue when it is whole."""
    from py7zr.io import Py7zIO, WriterFactory

    class Held(Py7zIO):
        def __init__(self, name: str) -> None:
            self._name = name
            self._held = io.BytesIO()
            self._handed_out = False

        def write(self, data: bytes | bytearray) -> int:
            if stopped.is_set():
                raise EOFError("nobody takes it any more")
            tally.add(len(data))
            if self._held.tell() + len(data) > limits.size:
                raise EOFError("a member is larger than the archive says")
            return self._held.write(data)

        def read(self, size: int | None = None) -> bytes:
            return self._held.read(size)

        def seek(self, offset: int, whence: int = 0) -> int:
            return self._held.seek(offset, whence)

        def flush(self) -> None:
            pass

        def size(self) -> int:
            return len(self._held.getvalue())

        def close(self) -> None:
            if not self._handed_out:
                self._handed_out = True
                ready.put(Member(self._name, self._held.getvalue()))

    class Factory(WriterFactory):
        def create(self, filename: str) -> Py7zIO:
            return Held(filename)

    return Factory()


def _encrypted() -> DocumentError:
    message = "this 7-Zip archive takes a password; unpack it with the password and give the files"
    return DocumentError("encrypted", message)


def _is_7z(sample: Sample) -> bool:
    return sample.head.startswith(_MAGIC)


CONTAINER = Container("7z", frozenset({".7z"}), members, _is_7z)
