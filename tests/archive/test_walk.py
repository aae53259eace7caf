import os
from pathlib import Path

import pytest

from extractor.archive.documents import File, Refused, printable
from extractor.archive.walk import walk
from extractor.readers.registry import suffix


def names(*paths: Path, **options) -> list[str]:
    return [document.name for document in walk(paths, **options)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "sub/c.TEXT", "sub/无后缀", ".hidden.txt", ".git/config", "总结2011.12"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("受灾12户", encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_in_order_of_names_without_hidden_files(folder: Path) -> None:
    assert names(folder) == ["a.md", "b.txt", "sub/c.TEXT", "sub/无后缀", "总结2011.12"]


def test_names_are_the_same_wherever_the_folder_lies(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    absolute = names(folder)
    monkeypatch.chdir(folder.parent)
    assert names(Path(folder.name)) == absolute
    monkeypatch.chdir(folder)
    assert names(Path()) == absolute


def test_files_are_found_from_anywhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    first = next(iter(walk([Path("sub")])))
    monkeypatch.chdir(folder.parent)
    assert isinstance(first, File)
    with first.open() as stream:
        assert stream.read()


def test_several_folders_keep_their_own_names_apart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "other").mkdir()
    (folder / "other" / "c.TEXT").write_text("x")
    assert names(Path("other"), Path("sub"), Path("b.txt")) == ["other/c.TEXT", "sub/c.TEXT", "sub/无后缀", "b.txt"]


def test_other_types_are_refused_in_a_folder_and_read_by_name(folder: Path) -> None:
    (folder / "a.exe").write_bytes(b"MZ")
    refused = [document for document in walk([folder]) if isinstance(document, Refused)]
    assert [(one.name, one.code) for one in refused] == [("a.exe", "unsupported_type")]
    assert "save it as one of" in refused[0].message
    [file] = walk([folder / "a.exe"])
    assert isinstance(file, File)
    assert (file.path, file.name, file.size) == (folder / "a.exe", (folder / "a.exe").as_posix(), 2)


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    [refused] = walk([tmp_path / "gone"])
    assert isinstance(refused, Refused)
    assert refused.code == "missing"


def test_links_back_to_a_folder_above_end_there(folder: Path) -> None:
    (folder / "sub" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "sub" / "self").symlink_to(folder / "sub", target_is_directory=True)
    assert names(folder) == ["a.md", "b.txt", "sub/c.TEXT", "sub/无后缀", "总结2011.12"]


def test_a_pipe_in_a_folder_is_refused_unopened(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names on this system")
    os.mkfifo(tmp_path / "pipe")
    [refused] = walk([tmp_path])
    assert isinstance(refused, Refused)
    assert refused.code == "unsupported_type"


def test_an_unreadable_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "open.txt").write_text("x")
    listing = os.scandir

    def scandir(path: Path):
        if path.name == "locked":
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    refused, read = walk([tmp_path])
    assert isinstance(refused, Refused)
    assert (refused.name, refused.code) == ("locked/", "unreadable")
    assert read.name == "open.txt"


def test_the_output_of_an_earlier_run_is_left_out(folder: Path) -> None:
    assert "b.txt" not in names(folder, skip=[folder / "b.txt"])


@pytest.mark.parametrize(
    ("name", "ending"),
    [("报告.TXT", ".txt"), ("总结2011.12", ""), ("备份.7z", ".7z"), ("a.tar.gz", ".gz"), ("无", ""), ("第1.2节", "")],
)
def test_suffix(name: str, ending: str) -> None:
    assert suffix(name) == ending


def test_names_that_are_no_utf8_can_be_stated() -> None:
    assert printable(os.fsdecode(b"1998/\xd4\xd6.txt")) == r"1998/\xd4\xd6.txt"
