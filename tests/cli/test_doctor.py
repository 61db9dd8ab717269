"""`onrecord doctor`: what it says of a record that is whole, damaged, out of step or wants somebody."""

import json
import os
import sqlite3
import stat

import pytest
from click.testing import CliRunner

from onrecord.cli.doctor import Finding, doctor, examine
from onrecord.cli.exits import Program
from onrecord.errors import DamagedStoreError, WeightsError
from onrecord.record import Failure
from onrecord.store import open_store
from onrecord.store.base import Reading
from tests.bridge import make_record
from tests.record.judging import correct, judge
from tests.record.test_overlay_refit import BEFORE, STATEMENT, hold, read

OWN = "onrecord=1 model=a"
READING = Reading(reader=OWN)
NEWER = Reading(reader="onrecord=2 model=b")
RECORD = make_record()


@pytest.fixture(autouse=True)
def signature(monkeypatch):
    """The engine that is installed is the one that read."""
    monkeypatch.setattr("onrecord.engine.Engine.signature", OWN)


@pytest.fixture
def path(tmp_path):
    where = tmp_path / "news.onrecord"
    with open_store(where, create=True) as store:
        run = store.start_run(READING)
        store.add_records([(RECORD.capture, RECORD)], READING)
        store.end_run(run, added=1, known=0, failed=0)
    return where


@pytest.fixture
def run(path):
    program = Program(name="onrecord", commands={"doctor": doctor})

    def run_doctor(*arguments):
        return CliRunner().invoke(program, ["doctor", "--in", str(path), *arguments])

    return run_doctor


def levels(done):
    return {line.split(":")[0].split()[1]: line.split()[0] for line in done.stdout.splitlines()}


def test_a_whole_record_is_well_in_every_part(run):
    done = run()
    assert done.exit_code == 0, done.output
    assert levels(done) == dict.fromkeys(
        ("file", "index", "judgements", "failures", "readers", "runs"), "well"
    )
    assert "agrees with the records: 1 articles, 10 statements" in done.stdout


def test_json_is_one_object_with_every_finding(run, path):
    shape = json.loads(run("--json").stdout)
    assert shape["well"] is True
    assert shape["where"] == str(path)
    assert [finding["what"] for finding in shape["findings"]][:2] == ["file", "index"]


