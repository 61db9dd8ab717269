"""Intakes: what is dropped in is read in the background, told as it goes, and stops nothing else."""

import io
import time

import pytest

from onrecord.collection.face import Collection
from onrecord.collection.workers import PoolReader
from onrecord.errors import EmptyInputError, FullStoreError, LockedStoreError, UnknownIdError
from onrecord.record import Failure
from onrecord.record.judging import Voice, accept
from onrecord.serve import intake as intaking
from onrecord.serve.drops import Drop
from onrecord.serve.faults import RefusedError
from onrecord.serve.intake import Intakes
from onrecord.store import open_store
from onrecord.store.base import Reading
from tests.collection import dying
from tests.collection.fakes import FakeReader, record_of
from tests.serve.intaking import (
    FakeEngine,
    GateReader,
    drop_of,
    finish,
    open_intakes,
    open_record,
    told,
    wait_for,
)

VOICE = Voice(by="Ada Quill", made_at="2031-06-01T09:00:00.000+00:00")


@pytest.fixture
def collection(tmp_path):
    with open_record(tmp_path) as opened:
        yield opened


@pytest.fixture
def intakes(collection):
    opened = open_intakes(collection)
    yield opened
    opened.close()


@pytest.fixture
def gate():
    return GateReader()


@pytest.fixture
def gated(collection, gate):
    opened = open_intakes(collection, gate)
    yield opened
    opened.close()


def test_what_is_dropped_is_added_and_told(intakes, collection):
    intake = finish(intakes.start(drop_of("One.", bridge_txt=b"Two.")))
    assert (intake.state, intake.problem) == ("done", None)
    assert (intake.report.added, intake.report.statements, intake.total) == (2, 2, 2)
    assert told(intake) == [("added", "pasted text “One.”"), ("added", "bridge.txt")]
    assert [collection.show(one.article_id).record.article.text for one in intake.outcomes()] == [
        "One.",
        "Two.",
    ]


def test_what_is_known_is_not_read_again_and_leads_to_its_article(collection):
    reader = FakeReader()
    intakes = open_intakes(collection, reader)
    first = finish(intakes.start(drop_of("One.")))
    again = finish(intakes.start(drop_of("One.", "Two.")))
    intakes.close()
    assert reader.seen == ["One.", "Two."]
    assert (again.report.known, again.report.added) == (1, 1)
    (known, _) = again.outcomes()
    assert (known.kind, known.article_id, known.statements) == ("known", first.outcomes()[0].article_id, 1)


def test_what_was_met_twice_in_a_drop_is_known_the_second_time(intakes):
    intake = finish(intakes.start(drop_of("One.", "One.")))
    first, second = intake.outcomes()
    assert (first.kind, second.kind) == ("added", "known")
    assert first.article_id == second.article_id


def test_known_as_unreadable_leads_to_no_article(intakes):
    finish(intakes.start(drop_of("FAIL")))
    (known,) = finish(intakes.start(drop_of("FAIL"))).outcomes()
    assert (known.kind, known.article_id) == ("known", None)
    assert "could not be read then" in known.detail


def test_what_cannot_be_read_says_why_and_the_rest_goes_on(intakes, collection):
    drop = drop_of(
        "One.", minutes_docx=b"PK\x03\x04 and so on", picture_png=b"\x89PNG\r\n\x1a\n", empty_txt=b""
    )
    drop.add_text("FAIL")
    drop.add_text("Two.")
    intake = finish(intakes.start(drop))
    assert intake.state == "done"
    assert (intake.report.added, intake.report.failed) == (2, 4)
    failed = {one.name: (one.reason, one.detail) for one in intake.outcomes() if one.kind == "failed"}
    assert "ZIP" in failed["minutes.docx"][1]
    assert failed["picture.png"][0] == "BinaryInputError"
    assert failed["empty.txt"][0] == "EmptyInputError"
    assert {failure.subject for failure in collection.failures()} == set(failed)


def test_tables_and_feeds_hold_many(intakes):
    rows = b"text,title\nOne.,A\nTwo.,B\n"
    intake = finish(intakes.start(drop_of(rows_csv=rows, lines_jsonl=b'{"text": "Three."}\n')))
    assert [one.name for one in intake.outcomes()] == [
        "rows.csv: row 1",
        "rows.csv: row 2",
        "lines.jsonl: row 1",
    ]


