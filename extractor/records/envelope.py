"""What every record carries, and the proof that an extracted one stands where it says."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from extractor.records.codes import Confidence, Flag, Kind


class Record(BaseModel):
    """The envelope of every record."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    kind: Kind = Field(description="What the record is.")
    doc_id: str = Field(description="Stable for the same bytes at the same path inside the archive.")
    id: str = Field(description="doc_id plus a counter; stable between runs.")


class Reason(BaseModel):
    """Why a field has its value, where the words around the record decided it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    field: str = Field(description="The field decided.")
    confidence: Confidence = Field(description="How sure that is, in three steps.")
    why: str = Field(description="Code of what decided it; `patterns/reasons.yaml` says what each means.")


class Extracted(Record):
    """A record that stands at a place in the source.

    Validated with ``context={"source": text}`` it proves ``source[start:end] == raw``; the pipeline always does.
    """

    start: Annotated[int, Field(ge=0, description="First code point of the span in the decoded source.")]
    end: Annotated[int, Field(gt=0, description="One past the last code point of the span.")]
    raw: Annotated[str, Field(min_length=1, description="Exactly source[start:end], noise included.")]
    text: str = Field(description="The surface after repair: simplified Chinese, half-width digits.")
    sentence: str = Field(description="The repaired sentence that it stands in.")
    page: int | None = Field(default=None, description="Page that it stands on, from 1, in a format that has pages.")
    cell: str | None = Field(
        default=None,
        description="Table cell that it stands in: `Sheet1!C5`, `C5` in CSV, `table2!C5` of the second table else.",
    )
    rule: str = Field(description="Id of the rule, or name and version of the model, that found it.")
    flags: tuple[Flag, ...] = Field(default=(), description="What a reader should know before trusting it.")

    reasons: tuple[Reason, ...] = Field(
        default=(), description="What decided its fields, where that is less than certain; the rest is certain."
    )

    @model_validator(mode="after")
    def _stands_in_source(self, info: ValidationInfo) -> Self:
        context: dict[str, Any] | None = info.context
        start, end, raw = self.start, self.end, self.raw
        if end - start != len(raw):
            raise ValueError(f"span {start}:{end} is not as long as raw {raw!r}")
        if context is not None and context["source"][start:end] != raw:
            raise ValueError(f"source[{start}:{end}] is not {raw!r}")
        return self
