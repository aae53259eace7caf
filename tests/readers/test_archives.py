"""Archives are read through: names, nesting, and what is passed over or refused in them."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile

import pytest

from tests.readers.makers import make_docx, seven_zipped, zipped
from tests.readers.marks import needs_7z

GOOD = "受灾12户".encode()


def tarred(members: dict[str, bytes], mode: str = "w:gz", encoding: str = "utf-8") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, format=tarfile.GNU_FORMAT, encoding=encoding) as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def codes(grouped) -> dict[str, str]:
    """The error code, or the kind of what was found, of each path."""
    return {
        path: "+".join(getattr(record, "code", record.kind) for record in records if record.kind != "document")
        for path, records in grouped.items()
    }


MEMBERS = {"甲/报告.txt": GOOD, "b.docx": make_docx("死亡3人"), "表.csv": "受灾12户,是".encode(), "c.exe": b"MZ"}
FOUND = {"甲/报告.txt": "count", "b.docx": "count", "表.csv": "count", "c.exe": "unsupported_type"}


def at(archive: str) -> dict[str, str]:
    return {f"{archive}!/{name}": found for name, found in FOUND.items()}


@pytest.mark.parametrize(
    ("archive", "make"),
    [
        ("a.zip", zipped),
        ("a.tar", lambda members: tarred(members, "w")),
        ("a.tar.gz", tarred),
        ("a.tgz", tarred),
        ("a.tar.bz2", lambda members: tarred(members, "w:bz2")),
        ("a.tar.xz", lambda members: tarred(members, "w:xz")),
        pytest.param("a.7z", seven_zipped, marks=needs_7z),
        pytest.param("b.zip", lambda members: seven_zipped(members, kind="zip"), marks=needs_7z),
    ],
)
def test_archives(told, archive: str, make) -> None:
    assert codes(told(make(MEMBERS), archive)) == at(archive)


def test_what_a_file_holds_tells_that_it_is_an_archive(told) -> None:
    assert codes(told(zipped(MEMBERS), "a.txt")) == at("a.txt")
    assert codes(told(tarred(MEMBERS), "a.dat")) == at("a.dat")


def test_a_single_file_in_gzip(told) -> None:
    assert codes(told(gzip.compress(GOOD), "b/报告.txt.gz")) == {"b/报告.txt.gz!/报告.txt": "count"}
    assert codes(told(gzip.compress(GOOD), "报告.gz")) == {"报告.gz!/报告": "count"}


def test_archives_in_archives(told) -> None:
    inner = tarred({"x.txt": GOOD})
    assert codes(told(zipped({"b.tar.gz": inner, "c.txt": GOOD}), "a.zip")) == {
        "a.zip!/b.tar.gz!/x.txt": "count",
        "a.zip!/c.txt": "count",
    }


@needs_7z
def test_workers_inside_workers(told) -> None:
    """A 7-Zip archive is unpacked by one worker while others read what is in it."""
    inner = seven_zipped({"x.docx": make_docx("死亡3人"), "y.txt": GOOD})
    outer = seven_zipped({"a.7z": inner, "b.docx": make_docx("死亡3人")})
    assert codes(told(outer, "o.7z")) == {
        "o.7z!/a.7z!/x.docx": "count",
        "o.7z!/a.7z!/y.txt": "count",
        "o.7z!/b.docx": "count",
    }


def with_raw_name(name: bytes) -> bytes:
    """A ZIP archive with one member whose name is these bytes, as old programs write them."""
    placeholder = "n" * len(name)
    return zipped({placeholder: GOOD}).replace(placeholder.encode(), name)


@pytest.mark.parametrize("name", ["民政局/一九九八年报告.txt", "二〇一一年工作总结.txt", "昞琛/乗乣.txt"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_zips_of_old_programs(told, name: str, encoding: str) -> None:
    assert list(told(with_raw_name(name.encode(encoding)), "a.zip")) == [f"a.zip!/{name}"]


def test_names_with_backslashes(told) -> None:
    assert list(told(with_raw_name("民政\\报告.txt".encode("gbk")), "a.zip")) == ["a.zip!/民政/报告.txt"]


def test_names_in_tars_of_old_programs(told) -> None:
    assert list(told(tarred({"民政局/报告.txt": GOOD}, encoding="gbk"), "a.tar.gz")) == ["a.tar.gz!/民政局/报告.txt"]


def test_several_members_of_one_name_keep_apart(told) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("x.txt", GOOD)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("x.txt", GOOD)
    assert codes(told(made.getvalue(), "a.zip")) == {"a.zip!/x.txt": "count", "a.zip!/x.txt#2": "count"}


def test_hidden_members_are_passed_over(told) -> None:
    members = {"__MACOSX/._x.txt": b"\0", ".DS_Store": b"\0", "a/.git/x.txt": b"x", "x.txt": GOOD}
    assert codes(told(zipped(members), "a.zip")) == {"a.zip!/x.txt": "count"}


def test_an_archive_of_nothing_is_told(told) -> None:
    assert codes(told(zipped({}), "a.zip")) == {"a.zip": "empty_archive"}
    assert codes(told(zipped({".hidden": b""}), "b.zip")) == {"b.zip": "empty_archive"}