def test_a_file_of_records_is_not_read_but_proven(intakes, collection, tmp_path):
    other = tmp_path / "other.jsonl"
    with open_record(tmp_path / "..") as source:
        source.add([record_of("One.")])
        source.export(other, with_body=True)
    drop = Drop()
    drop.add_file("../records.jsonl", io.BytesIO(other.read_bytes() + b'{"article": 1}\n'))
    intake = finish(intakes.start(drop))
    assert (intake.report.added, intake.report.failed) == (1, 1)
    assert [one.name for one in intake.outcomes() if one.kind == "failed"] == ["records.jsonl: line 2"]


def test_no_path_of_ours_is_shown_or_kept(intakes, collection, tmp_path):
    drop = drop_of(a_txt=b"One.", b_docx=b"PK\x03\x04", c_csv=b"text\nTwo.\n", d_gz=b"\x1f\x8b broken")
    folder = drop._folder
    intake = finish(intakes.start(drop))
    intakes.close()
    assert intake.total == 4
    assert folder.name not in repr(intake.outcomes())
    assert folder.name not in repr((collection.failures(), list(collection.records())))
    assert folder.name.encode() not in (tmp_path / "news.onrecord").read_bytes()
    assert not folder.exists()


def test_drops_are_read_one_after_the_other(gated, gate):
    first, second = gated.start(drop_of("One.")), gated.start(drop_of("Two."))
    assert gate.reached.acquire(timeout=5)
    wait_for(lambda: first.reading)
    assert (first.state, second.state) == ("running", "waiting")
    assert gated.running() == (first, second)
    assert gated.recent() == (second, first)
    gate.gate.release(2)
    assert (finish(first).state, finish(second).state) == ("done", "done")
    assert gated.running() == ()


def test_what_is_being_read_is_named(gated, gate):
    intake = gated.start(drop_of("One.", bridge_txt=b"Two."))
    assert gate.reached.acquire(timeout=5)
    assert intake.reading == "pasted text “One.”"
    gate.gate.release()
    assert gate.reached.acquire(timeout=5)
    wait_for(lambda: intake.reading == "bridge.txt")
    gate.gate.release()
    assert finish(intake).reading is None


def test_a_drop_that_is_stopped_keeps_what_was_read(gated, gate, collection):
    intake, later = gated.start(drop_of("One.", "Two.", "Three.")), gated.start(drop_of("Four."))
    gate.gate.release()
    wait_for(lambda: intake.total == 1)
    assert gate.reached.acquire(timeout=5)
    assert gate.reached.acquire(timeout=5)
    gated.stop(intake.intake_id)
    assert finish(intake).state == "stopped"
    gate.gate.release()
    assert finish(later).state == "done"
    assert [record.article.text for record in collection.records()] == ["One.", "Four."]


def test_a_drop_that_waits_can_be_stopped(gated, gate, collection):
    first, second = gated.start(drop_of("One.")), gated.start(drop_of("Two."))
    gated.stop(second.intake_id)
    assert second.state == "stopped"
    gate.gate.release()
    finish(first)
    wait_for(lambda: not gated.running())
    assert collection.counts().articles == 1


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (FullStoreError("There is no space left.", cure="Make room."), "There is no space left."),
        (LockedStoreError("Another program is writing."), "Another program is writing."),
        (
            OSError(28, "No space left on device"),
            "A file could not be read or written: No space left on device.",
        ),
        (ZeroDivisionError(), "An error of onrecord itself ended it (ZeroDivisionError)."),
    ],
)
def test_what_stops_a_drop_is_told_and_the_next_is_read(intakes, collection, monkeypatch, error, problem):
    def refuse(*_):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(type(collection.store), "add_records", refuse)
        intake = finish(intakes.start(drop_of("One.")))
    assert (intake.state, intake.problem) == ("failed", problem)
    assert finish(intakes.start(drop_of("One."))).state == "done"


def test_a_record_that_is_only_read_takes_nothing_and_says_so(tmp_path):
    open_record(tmp_path).close()
    store = open_store(tmp_path / "news.onrecord", read_only=True)
    with Collection(store, engine=FakeEngine()) as collection:
        intakes = open_intakes(collection)
        intake = finish(intakes.start(drop_of("One.")))
        intakes.close()
    assert intake.state == "failed"
    assert "read" in intake.problem


