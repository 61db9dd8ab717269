"""`onrecord judge`: judgements made, told, listed and taken back on the command line."""

import dataclasses
import json

import click
import pytest
from click.testing import CliRunner

from onrecord.cli.exits import Program
from onrecord.cli.judge import judge
from onrecord.gazetteer.lookup import Candidate
from onrecord.record import Query
from onrecord.store import open_store
from onrecord.store.base import Reading
from tests.bridge import TEXT, make_record
from tests.record.judging import BELTOWN

READING = Reading(reader="onrecord 1 / model a")
RECORD = make_record()
FROST, CROSSING, SAFE, BELIEVED, BILL, SECOND, TOLLS, RIVER, ASKED, PAY = (
    statement.statement_id for statement in RECORD.statements
)


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A record file with one article in it; no name is set."""
    monkeypatch.delenv("ONRECORD_NAME", raising=False)
    where = tmp_path / "news.onrecord"
    with open_store(where, create=True) as store:
        store.add_records([(RECORD.capture, RECORD)], READING)
    return where


@pytest.fixture
def run(path):
    """Runs `onrecord judge` on that file, by Ilka Stern."""
    program = Program(name="onrecord", commands={"judge": judge})

    def run_judge(*arguments, by="Ilka Stern"):
        named = ["--by", by] if by is not None and arguments[0] != "list" else []
        return CliRunner().invoke(program, ["judge", *arguments, "--in", str(path), *named])

    return run_judge


def shown(path, statement_id):
    with open_store(path, read_only=True) as store:
        judged = store.judged(statement_id)
    return next((s for s in judged.record.statements if s.statement_id == statement_id), None)


def last_judgement(path):
    with open_store(path, read_only=True) as store:
        return store.judgements()[-1]


def words_of(spans):
    return [span.of(TEXT) for span in spans]


def test_accept_keeps_who_accepted_what_and_says_how_to_take_it_back(run, path):
    done = run("accept", FROST, "--score", "0.9", "--note", "heard it")
    judgement = last_judgement(path)
    assert (judgement.kind, judgement.by, judgement.score, judgement.note) == (
        "accept",
        "Ilka Stern",
        0.9,
        "heard it",
    )
    assert judgement.correction.words == ("Mira Vance",)
    told, back = done.stdout.splitlines()
    assert told.startswith(f"accepted {FROST}: Mira Vance: “We will not open it")
    assert judgement.judgement_id in back
    assert f"onrecord judge withdraw {judgement.judgement_id[:20]}" in back
    assert done.exit_code == 0


def test_reject_takes_a_statement_out_and_accept_takes_it_back_in(run, path):
    assert run("reject", FROST).exit_code == 0
    assert shown(path, FROST) is None
    assert run("accept", FROST).exit_code == 0
    assert shown(path, FROST) is not None


def test_an_id_may_be_cut_short(run, path):
    assert run("reject", TOLLS.removeprefix("statement-")[:8]).exit_code == 0
    assert shown(path, TOLLS) is None


def test_withdraw_brings_back_what_was_and_who_withdrew_stays(run, path):
    run("reject", FROST)
    done = run("withdraw", last_judgement(path).judgement_id[:20], by="Bo Lind")
    assert done.stdout.startswith("withdrawn: judgement-")
    assert shown(path, FROST) is not None
    assert last_judgement(path).withdrawn_by == "Bo Lind"


def test_what_was_withdrawn_cannot_be_again(run, path):
    run("reject", FROST)
    wanted = last_judgement(path).judgement_id
    run("withdraw", wanted)
    done = run("withdraw", wanted)
    assert done.exit_code == 1
    assert "was withdrawn before: by Ilka Stern" in done.stderr


def test_words_are_corrected_to_those_nearest_to_the_statement(run, path):
    done = run("correct", PAY, "--content", "would pay before the end of next week", "--cue", "said")
    statement = shown(path, PAY)
    assert words_of(statement.content) == ["would pay before the end of next week"]
    assert statement.cue == RECORD.statements[9].cue
    assert "→ “would pay before the end of next week”" in done.stdout


def test_a_content_in_pieces_is_put_in_the_order_of_the_text(run, path):
    run("correct", FROST, "--content", "Not with these cables", "--content", "before the frost")
    assert words_of(shown(path, FROST).content) == ["before the frost", "Not with these cables"]


def test_straight_marks_and_other_spaces_find_the_words(run, path):
    run("correct", SAFE, "--content", 'promised  "a safe crossing"')
    assert words_of(shown(path, SAFE).content) == ["promised “a safe crossing”"]


def test_bounds_may_stand_for_words(run, path):
    start = TEXT.index("a safe")
    run("correct", SAFE, "--content", f"@{start}:{start + 6}")
    assert words_of(shown(path, SAFE).content) == ["a safe"]


def test_words_that_are_nowhere_are_refused_and_nothing_is_kept(run, path):
    done = run("correct", SAFE, "--mode", "wrote", "--content", "a safer crossing")
    assert done.exit_code == 1
    assert "The article does not say “a safer crossing”." in done.stderr
    assert shown(path, SAFE) == RECORD.statements[2]


def test_words_at_two_places_as_near_are_refused_with_both(run):
    done = run("correct", CROSSING, "--content", "e")
    assert done.exit_code == 1
    assert "none is nearest: @" in done.stderr
    assert "Give more of the words" in done.stderr


def test_the_speaker_is_corrected_by_name_by_id_and_to_unknown(run, path):
    corran = next(e for e in RECORD.entities if e.name == "Ilse Corran")
    for value, name in (
        ("ilse corran", "Ilse Corran"),
        (corran.entity_id[:20], "Ilse Corran"),
        ("unknown", None),
    ):
        assert run("correct", TOLLS, "--speaker", value).exit_code == 0
        speaker = shown(path, TOLLS).speaker
        assert (speaker and speaker.name) == name


def test_a_speaker_whom_the_reader_missed_is_taken_from_the_text_with_a_kind(run, path):
    done = run("correct", TOLLS, "--speaker", "Ondrej Vale", "--kind", "organisation")
    assert done.exit_code == 0, done.stderr
    statement = shown(path, TOLLS)
    assert statement.speaker.name == "Ondrej Vale"
    assert statement.origin.rules == ("corrected/speaker", "corrected/speaker_kind")


def test_a_speaker_whom_the_article_does_not_name_is_refused_with_those_it_names(run):
    done = run("correct", TOLLS, "--speaker", "Nobody Here")
    assert done.exit_code == 1
    assert "It names Mira Vance (entity-" in done.stderr


def test_when_and_where_and_how_are_corrected_together(run, path):
    done = run("correct", BILL, "--said-at", "2031-04", "--said-in", "Port Tessaly", "--mode", "wrote")
    statement = shown(path, BILL)
    assert (statement.said_at.start, statement.said_in.text, statement.mode) == (
        "2031-04-01",
        "Port Tessaly",
        "wrote",
    )
    assert len(done.stdout.splitlines()) == 6


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--said-at", "last May", "'last May' is no date or interval that is read here: 2031, "),
        ("--mode", "sang", "Give one of said, wrote, thinks"),
        ("--kind", "robot", "Give one of person, organisation"),
        ("--content", "@5:3", "are no bounds"),
        ("--content", "   ", "The article does not say"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_those_that_can(run, path, option, value, told):
    done = run("correct", FROST, option, value)
    assert done.exit_code == 1
    assert told in done.stderr
    assert shown(path, FROST) == RECORD.statements[0]


def test_a_correction_of_nothing_is_a_wrong_command_line(run):
    done = run("correct", FROST)
    assert done.exit_code == 2
    assert "Nothing is corrected" in done.stderr


def test_nothing_is_said_of_a_rejected_statement_but_that_it_is_right(run):
    run("reject", FROST)
    done = run("correct", FROST, "--mode", "wrote")
    assert done.exit_code == 1
    assert "was rejected" in done.stderr


def test_a_judgement_is_somebodys(run, monkeypatch, path):
    done = run("accept", FROST, by=None)
    assert done.exit_code == 2
    assert "give --by NAME, or set the variable ONRECORD_NAME" in done.stderr
    monkeypatch.setenv("ONRECORD_NAME", "Bo Lind")
    assert run("accept", FROST, by=None).exit_code == 0
    assert last_judgement(path).by == "Bo Lind"


@pytest.mark.parametrize("by", ["   ", "\x1b[31mred", "a\nb", "x" * 300, "\u202eliam"])
def test_a_name_that_is_none_is_refused(run, by):
    done = run("accept", FROST, by=by)
    assert done.exit_code == 1
    assert "is no name" in done.stderr
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("score", ["1.5", "-0.1", "nan"])
def test_a_score_is_from_0_to_1(run, score):
    assert "A score is from 0 to 1" in run("accept", FROST, "--score", score).stderr


@pytest.mark.parametrize("wanted", ["statement-ffffffff", "x", "'; DROP TABLE judgements; --", "\x00", ""])
def test_an_id_of_nothing_is_an_error(run, wanted):
    done = run("accept", wanted)
    assert done.exit_code == 1
    assert done.stderr.startswith("onrecord: ")


def test_two_names_are_merged_into_one_person(run, path):
    done = run("merge", "Mira Vance", "Ilse Corran")
    assert done.exit_code == 0, done.stderr
    assert "merged Mira Vance (person-" in done.stdout
    with open_store(path, read_only=True) as store:
        persons = dict(store.judged(FROST).person_ids)
    ids = {persons[e.entity_id] for e in RECORD.entities if e.name in {"Mira Vance", "Ilse Corran"}}
    assert len(ids) == 1


def test_nobody_is_merged_with_nobody(run):
    assert "Nobody in the record is 'Ann Nobody'" in run("merge", "Ann Nobody", "Mira Vance").stderr
    assert "is one person already" in run("merge", "Mira Vance", "Mira Vance").stderr


@pytest.mark.parametrize("more", [[], ["--entity", "Mira Vance"]])
def test_a_speaker_is_split_off_from_who_bears_the_name(run, path, more):
    with open_store(path, read_only=True) as store:
        before = dict(store.judged(FROST).person_ids)
    done = run("split", FROST, *more)
    assert "split off Mira Vance of article-" in done.stdout
    with open_store(path, read_only=True) as store:
        after = dict(store.judged(FROST).person_ids)
    changed = [entity for entity in before if before[entity] != after[entity]]
    assert changed == [RECORD.entities[0].entity_id]


def test_a_split_says_who(run):
    assert run("split", TOLLS).exit_code == 2
    assert "The article names nobody 'Ann Nobody'" in run("split", TOLLS, "--entity", "Ann Nobody").stderr


def test_the_list_tells_what_stands_and_with_all_what_was_withdrawn(run, path):
    run("reject", FROST, "--note", "not hers")
    run("withdraw", last_judgement(path).judgement_id)
    run("correct", BILL, "--mode", "wrote")
    standing, everything = run("list").stdout, run("list", "--all").stdout
    assert len(standing.splitlines()) == 1
    assert f"correct mode {BILL} “The bill has doubled since winter” · Ilka Stern" in standing
    assert "· not hers · withdrawn by Ilka Stern" in everything


def test_the_list_of_one_statement_and_of_its_article(run):
    run("reject", FROST)
    run("accept", BILL)
    assert FROST in run("list", "--of", FROST).stdout
    assert BILL not in run("list", "--of", FROST).stdout
    assert len(run("list", "--of", RECORD.article.article_id).stdout.splitlines()) == 2


def test_the_list_as_json_is_a_judgement_a_line(run, path):
    run("correct", BILL, "--mode", "wrote")
    (line,) = run("list", "--json").stdout.splitlines()
    found = json.loads(line)
    assert found["judgement_id"] == last_judgement(path).judgement_id
    assert found["correction"]["value"] == "wrote"
    assert found["unfit"] is None


def test_an_empty_list_says_so(run):
    done = run("list")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "No judgement.\n")


def test_a_note_of_a_stranger_does_nothing_to_the_terminal(run):
    run("accept", FROST, "--note", "\x1b[31m\u202ered")
    assert "␛[31m⟨RLO⟩red" in run("list").stdout


@pytest.mark.parametrize("command", sorted(judge.commands))
def test_every_command_tells_what_it_does_without_a_record(command):
    done = CliRunner().invoke(judge, [command, "--help"])
    assert done.exit_code == 0
    assert isinstance(judge.commands[command], click.Command)
    assert "--in FILE" in done.stdout


class Gazetteer:
    """Two places of one name, and one of another."""

    def __init__(self, *_):
        entries = [
            dataclasses.replace(BELTOWN, entry_id=f"geonames:{n}", name="Nowhere Ness") for n in (9, 7)
        ]
        self.held = {"Nowhere Ness": entries, "Far Ness": [dataclasses.replace(BELTOWN, name="Far Ness")]}

    def find_candidates(self, name):
        return [
            Candidate(entry=entry, name_kind="name", population=1, admin1=None)
            for entry in self.held.get(name, [])
        ]


@pytest.fixture
def gazetteer(monkeypatch):
    monkeypatch.setattr("onrecord.gazetteer.location.open_gazetteer", Gazetteer)


def test_where_somebody_says_it_was_said_is_named_in_search_though_the_article_names_it_not(
    run, path, gazetteer
):
    assert "unknown → Far Ness (geonames:9)" in run("correct", BILL, "--said-in", "Far Ness").stdout
    with open_store(path, read_only=True) as store:
        hits = store.search(Query(words="doubled")).hits
    assert [hit.said_in for hit in hits] == ["Far Ness"]


def test_of_several_places_of_a_name_one_is_told_by_its_id(run, path, gazetteer):
    done = run("correct", BILL, "--said-in", "Nowhere Ness")
    assert done.exit_code == 1
    assert (
        "The gazetteer has 2 Nowhere Ness. Give one as “Nowhere Ness geonames:9” (settlement, XT);"
        in done.stderr
    )
    assert run("correct", BILL, "--said-in", "Nowhere Ness geonames:7").exit_code == 0
    assert (
        "no Nowhere Ness with the id 'geonames:1'"
        in run("correct", BILL, "--said-in", "Nowhere Ness geonames:1").stderr
    )


def test_a_place_of_the_article_is_told_to_be_another_by_its_id(run, path, monkeypatch):
    monkeypatch.setattr("onrecord.collection.correcting._find_entry", lambda *_: BELTOWN)
    run("correct", BILL, "--said-in", "Port Tessaly geonames:9")
    said_in = shown(path, BILL).said_in
    assert said_in.text == "Port Tessaly"
    with open_store(path, read_only=True) as store:
        place = next(p for p in store.judged(BILL).record.places if p.place_id == said_in.place_id)
    assert place.entry == BELTOWN


def test_a_place_that_nobody_knows_is_refused(run, gazetteer):
    assert "does not say “Atlantis”" in run("correct", BILL, "--said-in", "Atlantis").stderr
