"""A batch gives the same bytes however it is done, and does only what is missing."""

import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.archive import marker
from extractor.archive.batch import Report, Share, finish
from extractor.archive.documents import File
from extractor.archive.folder import LocalFolder
from extractor.archive.output import record_lines
from extractor.archive.run import run
from extractor.archive.settings import Settings
from extractor.archive.sinks import JsonLines
from extractor.archive.status import status
from extractor.archive.walk import walk
from extractor.errors import ExtractorError

Batch = Callable[..., Report]


@pytest.fixture
def undisturbed(archive: Path, tmp_path: Path, batch: Batch, digest_of) -> str:
    """The digest of what the archive gives."""
    batch(archive, tmp_path / "undisturbed")
    return digest_of(tmp_path / "undisturbed")


def test_one_or_more_workers_give_the_same_as_a_run_into_one_file(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings
) -> None:
    with (tmp_path / "one.jsonl").open("wb") as stream:
        run(settings.extractor(), walk([archive]), JsonLines(stream))
    expected = (tmp_path / "one.jsonl").read_bytes()
    digests = set()
    for workers in (0, 1, 2, 8):
        output = tmp_path / str(workers)
        report = batch(archive, output, workers=workers)
        assert b"".join(record_lines(LocalFolder(output))) == expected
        assert report.merged.shards > 2
        digests.add(report.merged.digest)
    assert len(digests) == 1


def test_a_second_run_does_nothing(archive: Path, tmp_path: Path, batch: Batch, digest_of) -> None:
    first = batch(archive, tmp_path / "out")
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "out" / "records").iterdir()}
    second = batch(archive, tmp_path / "out")
    assert (first.resumed, second.resumed) == (0, first.merged.shards)
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "out" / "records").iterdir()} == before
    assert second.merged == first.merged


def test_what_was_added_changed_or_taken_away_is_all_that_is_done_anew(
    archive: Path, tmp_path: Path, batch: Batch, digest_of
) -> None:
    output = tmp_path / "out"
    first = batch(archive, output)
    (archive / "1989.txt").write_text("投入资金8万元。", encoding="utf-8")
    (archive / "1991" / "023.txt").unlink()
    report = batch(archive, output)
    assert 0 < report.resumed < first.merged.shards
    batch(archive, tmp_path / "anew")
    assert digest_of(output) == digest_of(tmp_path / "anew")
    assert sorted(file.name for file in (output / "records").iterdir()) == sorted(
        file.name for file in (tmp_path / "anew" / "records").iterdir()
    )
    assert marker.keys(LocalFolder(output)) == marker.keys(LocalFolder(tmp_path / "anew"))


def test_a_shard_with_a_new_number_that_is_done_again_leaves_no_old_records(
    archive: Path, tmp_path: Path, batch: Batch, digest_of
) -> None:
    output = tmp_path / "out"
    batch(archive, output)
    last = sorted((output / "records").iterdir())[-1]
    marker.remove(LocalFolder(output), last.name.partition("-")[2].partition(".")[0])
    last.write_bytes(last.read_bytes().replace("万元".encode(), b"      "))  # whatever it was, it no longer counts
    (archive / "1989.txt").write_text("投入资金8万元。" * 200, encoding="utf-8")  # a shard more before it
    batch(archive, output)
    batch(archive, tmp_path / "anew")
    assert digest_of(output) == digest_of(tmp_path / "anew")


@pytest.mark.parametrize("harm", ["no records", "short records", "no marker", "broken marker", "marker of others"])
def test_a_shard_that_is_not_whole_is_done_again(
    harm: str, archive: Path, tmp_path: Path, batch: Batch, undisturbed: str, digest_of
) -> None:
    output = tmp_path / "out"
    report = batch(archive, output)
    records = sorted((output / "records").iterdir())[1]
    done = output / "state" / "done" / f"{records.name.partition('-')[2].partition('.')[0]}.json"
    if harm == "no records":
        records.unlink()
    elif harm == "short records":
        records.write_bytes(records.read_bytes()[:-10])
    elif harm == "no marker":
        done.unlink()
    elif harm == "broken marker":
        done.write_text(done.read_text()[:40])
    else:
        done.write_text(json.dumps({**json.loads(done.read_text()), "settings": "other"}))
    assert batch(archive, output).resumed == report.merged.shards - 1
    assert digest_of(output) == undisturbed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kinds": ("count",)}, "kinds: amount then, count now"),
        ({"version": "9.9"}, "version: .* then, 9.9 now"),
        ({"patterns_digest": "x"}, "patterns digest: .* then, x now"),
    ],
)
def test_other_settings_are_refused_and_not_mixed_in(
    change: dict[str, object], words: str, archive: Path, tmp_path: Path, batch: Batch, settings: Settings, digest_of
) -> None:
    batch(archive, tmp_path / "out")
    before = digest_of(tmp_path / "out")
    with pytest.raises(ExtractorError, match=words) as told:
        batch(archive, tmp_path / "out", settings=replace(settings, **change))
    assert "--fresh" in str(told.value)
    assert digest_of(tmp_path / "out") == before