def test_an_intake_that_there_is_not_is_an_error(intakes):
    with pytest.raises(UnknownIdError, match="has the id nothing"):
        intakes.find("nothing")


def test_an_empty_drop_is_no_intake(intakes):
    with pytest.raises(EmptyInputError):
        intakes.start(Drop())
    assert intakes.recent() == ()


def test_no_more_drops_wait_than_the_bound(gated, gate, monkeypatch):
    monkeypatch.setattr(intaking, "MOST_WAITING", 2)
    waiting = [gated.start(drop_of(f"Number {n}.")) for n in range(2)]
    drop = drop_of(a_txt=b"One.")
    with pytest.raises(RefusedError, match="2 drops wait"):
        gated.start(drop)
    assert not drop._folder.exists()
    gate.gate.release(2)
    assert [finish(one).state for one in waiting] == ["done", "done"]


def test_old_drops_are_forgotten(intakes, monkeypatch):
    monkeypatch.setattr(intaking, "MOST_RECENT", 2)
    done = [finish(intakes.start(drop_of(f"Number {n}."))) for n in range(4)]
    assert len(intakes.recent()) <= 3
    assert intakes.recent()[0] is done[-1]


def test_closing_ends_what_runs_and_keeps_what_was_read(gated, gate, collection):
    first, second = (
        gated.start(drop_of("One.", "Two.", a_txt=b"Three.")),
        gated.start(drop_of(b_txt=b"Four.")),
    )
    gate.gate.release()
    wait_for(lambda: first.total == 1)
    began = time.monotonic()
    gated.close()
    assert time.monotonic() - began < 5
    assert (first.state, second.state) == ("stopped", "stopped")
    assert collection.counts().articles == 1
    with pytest.raises(RefusedError):
        gated.start(drop_of("Five."))


def test_closing_leaves_no_file_behind(gated, gate):
    drops = [drop_of(a_txt=b"One."), drop_of(b_txt=b"Two.")]
    folders = [drop._folder for drop in drops]
    for drop in drops:
        gated.start(drop)
    assert gate.reached.acquire(timeout=5)
    gated.close()
    assert [folder.exists() for folder in folders] == [False, False]


def test_closing_what_was_never_used_is_nothing(collection):
    Intakes(collection).close()


def test_closing_does_not_wait_for_what_hangs(collection, monkeypatch):
    monkeypatch.setattr(intaking, "CLOSE_SECONDS", 0.1)

    def crawl(url):
        time.sleep(1.5)
        yield Failure(stage="read", reason="UnreachableError", detail="Too late.", subject=url)

    intakes = open_intakes(collection, crawl=crawl)
    drop = Drop()
    drop.add_addresses("news.invalid", intakes.crawl)
    intake = intakes.start(drop)
    wait_for(lambda: intake.state == "running")
    began = time.monotonic()
    intakes.close()
    assert time.monotonic() - began < 1
    assert intakes._thread.daemon
    intakes._thread.join()


def test_addresses_are_fetched_by_the_one_who_was_given(collection):
    pages = {"https://news.invalid/a": "One."}

    def crawl(url):
        words = pages.get(url)
        if words is None:
            yield Failure(stage="capture", reason="StatusError", detail="404.", subject=url)
        else:
            yield record_of(words).capture

    intakes = open_intakes(collection, crawl=crawl)
    drop = Drop()
    drop.add_addresses("news.invalid/a\nnews.invalid/b", intakes.crawl)
    intake = finish(intakes.start(drop))
    intakes.close()
    assert told(intake) == [("added", "https://news.invalid/a"), ("failed", "https://news.invalid/b")]


def test_private_addresses_are_refused(collection):
    intakes = open_intakes(collection)
    drop = Drop()
    drop.add_addresses("http://127.0.0.1:9/\nlocalhost/x\nfile:///etc/passwd", intakes.crawl)
    intake = finish(intakes.start(drop))
    intakes.close()
    assert [one.reason for one in intake.outcomes()] == ["RefusedAddressError"] * 3


def test_without_fetching_no_address_can_be_asked(collection):
    assert open_intakes(collection, fetch=False).crawl is None


