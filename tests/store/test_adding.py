"""Captures and what is read from them go in once and come out whole, on either database."""

from onrecord.store.kept import KeptStore
from tests.factories import make_record
from tests.store.conftest import READING


def test_a_record_comes_out_as_it_went_in(store: KeptStore):
    record = make_record(url="https://lantern.example/bridge")
    store.add_records([(record.capture, record)], READING)
    (judged,) = store.iter_judged()
    assert judged.record.statements == record.statements
    assert judged.record.article == record.article
    assert store.capture_body(record.capture.sha256) == record.capture.body
