"""The records about a document and about the run: document, check, error."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.records.codes import CheckName, DocumentStatus, ErrorCode, Script
from extractor.records.envelope import Record
from extractor.records.values import DecimalText, DivisionCode, IsoDate, Sha256


class RepairCount(BaseModel):
    """How many changes a repair step made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    step: str
    count: int


class Document(Record):
    """One input document; the first record of its group."""

    kind: Literal["document"] = "document"
    path: str
    sha256: Sha256
    encoding: str
    media_type: str
    script: Script
    title: str | None = None
    issuer: str | None = None
    issued: IsoDate | None = None
    division_code: DivisionCode | None = None
    characters: int = Field(description="Code points of the decoded source.")
    repairs: tuple[RepairCount, ...] = ()
    counts: dict[str, int] = Field(default_factory=dict, description="Records of each kind that follow.")
    status: DocumentStatus = "ok"
    extractor_version: str
    patterns_digest: str


class Check(Record):
    """An arithmetic or calendar check over records; a failed one drops nothing, it reports."""

    kind: Literal["check"] = "check"
    name: CheckName
    passed: bool
    expected: DecimalText | str | None
    found: DecimalText | str | None
    records: tuple[str, ...] = Field(description="Ids of the records checked; the total first.")


class Error(Record):
    """A file, or a part of one, that could not be processed."""

    kind: Literal["error"] = "error"
    path: str
    code: ErrorCode
    message: str = Field(description="What happened and what to do.")
