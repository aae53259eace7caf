"""Files that mean harm, or are broken: an error record each, in time, and the others unharmed."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import signal
import struct
import time
import zlib
from pathlib import Path

import pytest

from extractor.errors import DocumentError
from extractor.readers.isolation import Workers
from extractor.readers.registry import Reader
from extractor.readers.source import Hints, Limits, SourceText
from tests.readers.makers import make_docx, make_pdf, make_xlsx, paragraph, raw_docx, seven_zipped, zipped
from tests.readers.marks import needs_7z
from tests.readers.test_archives import GOOD, codes, tarred

MEGABYTE = 1 << 20
REPORT = "全县受灾12户，投入资金505万元。"


# Readers that misbehave; a worker finds them by their names here.


def _hang(data: bytes, hints: Hints) -> SourceText:
    time.sleep(60)
    return SourceText("")


def _crash(data: bytes, hints: Hints) -> SourceText:
    os.kill(os.getpid(), signal.SIGSEGV)
    return SourceText("")


def _devour(data: bytes, hints: Hints) -> SourceText:
    held = [bytes(64 * MEGABYTE) for _ in range(1000)]
    return SourceText(str(len(held)))


def _chat(data: bytes, hints: Hints) -> SourceText:
    print("a parser that prints")
    os.write(1, b"from C as well")
    return SourceText(data.decode(), problems=())


def _work(data: bytes, hints: Hints) -> SourceText:
    for _ in range(4):
        time.sleep(0.5)
        hints.alive()
    return SourceText("done")


HANG, CRASH, DEVOUR, CHAT, WORK = (
    Reader(function.__name__, frozenset(), function) for function in (_hang, _crash, _devour, _chat, _work)
)
HERE = "tests.readers.test_safety"


@pytest.fixture(scope="module")
def workers() -> Workers:
    return Workers(Limits(memory=1024 * MEGABYTE))


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("HANG", "timeout", "--time-limit"),
        ("CRASH", "damaged", "exit status"),
        ("DEVOUR", "out_of_memory", "--max-memory"),
    ],
)
def test_a_parser_that_misbehaves_is_stopped_and_the_next_one_works(
    workers: Workers, name: str, code: str, says: str
) -> None:
    if os.name != "posix" and name != "HANG":
        pytest.skip("no signals and no bounds on memory here")
    hints = Hints(limits=Limits(seconds=1.5))
    began = time.monotonic()
    with pytest.raises(DocumentError, match=says) as refusal:
        workers.read(f"{HERE}:{name}", b"", hints)
    assert refusal.value.code == code
    assert time.monotonic() - began < 8
    assert workers.read(f"{HERE}:CHAT", "受灾".encode(), Hints()).text == "受灾"


def test_a_parser_at_work_is_given_time(workers: Workers) -> None:
    workers.read(f"{HERE}:CHAT", b"", Hints())
    assert workers.read(f"{HERE}:WORK", b"", Hints(limits=Limits(seconds=1.5))).text == "done"


def test_one_process_serves_many_documents(workers: Workers) -> None:
    for _ in range(20):
        workers.read(f"{HERE}:CHAT", b"x" * 200_000, Hints())
    assert len(workers._idle) == 1


# Bombs


def overlapping_zip(members: int, size: int) -> bytes:
    """A ZIP archive whose members are all the same packed bytes, as the worst bombs do it."""
    packed = zlib.compress(bytes(size), 9)[2:-4]
    name = b"000.txt"
    local = struct.pack(
        "<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, zlib.crc32(bytes(size)), len(packed), size, len(name), 0
    )
    body = local + name + packed
    central = b"".join(
        struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, zlib.crc32(bytes(size)), len(packed), size, 7, *[0] * 6
        )
        + name
        for _ in range(members)
    )
    return body + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, members, members, len(central), len(body), 0)


ZEROS = bytes(40 * MEGABYTE)


@pytest.mark.parametrize(
    ("archive", "data"),
    [
        ("a.zip", zipped({"zeros.txt": ZEROS, "good.txt": GOOD})),
        ("a.tar.gz", tarred({"good.txt": GOOD, "zeros.txt": ZEROS})),
        ("a.txt.gz", gzip.compress(ZEROS)),
        ("a.txt.bz2", bz2.compress(ZEROS)),
    ],
)
def test_what_grows_beyond_belief_is_not_unpacked(told, archive: str, data: bytes) -> None:
    grouped = told(data, archive)
    refused = [record for records in grouped.values() for record in records if record.kind == "error"]
    assert [record.code for record in refused] == ["too_compressed"]
    assert "--max-ratio" in refused[0].message
    if "good" in str(grouped):
        assert codes(grouped)[f"{archive}!/good.txt"] == "count"


@needs_7z
def test_what_grows_beyond_belief_in_7z(told) -> None:
    data = seven_zipped({"zeros.txt": ZEROS, "good.txt": GOOD})
    assert codes(told(data, "a.7z")) == {"a.7z!/zeros.txt": "too_compressed", "a.7z!/good.txt": "count"}


def test_members_that_share_their_bytes_add_up(told, limited) -> None:
    size = 150_000
    found = codes(told(overlapping_zip(50, size), "a.zip", limited(extracted=MEGABYTE)))
    refused = [code for code in found.values() if code in ("too_large", "damaged")]  # the zipfile module tells, too
    assert refused
    assert (len(found) - len(refused)) * size <= MEGABYTE


@pytest.mark.parametrize(
    ("limits", "code", "option"),
    [
        ({"members": 3}, "too_many", "--max-members"),
        ({"extracted": 100}, "too_large", "--max-extracted"),
    ],
)
@pytest.mark.parametrize("make", [zipped, tarred, pytest.param(seven_zipped, marks=needs_7z)])
def test_limits_of_an_archive(told, limited, make, limits: dict[str, int], code: str, option: str) -> None:
    data = make({f"{number}.txt": GOOD * 3 for number in range(9)})
    grouped = told(data, "a.x", limited(**limits))
    error = grouped["a.x"][-1]
    assert (error.code, len(grouped) <= 4) == (code, True)
    assert option in error.message


@pytest.mark.parametrize("zip64", [False, True])
def test_a_directory_that_would_fill_the_memory_is_not_read(told, limited, zip64: bool) -> None:
    data = zipped({f"{'长' * 80}{number}.txt": b"" for number in range(9)})
    if zip64:
        place = data.rfind(b"PK\5\6")
        size, offset = struct.unpack_from("<2I", data, place + 12)
        record = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, 9, 9, size, offset)
        locator = struct.pack("<4sIQI", b"PK\6\7", 0, place, 1)
        end = data[place : place + 12] + b"\xff" * 8 + data[place + 20 :]
        data = data[:place] + record + locator + end
    assert len(told(data, "a.zip")) == 9
    assert codes(told(data, "a.zip", limited(members=3))) == {"a.zip": "too_many"}


def test_limits_count_what_archives_inside_give(told, limited) -> None:
    inner = zipped({f"{number}.txt": GOOD for number in range(6)})
    found = codes(told(zipped({"a.zip": inner, "b.zip": inner}), "o.zip", limited(members=8)))
    assert list(found.values()).count("too_many") >= 1
    assert len([code for code in found.values() if code == "count"]) <= 8


def test_a_large_member_is_refused_and_the_next_one_read(told, limited) -> None:
    members = {"large.txt": os.urandom(2000), "good.txt": GOOD}
    for make in (zipped, lambda members: tarred(members, "w")):
        found = codes(told(make(members), "a.x", limited(size=1000)))
        assert found["a.x!/large.txt"] == "too_large"
        assert found["a.x!/good.txt"] == "count"


def test_archives_inside_archives_without_end(told) -> None:
    data = GOOD
    name = "x.txt"
    for level in range(6):
        data, name = zipped({name: data}), f"{level}.zip"
    [(path, [error])] = told(data, "a.zip").items()
    assert (error.code, path.count("!/")) == ("too_deep", 3)
    assert "--max-depth" in error.message


# Names


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/etc/x.txt", "etc/x.txt"),
        ("C:\\Windows\\x.txt", "Windows/x.txt"),
        ("a/../../x.txt", "a/x.txt"),
    ],
)
@pytest.mark.parametrize("make", [zipped, tarred])
def test_names_that_lead_out_of_an_archive(told, tmp_path: Path, monkeypatch, make, stated: str, shown: str) -> None:
    monkeypatch.chdir(tmp_path)
    if make is tarred and stated.startswith("/"):
        stated = f"/{stated}"
    assert codes(told(make({stated: GOOD}), "a.x")) == {f"a.x!/{shown}": "count+unsafe_path"}
    assert list(tmp_path.iterdir()) == []


def test_names_with_control_characters(told) -> None:
    assert list(told(zipped({"a\nb\x1b[31m.txt": GOOD}), "a.zip")) == ["a.zip!/a\\nb\\x1b[31m.txt"]


# Passwords


@needs_7z
@pytest.mark.parametrize(
    ("options", "kind"),
    [
        (["-psecret"], "zip"),
        (["-psecret", "-mem=AES256"], "zip"),
        (["-psecret"], "7z"),
        (["-psecret", "-mhe=on"], "7z"),
    ],
)
def test_encrypted_archives(told, options: list[str], kind: str) -> None:
    grouped = told(seven_zipped({"x.txt": GOOD}, *options, kind=kind), "a.x")
    [[error]] = grouped.values()
    assert error.code == "encrypted"
    assert "password" in error.message


def test_encrypted_pdf(told) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = make_pdf(REPORT, encrypt=StandardEncryption("user", "owner"))
    assert codes(told(locked, "a.pdf")) == {"a.pdf": "encrypted"}
    only_owner = make_pdf(REPORT, encrypt=StandardEncryption("", "owner"))
    assert codes(told(only_owner, "a.pdf")) == {"a.pdf": "count+amount"}


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.doc"])
def test_encrypted_office_documents(told, name: str) -> None:
    """Office puts an encrypted document into an old container with streams of these names."""
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    [[error]] = told(container, name).values()
    assert error.code == "encrypted"
    assert "password" in error.message


# XML


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'haha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)


@pytest.mark.parametrize(
    "doctype",
    [
        LAUGHS + "]>",
        "<!DOCTYPE x [<!ENTITY j SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>",
    ],
)
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_entities_are_not_read(told, doctype: str, kind: str) -> None:
    import zipfile

    whole = raw_docx(paragraph("&j;")) if kind == "docx" else make_xlsx(REPORT)
    members = {
        name: zipfile.ZipFile(io.BytesIO(whole)).read(name) for name in zipfile.ZipFile(io.BytesIO(whole)).namelist()
    }
    part = "word/document.xml" if kind == "docx" else "xl/sharedStrings.xml"
    xml = members[part].decode().partition("?>")[2].lstrip()
    members[part] = ('<?xml version="1.0"?>' + doctype + xml.replace("&amp;j;", "&j;").replace("全县", "&j;")).encode()
    [[error]] = told(zipped(members), f"a.{kind}").values()
    assert error.code == "damaged"
    assert "root:" not in error.message


def test_a_document_that_unpacks_to_too_much(told) -> None:
    padding = zipped({"[Content_Types].xml": b"", "word/document.xml": b"<x>" + b" " * 30 * MEGABYTE + b"</x>"})
    assert codes(told(padding, "a.docx")) == {"a.docx": "too_compressed"}


# Broken files


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7\n\0"),
        ("a.pdf", make_pdf(REPORT)[:900]),
        ("a.docx", make_docx(REPORT)[:-900]),
        ("a.docx", zipped({"word/document.xml": b"<w:document"})),
        ("a.xlsx", zipped({"xl/workbook.xml": b"<workbook/>"})),
        ("a.zip", zipped({"x.txt": GOOD})[:-30]),
        ("a.gz", gzip.compress(GOOD * 1000)[:-20]),
        ("a.tar.gz", tarred({"x.exe": os.urandom(5000)})[:2000]),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(100)),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
    ],
)
def test_broken_files(told, name: str, data: bytes) -> None:
    errors = [record for records in told(data, name).values() for record in records if record.kind == "error"]
    assert {error.code for error in errors} & {"damaged", "tool_missing"}
    assert all(len(error.message) > 30 for error in errors)


def test_deep_nesting(told) -> None:
    nested = "<div>" * 5_000 + "受灾12户" + "</div>" * 5_000
    page = f"<html><body>{nested}<p>死亡3人</p></body></html>".encode()
    assert codes(told(page, "a.html")) == {"a.html": "count+count"}
    body = "<w:sdt>" * 3000 + paragraph("受灾12户") + "</w:sdt>" * 3000 + paragraph("死亡3人")
    assert codes(told(raw_docx(body), "a.docx")) == {"a.docx": "damaged"}
