"""The record contract as frozen pydantic models; the JSON Schema is generated from them."""

from extractor.records.codes import Kind
from extractor.records.envelope import Extracted, Record
from extractor.records.facts import Amount, Count, Date, Disaster, DocumentNumber, Entity, Figure
from extractor.records.reports import Check, Document, Error, RepairCount
from extractor.records.schema import MODELS, AnyRecord, json_line, json_schema, parse_record, validated

__all__ = [
    "MODELS",
    "Amount",
    "AnyRecord",
    "Check",
    "Count",
    "Date",
    "Disaster",
    "Document",
    "DocumentNumber",
    "Entity",
    "Error",
    "Extracted",
    "Figure",
    "Kind",
    "Record",
    "RepairCount",
    "json_line",
    "json_schema",
    "parse_record",
    "validated",
]
