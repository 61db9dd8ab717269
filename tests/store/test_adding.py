"""Captures and what is read from them go in once and come out whole, on either database."""

import dataclasses
from collections.abc import Callable

import pytest

from onrecord.errors import ReadOnlyStoreError, StoreError, UnknownIdError
from onrecord.record import Container, Failure, Note, Record, to_json
from onrecord.store.kept import KeptStore
from tests.bridge import make_record as make_bridge_record
from tests.factories import make_record
from tests.store.conftest import NEWER, READING

UGLY = "NUL \x00, escape \x1a, lone \ud800 and \udfff, “'; DROP TABLE captures; --” %s :name 😀 \u202e"


def add(store: KeptStore, *records: Record, reading: object = READING) -> None:
    store.add_records([(record.capture, record) for record in records], reading)  # type: ignore[arg-type]


def fail(detail: str, subject: str = "bridge.html") -> Failure:
    return Failure(stage="read", reason="DamagedInputError", detail=detail, subject=subject)


def read_anew(record: Record, detail: str) -> Record:
    """The same article as a newer model reads it."""
    return dataclasses.replace(record, notes=(Note(stage="extract", reason="newer", detail=detail),))


def shown(store: KeptStore) -> list[Record]:
    return [judged.record for judged in store.iter_judged()]


def bare(record: Record) -> Record:
    """The record without its bytes, which are kept apart."""
    return dataclasses.replace(record, capture=dataclasses.replace(record.capture, body=None))


def test_a_record_comes_out_as_it_went_in(store: KeptStore):
    record = make_bridge_record()
    add(store, record)
    assert shown(store) == [bare(record)]
    assert store.capture_body(record.capture.sha256) == record.capture.body


def test_records_come_out_in_the_order_they_were_added(store: KeptStore):
    records = [make_record(f"We wait for day {day},") for day in range(250)]
    add(store, *records[:3])
    add(store, *records[3:])
    assert [r.article.article_id for r in shown(store)] == [r.article.article_id for r in records]


def test_adding_the_same_again_changes_nothing(store: KeptStore):
    record = make_record()
    add(store, record)
    before = (store.counts(), shown(store), store.extractions(record.article.article_id))
    add(store, record)
    add(store, record, record)
    assert (store.counts(), shown(store), store.extractions(record.article.article_id)) == before


def test_a_store_that_is_opened_again_holds_what_it_held(store: KeptStore, reopen: Callable[..., KeptStore]):
    record = make_record()
    add(store, record)
    store.close()
    assert shown(reopen(read_only=True)) == [bare(record)]


def test_the_newest_reading_is_shown_and_the_older_kept(store: KeptStore):
    old = make_record()
    new = read_anew(old, "more was found")
    add(store, old)
    add(store, new, reading=NEWER)
    assert shown(store) == [bare(new)]
    assert store.extractions(old.article.article_id) == (bare(old), bare(new))
    assert store.counts().articles == 1


def test_a_reading_that_gives_an_older_record_again_shows_that_one(store: KeptStore):
    old = make_record()
    new = read_anew(old, "more was found")
    add(store, old)
    add(store, new, reading=NEWER)
    add(store, old, reading=dataclasses.replace(NEWER, reader="onrecord 3 / model c"))
    assert shown(store) == [bare(old)]
    assert store.counts().extractions == 2


def test_an_older_reading_that_is_met_again_hides_no_newer_one(store: KeptStore):
    old = make_record()
    new = read_anew(old, "more was found")
    add(store, old)
    add(store, new, reading=NEWER)
    add(store, old)
    assert shown(store) == [bare(new)]


def test_a_newer_reading_that_fails_hides_nothing(store: KeptStore):
    record = make_record()
    add(store, record)
    store.add_records([(record.capture, fail("too long"))], NEWER)
    assert shown(store) == [bare(record)]
    assert store.failures() == (fail("too long"),)


def test_a_capture_that_failed_is_known_and_shows_nothing(store: KeptStore):
    capture = make_record().capture
    store.add_records([(capture, fail("no text"))], READING)
    assert store.knows(capture, READING)
    assert shown(store) == []
    assert store.counts().captures == 1


def test_a_failure_gives_way_to_a_record_of_the_same_reading(store: KeptStore):
    record = make_record()
    store.add_records([(record.capture, fail("no memory was left"))], READING)
    add(store, record)
    assert shown(store) == [bare(record)]
    assert store.knows(record.capture, READING)


def test_a_capture_is_known_by_reader_and_settings(store: KeptStore):
    record = make_record()
    add(store, record)
    assert store.knows(record.capture, READING)
    assert not store.knows(record.capture, NEWER)
    assert not store.knows(record.capture, dataclasses.replace(READING, settings="published=2031-05-04"))
    assert not store.knows(make_record("Another word,").capture, READING)


