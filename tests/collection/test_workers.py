"""Reading in several processes: the same in the same order, whatever dies."""

import os
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path

import pytest

from onrecord.collection import workers
from onrecord.collection.tasks import Known, Task
from onrecord.collection.workers import GrowingReader, LocalReader, PoolReader
from onrecord.errors import OnrecordError, WeightsError
from onrecord.ingest import make_capture
from onrecord.record import Failure
from onrecord.store.base import Reading
from tests.collection import dying

needs_proc = pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="Looks into /proc for what still runs."
)
BRIDGE = "BELTOWN - “Every bolt was checked twice,” said Mara Vance, the mayor of Beltown.\n"


def task_of(words):
    capture = make_capture(words.encode())
    return Task(name=words, capture=capture, reading=Reading(reader="v1"))


@pytest.fixture
def pool():
    reader = PoolReader(2)
    reader._start = dying.start
    yield reader
    reader.close()


def read_all(reader, *entries):
    items = [entry if isinstance(entry, Known) else task_of(entry) for entry in entries]
    return [result for _, result in reader.run(iter(items))]


def told(results):
    return [r.reason if isinstance(r, Failure) else r and r.article.text for r in results]


def test_results_come_in_the_order_of_the_articles(pool):
    texts = ["SLOW one.", *(f"Number {n}." for n in range(12)), "SLOW two.", "The last."]
    assert told(read_all(pool, *texts)) == texts


def test_what_is_known_passes_in_its_place(pool):
    results = read_all(pool, "SLOW one.", Known(name="two"), "Three.")
    assert told(results) == ["SLOW one.", None, "Three."]


def test_a_result_has_the_bytes_that_stayed_here(pool):
    (result,) = read_all(pool, "One.")
    assert result.capture.body == b"One."


def test_what_cannot_be_read_is_a_failure_that_names_it(pool):
    (failure, _) = read_all(pool, "BINARY", "One.")
    assert (failure.reason, failure.subject) == ("BinaryInputError", "BINARY")


def test_what_every_article_would_meet_ends_the_run(pool):
    with pytest.raises(WeightsError, match=r"The weights are missing\. Install onrecord again\."):
        read_all(pool, "One.", "WEIGHTS", "Two.")


def test_a_worker_that_dies_once_costs_nothing(pool, tmp_path):
    once = f"ONCE {tmp_path / 'died'}"
    texts = ["One.", once, "Two.", "Three."]
    assert told(read_all(pool, *texts)) == texts


def test_an_article_that_workers_die_of_fails_and_the_others_are_read(pool):
    results = read_all(pool, "One.", "DIES", "Two.", "DIES", *(f"Number {n}." for n in range(9)))
    others = [f"Number {n}." for n in range(9)]
    assert told(results) == ["One.", "WorkerDied", "Two.", "WorkerDied", *others]
    assert "not enough memory" in results[1].detail


def test_workers_are_counted_while_others_are_started():
    counted = workers._Workers({1: "one"})
    for number, _ in enumerate(counted.values(), 2):
        counted[number] = "another"
    assert counted == {1: "one", 2: "another"}


def test_the_pool_counts_its_workers_so(pool):
    pool.start()
    assert isinstance(pool._pool._executor_manager_thread.processes, workers._Workers)


def test_what_a_pool_took_while_it_broke_is_read_again(pool):
    pool.start()
    broken = pool._pool

    def forget(*_):
        broken._broken = "A worker died."
        return Future()

    broken.submit = forget
    assert pool.read(task_of("One.")).article.text == "One."


def test_one_article_alone_may_die_too(pool):
    assert pool.read(task_of("DIES")).reason == "WorkerDied"
    assert pool.read(task_of("One.")).article.text == "One."


def test_workers_that_cannot_start_are_an_error_and_no_failures(pool):
    pool._start = dying.refuse
    with pytest.raises(OnrecordError, match="No process could be started to read with"):
        read_all(pool, "One.")


@needs_proc
def test_closing_ends_the_workers_whatever_they_are_at(pool):
    results = pool.run(iter([task_of("One."), *(task_of(f"SLOW {n}") for n in range(6))]))
    next(results)
    numbers = list(pool._pool._processes)
    pool.close()
    assert wait_for_end(numbers) == []


def test_several_processes_read_what_one_reads():
    from onrecord.engine import Engine

    pool = PoolReader(2)
    try:
        texts = [f"{BRIDGE}Number {n} of them.\n" for n in range(3)]
        assert read_all(pool, *texts) == read_all(LocalReader(Engine()), *texts)
    finally:
        pool.close()


@needs_proc
def test_workers_can_leave_the_processor_to_others():
    pool = PoolReader(1, gently=True)
    try:
        pool.start()
        (number,) = pool._pool._processes
        assert os.getpriority(os.PRIO_PROCESS, number) > os.getpriority(os.PRIO_PROCESS, 0)
    finally:
        pool.close()


@pytest.mark.parametrize(("seconds", "by_workers"), [(0.0, 4), (1000.0, 0)])
def test_workers_take_over_where_it_takes_long(pool, monkeypatch, seconds, by_workers):
    monkeypatch.setattr(workers, "ALONE_SECONDS", seconds)
    local = LocalReader(dying.DyingEngine())
    reader = GrowingReader(local, pool)
    texts = [f"Number {n}." for n in range(4)]
    assert told(read_all(reader, *texts)) == texts
    assert bool(pool._pool) == bool(by_workers)


def test_the_change_to_workers_loses_and_repeats_nothing(pool, monkeypatch):
    monkeypatch.setattr(workers, "ALONE_SECONDS", 0.5)
    reader = GrowingReader(LocalReader(dying.DyingEngine()), pool)
    texts = [f"SLOW {n}." for n in range(5)]
    assert told(read_all(reader, *texts)) == texts
    assert pool._pool


def test_where_no_workers_can_be_started_this_process_reads_on(pool, monkeypatch):
    monkeypatch.setattr(workers, "ALONE_SECONDS", 0.0)
    pool._start = dying.refuse
    reader = GrowingReader(LocalReader(dying.DyingEngine()), pool)
    assert told(read_all(reader, "One.", "Two.")) == ["One.", "Two."]


PARENT = """
import sys
from onrecord.collection.workers import PoolReader
from tests.collection import test_workers as here

if __name__ == "__main__":
    reader = PoolReader(2)
    reader.read(here.task_of("BELTOWN - The bridge is open."))
    print(*reader._pool._processes, flush=True)
    sys.stdin.read()
"""


@needs_proc
def test_workers_end_when_their_parent_is_killed(tmp_path):
    (tmp_path / "parent.py").write_text(PARENT)
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.Popen(
        [sys.executable, str(tmp_path / "parent.py")],
        env={**os.environ, "PYTHONPATH": str(root)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    numbers = parent.stdout.readline().split()
    assert numbers
    parent.kill()
    parent.communicate()
    assert wait_for_end(numbers) == []


def wait_for_end(numbers):
    """The processes that still run after some seconds."""
    deadline = time.monotonic() + 10
    while any(is_running(number) for number in numbers) and time.monotonic() < deadline:
        time.sleep(0.05)
    return [number for number in numbers if is_running(number)]


def is_running(number):
    """Whether a process is there, and no mere entry of one that ended."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
