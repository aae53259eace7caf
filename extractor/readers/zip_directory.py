"""How large the directory of a ZIP archive is, told before all of it is read into memory."""

from __future__ import annotations

import struct
from typing import BinaryIO

_END = b"PK\x05\x06"
_END_LENGTH = 22
_LONGEST_COMMENT = 65535
_LOCATOR = struct.Struct("<4sIQI")
_LOCATOR_MARK = b"PK\x06\x07"
_SIZE_UNKNOWN = 0xFFFFFFFF
_BYTES_A_MEMBER = 512
"""Bytes of the directory that one member takes at most on the average: a long name in Chinese and what goes with it."""


def is_too_long(stream: BinaryIO, members: int) -> bool:
    """Whether the directory can hold far more than so many members; False where there is no directory to be found."""
    end = stream.seek(0, 2)
    start = max(0, end - _END_LENGTH - _LONGEST_COMMENT)
    stream.seek(start)
    tail = stream.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_LENGTH:
        return False
    size = struct.unpack_from("<I", tail, place + 12)[0]
    if size == _SIZE_UNKNOWN:
        size = _size_in_zip64(stream, start + place)
    return bool(size > members * _BYTES_A_MEMBER)


def _size_in_zip64(stream: BinaryIO, end: int) -> int:
    """The size as archives with more than 65535 members or 4 GB state it."""
    stream.seek(max(0, end - _LOCATOR.size))
    located = stream.read(_LOCATOR.size)
    if len(located) < _LOCATOR.size or not located.startswith(_LOCATOR_MARK):
        return 0
    stream.seek(_LOCATOR.unpack(located)[2])
    record = stream.read(56)
    return int(struct.unpack_from("<Q", record, 40)[0]) if len(record) == 56 else 0