def test_the_same_bytes_at_two_addresses_are_two_captures_and_one_body(store: KeptStore):
    here, there = make_record(url="https://lantern.example/1"), make_record(url="https://gazette.example/2")
    add(store, here, there)
    assert store.counts().captures == 2
    assert [r.capture.url for r in shown(store)] == [here.capture.url, there.capture.url]
    assert store.check_file() == ()


def count_sightings(store: KeptStore) -> int:
    with store._database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM sightings").scalar_one())


def test_a_capture_that_is_met_again_elsewhere_is_noted_once(store: KeptStore):
    record = make_record()
    add(store, record)
    box = Container(name="may.warc.gz", place="record 7", sha256="0" * 64)
    again = dataclasses.replace(record.capture, container=box, retrieved_at="2031-06-01T09:00:00+00:00")
    assert store.knows(again, READING)
    assert store.knows(again, READING)
    assert count_sightings(store) == 2
    assert shown(store) == [bare(record)]


def test_failures_of_what_never_became_a_capture_are_kept_once(store: KeptStore):
    store.add_failures([fail("cut off"), fail("cut off"), fail("a picture", "b.png")], READING)
    store.add_failures([fail("cut off")], NEWER)
    assert store.failures() == (fail("cut off"), fail("a picture", "b.png"))


def test_any_text_is_kept_to_the_letter(store: KeptStore):
    record = make_record(UGLY, url=f"https://lantern.example/{UGLY}", speaker="Mira \x00\ud800 Vance")
    reading = dataclasses.replace(READING, settings=UGLY)
    add(store, record, reading=reading)
    store.add_failures([fail(UGLY, UGLY)], reading)
    assert store.knows(record.capture, reading)
    assert to_json(shown(store)[0]) == to_json(record)
    assert store.failures() == (fail(UGLY, UGLY),)
    assert store.judged(record.article.article_id).record.capture.url == record.capture.url


def test_a_transaction_is_kept_wholly_or_not_at_all(store: KeptStore):
    good, bad = make_record("Good,"), make_record("Bad,")
    torn = dataclasses.replace(bad.capture, body=None)
    with pytest.raises(StoreError, match="without its bytes"):
        store.add_records([(good.capture, good), (torn, bad)], READING)
    assert shown(store) == []
    assert store.counts().captures == 0
    add(store, good)
    assert shown(store) == [bare(good)]


def test_bytes_that_are_not_those_of_the_hash_are_refused(store: KeptStore):
    record = make_record()
    wrong = dataclasses.replace(record.capture, body=b"other bytes")
    with pytest.raises(StoreError, match="not those of its hash"):
        store.add_records([(wrong, record)], READING)


def test_an_article_cannot_be_of_two_captures(store: KeptStore):
    record = make_record()
    elsewhere = dataclasses.replace(record.capture, url="https://gazette.example/")
    add(store, record)
    with pytest.raises(StoreError, match="from another capture"):
        store.add_records([(elsewhere, record)], READING)


def test_what_was_opened_for_reading_takes_nothing(store: KeptStore, reopen: Callable[..., KeptStore]):
    reader = reopen(read_only=True)
    with pytest.raises(ReadOnlyStoreError, match="for reading only"):
        add(reader, make_record())
    assert not reader.knows(make_record().capture, READING)


def test_a_run_is_noted_with_its_end_and_one_that_was_cut_off_without(store: KeptStore):
    cut_off, whole = store.start_run(READING), store.start_run(NEWER)
    store.end_run(whole, added=3, known=2, failed=1)
    first, second = store.runs()
    assert (first.run_id, first.ended_at, first.added) == (cut_off, None, 0)
    assert (second.reader, second.added, second.known, second.failed) == (NEWER.reader, 3, 2, 1)
    assert second.ended_at is not None
    assert second.ended_at >= second.started_at


def test_bytes_of_an_unknown_hash_are_an_error_that_names_it(store: KeptStore):
    with pytest.raises(UnknownIdError, match="'abcd'"):
        store.capture_body("abcd")


def test_an_empty_store_answers_with_nothing(store: KeptStore):
    assert (shown(store), store.failures(), store.runs(), store.judgements(), store.unfit()) == (
        [], (), (), (), (),
    )  # fmt: skip
    assert store.counts().captures == 0
    assert store.check_file() == ()


def test_an_iteration_sees_one_moment_while_more_is_added(store: KeptStore):
    records = [make_record(f"Day {day},") for day in range(3)]
    add(store, *records[:2])
    found = store.iter_judged()
    next(found)
    add(store, records[2])
    assert len(list(found)) == 1
    assert len(shown(store)) == 3
