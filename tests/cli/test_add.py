"""`onrecord add`: what is kept, what is said, how it ends; with bad inputs and bad files."""

import gzip
import os
import signal
import sqlite3
import threading
from contextlib import closing

import pytest
from click.testing import CliRunner

import onrecord
from onrecord.record import to_json
from onrecord.store import open_store
from tests.cli.conftest import FakeEngine, plain_record

FILE = "news.onrecord"
pytestmark = pytest.mark.usefixtures("reader")


@pytest.fixture
def reader(engine, monkeypatch):
    """Gives the fake engine a signature, which is all that adding asks beside reading."""
    monkeypatch.setattr(FakeEngine, "signature", "reader 1", raising=False)
    monkeypatch.delenv("ONRECORD_FILE", raising=False)


@pytest.fixture
def add(run):
    """Runs `onrecord add … --to news.onrecord --jobs 1`."""

    def run_add(*arguments, **given):
        return run("add", *arguments, "--to", FILE, "--jobs", "1", **given)

    return run_add


def kept(path=FILE):
    """The texts of the newest record of each article."""
    with closing(open_store(path, read_only=True)) as store:
        return [judged.record.article.text for judged in store.iter_judged()]


def ask(path=FILE, **asked):
    with closing(open_store(path, read_only=True)) as store:
        return {name: getattr(store, name)() for name in ("counts", "failures", "runs")}


def test_articles_are_kept_and_counted(add):
    result = add("one.txt", "two.txt", one=b"plain One.", two=b"plain Two.")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "onrecord: news.onrecord: 2 added; statements added: 2.\n"
    assert kept() == ["plain One.", "plain Two."]


def test_a_second_run_says_that_all_were_known_and_reads_nothing(add, engine):
    add("one.txt", one=b"plain One.")
    engine.calls.clear()
    result = add("one.txt")
    assert result.stderr == "onrecord: news.onrecord: nothing new, 1 known already.\n"
    assert (result.exit_code, engine.calls) == (0, [])


def test_what_cannot_be_read_is_said_and_kept_and_the_rest_is_added(add):
    result = add(
        "one.txt", "BAD.txt", "gone.txt", "two.txt", one=b"plain One.", BAD=b"BINARY", two=b"plain 2"
    )
    assert result.exit_code == 1
    assert "onrecord: BAD.txt: This is a picture (PNG). Give the text." in result.stderr
    assert "onrecord: gone.txt: The file cannot be opened" in result.stderr
    assert "2 added, 2 could not be read; statements added: 2." in result.stderr
    assert kept() == ["plain One.", "plain 2"]
    assert [failure.subject for failure in ask()["failures"]] == ["BAD.txt", "gone.txt"]


def test_a_run_is_kept_with_its_reader_and_its_counts(add):
    add("one.txt", "gone.txt", one=b"plain One.")
    add("one.txt")
    runs = [(r.reader, r.added, r.known, r.failed, r.ended_at is None) for r in ask()["runs"]]
    assert runs == [("reader 1", 1, 0, 1, False), ("reader 1", 0, 1, 0, False)]


def test_a_newer_reader_adds_its_reading_and_shows_it(add, monkeypatch):
    add("one.txt", one=b"plain One.")
    monkeypatch.setattr(FakeEngine, "signature", "reader 2")
    monkeypatch.setattr("tests.cli.conftest.plain_record", read_newly)
    assert "1 added" in add("one.txt").stderr
    with closing(open_store(FILE, read_only=True)) as store:
        (judged,) = store.iter_judged()
        older, newer = store.extractions(judged.record.article.article_id)
    assert judged.record.statements == newer.statements != older.statements
    assert older.statements == plain_record("plain One.").statements


def read_newly(text):
    """The record that a later model makes: the statement has no source."""
    from tests.factories import make_small_record, make_statement

    return make_small_record(text, [make_statement(text, [text[6:]], cue=None, source=None)])


def test_an_older_reader_that_is_run_again_changes_nothing(add, monkeypatch):
    add("one.txt", one=b"plain One.")
    monkeypatch.setattr(FakeEngine, "signature", "reader 2")
    monkeypatch.setattr("tests.cli.conftest.plain_record", read_newly)
    add("one.txt")
    monkeypatch.setattr(FakeEngine, "signature", "reader 1")
    assert "nothing new" in add("one.txt").stderr
    with closing(open_store(FILE, read_only=True)) as store:
        (judged,) = store.iter_judged()
    assert judged.record.statements[0].source == ()


def test_the_moment_that_is_given_reaches_the_reader(add, engine):
    add("one.txt", "--published", "3 May 2031", one=b"plain One.")
    assert [call["published"] for call in engine.calls] == ["3 May 2031"]


def test_a_moment_that_cannot_be_read_is_a_wrong_command_line_and_makes_no_file(add, tmp_path):
    result = add("one.txt", "--published", "the other day", one=b"plain One.")
    assert result.exit_code == 2
    assert not (tmp_path / FILE).exists()


