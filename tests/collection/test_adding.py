"""A run of adding: what is known is not read, what is read is written in order, and nothing read is lost."""

import contextlib

import pytest

from onrecord.collection import adding
from onrecord.collection.adding import Adding, AddReport, Ways
from onrecord.collection.inputs import Input
from onrecord.errors import FullStoreError
from onrecord.ingest.site_furniture import Repeated, SiteRepeats
from onrecord.record import Failure
from onrecord.store.base import Reading
from tests.collection.fakes import FakeReader, FakeStore, inputs_of, record_of

LOST = Failure(stage="ingest", reason="InputError", detail="There is no such file.", subject="gone.txt")


def add(store, *texts, reader=None, signature="v1", published=None, **ways):
    run = Adding(store, reader or FakeReader(), Ways(signature=signature, **ways))
    return run.add(inputs_of(*texts, published=published))


@pytest.fixture
def store():
    return FakeStore()


def test_what_is_new_is_read_and_kept(store):
    assert add(store, "One.", "Two.") == AddReport(added=2, statements=2)
    assert [entry.article.text for entry in store.readings.values()] == ["One.", "Two."]


def test_a_second_run_reads_nothing(store):
    add(store, "One.", "FAIL", "Two.")
    again = FakeReader()
    assert add(store, "One.", "FAIL", "Two.", reader=again) == AddReport(known=3)
    assert again.seen == []


def test_another_reader_reads_again_and_keeps_both(store):
    add(store, "One.")
    assert add(store, "One.", signature="v2") == AddReport(added=1, statements=1)
    assert [reading.reader for _, reading in store.readings] == ["v1", "v2"]


def test_another_moment_of_publication_is_another_reading(store):
    add(store, "One.")
    assert add(store, "One.", published="3 May 2031").added == 1
    assert [reading.settings for _, reading in store.readings] == ["", "published=3 May 2031"]


def test_what_was_learned_of_sites_is_part_of_the_reading(store):
    def learned(*hashes):
        return Repeated(
            sites={"a.example": SiteRepeats(stories=3, several=frozenset(hashes), most=frozenset())}
        )

    add(store, "One.")
    for repeated in (learned(1), learned(1), learned(1, 2), Repeated(sites={})):
        add(store, "One.", repeated=repeated)
    settings = [reading.settings for _, reading in store.readings]
    assert settings[0] == ""
    assert len(settings) == 3
    assert all(one.startswith("furniture=") for one in settings[1:])


@pytest.mark.parametrize("ahead", [1, 4])
def test_what_comes_twice_in_one_run_is_read_once_and_met_twice(store, ahead):
    reader = FakeReader(ahead=ahead)
    assert add(store, "One.", "Two.", "One.", reader=reader) == AddReport(added=2, known=1, statements=2)
    assert reader.seen == ["One.", "Two."]
    assert store.sightings == [b"One.", b"Two.", b"One."]


def test_failures_are_kept_in_their_place_and_counted(store):
    assert add(store, "One.", LOST, LOST, "FAIL") == AddReport(added=1, failed=3, statements=1)
    assert store.calls == ["start", "records 1", "failures 2", "records 1", "end 1 0 3"]


def test_what_a_worker_died_of_is_tried_again_the_next_time(store):
    assert add(store, "DIES", "One.", "DIES") == AddReport(added=1, failed=2, statements=1)
    assert [failure.reason for failure in store.failures] == ["WorkerDied", "WorkerDied"]
    again = FakeReader()
    add(store, "DIES", "One.", reader=again)
    assert again.seen == ["DIES"]


def test_articles_are_written_some_at_a_time(store, monkeypatch):
    monkeypatch.setattr(adding, "BATCH_ARTICLES", 3)
    add(store, *(f"Number {n}." for n in range(7)))
    assert store.calls == ["start", "records 3", "records 3", "records 1", "end 7 0 0"]


def test_what_waits_long_is_written_though_it_is_little(store, monkeypatch):
    monkeypatch.setattr(adding, "BATCH_SECONDS", -1.0)
    add(store, "One.", "Two.")
    assert store.calls[1:3] == ["records 1", "records 1"]


def test_an_interruption_keeps_what_was_read_and_leaves_the_run_without_an_end(store):
    reader = FakeReader()
    with pytest.raises(KeyboardInterrupt):
        add(store, "One.", "Two.", "STOP", "Three.", reader=reader)
    assert store.calls == ["start", "records 2"]
    assert reader.closed


def test_a_store_that_is_full_ends_the_run_and_is_not_written_to_again(store):
    store.broken = FullStoreError("There is no space left.", where="news.onrecord")
    reader = FakeReader()
    with pytest.raises(FullStoreError):
        add(store, "One.", reader=reader)
    assert store.calls == ["start"]
    assert reader.closed


def test_everything_that_writes_is_held(store):
    held = []

    @contextlib.contextmanager
    def hold():
        held.append(True)
        yield
        held.pop()

    def assert_held(call):
        def called(*given, **named):
            assert held
            return call(*given, **named)

        return called

    for name in ("start_run", "end_run", "knows", "add_records", "add_failures"):
        setattr(store, name, assert_held(getattr(store, name)))
    assert add(store, "One.", LOST, "One.", hold=hold) == AddReport(added=1, known=1, failed=1, statements=1)
    assert held == []


def test_every_step_is_told_with_the_counts_until_then(store):
    told = []
    add(store, "One.", LOST, "One.", progress=told.append)
    assert [(step.name, step.report.added, step.report.known, step.report.failed) for step in told] == [
        ("text 0", 1, 0, 0),
        ("gone.txt", 1, 0, 1),
        ("text 2", 1, 1, 1),
    ]


def test_records_read_elsewhere_are_kept_and_not_read(store):
    record = record_of("One.")
    source = Input(name="kept.jsonl", find=lambda: iter(()), records=lambda: iter([record, LOST, record]))
    reader = FakeReader()
    report = Adding(store, reader, Ways(signature="v1")).add([source])
    assert report == AddReport(added=1, known=1, failed=1, statements=1)
    assert reader.seen == []
    ((_, reading),) = store.readings
    assert reading == Reading(reader="a record read elsewhere", settings=reading.settings)
    assert reading.settings
