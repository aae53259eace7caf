"""The ZIP archives that .docx and .xlsx files are: opened with limits, their XML without entities."""

from __future__ import annotations

import contextlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from extractor.errors import DocumentError
from extractor.readers.source import MEGABYTE, Limits, damaged

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RATIO_COUNTS_FROM = MEGABYTE
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@contextlib.contextmanager
def office_zip(data: bytes, what: str, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """``data`` as an open archive that unpacks to no more than the limits. Raises DocumentError.

    What a member is said to unpack to can be believed: the standard library reads no further.
    """
    if data.startswith(_OLD_OFFICE):  # an encrypted document is an old container around the encrypted new one
        message = f"this {what} is protected by a password; open it in its program and save it without one"
        raise DocumentError("encrypted", message)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, what, limits)
            yield archive
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, KeyError, ParseError) as error:
        raise damaged(what, error) from error


def _check(archive: zipfile.ZipFile, what: str, limits: Limits) -> None:
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if any(member.flag_bits & 1 for member in members):
        raise DocumentError("encrypted", f"parts of this {what} are encrypted; save it without a password")
    if size > limits.size:
        message = (
            f"this {what} unpacks to {size / MEGABYTE:.0f} MB, over the limit of {limits.size / MEGABYTE:g} MB; "
            "if it can be trusted, raise the limit with --max-size"
        )
        raise DocumentError("too_large", message)
    if size > _RATIO_COUNTS_FROM and size > limits.ratio * max(packed, 1):
        message = (
            f"this {what} unpacks to {size / max(packed, 1):.0f} times its size, as no document does; "
            "if it can be trusted, raise the limit with --max-ratio"
        )
        raise DocumentError("too_compressed", message)


def parsed(data: bytes, what: str) -> Element:
    """The root of a part in XML. Documents of Office declare no types and no entities: a part that does is refused."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        message = f"this {what} declares a document type or entities, as attacks do and no program for documents does"
        raise DocumentError("damaged", message) from error