def test_the_address_that_is_given_is_the_capture_s(add, engine):
    add("one.txt", "--url", "https://courier.example/1", one=b"plain One.")
    assert [call["url"] for call in engine.calls] == ["https://courier.example/1"]


def test_one_address_for_several_articles_is_refused(add):
    result = add("one.txt", "two.txt", "--url", "https://courier.example/1", one=b"plain 1", two=b"plain 2")
    assert (result.exit_code, "--url is the address of one article" in result.output) == (2, True)


def test_standard_input_is_added(add):
    assert "1 added" in add("-", stdin=b"plain One.").stderr
    assert kept() == ["plain One."]


def test_a_column_that_is_named_holds_the_text(add, tmp_path):
    (tmp_path / "rows.csv").write_text('n,said so\n1,"plain One."\n2,"plain Two."\n')
    result = add("rows.csv", "--column", "said so")
    assert "2 added" in result.stderr
    with closing(open_store(FILE, read_only=True)) as store:
        assert store.counts().captures == 2


def test_an_address_is_not_fetched_unasked(add):
    result = add("https://courier.example/1")
    assert (result.exit_code, "nothing is fetched unasked" in result.stderr) == (1, True)


def test_the_record_may_stand_in_the_folder_that_is_added(add):
    assert "2 added; statements" in add(".", one=b"plain One.", two=b"plain Two.").stderr
    assert add(".").stderr == "onrecord: news.onrecord: nothing new, 2 known already.\n"


def test_a_folder_with_the_record_alone_in_it_gives_nothing_to_add(add):
    result = add(".")
    assert (result.exit_code, "nothing was found to add" in result.stderr) == (0, True)


def test_without_a_record_nothing_is_read(run, engine):
    result = run("add", "one.txt", one=b"plain One.")
    assert (result.exit_code, engine.calls) == (2, [])
    assert "give --to FILE, or set the variable ONRECORD_FILE" in result.stderr


def test_the_variable_names_the_record(run, monkeypatch):
    monkeypatch.setenv("ONRECORD_FILE", "mine.onrecord")
    run("add", "one.txt", "--jobs", "1", one=b"plain One.")
    assert kept("mine.onrecord") == ["plain One."]


def test_weights_that_are_missing_end_the_run_and_lose_nothing(add):
    result = add("one.txt", "two.txt", one=b"plain One.", two=b"WEIGHTS")
    assert (result.exit_code, kept()) == (3, ["plain One."])


def test_ctrl_c_keeps_what_was_read_and_says_how_to_go_on(add):
    result = add("one.txt", "two.txt", "three.txt", one=b"plain One.", two=b"INTERRUPT", three=b"plain 3")
    assert result.exit_code == 130
    assert "Stopped. What was read until then is kept in news.onrecord" in result.stderr
    assert kept() == ["plain One."]
    assert ask()["runs"][0].ended_at is None


# Records that were read elsewhere.


def write_records(path, *texts, with_body=True):
    lines = [to_json(plain_record(text), with_body=with_body) + "\n" for text in texts]
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8") as stream:
        stream.writelines(lines)


@pytest.mark.parametrize("name", ["kept.jsonl", "kept.jsonl.gz"])
def test_records_with_their_bytes_are_added_without_being_read(add, engine, tmp_path, name):
    write_records(tmp_path / name, "plain One.", "plain Two.")
    assert "2 added; statements added: 2." in add(name).stderr
    assert (kept(), engine.calls) == (["plain One.", "plain Two."], [])
    assert "nothing new, 2 known already." in add(name).stderr


def test_records_without_their_bytes_are_failures_that_say_what_to_do(add, tmp_path):
    write_records(tmp_path / "kept.jsonl", "plain One.", with_body=False)
    result = add("kept.jsonl")
    assert result.exit_code == 1
    assert "kept.jsonl: line 1: This record is without its bytes" in result.stderr
    assert "--keep-body" in result.stderr


def test_a_record_that_its_bytes_do_not_bear_out_is_not_taken(add, tmp_path):
    write_records(tmp_path / "kept.jsonl", "plain One.", "plain Two.")
    lines = (tmp_path / "kept.jsonl").read_text().splitlines()
    digest = plain_record("plain One.").capture.sha256
    lines[0] = lines[0].replace(digest, "0" * 64)
    (tmp_path / "kept.jsonl").write_text("\n".join([*lines, "{broken", "", '{"article": 1}']))
    result = add("kept.jsonl")
    assert (result.exit_code, kept()) == (1, ["plain Two."])
    assert "line 1: The bytes do not bear this record out" in result.stderr
    assert "line 3: " in result.stderr
    assert "line 5: " in result.stderr


