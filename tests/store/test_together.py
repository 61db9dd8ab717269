"""Several programs at one store: readers never wait and see whole transactions, writers take turns."""

import multiprocessing
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.errors import LockedStoreError
from onrecord.store import open_store, postgresql, sqlite
from onrecord.store.kept import KeptStore
from tests.factories import make_record
from tests.store.conftest import READING

RECORDS = [make_record(f"Day {day} was quiet,") for day in range(24)]


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that waits half a second for another."""
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0.5)
    monkeypatch.setattr(postgresql, "WAIT_SECONDS", 0.5)


@pytest.mark.usefixtures("hurried")
def test_a_writer_that_waits_too_long_for_another_is_told_what_to_do(
    store: KeptStore, reopen: Callable[..., KeptStore]
):
    other = reopen()
    with store._database.writing():
        start = time.monotonic()
        with pytest.raises(LockedStoreError, match=r"Another program is writing to it.*Wait until"):
            other.add_records([(RECORDS[0].capture, RECORDS[0])], READING)
        assert time.monotonic() - start >= 0.4
    other.add_records([(RECORDS[0].capture, RECORDS[0])], READING)
    assert store.counts().captures == 1


def test_a_reader_does_not_wait_for_a_writer_and_sees_what_was_kept(
    store: KeptStore, reopen: Callable[..., KeptStore]
):
    store.add_records([(RECORDS[0].capture, RECORDS[0])], READING)
    reader = reopen(read_only=True)
    with store._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM readings")
        start = time.monotonic()
        assert reader.counts().captures == 1
        assert len(list(reader.iter_judged())) == 1
        assert time.monotonic() - start < 5
    assert reader.counts().captures == 1


def test_two_writers_and_three_readers_at_once_lose_nothing(
    store: KeptStore, reopen: Callable[..., KeptStore]
):
    done, faults = threading.Event(), []
    half = len(RECORDS) // 2

    def write(writer: KeptStore, records: list) -> None:
        try:
            for record in records:
                writer.add_records([(record.capture, record)], READING)
        except Exception as error:
            faults.append(error)

    def read(reader: KeptStore) -> None:
        try:
            while not done.is_set():
                shown = [judged.record for judged in reader.iter_judged()]
                assert all(len(record.statements) == 1 for record in shown)
        except Exception as error:
            faults.append(error)

    # Both write some of the same: what one keeps, the other finds.
    writers = [
        threading.Thread(target=write, args=(store, RECORDS[: half + 4])),
        threading.Thread(target=write, args=(reopen(), RECORDS[half - 4 :])),
    ]
    readers = [threading.Thread(target=read, args=(reopen(read_only=True),)) for _ in range(3)]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert faults == []
    assert store.counts().captures == store.counts().articles == len(RECORDS)
    assert store.check_file() == ()


def make_at_once(where: str, ready: object) -> None:
    ready.wait()  # type: ignore[attr-defined]
    with open_store(where, create=True) as store:
        store.start_run(READING)


def test_programs_that_make_the_same_store_at_once_make_one(where: str):
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(2)
    programs = [context.Process(target=make_at_once, args=(where, ready)) for _ in range(2)]
    for program in programs:
        program.start()
    for program in programs:
        program.join()
    assert [program.exitcode for program in programs] == [0, 0]
    with open_store(where, read_only=True) as store:
        assert len(store.runs()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot kill a process like this")
def test_a_program_that_is_killed_while_it_writes_leaves_whole_transactions(tmp_path: Path):
    place = tmp_path / "news.onrecord"
    context = multiprocessing.get_context("spawn")
    for seconds in (0.05, 0.15, 0.3):
        started = context.Event()
        program = context.Process(target=write_until_killed, args=(str(place), started))
        program.start()
        started.wait()
        time.sleep(seconds)
        program.kill()
        program.join()
        with open_store(place) as store:
            counts = store.counts()
            assert store.check_file() == ()
            assert counts.captures == counts.articles == counts.extractions == counts.statements
    with open_store(place) as store:
        store.add_records([(r.capture, r) for r in RECORDS], READING)
        assert {j.record.article.article_id for j in store.iter_judged()} >= {
            r.article.article_id for r in RECORDS
        }


def write_until_killed(where: str, started: object) -> None:
    with open_store(where, create=True) as store:
        started.set()  # type: ignore[attr-defined]
        for day in range(10_000):
            record = make_record(f"Day {day} was quiet,")
            store.add_records([(record.capture, record)], READING)