def test_a_thousand_files_are_added(intakes):
    drop = Drop()
    for number in range(1_000):
        drop.add_file(f"{number}.txt", io.BytesIO(b"" if number % 2 else b"\x89PNG\r\n\x1a\n"))
    intake = finish(intakes.start(drop))
    assert (intake.state, intake.report.failed, intake.expected) == ("done", 1_000, 1_000)
    assert [one.number for one in intake.outcomes(after=998)] == [999, 1_000]


def test_an_article_is_read_again_though_it_is_known(collection):
    record = record_of("One.")
    collection.store.add_records([(record.capture, record)], Reading(reader="an older reader"))
    judged = collection.show(record.article.article_id)
    collection.judge(accept(judged, judged.record.statements[0].statement_id, VOICE))
    reader = FakeReader()
    intakes = open_intakes(collection, reader)
    intake = finish(intakes.reread(record.article.article_id))
    intakes.close()
    assert reader.seen == ["One."]
    assert (intake.state, intake.article_id) == ("done", record.article.article_id)
    assert [one.article_id for one in intake.outcomes()] == [record.article.article_id]
    assert len(collection.store.judgements()) == 1
    assert not collection.store.unfit()


def test_what_can_no_longer_be_read_stays_as_it_was(collection):
    record = record_of("FAIL")
    collection.store.add_records([(record.capture, record)], Reading(reader="an older reader"))
    intakes = open_intakes(collection)
    intake = finish(intakes.reread(record.article.article_id))
    intakes.close()
    assert (intake.state, intake.report.failed) == ("done", 1)
    assert len(collection.show(record.article.article_id).record.statements) == 1


def test_an_article_that_there_is_not_cannot_be_read_again(intakes):
    with pytest.raises(UnknownIdError):
        intakes.reread("article-00000000000000000000000000000000")


def pool_of(intakes):
    """The intakes' own processes, with an engine that does as the text says."""
    pool = intakes._reader
    assert isinstance(pool, PoolReader)
    pool._start = dying.start
    return pool


def test_a_process_that_dies_is_one_failure(collection):
    intakes = Intakes(collection)
    pool_of(intakes)
    intake = finish(intakes.start(drop_of("One.", "DIES", "Two.")))
    intakes.close()
    assert (intake.state, intake.report.added) == ("done", 2)
    assert [one.reason for one in intake.outcomes()] == [None, "WorkerDied", None]


def test_the_process_that_reads_stays_for_the_next_drop_and_ends_with_the_server(collection):
    intakes = Intakes(collection)
    pool = pool_of(intakes)
    finish(intakes.start(drop_of("One.")))
    (first,) = pool._pool._processes
    finish(intakes.start(drop_of("Two.")))
    assert list(pool._pool._processes) == [first]
    intakes.close()
    assert pool._pool is None


def test_a_long_article_does_not_keep_a_drop_from_stopping(collection):
    intakes = Intakes(collection)
    pool_of(intakes)
    intake = intakes.start(drop_of(*(f"SLOW {n}" for n in range(60))))
    wait_for(lambda: intake.total)
    began = time.monotonic()
    intakes.stop(intake.intake_id)
    assert finish(intake).state == "stopped"
    assert time.monotonic() - began < 5
    assert intake.total < 30
    assert finish(intakes.start(drop_of("One."))).report.added == 1
    intakes.close()


def test_what_every_article_would_meet_fails_the_drop(collection):
    intakes = Intakes(collection)
    pool_of(intakes)
    intake = finish(intakes.start(drop_of("WEIGHTS", "One.")))
    intakes.close()
    assert (intake.state, intake.problem) == ("failed", "The weights are missing.")
    assert intake.cure == "Install onrecord again."


def test_the_engine_reads_a_sample(tmp_path):
    with Collection(open_store(tmp_path / "real.onrecord", create=True)) as collection:
        intakes = Intakes(collection)
        drop = Drop()
        drop.add_samples()
        drop.inputs[1:] = []
        intake = finish(intakes.start(drop))
        (outcome,) = intake.outcomes()
        again = finish(intakes.reread(outcome.article_id))
        intakes.close()
        assert (intake.state, again.state) == ("done", "done")
        assert outcome.statements == again.outcomes()[0].statements > 3
        assert len(collection.store.extractions(outcome.article_id)) == 1