def test_a_record_that_cannot_be_written_is_looked_through(run, path):
    path.chmod(stat.S_IRUSR)
    os.chmod(path.parent, stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert run().exit_code == 0
    finally:
        os.chmod(path.parent, stat.S_IRWXU)


def test_captured_bytes_that_are_others_are_wrong(run, path):
    change(path, "UPDATE bodies SET packed = (SELECT packed FROM extractions)")
    done = run()
    assert done.exit_code == 1
    assert levels(done)["file"] == "wrong"
    assert "Bring back a copy" in done.stdout


def test_a_damaged_reading_is_wrong_and_the_other_parts_are_looked_at_all_the_same(run, path):
    change(path, "UPDATE extractions SET packed = x'00'")
    done = run()
    assert done.exit_code == 1
    assert levels(done)["file"] == levels(done)["index"] == "wrong"
    assert levels(done)["failures"] == "well"


def test_an_index_that_lacks_a_statement_is_wrong_until_it_is_rebuilt(run, path):
    change(path, "DELETE FROM statements WHERE statement_key = (SELECT min(statement_key) FROM statements)")
    done = run()
    assert done.exit_code == 1
    assert "1 of 10 statements are searched otherwise than they are kept. Run `onrecord doctor" in done.stdout
    assert run("--rebuild").exit_code == 0
    assert run().exit_code == 0


def test_an_index_that_counts_otherwise_is_wrong(run, path):
    change(
        path, "UPDATE statement_days SET statements = 11 WHERE day = (SELECT min(day) FROM statement_days)"
    )
    assert "statements where 10 are kept" in run().stdout
    assert run("--rebuild").exit_code == 0
    assert run().exit_code == 0


def test_an_article_that_is_listed_with_another_count_is_wrong(run, path):
    change(path, "UPDATE shown_articles SET statements = 11")
    assert "1 of 1 articles are listed with other counts of statements" in run().stdout
    assert run("--rebuild").exit_code == 0
    assert run().exit_code == 0


def test_an_index_that_lags_behind_a_judgement_is_wrong(run, path):
    reject = judge("reject", RECORD, RECORD.statements[0])
    with open_store(path) as store:
        store.add_judgements([reject])
    assert run().exit_code == 0
    row = f"INSERT INTO withdrawals VALUES ('{reject.judgement_id}', 'Ilka Stern', '2031-06-01T00:00:00Z')"
    change(path, row)
    assert "searched otherwise than they are kept" in run().stdout


def test_a_judgement_that_fits_no_more_is_told_with_who_when_what_why_and_the_cure(run, path):
    judgement = judge("reject", BEFORE, STATEMENT)
    gone = read(BEFORE.article.text, [hold(BEFORE.article.text, words="“It will not,”")])
    with open_store(path) as store:
        store.add_records([(BEFORE.capture, BEFORE)], READING)
        store.add_judgements([judgement])
        store.add_records([(BEFORE.capture, gone)], NEWER)
    done = run()
    assert done.exit_code == 1
    line = next(line for line in done.stdout.splitlines() if "fits no more" in line)
    for told in (
        "wrong judgement: fits no more: judgement-",
        f"reject {STATEMENT.statement_id} ““It will hold,”” · Ilka Stern, 2031-05-01T10:00:00+00:00",
        "no statement of it says",
        f"`onrecord show {BEFORE.article.article_id}`",
        f"`onrecord judge withdraw {judgement.judgement_id}`.",
    ):
        assert told in line
    assert "0 of 1 standing judgements fit; 0 withdrawn" in done.stdout


def test_withdrawing_what_fits_no_more_makes_it_well(run, path):
    test_a_judgement_that_fits_no_more_is_told_with_who_when_what_why_and_the_cure(run, path)
    with open_store(path) as store:
        store.withdraw(store.judgements()[0].judgement_id, by="Ilka Stern", at="2031-06-01T00:00:00Z")
    assert run().exit_code == 0


def test_a_judgement_that_fits_is_counted(run, path):
    with open_store(path) as store:
        store.add_judgements([correct(RECORD, RECORD.statements[4], "mode", value="wrote")])
    assert "1 of 1 standing judgements fit" in run().stdout


def test_failures_are_counted_by_reason_and_are_not_wrong(run, path):
    failure = Failure(stage="read", reason="BinaryInputError", detail="a \x1b[31mpicture", subject="x.png")
    with open_store(path) as store:
        store.add_failures([failure], READING)
    done = run()
    assert done.exit_code == 0
    assert "note  failures: 1 could not be read (BinaryInputError 1); the first: x.png: a ␛[31mpicture." in (
        done.stdout
    )


def test_articles_of_another_reader_are_noted_with_the_cure(run, monkeypatch):
    monkeypatch.setattr("onrecord.engine.Engine.signature", "onrecord=9 model=z")
    done = run()
    assert done.exit_code == 0
    assert f"1 articles were not read by this onrecord (onrecord=9 model=z) but 1 by {OWN}" in done.stdout
    assert "`onrecord add` with the same paths reads them anew" in done.stdout


def test_an_onrecord_that_is_not_whole_still_looks_a_record_through(run, monkeypatch):
    def fail(_):
        raise WeightsError("The weights are missing.", cure="Install onrecord again.")

    monkeypatch.setattr("onrecord.engine.Engine.signature", property(fail))
    done = run()
    assert done.exit_code == 0
    assert "cannot be told: The weights are missing. Install onrecord again." in done.stdout


def test_a_run_that_was_cut_off_is_noted_until_another_ends(run, path):
    with open_store(path) as store:
        store.start_run(READING)
    assert "was cut off, or still goes on. Run the same `onrecord add` again" in run().stdout
    with open_store(path) as store:
        store.end_run(store.start_run(READING), added=0, known=1, failed=0)
    assert levels(run())["runs"] == "well"


def test_a_part_that_cannot_be_read_is_a_finding_and_the_rest_is_looked_at():
    class Broken:
        def __getattr__(self, name):
            def fail(*_):
                raise DamagedStoreError("Something is torn.", cure="Mend it.")

            return (lambda: ("torn",)) if name == "check_file" else fail

    found = list(examine(Broken()))
    assert found[0].detail == "torn"
    assert found[1] == Finding(level="wrong", what="index", detail="Something is torn.", cure="Mend it.")
    assert [finding.what for finding in found[2:]] == ["judgements", "failures", "readers", "runs"]


@pytest.mark.parametrize("body", [b"", b"SQLite format 3\x00" + b"\x00" * 200, b"plain words\n"])
def test_a_file_that_is_no_record_is_an_error_with_a_cure(run, path, body):
    path.write_bytes(body)
    done = run()
    assert done.exit_code == 1
    assert done.stderr.startswith("onrecord: ")


def test_no_record_is_a_wrong_command_line(monkeypatch):
    monkeypatch.delenv("ONRECORD_FILE", raising=False)
    assert CliRunner().invoke(doctor, []).exit_code == 2


def change(path, statement):
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)
    connection.close()
