"""JSONL: what was exported is read back as it was, with what people made of it."""

import dataclasses
import io

from hypothesis import given, settings

from onrecord.export.base import ExportContext
from onrecord.export.formats import FORMATS
from onrecord.export.writing import export_to, write_stream
from onrecord.record import Failure, Judged, Origin, from_json
from tests.bridge import make_record
from tests.export.entries import make_entries, make_judged
from tests.record.random_records import any_records


def lines_of(tmp_path, entries, **fields):
    path = tmp_path / "out.jsonl"
    export_to(path, None, entries, ExportContext(**fields))
    return [from_json(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def without_body(record):
    return dataclasses.replace(record, capture=dataclasses.replace(record.capture, body=None))


def test_records_are_read_back_equal(tmp_path):
    entries = make_entries()
    assert lines_of(tmp_path, entries) == [without_body(one.record) for one in entries]


def test_with_their_bytes_they_are_read_back_equal_to_the_last_byte(tmp_path):
    entries = make_entries()
    assert lines_of(tmp_path, entries, with_body=True) == [one.record for one in entries]


@settings(max_examples=50, deadline=None)
@given(record=any_records())
def test_any_record_is_read_back_equal(record):
    stream = io.BytesIO()
    write_stream(FORMATS["jsonl"], [Judged(record=record)], stream, ExportContext(with_body=True))
    assert from_json(stream.getvalue().decode("utf-8")) == record


def test_a_corrected_statement_keeps_its_id_and_a_rejected_one_is_not_there(tmp_path):
    record = make_record()
    by_hand = Origin(kind="given", name="Ada Quill", version="1")
    first = dataclasses.replace(record.statements[0], mode="wrote", origin=by_hand)
    kept = dataclasses.replace(record, statements=(first, *record.statements[1:-1]))
    (read,) = lines_of(tmp_path, [Judged(record=kept, rejected=record.statements[-1:])])
    assert read.statements[0] == first
    assert read.statements[0].statement_id == record.statements[0].statement_id
    assert record.statements[-1] not in read.statements


def test_failures_stand_after_the_records(tmp_path):
    failure = Failure(stage="read", reason="EmptyInputError", detail="There is no text.", subject="a.html")
    *records, last = lines_of(tmp_path, [make_judged()], failures=(failure,))
    assert (len(records), last) == (1, failure)