def test_equal_settings_have_equal_digests(settings: Settings) -> None:
    same = replace(settings, document_seconds=600.0, limits=replace(settings.limits, seconds=60.0, ratio=200.0))
    assert same == settings
    assert same.digest == settings.digest != replace(settings, document_seconds=600.5).digest


def test_fresh_starts_over(archive: Path, tmp_path: Path, batch: Batch, settings: Settings, digest_of) -> None:
    other = replace(settings, kinds=("count",))
    batch(archive, tmp_path / "out")
    assert batch(archive, tmp_path / "out", settings=other, fresh=True).resumed == 0
    batch(archive, tmp_path / "anew", settings=other)
    assert digest_of(tmp_path / "out") == digest_of(tmp_path / "anew")


def test_other_inputs_are_refused(archive: Path, tmp_path: Path, batch: Batch) -> None:
    batch(archive, tmp_path / "out")
    with pytest.raises(ExtractorError, match=r"inputs: .*archive.* then, .*1990.* now"):
        batch(archive / "1990", tmp_path / "out")


def test_a_folder_with_files_of_others_is_not_written_to(archive: Path, tmp_path: Path, batch: Batch) -> None:
    (tmp_path / "theirs" / "records").mkdir(parents=True)
    for fresh in (False, True):
        with pytest.raises(ExtractorError, match="is no output of a batch, and not empty: it holds records"):
            batch(archive, tmp_path / "theirs", fresh=fresh)


def test_shares_come_to_the_same(archive: Path, tmp_path: Path, batch: Batch, undisturbed: str, digest_of) -> None:
    output = tmp_path / "out"
    batch(archive, output, share=Share(2, 2))
    halfway = finish(LocalFolder(output))
    assert halfway.missing == [number for number in range(halfway.shards + len(halfway.missing)) if number % 2 == 0]
    assert status(LocalFolder(output)).state == "incomplete"
    batch(archive, output, share=Share(1, 2))
    assert status(LocalFolder(output)).state == "unmerged"
    assert finish(LocalFolder(output)).missing == []
    assert digest_of(output) == undisturbed
    assert status(LocalFolder(output)).state == "finished"


def test_packed_records_hold_the_same(archive: Path, tmp_path: Path, batch: Batch, settings: Settings) -> None:
    plain = batch(archive, tmp_path / "none").merged.digest
    for pack in ("gz", "zst"):
        report = batch(archive, tmp_path / pack, settings=replace(settings, pack=pack))
        assert report.merged.digest == plain
        assert b"".join(record_lines(LocalFolder(tmp_path / pack))) == b"".join(
            record_lines(LocalFolder(tmp_path / "none"))
        )


def test_the_members_of_a_large_zip_are_shared_out(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, records_in
) -> None:
    zipped = tmp_path / "zips" / "a.zip"
    zipped.parent.mkdir()
    with zipfile.ZipFile(zipped, "w") as made:
        for file in sorted(archive.rglob("*.txt")):
            made.write(file, file.relative_to(archive).as_posix())
        made.writestr("filler.txt", "无" * 3000)
    report = batch(zipped.parent, tmp_path / "out", workers=2)
    assert report.merged.shards > 2
    whole = settings.extractor().extract_file(zipped, name="a.zip")
    assert [record["id"] for record in records_in(tmp_path / "out")] == [record.id for record in whole]


@pytest.mark.parametrize("pack", ["gz", "zst"])
def test_records_that_are_damaged_are_told_as_such(
    pack: str, archive: Path, tmp_path: Path, batch: Batch, settings: Settings
) -> None:
    batch(archive, tmp_path / "out", settings=replace(settings, pack=pack))
    file = min((tmp_path / "out" / "records").iterdir())
    file.write_bytes(file.read_bytes()[:-40] + bytes(40))
    with pytest.raises(ExtractorError, match=rf"{file.name} can't be read .*check that it is whole"):
        list(record_lines(LocalFolder(tmp_path / "out")))


