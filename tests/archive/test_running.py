import contextlib
import io
import json
import os
from pathlib import Path

import pytest

from extractor.archive.documents import File, Refused, Stream
from extractor.archive.folder import LocalFolder
from extractor.archive.run import run
from extractor.archive.sinks import JsonLines, json_lines_file
from extractor.archive.walk import walk
from extractor.errors import ExtractorError, OutputError
from extractor.pipeline import Extractor
from extractor.readers.opening import Opener
from extractor.readers.source import Limits
from extractor.records import AnyRecord


class Kept:
    """A sink that keeps what it is given."""

    def __init__(self) -> None:
        self.records: list[AnyRecord] = []

    def write(self, records) -> None:
        self.records.extend(records)


class Faulty:
    """A reader with a fault that one document brings out."""

    def __init__(self, reader: Extractor) -> None:
        self._reader = reader

    def extract_bytes(self, data: bytes, *, path: str) -> list[AnyRecord]:
        if path == "b.txt":
            raise ZeroDivisionError("division by zero")
        return self._reader.extract_bytes(data, path=path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("投入资金505万元。", encoding="utf-8")
    return tmp_path


def test_every_document_gives_its_records(folder: Path, figures_only: Extractor) -> None:
    sink, ticks = Kept(), iter([10.0, 12.5])
    summary = run(figures_only, walk([folder]), sink, clock=lambda: next(ticks))
    assert [record.kind for record in sink.records] == ["document", "amount"] * 3
    assert (summary.documents, summary.failed, summary.bytes, summary.seconds) == (3, 0, 72, 2.5)
    assert summary.records == {"document": 3, "amount": 3}


def test_a_fault_of_ours_harms_no_other_document(folder: Path, figures_only: Extractor) -> None:
    sink = Kept()
    summary = run(Faulty(figures_only), walk([folder]), sink)
    [error] = [record for record in sink.records if record.kind == "error"]
    assert (error.path, error.code) == ("b.txt", "internal")
    assert "ZeroDivisionError: division by zero" in error.message
    assert "report" in error.message
    assert summary.records == {"document": 2, "amount": 2, "error": 1}
    assert (summary.failed, summary.errors) == (1, {"internal": 1})


def test_a_document_over_the_limit_is_refused(folder: Path, figures_only: Extractor) -> None:
    (folder / "b.txt").write_text("受灾12户。" * 100, encoding="utf-8")
    sink = Kept()
    run(figures_only, walk([folder]), sink, opener=Opener(Limits(size=100)))
    assert [record.code for record in sink.records if record.kind == "error"] == ["too_large"]


def test_unreadable_and_vanished_files(folder: Path, figures_only: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_) -> None:
        raise PermissionError(13, "Permission denied")

    sink = Kept()
    documents = [Refused("x.pdf", "unsupported_type", "no"), File(folder / "gone.txt", "gone.txt")]
    run(figures_only, documents, sink)
    monkeypatch.setattr(File, "open", refuse)
    run(figures_only, [File(folder / "a.txt", "a.txt")], sink)
    assert [record.code for record in sink.records] == ["unsupported_type", "missing", "unreadable"]
    assert "permission denied" in sink.records[-1].message


def test_really_unreadable_file(folder: Path, figures_only: Extractor) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (folder / "b.txt").chmod(0)
    sink = Kept()
    run(figures_only, walk([folder]), sink)
    assert [record.code for record in sink.records if record.kind == "error"] == ["unreadable"]


def test_the_same_bytes_at_the_same_path_have_the_same_id(
    folder: Path, figures_only: Extractor, tmp_path: Path
) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    run(figures_only, walk([folder]), JsonLines(first))
    moved = folder.rename(tmp_path.with_name("moved"))
    run(figures_only, walk([moved]), JsonLines(second))
    assert first.getvalue() == second.getvalue()


def test_a_stream_is_a_document(figures_only: Extractor) -> None:
    sink = Kept()
    run(figures_only, [Stream(io.BytesIO("受灾12户".encode("gb18030")))], sink)
    assert (sink.records[0].path, sink.records[0].encoding) == ("-", "gb18030")


def test_a_failing_sink_ends_the_run(folder: Path, figures_only: Extractor) -> None:
    class Closed:
        def write(self, records) -> None:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        run(figures_only, walk([folder]), Closed())


def test_lines_are_json_in_utf8(figures_only: Extractor) -> None:
    stream = io.BytesIO()
    JsonLines(stream).write(figures_only.extract_text("投入资金505万元。"))
    lines = stream.getvalue().decode().splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["document", "amount"]
    assert "万元" in lines[1]


def test_a_file_appears_when_it_is_whole(tmp_path: Path, figures_only: Extractor) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with json_lines_file(target) as sink:
        sink.write(figures_only.extract_text("受灾12户"))
        assert target.read_text() == "old"
    assert target.read_text().startswith("{")
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_run_cut_short_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt), json_lines_file(target):
        raise KeyboardInterrupt
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_device_is_written_to_and_a_link_stays(tmp_path: Path) -> None:
    with json_lines_file(Path(os.devnull)):
        pass
    assert not Path(os.devnull).is_file()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    with json_lines_file(link):
        pass
    assert link.is_symlink()
    assert (tmp_path / "real").is_file()


def test_a_place_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(ExtractorError, match=r"can't write .*no such file or directory"),
        json_lines_file(tmp_path / "no" / "such" / "x"),
    ):
        pass


@pytest.mark.parametrize(("refusals", "kept"), [(2, b"new"), (9, b"old")])
def test_a_file_that_windows_holds_for_a_moment(
    refusals: int, kept: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.archive.whole._WAITS", (0.0, 0.0, 0.0))
    taking, target, left = Path.replace, tmp_path / "run.json", [refusals]

    def refused(self: Path, other: Path) -> Path:
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(13, "Access is denied")
        return taking(self, other)

    monkeypatch.setattr(Path, "replace", refused)
    target.write_bytes(b"old")
    with contextlib.suppress(OutputError), LocalFolder(tmp_path).new("run.json") as stream:
        stream.write(b"new")
    assert target.read_bytes() == kept
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]
