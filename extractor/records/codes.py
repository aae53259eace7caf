"""The stable codes that records use; every code is lower-case English and never changes its meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, cast, get_args

from extractor.errors import ExtractorError

Kind = Literal["document", "amount", "count", "disaster", "date", "document_number", "entity", "check", "error"]

Bound = Literal["exact", "approx", "over", "under", "range"]
"""How the number written bounds the figure: approx 约/左右, over 余/多/以上, under 近/不足, range 100～500."""

Role = Literal["loss", "funding", "donation", "standard", "debt", "revenue", "output", "income", "other"]
"""What an amount of money is: a loss, public funding, a donation, a rate per head, a debt, …"""

Measure = Literal[
    "households", "persons", "rooms", "admin_units", "area", "livestock", "mass", "length", "volume", "items"
]
"""What kind of thing a count counts."""

Status = Literal[
    "affected",
    "dead",
    "missing",
    "dead_or_missing",
    "injured",
    "trapped",
    "evacuated",
    "resettled",
    "needing_relief",
    "relieved",
    "poor",
    "out_of_poverty",
    "collapsed",
    "damaged",
    "severely_damaged",
    "slightly_damaged",
    "built",
    "repaired",
    "crop_damaged",
    "crop_failed",
]
"""What happened to the things counted."""

YearSource = Literal["stated", "inherited", "document"]
"""Where the year of a date comes from: written there, taken from the text before it, or from the document."""

DateRole = Literal["issued", "period", "point"]
"""issued: the 成文日期; period: a stretch of time; point: any other."""

DateSource = Literal["stated", "sentence", "earlier", "heading", "document"]
"""Where the date of a figure stands: in its clause, elsewhere in its sentence, in an earlier sentence, in a heading of
its section or table, or nowhere but on the document itself."""

Category = Literal[
    "flood",
    "drought",
    "typhoon",
    "hail_wind",
    "cold",
    "snow",
    "sandstorm",
    "earthquake",
    "geological",
    "marine",
    "wildfire",
    "biological",
    "accident",
    "other",
]
"""The twelve hazards of the 自然灾害情况统计调查制度, and what lies outside them."""

MagnitudeScale = Literal["seismic", "wind_force"]
"""seismic: 震级, 里氏 as reports call it; wind_force: 风力, Beaufort's scale."""

Confidence = Literal["certain", "likely", "guess"]
"""How sure a rule is of what it decided. certain: the words that tell it stand beside it. likely: the usual reading of
words that could be read otherwise. guess: nothing told otherwise, and nothing nearer was there."""

EntityLabel = Literal["place", "organization", "person"]

Script = Literal["simplified", "traditional", "mixed"]

DocumentStatus = Literal["ok", "garbled", "needs_ocr", "empty"]

CheckName = Literal[
    "sum_of_parts",
    "parts_within_total",
    "persons_per_household",
    "nested_areas",
    "dead_within_affected",
    "stated_twice",
    "figures_match_words",
    "unit_slip",
    "date_exists",
    "issued_after_facts",
    "document_number_year",
]

CHECKS: dict[CheckName, str] = {
    "sum_of_parts": "The parts told of a total add up to it. Records: the total, then its parts.",
    "parts_within_total": "Parts that leave much of a total untold fit in it. Records: the total, then its parts.",
    "persons_per_household": "2197户8788人: 1 to 12 persons each. Records: the households, then their persons.",
    "nested_areas": "绝收 is at most 成灾, 成灾 at most 受灾, in one sentence. Records: the wider area, the narrower.",
    "dead_within_affected": "The dead are at most those affected, in one sentence. Records: the affected, the dead.",
    "stated_twice": "A figure for the whole place (全县, 共), stated again of the same time, has the same value.",
    "figures_match_words": "An amount in figures and the 大写 beside it are equal.",
    "unit_slip": "Only when it fails: an income per head that is a thousand times its like, or over a million.",
    "date_exists": "Only when it fails: the calendar has the day written.",
    "issued_after_facts": "No harm is counted that is later than the document. Records: its date, the latest harm.",
    "document_number_year": "No number is of a later year than the document. Records: its date, the number.",
}
"""What each check holds against what."""

Flag = Literal[
    "digit_may_be_lost",
    "nonconforming",
    "inherited_year",
    "arithmetic_mismatch",
    "old_currency",
    "date_not_in_calendar",
    "repaired",
    "ocr_corrected",
    "implausible",
]

FLAGS: dict[Flag, str] = {
    "digit_may_be_lost": "Bytes of the number are gone in the source.",
    "nonconforming": "Brackets other than GB/T 9704's.",
    "inherited_year": "The year stands elsewhere.",
    "arithmetic_mismatch": "A failed check names this record.",
    "old_currency": "Money that is no ISO 4217 currency of today.",
    "date_not_in_calendar": "Such a day does not exist.",
    "repaired": "The surface was changed by a repair that had to restore lost bytes.",
    "ocr_corrected": "Misread characters of a figure were put right where the rest of it proves them (2O11年, 5方元).",
    "implausible": "Hardly so in this unit (12 persons a household and more, 2892万元 a head).",
}
"""What each flag says of its record."""

ErrorCode = Literal[
    "undecodable",
    "unsupported_type",
    "unreadable",
    "missing",
    "too_large",
    "timeout",
    "invalid_text",
    "internal",
    "encrypted",
    "damaged",
    "needs_ocr",
    "tool_missing",
    "out_of_memory",
    "empty_archive",
    "too_deep",
    "too_many",
    "too_compressed",
    "unsafe_path",
    "changed",
    "crashed",
]

ERRORS: dict[ErrorCode, str] = {
    "undecodable": "The bytes are no text in the encoding that was given, or in any that we know.",
    "unsupported_type": "Nothing reads files of this type.",
    "unreadable": "The system would not give the file: permissions, a disk, a network.",
    "missing": "No such file or folder, or gone since the run was planned.",
    "too_large": "Over a limit in bytes.",
    "timeout": "Over the time limit.",
    "invalid_text": "It holds what is no character, such as half a surrogate pair.",
    "internal": "A fault of ours.",
    "encrypted": "It takes a password.",
    "damaged": "The bytes are not what they claim to be, or their parser ended on them.",
    "needs_ocr": "Pages that are pictures.",
    "tool_missing": "Another program is wanted to read it.",
    "out_of_memory": "Over the memory limit.",
    "empty_archive": "An archive without files.",
    "too_deep": "Archives inside archives, over the limit.",
    "too_many": "More members than the limit.",
    "too_compressed": "It grows beyond the limit when unpacked.",
    "unsafe_path": "A member's name leads out of its archive.",
    "changed": "The file was written to while it was read.",
    "crashed": "The process that read it died, twice.",
}
"""What each error code says; the message says what to do."""


def known_kinds(named: Iterable[str]) -> frozenset[Kind]:
    """``named`` itself, if each is a kind of record. Raises ExtractorError.

    >>> sorted(known_kinds(["count", "amount"]))
    ['amount', 'count']
    """
    if isinstance(named, str):
        raise ExtractorError(f"kinds are several: give {{{named!r}}}, not {named!r}")
    kinds = get_args(Kind)
    wrong = next((kind for kind in named if kind not in kinds), None)
    if wrong is not None:
        raise ExtractorError(f"{wrong!r} is no kind of record; the kinds are {', '.join(kinds)}")
    return frozenset(cast("Iterable[Kind]", named))
