"""`onrecord export`: a record, or what answers a question, as one whole file; what it says and refuses."""

import dataclasses
import io
import json

import pytest
from click.testing import CliRunner

from onrecord.cli.exits import Program
from onrecord.cli.export import export
from onrecord.cli.terminal import Terminal
from onrecord.export.formats import FORMATS
from onrecord.record import Failure, Judgement, capture_id_of, from_json, target_of
from onrecord.store import open_store
from onrecord.store.base import Reading
from tests.bridge import make_record
from tests.export.reading_back import READERS
from tests.factories import make_small_record

READING = Reading(reader="onrecord 1 / model a")
FAILURE = Failure(stage="read", reason="EmptyInputError", detail="There is no text.", subject="a.html")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to be in, and a record of two articles and a failure that ONRECORD_FILE names."""
    silent = make_small_record("Nobody speaks here.")
    with open_store(tmp_path / "news.onrecord", create=True) as store:
        store.add_records([(r.capture, r) for r in (make_record(), silent)], READING)
        store.add_failures([FAILURE], READING)
    monkeypatch.setenv("ONRECORD_FILE", str(tmp_path / "news.onrecord"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
def run(folder):
    """Runs `onrecord export` there."""
    program = Program(name="onrecord", commands={"export": export})
    return lambda *arguments: CliRunner().invoke(program, ["export", *arguments])


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=FORMATS)
def test_every_format_is_written_from_a_record_that_is_kept(run, folder, chosen):
    path = folder / f"out{chosen.suffixes[0]}"
    done = run("-o", path.name)
    assert done.exit_code == 0, done.output
    assert f"Written as {chosen.name} in {path.name}: {READERS[chosen.name](path)} " in done.stderr
    assert "of 2 articles with 10 statements." in done.stderr
    assert [p.name for p in folder.iterdir()] == [path.name]
    assert done.stdout == ""


def test_the_name_of_a_format_goes_before_that_of_the_file(run, folder):
    assert run("-o", "out.txt", "--format", "csv").exit_code == 0
    assert READERS["csv"](folder / "out.txt") == 10


def test_filters_and_words_leave_what_answers(run, folder):
    run("-o", "out.jsonl", "--speaker", "Vance", "frost")
    (record,) = [from_json(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [s.statement_id for s in record.statements] == [make_record().statements[0].statement_id]


def test_a_question_that_nothing_answers_leaves_an_empty_table(run, folder):
    done = run("-o", "out.csv", "nowhere-said")
    assert done.exit_code == 0
    assert "0 rows of 0 articles with 0 statements" in done.stderr
    assert READERS["csv"](folder / "out.csv") == 0


def test_on_stdout_there_is_the_export_alone(run):
    done = run("-o", "-", "--format", "jsonl")
    *records, failure = [from_json(line) for line in done.stdout.splitlines()]
    assert (len(records), failure) == (2, FAILURE)
    assert "Written as jsonl: 2 records of 2 articles" in done.stderr


def test_failures_are_not_part_of_what_answers_a_question(run):
    assert all(
        json.loads(line)["article"]
        for line in run("-o", "-", "--format", "jsonl", "frost").stdout.splitlines()
    )


def test_captured_bytes_are_kept_where_they_are_asked_for(run, folder):
    run("-o", "out.jsonl", "--keep-body")
    first, *_ = (from_json(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines())
    record = make_record()
    assert first.capture.body == record.capture.body
    assert first == dataclasses.replace(record, capture=first.capture)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Missing option '-o'"),
        (("-o", "-"), "give it with --format"),
        (("-o", "-", "--format", "xlsx"), "xlsx is not text"),
        (("-o", "out.csv", "--keep-body"), "--keep-body is for JSONL"),
        (("-o", "out.csv", "--near", "north"), "--near"),
        (("-o", "out.jsonl", "--judgements", "frost"), "give no filters or format"),
        (("-o", "out.csv", "--judgements", "--format", "csv"), "give no filters or format"),
        (("-o", "out.csv", "--paragraphs"), "--paragraphs is for --judgements"),
    ],
)
def test_a_wrong_command_line_is_told_and_nothing_is_written(run, folder, arguments, told):
    done = run(*arguments)
    assert (done.exit_code, told in done.stderr) == (2, True)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-o", "out.docx"), "neither a format nor a file whose name tells one"),
        (("-o", "out.csv", "--format", "word"), "'word' is neither"),
        (("-o", "no/folder/out.csv"), "Make the folder first"),
        (("-o", "../news.onrecord", "--format", "csv"), "Give another name for the export"),
        (("--in", "other.onrecord", "-o", "out.csv"), "other.onrecord"),
    ],
)
def test_what_cannot_be_written_is_told_without_a_traceback(run, folder, arguments, told):
    before = (folder.parent / "news.onrecord").read_bytes()
    done = run(*arguments)
    assert (done.exit_code, told in done.stderr) == (1, True)
    assert isinstance(done.exception, SystemExit)
    assert list(folder.iterdir()) == []
    assert (folder.parent / "news.onrecord").read_bytes() == before


def test_judgements_are_written_as_cases(run, folder):
    record = make_record()
    rejection = Judgement(
        judgement_id="judgement-1",
        kind="reject",
        by="Ada Quill",
        made_at="2031-06-01T10:00:00+00:00",
        target=target_of(record.statements[0], record.article.text, capture_id_of(record.capture)),
    )
    with open_store(folder.parent / "news.onrecord") as store:
        store.add_judgements([rejection])
    done = run("-o", "cases.jsonl", "--judgements")
    (case,) = map(json.loads, (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines())
    assert (case["verdict"], case["text"]) == ("rejected", record.article.text)
    assert "Judgements written in cases.jsonl: 1 statement, 0 pairs of people." in done.stderr
    (shorter,) = map(json.loads, run("-o", "-", "--judgements", "--paragraphs").stdout.splitlines())
    assert shorter["text"] in record.article.text
    assert len(shorter["text"]) < len(record.article.text)


def test_what_people_rejected_is_in_no_export(run, folder):
    record = make_record()
    target = target_of(record.statements[0], record.article.text, capture_id_of(record.capture))
    made = {"by": "Ada Quill", "made_at": "2031-06-01T10:00:00+00:00", "target": target}
    with open_store(folder.parent / "news.onrecord") as store:
        store.add_judgements([Judgement(judgement_id="judgement-1", kind="reject", **made)])
    done = run("-o", "out.csv")
    assert "9 rows of 2 articles with 9 statements" in done.stderr


def test_the_formats_are_listed(run):
    listed = run("--formats").stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(FORMATS)


def test_a_terminal_is_shown_no_hidden_characters():
    stream = io.BytesIO()
    terminal = Terminal(stream)
    written = "\ufeffé \x1b[31m \x9b \u202e\r\n".encode()
    for byte in written:
        assert terminal.write(bytes([byte])) == 1
    terminal.flush()
    assert stream.getvalue().decode() == "é ␛[31m � ⟨RLO⟩\r\n"