def test_a_large_file_of_lines_is_shared_out(tmp_path: Path, batch: Batch, settings: Settings, records_in) -> None:
    of_lines = replace(settings, text_field="text", id_field="id")
    folder = tmp_path / "lines"
    folder.mkdir()
    told = [{"id": f"第{number}份", "text": f"投入资金{number}万元。"} for number in range(300)]
    (folder / "a.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in told), encoding="utf-8")
    report = batch(folder, tmp_path / "out", settings=of_lines, documents=lambda: walk([folder], also={".jsonl"}))
    assert report.merged.shards > 3
    assert [one["path"] for one in records_in(tmp_path / "out") if one["kind"] == "document"] == [
        f"a.jsonl!/第{number}份" for number in range(300)
    ]


def test_run_json_tells_how_it_was_made(archive: Path, tmp_path: Path, batch: Batch, settings: Settings) -> None:
    (archive / "x.exe").write_bytes(b"MZ")
    report = batch(archive, tmp_path / "out")
    told = json.loads((tmp_path / "out" / "run.json").read_text())
    assert told["state"] == "finished"
    assert told["inputs"] == [str(archive)]
    assert Settings.from_json(told["settings"]) == settings
    assert told["versions"]["python"]
    assert told["digest"] == report.merged.digest
    assert told["summary"]["records"] == {"amount": 24, "document": 24, "error": 1}
    assert told["summary"]["statuses"] == {"ok": 24}
    [error] = (tmp_path / "out" / "errors.jsonl").read_text().splitlines()
    assert json.loads(error)["path"] == "x.exe"


def test_a_file_that_vanishes_between_plan_and_reading(
    archive: Path, tmp_path: Path, batch: Batch, settings: Settings, digest_of, records_in
) -> None:
    output = tmp_path / "out"
    batch(archive, output, plan_only=True)
    (archive / "1990" / "003.txt").unlink()
    report = batch(archive, output, share=Share(1, 1))  # by the plan that is there
    assert report.merged.summary.errors == {"missing": 1}
    finish(LocalFolder(output))
    assert [record["path"] for record in records_in(output) if record["kind"] == "error"] == ["1990/003.txt"]
    assert batch(archive, output).merged.summary.errors == {}
    batch(archive, tmp_path / "undisturbed")
    assert digest_of(output) == digest_of(tmp_path / "undisturbed")


def test_a_link_that_leads_nowhere_holds_up_no_rerun(archive: Path, tmp_path: Path, batch: Batch) -> None:
    (archive / "link.txt").symlink_to(archive / "gone.txt")
    first = batch(archive, tmp_path / "out")
    assert (first.merged.summary.errors, first.merged.unsettled) == ({"missing": 1}, 0)
    assert batch(archive, tmp_path / "out").resumed == first.merged.shards
    (archive / "gone.txt").write_text("投入资金8万元。", encoding="utf-8")
    assert batch(archive, tmp_path / "out").merged.summary.errors == {}


def test_what_could_not_be_read_is_tried_by_the_next_run(
    archive: Path, tmp_path: Path, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = File.open

    def refuse(self: File):
        if self.name == "1990/003.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self)

    monkeypatch.setattr(File, "open", refuse)
    first = batch(archive, tmp_path / "out")
    assert (first.merged.summary.errors, first.merged.unsettled) == ({"unreadable": 1}, 1)
    monkeypatch.undo()
    second = batch(archive, tmp_path / "out")
    assert (second.merged.summary.errors, second.resumed) == ({}, first.merged.shards - 1)


def test_a_file_that_changed_between_plan_and_reading_is_read_again(
    archive: Path, tmp_path: Path, batch: Batch, digest_of
) -> None:
    output, file = tmp_path / "out", archive / "1990" / "003.txt"
    before, stamp = file.read_bytes(), file.stat()
    batch(archive, output, plan_only=True)
    file.write_text("投入资金999万元。", encoding="utf-8")
    batch(archive, output, share=Share(1, 1))
    file.write_bytes(before)  # as if nothing had been: the plan can't tell, but the shard's marker does
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert finish(LocalFolder(output)).unsettled == 1
    batch(archive, output)
    batch(archive, tmp_path / "undisturbed")
    assert digest_of(output) == digest_of(tmp_path / "undisturbed")
