"""`onrecord verify`: faces, exit codes and messages; with a report made by hand, and with a real record."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import onrecord
from onrecord.cli.exits import Program
from onrecord.cli.verify import verify
from onrecord.verifier.verdict import Report
from tests.reports import DRAFT, make_claim, make_report, make_verdict

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
HOLDING = Report(draft="a.md", text=DRAFT, verdicts=(make_verdict(make_claim("It was I,"), "exact"),))
EMPTY = Report(draft="a.md", text="No.", verdicts=(), notes=("The draft holds no quotation.",))


@click.group(cls=Program)
def program():
    """The program with this command alone."""


program.add_command(verify)


def run_program(*arguments, stdin=None):
    return CliRunner().invoke(program, ["verify", *map(str, arguments)], input=stdin)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command in an empty folder with a draft and a verifier that gives a report made by hand."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("ONRECORD_FILE", raising=False)
    (tmp_path / "a.md").write_text("“It was I,” she said.", encoding="utf-8")
    asked = {}

    def run_with(*arguments, report=HOLDING, stdin=None):
        def answer(draft, where, *, quotations):
            asked.update(draft=draft, where=where, quotations=quotations)
            return report

        monkeypatch.setattr("onrecord.cli.verify._verify", answer)
        return run_program(*arguments, stdin=stdin)

    run_with.asked = asked
    return run_with


def test_a_draft_that_holds_ends_with_0(run):
    result = run("a.md", "--in", "b.onrecord")
    assert result.exit_code == 0
    assert "The one there is holds." in result.stdout


def test_a_draft_that_fails_ends_with_1_and_tells_what_fails_first(run):
    result = run("a.md", "--in", "b.onrecord", report=make_report())
    assert result.exit_code == 1
    order = [
        result.stdout.index(word)
        for word in ("ALTERED ! negation turned", "MISATTRIBUTED", "NOT FOUND", "exact")
    ]
    assert order == sorted(order)
    assert "[-not-]" in result.stdout
    assert "3 of 9 fail" in result.stdout


def test_a_draft_without_quotations_ends_with_0_and_says_so(run):
    result = run("a.md", "--in", "b.onrecord", report=EMPTY)
    assert result.exit_code == 0
    assert "The draft holds no quotation." in result.stdout


def test_the_table_has_the_evidence(run):
    table = run("a.md", "--in", "b.onrecord", report=make_report()).stdout
    assert "Tessaly Lantern · 2031-05-03 · Ilse Corran (direct) · https://lantern.example/lock" in table


def test_json_is_one_object_on_stdout_and_the_rest_on_stderr(run):
    result = run("a.md", "--in", "b.onrecord", "--json", report=make_report())
    assert json.loads(result.stdout)["fails"] is True
    assert "onrecord: 3 of 9 fail" in result.stderr
    assert result.exit_code == 1


def test_a_page_goes_to_a_file(run, tmp_path):
    result = run("a.md", "--in", "b.onrecord", "--html", "-o", "v.html", report=make_report())
    assert (tmp_path / "v.html").read_text("utf-8").startswith("<!doctype html>")
    assert result.stdout == ""
    assert "3 of 9 fail" in result.stderr


def test_both_faces_are_a_wrong_command_line(run):
    assert run("a.md", "--in", "b.onrecord", "--json", "--html").exit_code == 2


def test_no_record_is_a_wrong_command_line_that_names_the_option(run):
    result = run("a.md")
    assert result.exit_code == 2
    assert "--in FILE" in result.stderr


def test_the_record_can_be_named_by_the_environment(run, monkeypatch):
    monkeypatch.setenv("ONRECORD_FILE", "c.onrecord")
    run("a.md")
    assert run.asked["where"] == "c.onrecord"


def test_an_empty_name_is_a_wrong_command_line(run):
    assert run("", "--in", "b.onrecord").exit_code == 2


@pytest.mark.parametrize("target", ["a.md", "b.onrecord"])
def test_neither_draft_nor_record_is_overwritten(run, tmp_path, target):
    (tmp_path / "b.onrecord").write_bytes(b"a record")
    before = (tmp_path / target).read_bytes()
    result = run("a.md", "--in", "b.onrecord", "-o", target)
    assert result.exit_code == 2
    assert (tmp_path / target).read_bytes() == before


def test_quotations_alone_can_be_asked_for(run):
    run("a.md", "--in", "b.onrecord", "--quotations")
    assert run.asked["quotations"] is True


@pytest.mark.parametrize("words", ["\x1b[31mred", "\u202egnp", "a\x07b", "[bold]no[/bold]"])
def test_words_of_strangers_reach_no_terminal_as_commands(run, words):
    claim = make_claim(words, text=words, speaker=words)
    verdict = make_verdict(claim, "not_found", reason=words)
    out = run(
        "a.md", "--in", "b", report=Report(draft=words, text=words, verdicts=(verdict,), notes=(words,))
    ).stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(out)
    assert "bold" not in words or words in out


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """The three articles on the bridge, kept."""
    path = tmp_path_factory.mktemp("record") / "bridge.onrecord"
    with onrecord.open(path) as collection:
        collection.add(sorted(SAMPLES.glob("bridge-*")))
    return path


def test_the_sample_draft_meets_every_kind_that_a_newsdesk_must_see(record):
    result = run_program(SAMPLES / "drafts" / "bridge.md", "--in", record, "--json")
    verdicts = json.loads(result.stdout)["verdicts"]
    told = {v["claim"]["parts"][0]["text"][:24]: (v["kind"], v["flags"]) for v in verdicts}
    assert told["I would rather apologise"] == ("exact", [])
    assert told["We did not know about th"][0] == "trimmed"
    assert told["If it had, I'd never hav"] == ("altered", ["negation"])
    assert told["My takings fell by half "][0] == "misattributed"
    assert told["The ferry will be free f"] == ("not_found", [])
    assert told["The ‘missing’ survey is "][0] in {"exact", "marks", "spliced"}
    assert result.exit_code == 1


def test_the_evidence_of_a_quotation_is_the_article_that_printed_it(record):
    result = run_program(SAMPLES / "drafts" / "bridge.md", "--in", record, "--json", "--quotations")
    verdicts = json.loads(result.stdout)["verdicts"]
    thwaite = next(v for v in verdicts if v["kind"] == "altered")
    assert {e["outlet"] for e in thwaite["evidence"]} == {"LUMEN NEWS"}
    assert {v["claim"]["form"] for v in verdicts} == {"direct"}


def test_every_face_of_a_real_draft_is_made(record, tmp_path):
    draft = SAMPLES / "drafts" / "bridge.md"
    assert "! negation turned" in run_program(draft, "--in", record).stdout
    run_program(draft, "--in", record, "--html", "-o", tmp_path / "v.html")
    assert "negation turned" in (tmp_path / "v.html").read_text("utf-8")


def test_a_record_that_is_not_there_ends_with_1(tmp_path):
    result = run_program(SAMPLES / "drafts" / "bridge.md", "--in", tmp_path / "none.onrecord")
    assert result.exit_code == 1
    assert "none.onrecord" in result.stderr
    assert not (tmp_path / "none.onrecord").exists()


def test_a_draft_that_cannot_be_read_ends_with_1_and_is_named(record, tmp_path):
    result = run_program(tmp_path / "missing.md", "--in", record, "-o", tmp_path / "v.txt")
    assert result.exit_code == 1
    assert "missing.md: The draft cannot be opened" in result.stderr
    assert not (tmp_path / "v.txt").exists()


def test_standard_input_is_a_draft(record):
    result = run_program("-", "--in", record, "--json", stdin="“My takings fell by half overnight,” it said.")
    assert [v["kind"] for v in json.loads(result.stdout)["verdicts"]] == ["exact"]
    assert result.exit_code == 0
