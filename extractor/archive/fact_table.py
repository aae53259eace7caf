"""Facts as rows: one amount or count a row, with what its document says of itself. What a regression starts from."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from extractor.records import Amount, AnyRecord, Check, Count, Document, Figure

Row = dict[str, Any]
"""Column → ``str``, ``int``, ``Decimal``, ``bool``, a list of texts, or None."""


class Column(NamedTuple):
    """A column of the table and what it says."""

    name: str
    meaning: str


_OF_THE_FACT = (
    "indicator",
    "measure",
    "status",
    "object",
    "role",
    "payer",
    "per",
    "currency",
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "place",
    "row_heading",
    "column_heading",
    "part_of",
)
"""Fields that come first and in this order; those that the models hold besides follow by themselves."""
_LAST = ("page", "cell", "start", "end", "raw", "sentence", "rule", "flags")
_LEFT_OUT = frozenset({"kind", "doc_id", "id", "text", "date", "reasons"})

_OF_THE_DOCUMENT = (
    Column("path", "Path of the document inside the archive."),
    Column("doc_id", "Its id: the same for the same bytes at the same path."),
    Column("title", "标题, from its first lines."),
    Column("issuer", "发文机关."),
    Column("issued", "成文日期."),
    Column("division_code", "GB/T 2260 code of the place that it is about."),
    Column("division_name", "Full name of that division in the document's year."),
    Column("id", "Id of the record: it finds the fact in the JSON Lines."),
    Column("kind", "`amount` or `count`."),
    Column("date", "The fact's own date or stretch of time; empty where only its document has one."),
    Column("year", "Year of that date, else of the document."),
    Column("year_of", "Whose year that is: `fact` or `document`."),
)
_ADDED = (
    Column("guessed", "Its fields that are a guess, as `date`; the JSON Lines say why (`reasons`)."),
    Column("failed_checks", "Names of the checks that it failed, as `sum_of_parts`."),
)


def columns() -> tuple[Column, ...]:
    """All columns, in their order."""
    fields = {name: field for model in (Amount, Count) for name, field in model.model_fields.items()}
    middle = [name for name in fields if name not in {*_OF_THE_FACT, *_LAST, *_LEFT_OUT}]
    told = [Column(name, fields[name].description or "") for name in (*_OF_THE_FACT, *middle, *_LAST)]
    return (*_OF_THE_DOCUMENT, *told, *_ADDED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facts become rows; an empty choice takes all."""

    kinds: Collection[str] = ()
    fields: Mapping[str, Collection[str]] | None = None
    """For a field the values that are taken: ``{"role": {"loss"}}``."""
    division: str = ""
    """What the document's division code begins with."""
    years: tuple[int, int] | None = None
    """First and last year."""
    parts: bool = True
    """Whether parts of a total are taken as well; their sum is in the total."""
    copies: bool = True
    """Whether documents are taken whose bytes were those of one before; to know it takes some 100 bytes a document."""

    def takes(self, row: Row) -> bool:
        """Whether a row is wanted."""
        if (self.kinds and row["kind"] not in self.kinds) or (not self.parts and row["part_of"]):
            return False
        if any(row[field] not in values for field, values in (self.fields or {}).items() if values):
            return False
        if self.division and not (row["division_code"] or "").startswith(self.division):
            return False
        return self.years is None or (row["year"] is not None and self.years[0] <= row["year"] <= self.years[1])


def fact_rows(records: Iterable[AnyRecord], wanted: Wanted = Wanted()) -> Iterator[Row]:
    """A row for each fact among ``records``, which stand document by document, as they were written.

    No more than the records of one document are held at a time.
    """
    seen: set[bytes] = set()
    for of_document in _by_document(records):
        if wanted.copies or not _is_copy(of_document[0], seen):
            yield from filter(wanted.takes, _rows(of_document))


def _is_copy(first: AnyRecord, seen: set[bytes]) -> bool:
    """Whether a document that begins with ``first`` has the bytes of one ``seen``, among which it will be."""
    if not isinstance(first, Document):
        return False
    digest = bytes.fromhex(first.sha256)[:16]
    if digest in seen:
        return True
    seen.add(digest)
    return False


def _by_document(records: Iterable[AnyRecord]) -> Iterator[list[AnyRecord]]:
    group: list[AnyRecord] = []
    for record in records:
        if group and group[0].doc_id != record.doc_id:
            yield group
            group = []
        group.append(record)
    if group:
        yield group


def _rows(records: Sequence[AnyRecord]) -> Iterator[Row]:
    document = next((record for record in records if isinstance(record, Document)), None)
    names = [column.name for column in columns()]
    head = _head(document)
    failed: dict[str, list[str]] = {}
    for record in records:
        if isinstance(record, Check) and not record.passed:
            for fact in record.records:
                failed.setdefault(fact, []).append(record.name)
    for record in records:
        if isinstance(record, Figure):
            fields = record.model_dump(mode="python", include=set(names))
            date = fields.get("date")
            year = (int(date[:4]), "fact") if date else (head["year"], head["year_of"])
            told = dict(zip(("year", "year_of"), year, strict=True))
            guessed = [reason.field for reason in record.reasons if reason.confidence == "guess"]
            row = {**head, **fields, "date": date, **told, "guessed": guessed, "failed_checks": failed.get(record.id)}
            yield {name: _listed(row.get(name)) for name in names}


def _head(document: Document | None) -> Row:
    if document is None:
        return {"year": None, "year_of": None}
    year = int(document.issued[:4]) if document.issued else None
    return {
        "path": document.path,
        "doc_id": document.doc_id,
        "title": document.title,
        "issuer": document.issuer,
        "issued": document.issued,
        "division_code": document.division_code,
        "division_name": division_name(document.division_code, year) if document.division_code else None,
        "year": year,
        "year_of": "document" if year else None,
    }


def _listed(value: Any) -> Any:
    """Lists with their doubles left out, and None for those that hold nothing."""
    return (list(dict.fromkeys(value)) or None) if isinstance(value, tuple | list) else value


@functools.lru_cache(maxsize=65536)
def division_name(code: str, year: int | None) -> str | None:
    """The full name of the division that had ``code`` in the table of ``year``, else when it was last used."""
    from extractor.entities.gazetteer import load_gazetteer

    held = load_gazetteer().coded(code)
    in_year = [division for division in held if year is not None and division.held_in(year)]
    return (in_year or held)[-1].name if held else None
