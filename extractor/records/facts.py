"""The records of what a text states: money, counts, disasters, dates, document numbers, names."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from extractor.records.codes import (
    Bound,
    Category,
    DateRole,
    DateSource,
    EntityLabel,
    MagnitudeScale,
    Measure,
    Role,
    Status,
    YearSource,
)
from extractor.records.envelope import Extracted
from extractor.records.values import DecimalText, DivisionCode, IsoDate


class Figure(Extracted):
    """A number with its bound: what amounts and counts have in common."""

    value: DecimalText | None = Field(description="The number written; null for a range or when undeterminable.")
    bound: Bound = Field(default="exact", description="How the number written bounds the figure.")
    low: DecimalText | None = Field(default=None, description="Lower end of a range, or of what is 'over'.")
    high: DecimalText | None = Field(default=None, description="Upper end of a range, or of what is 'under'.")
    unit: str | None = Field(description="The unit as written, simplified: 万元, 户, 公顷.")
    part_of: str | None = Field(default=None, description="Id of the total that this is a part of.")
    date: IsoDate | None = Field(
        default=None,
        description="When it was so, or the stretch that it covers, as precise as the text tells.",
    )
    date_source: DateSource | None = Field(default=None, description="Where that date stands.")
    period: str | None = Field(
        default=None, description="The words for a stretch of time: 2009年以来, 3年间, “十五”期间."
    )
    caused_by: tuple[str, ...] = Field(default=(), description="Ids of the disasters that have it among their impacts.")
    indicator: str | None = Field(
        default=None,
        description="Its name in the 自然灾害情况统计调查制度 or in older reports, if it is one.",
    )
    indicator_value: DecimalText | None = Field(
        default=None, description="Value in the indicator's unit, to four places; null for a range."
    )
    indicator_unit: str | None = Field(
        default=None,
        description="公顷, 万元, 人, 户, 间, 头; 人次 and 户次 are units of their own.",
    )
    place: str | None = Field(default=None, description="Whose figure it is, where a table names the place.")
    row_heading: str | None = Field(default=None, description="Of a table's cell: what heads its row, `/` between.")
    column_heading: str | None = Field(
        default=None, description="Of a table's cell: what heads its column, from the top down, `/` between."
    )

    @model_validator(mode="after")
    def _ends_fit_bound(self) -> Self:
        if self.bound == "range":
            if self.value is not None or self.low is None or self.high is None:
                raise ValueError("a range has low and high and no value")
        elif self.value is None and "digit_may_be_lost" not in self.flags:
            raise ValueError(f"a figure with bound {self.bound} has a value")
        return self


class Amount(Figure):
    """An amount of money; ``value`` counts main currency units (14300.2万元 is 143002000)."""

    kind: Literal["amount"] = "amount"
    currency: str | None = Field(default="CNY", description="ISO 4217; null for 银元, 法币 and the like.")
    role: Role = Field(default="other", description="What the money is.")
    payer: str | None = Field(default=None, description="Whose money: 县级财政, 群众自筹 …")
    per: str | None = Field(default=None, description="What a rate is for: 户, 人, 月, 年 …")
    purpose: str | None = Field(default=None, description="What it was for, as written: 建设村级活动场所, 救灾.")
    beneficiary: tuple[str, ...] = Field(
        default=(), description="Ids of the counts of persons and households that it reached."
    )


class Count(Figure):
    """A number of persons, households, rooms, hectares or other things."""

    kind: Literal["count"] = "count"
    measure: Measure = Field(description="What kind of thing is counted.")
    status: Status | None = Field(default=None, description="What happened to the things counted.")
    object: str | None = Field(default=None, description="The noun counted: 乡镇, 村级活动场所.")


class Disaster(Extracted):
    """An event that struck somewhere at some time."""

    kind: Literal["disaster"] = "disaster"
    name: str | None = Field(default=None, description="8·14, with a middle dot; a typhoon's name; or null.")
    date: IsoDate | None = Field(description="When it struck, as precise as the text; null where nothing settles it.")
    year_source: YearSource | None = Field(description="Where the year of the date comes from.")
    hazards: tuple[str, ...] = Field(default=(), description="Its hazards, as written.")
    categories: tuple[Category, ...] = Field(default=(), description="Their kinds by the 自然灾害情况统计调查制度.")
    place: str | None = Field(default=None, description="Where it struck, as written nearest to it.")
    division_code: DivisionCode | None = Field(
        default=None, description="Code of the smallest division known to hold that place."
    )
    number: int | None = Field(default=None, description="Of a typhoon or flood: its number in the year.")
    magnitude: DecimalText | None = Field(default=None, description="How strong; of a range (8～9级) the higher end.")
    magnitude_scale: MagnitudeScale | None = Field(default=None, description="What the magnitude counts in.")
    impacts: tuple[str, ...] = Field(
        default=(),
        description="Ids of the counts and amounts that it caused; those of later mentions stand with the first.",
    )
    shared: bool = Field(
        default=False,
        description="Whether some impacts are a total of several disasters: the same ids then stand with each.",
    )
    same_as: str | None = Field(default=None, description="Id of the first mention of the same event, on later ones.")


class Date(Extracted):
    """A calendar expression other than a disaster's name."""

    kind: Literal["date"] = "date"
    date: IsoDate | None = Field(description="ISO 8601, as precise as the text; null where nothing settles the year.")
    role: DateRole = Field(default="point", description="The document's own date, a stretch of time, or a point in it.")
    year_source: YearSource | None = Field(description="Where the year comes from.")


class DocumentNumber(Extracted):
    """A 发文字号 by GB/T 9704: agency code, year in brackets, serial."""

    kind: Literal["document_number"] = "document_number"
    canonical: str = Field(description="As GB/T 9704 writes it: 新政督〔2011〕4号.")
    agency_code: str = Field(description="机关代字: 新政督.")
    year: int | None = Field(description="In full; null where the number has none (民字第12号).")
    serial: int = Field(description="序号, without 第 and leading zeros.")
    title: str | None = Field(default=None, description="Title of the document it numbers, without 《》.")
    issuer: str | None = Field(default=None, description="The office written out beside it.")


class Entity(Extracted):
    """A proper name of a place, an organization or a person."""

    kind: Literal["entity"] = "entity"
    label: EntityLabel = Field(description="What it names.")
    name: str = Field(description="The name after repair.")
    canonical: str | None = Field(
        default=None,
        description="Full name of an organization named for short (县民政局, 我局), where the document settles it.",
    )
    division_code: DivisionCode | None = Field(
        default=None, description="GB/T 2260 code of a place, nine digits for a township; where sure."
    )
    division_name: str | None = Field(default=None, description="Full name of that division.")
    division_year: int | None = Field(default=None, description="The year of the division table it was looked up in.")
