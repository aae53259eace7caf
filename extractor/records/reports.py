"""The records about a document and about the run: document, check, error."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.records.codes import CheckName, DocumentStatus, ErrorCode, Script
from extractor.records.envelope import Record
from extractor.records.values import DecimalText, DivisionCode, IsoDate, Sha256


class RepairCount(BaseModel):
    """How many changes a repair step made."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    step: str = Field(description="Name of the step; `extractor repair --steps` lists them.")
    count: int = Field(description="Places that it changed.")


class Document(Record):
    """One input document; the first record of its group."""

    kind: Literal["document"] = "document"
    path: str = Field(description="Its path inside the archive given.")
    sha256: Sha256 = Field(description="Of its bytes.")
    encoding: str = Field(description="The encoding that it was read with.")
    media_type: str = Field(description="What kind of file it is.")
    script: Script = Field(description="The script that it is written in.")
    title: str | None = Field(default=None, description="标题, from its first lines.")
    issuer: str | None = Field(default=None, description="发文机关, from its signature or its title.")
    issued: IsoDate | None = Field(default=None, description="成文日期.")
    division_code: DivisionCode | None = Field(default=None, description="GB/T 2260 code of the place it is about.")
    characters: int = Field(description="Code points of the decoded source.")
    repairs: tuple[RepairCount, ...] = Field(default=(), description="The repair steps that changed something.")
    counts: dict[str, int] = Field(default_factory=dict, description="Records of each kind that follow.")
    status: DocumentStatus = Field(default="ok", description="Whether its text can be trusted as a whole.")
    extractor_version: str = Field(description="Version that read it.")
    patterns_digest: str = Field(description="SHA-256 of the pattern files that read it.")


class Check(Record):
    """An arithmetic or calendar check over records; a failed one drops nothing, it reports."""

    kind: Literal["check"] = "check"
    name: CheckName = Field(description="What was checked.")
    passed: bool = Field(description="Whether it held.")
    expected: DecimalText | str | None = Field(description="What should stand there.")
    found: DecimalText | str | None = Field(description="What stands there.")
    records: tuple[str, ...] = Field(description="Ids of the records checked; the total first.")


class Error(Record):
    """A file, or a part of one, that could not be processed."""

    kind: Literal["error"] = "error"
    path: str = Field(description="The file's path inside the archive given.")
    code: ErrorCode = Field(description="Stable code of what went wrong.")
    message: str = Field(description="What happened and what to do.")