def test_what_a_record_exports_can_be_added_to_another(add, run, tmp_path):
    add("one.txt", "two.txt", one=b"plain One.", two=b"plain Two.")
    with onrecord.open(FILE) as collection, open("out.jsonl", "w", encoding="utf-8") as stream:
        for record in collection.records(with_body=True):
            stream.write(to_json(record, with_body=True) + "\n")
    result = run("add", "out.jsonl", "--to", "other.onrecord", "--jobs", "1")
    assert kept("other.onrecord") == kept(FILE), result.stderr


# Bad files.


def test_a_foreign_file_is_left_as_it_is(add, tmp_path, engine):
    (tmp_path / FILE).write_bytes(b"A letter to my aunt.")
    result = add("one.txt", one=b"plain One.")
    assert (result.exit_code, engine.calls) == (1, [])
    assert "This file is no record of onrecord's." in result.stderr
    assert (tmp_path / FILE).read_bytes() == b"A letter to my aunt."


def test_another_program_s_database_is_left_as_it_is(add, tmp_path):
    with closing(sqlite3.connect(tmp_path / FILE)) as other:
        other.execute("CREATE TABLE captures (mine TEXT)")
        other.commit()
    before = (tmp_path / FILE).read_bytes()
    assert add("one.txt", one=b"plain One.").exit_code == 1
    assert (tmp_path / FILE).read_bytes() == before


def test_a_newer_file_is_not_touched(add, tmp_path):
    add("one.txt", one=b"plain One.")
    with closing(sqlite3.connect(FILE)) as file:
        file.execute("UPDATE onrecord_version SET version_num = '9999'")
        file.commit()
    result = add("two.txt", two=b"plain Two.")
    assert result.exit_code == 1
    assert "newer" in result.stderr


def test_a_file_that_is_cut_off_is_said_to_be_damaged(add, tmp_path):
    add(*(f"a{n}.txt" for n in range(30)), **{f"a{n}": f"plain Number {n}.".encode() for n in range(30)})
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[: len(whole) // 3])
    result = add("two.txt", two=b"plain Two.")
    assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert "onrecord doctor" in result.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="Root may write everywhere.")
def test_a_file_that_may_not_be_written_is_said_to_be_so(add, tmp_path):
    add("one.txt", one=b"plain One.")
    (tmp_path / FILE).chmod(0o400)
    result = add("two.txt", two=b"plain Two.")
    assert (result.exit_code, "cannot be written" in result.stderr) == (1, True)


def test_a_folder_that_is_not_there_is_named(run):
    result = run("add", "one.txt", "--to", "nowhere/news.onrecord", one=b"plain One.")
    assert (result.exit_code, "There is no such folder." in result.stderr) == (1, True)


def test_a_disk_that_is_full_ends_the_run_with_the_cure_and_the_next_run_goes_on(add, monkeypatch):
    add("one.txt", one=b"plain One.")
    texts = {f"b{n:02}": f"plain {os.urandom(3000).hex()}".encode() for n in range(40)}
    names = [f"{name}.txt" for name in texts]
    with full_after(pages=60, monkeypatch=monkeypatch):
        result = add(*names, **texts)
    assert result.exit_code == 1
    assert "run the same command again to go on." in result.stderr
    held = len(kept())
    assert 1 <= held < 41
    again = add(*names)
    assert f"{41 - held} added, {held - 1} known already" in again.stderr
    assert len(kept()) == 41


def full_after(*, pages, monkeypatch):
    """A context in which files of SQLite may have only so many pages: it says then that the disk is full."""
    context = monkeypatch.context()

    class Full:
        def __enter__(self):
            patch = context.__enter__()
            connect = sqlite3.connect

            def connect_small(*given, **named):
                connection = connect(*given, **named)
                used = connection.execute("PRAGMA page_count").fetchone()[0]
                connection.execute(f"PRAGMA max_page_count = {used + pages}")
                return connection

            patch.setattr(sqlite3, "connect", connect_small)
            patch.setattr(sqlite3.dbapi2, "connect", connect_small)

        def __exit__(self, *error):
            return context.__exit__(*error)

    return Full()


def test_a_file_that_another_program_writes_is_waited_for(add, tmp_path):
    add("one.txt", one=b"plain One.")
    other = sqlite3.connect(tmp_path / FILE, check_same_thread=False, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = threading.Timer(0.5, lambda: other.execute("COMMIT"))
    waiting.start()
    result = add("two.txt", two=b"plain Two.")
    waiting.join()
    other.close()
    assert (result.exit_code, kept()) == (0, ["plain One.", "plain Two."])


def test_signals_mean_after_adding_what_they_meant_before(add):
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    add("one.txt", one=b"plain One.")
    assert [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)] == before


def test_the_password_of_a_database_is_never_said(run, monkeypatch):
    from onrecord.cli import main

    monkeypatch.setenv("ONRECORD_FILE", "postgresql://ada:s3cret@127.0.0.1:9/news")
    for arguments in (["add", "one.txt"], ["--debug", "add", "one.txt"], ["add", "--help"]):
        result = CliRunner().invoke(main, arguments)
        assert "s3cret" not in result.output + repr(result.exception)
