"""JSONL, the canonical format: records as judged in, one line of JSON each out, which `from_json` reads back.

A line is the record as people judged it: corrections are in it, under the ids that the statements had, and
rejected statements are not. Failures, where the context has any, stand after the records, a line each.
"""

from collections.abc import Iterable
from typing import BinaryIO

from onrecord.export.base import ExportContext, Format, count_records
from onrecord.record import Judged, to_json


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many records were written; lines of failures are not counted."""
    records = 0
    for judged in entries:
        stream.write(to_json(judged.record, with_body=context.with_body).encode("utf-8") + b"\n")
        records += 1
    for failure in context.failures:
        stream.write(to_json(failure).encode("utf-8") + b"\n")
    return records


FORMAT = Format(
    name="jsonl",
    suffixes=(".jsonl", ".ndjson"),
    media_type="application/jsonl",
    describe="Everything: one record a line as JSON, which onrecord reads back as it was.",
    write=write,
    unit="record",
    count=count_records,
)
