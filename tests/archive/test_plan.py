import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.archive.documents import File, Refused, from_json, to_json
from extractor.archive.folder import LocalFolder
from extractor.archive.plan import Shard, in_pieces, shards, size_of
from extractor.archive.plan_file import lines, totals, write
from extractor.readers.opening import Opener
from extractor.readers.source import DEFAULT_LIMITS, Limits

FULL = 10_000
DOCUMENT_COST = 1024


def file(name: str, size: int, stamp: str = "1") -> File:
    return File(Path("/archive") / name, name, size, stamp)


@given(st.lists(st.integers(0, 3 * FULL), max_size=60))
def test_all_documents_are_in_shards_in_order_and_no_shard_is_over_full(sizes: list[int]) -> None:
    documents = [file(f"{number}.txt", size) for number, size in enumerate(sizes)]
    made = list(shards(documents, FULL))
    assert [document for shard in made for document in shard.documents] == documents
    assert [shard.number for shard in made] == list(range(len(made)))
    for shard in made:
        assert len(shard.documents) == 1 or shard.bytes + DOCUMENT_COST * len(shard.documents) <= FULL


def test_a_large_document_has_a_shard_to_itself() -> None:
    made = list(shards([file("a", 10), file("big", 2 * FULL), file("b", 10)], FULL))
    assert [[document.name for document in shard.documents] for shard in made] == [["a"], ["big"], ["b"]]


def test_a_document_that_is_added_changes_few_shards() -> None:
    documents = [file(f"{number:04d}.txt", 400) for number in range(2000)]
    before = {shard.key for shard in shards(documents, FULL)}
    documents.insert(700, file("0699a.txt", 400))
    after = {shard.key for shard in shards(documents, FULL)}
    assert len(before) > 200
    assert len(after - before) <= 3


@pytest.mark.parametrize("changed", [file("a", 11), file("a", 10, "2"), file("b", 10)])
def test_the_key_of_a_shard_tells_a_changed_document(changed: File) -> None:
    assert Shard(0, (file("a", 10),)).key != Shard(0, (changed,)).key


def test_the_key_does_not_tell_where_the_archive_lies_nor_the_place_in_the_plan() -> None:
    moved = File(Path("/elsewhere/a"), "a", 10, "1")
    assert Shard(0, (file("a", 10),)).key == Shard(7, (moved,)).key


def test_the_same_documents_named_twice_make_two_shards() -> None:
    made = list(shards([file("a", FULL), file("a", FULL)], FULL))
    assert len({shard.key for shard in made}) == 2


@pytest.mark.parametrize(
    "document",
    [file("a", 10), File(Path("/x/a.zip"), "a.zip", 5, "9", (3, 7)), Refused("x.exe", "unsupported_type", "no")],
)
def test_a_document_goes_through_json(document: File | Refused) -> None:
    assert from_json(to_json(document)) == document


def test_a_plan_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    documents = [file(f"{number}\udcd4.txt", 3000) for number in range(20)]
    made = list(shards(documents, FULL))
    told = write(LocalFolder(tmp_path), made, "inputs")
    assert totals(LocalFolder(tmp_path)) == told
    assert (told.shards, told.documents, told.bytes) == (len(made), 20, 60_000)
    read = list(lines(LocalFolder(tmp_path)))
    assert [line.shard() for line in read] == made
    assert [line.key for line in read] == [shard.key for shard in made]


@pytest.fixture
def zipped(tmp_path: Path) -> File:
    """An archive of ten reports, two of the same name, hidden and foreign files between them."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10):
            archive.writestr(f"{number % 9}.txt", f"投入{number}万元。" * 200)
            archive.writestr(f".{number}.txt", "hidden")
        archive.writestr("x.exe", "MZ")
    return File(path, "a.zip", path.stat().st_size, "1")


def members(zipped: File, pieces: list[File]) -> list[tuple[str, bytes | None]]:
    opener = Opener()
    found = []
    for piece in pieces:
        with piece.open() as stream:
            found += [(one.name, one.data) for one in opener.documents(stream, piece.name, piece.part)]
    return found


def test_a_large_archive_is_cut_and_its_pieces_give_what_it_gives(zipped: File) -> None:
    pieces = [piece for piece in in_pieces([zipped], FULL, DEFAULT_LIMITS, lines=False) if isinstance(piece, File)]
    assert [piece.part for piece in pieces] == [(0, 3), (3, 6), (6, 9), (9, 11)]
    assert sum(size_of(piece) for piece in pieces) == sum(len(data or b"MZ") for _, data in members(zipped, [zipped]))
    assert members(zipped, pieces) == members(zipped, [zipped])


@pytest.mark.parametrize(
    ("name", "limits"),
    [("small archive", DEFAULT_LIMITS), ("many members", Limits(members=5)), ("much inside", Limits(extracted=1000))],
)
def test_archives_that_are_small_or_over_a_limit_stay_whole(zipped: File, name: str, limits: Limits) -> None:
    full = 10 * FULL if name == "small archive" else FULL
    assert list(in_pieces([zipped], full, limits, lines=False)) == [zipped]


def test_what_only_calls_itself_an_archive_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(FULL))
    broken = File(path, "a.zip", FULL, "1")
    assert list(in_pieces([broken], FULL, DEFAULT_LIMITS, lines=False)) == [broken]


def test_a_file_of_lines_is_cut_by_bytes_only_where_it_holds_texts() -> None:
    document = file("a.jsonl", 25_000)
    [whole] = in_pieces([file("a.txt", 25_000)], 30_000, DEFAULT_LIMITS, lines=True)
    assert size_of(whole) == 25_000
    pieces = list(in_pieces([document], FULL, DEFAULT_LIMITS, lines=True))
    assert [piece.part for piece in pieces if isinstance(piece, File)] == [
        (0, 10_000),
        (10_000, 20_000),
        (20_000, 25_000),
    ]


def test_bytes_of_an_archive_in_memory() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "受灾3户")
    [one] = Opener().documents(held, "a.zip", (0, 1))
    assert (one.name, one.data) == ("a.zip!/a.txt", "受灾3户".encode())
