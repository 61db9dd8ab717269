"""Judgements exported as cases: every standing one in exactly one line, with text, spans and who judged."""

import io
import json

import pytest

from onrecord.export.judgements import write_judgements
from onrecord.record import judging, lay_over
from onrecord.store import open_store
from onrecord.store.base import Reading
from tests.bridge import TEXT, make_record
from tests.record.judging import correct, judge, split, withdraw
from tests.record.test_overlay_refit import BEFORE, STATEMENT, hold, read

READING, NEWER = Reading(reader="onrecord 1"), Reading(reader="onrecord 2")
RECORD = make_record()
FROST, CROSSING, SAFE, BELIEVED, BILL, SECOND, TOLLS, RIVER, ASKED, PAY = RECORD.statements


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.onrecord", create=True) as store:
        store.add_records([(RECORD.capture, RECORD)], READING)
        yield store


def export(store, *judgements, **options):
    """The cases of a store that keeps these judgements; every standing one is in exactly one of them."""
    store.add_judgements(judgements)
    stream = io.BytesIO()
    written = write_judgements(store, stream, **options)
    cases = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert written.statements + written.people + written.unfit == len(cases)
    named = [one["judgement_id"] for case in cases for one in case.get("judgements", [case.get("judgement")])]
    assert sorted(named) == sorted(j.judgement_id for j in store.judgements() if j.withdrawn_at is None)
    for case in cases:
        for statement in filter(None, (case.get("extracted"), case.get("right"))):
            for role in ("content", "cue", "source"):
                for span in statement[role]:
                    assert case["text"][span["start_char"] : span["end_char"]] == span["text"]
    return cases


def test_nothing_judged_is_nothing_written(store):
    assert export(store) == []


def test_an_accepted_statement_is_right_as_it_was_extracted(store):
    judged = lay_over(RECORD, ())
    voice = judging.Voice(by="Ilka Stern", made_at="2031-05-01T10:00:00Z", score=0.8, note="heard it")
    (case,) = export(store, judging.accept(judged, SAFE.statement_id, voice))
    assert (case["case"], case["verdict"], case["text"]) == ("statement", "accepted", TEXT)
    assert case["right"] == case["extracted"]
    assert case["right"]["speaker"] == "Mira Vance"
    assert case["right"]["content"][0]["text"] == "“a safe crossing”"
    (told,) = case["judgements"]
    assert (told["kind"], told["by"], told["score"], told["note"]) == (
        "accept",
        "Ilka Stern",
        0.8,
        "heard it",
    )


def test_a_corrected_statement_has_what_was_read_and_what_is_right(store):
    (case,) = export(
        store,
        correct(RECORD, SAFE, "content", "had promised “a safe crossing”"),
        correct(RECORD, SAFE, "speaker", "Ilse Corran"),
        correct(RECORD, SAFE, "said_at", value="2031-05"),
    )
    assert case["verdict"] == "corrected"
    assert case["corrected"] == ["content", "speaker", "said_at"]
    assert case["extracted"]["content"][0]["text"] == "“a safe crossing”"
    assert case["right"]["content"][0]["text"] == "had promised “a safe crossing”"
    assert (case["extracted"]["speaker"], case["right"]["speaker"]) == ("Mira Vance", "Ilse Corran")
    assert case["right"]["said_at"] == "2031-05"
    assert case["read_by"] == "attribution 0.1"


def test_a_rejected_statement_has_no_right_one(store):
    (case,) = export(
        store, correct(RECORD, TOLLS, "mode", value="thinks"), judge("reject", RECORD, TOLLS, day=2)
    )
    assert (case["verdict"], case["right"]) == ("rejected", None)
    assert case["extracted"]["content"][0]["text"] == "The tolls would rise by a third"
    assert [one["kind"] for one in case["judgements"]] == ["correct", "reject"]


def test_a_withdrawn_judgement_is_in_no_case(store):
    assert export(store, withdraw(judge("reject", RECORD, TOLLS))) == []


def test_cases_of_one_article_stand_in_the_order_of_the_record(store):
    cases = export(store, judge("reject", RECORD, PAY), judge("accept", RECORD, FROST))
    assert [case["statement_id"] for case in cases] == [FROST.statement_id, PAY.statement_id]


def test_a_paragraph_may_stand_for_the_whole_text(store):
    (case,) = export(store, judge("accept", RECORD, SAFE), paragraphs_only=True)
    assert case["text"].startswith("The harbour master said")
    assert "\n" not in case["text"]
    assert case["paragraphs"] == [[0, len(case["text"])]]
    assert TEXT[case["text_start_char"] :].startswith(case["text"])


def test_the_paragraphs_of_a_case_are_those_that_are_read(store):
    (case,) = export(store, judge("accept", RECORD, SAFE))
    spans = [block.span for block in RECORD.article.body()]
    assert case["paragraphs"] == [[span.start_char, span.end_char] for span in spans]


def test_people_who_were_merged_are_a_case_of_the_same(store):
    persons = dict(lay_over(RECORD, ()).person_ids)
    names = {e.name: persons[e.entity_id] for e in RECORD.entities}
    voice = judging.Voice(by="Ilka Stern", made_at="2031-05-01T10:00:00Z")
    (case,) = export(store, judging.merge(names["Mira Vance"], names["Ilse Corran"], voice))
    assert (case["case"], case["verdict"]) == ("people", "same")
    assert [one["person_id"] for one in case["people"]] == [names["Mira Vance"], names["Ilse Corran"]]
    assert "Mira Vance" in case["people"][0]["names"]


def test_somebody_who_was_split_off_is_a_case_of_the_different(store):
    (case,) = export(store, split(RECORD, RECORD.entities[0]))
    assert (case["case"], case["verdict"]) == ("people", "different")
    assert case["people"][1]["names"] == ["Mira Vance"]
    assert case["people"][1]["article_id"] == RECORD.article.article_id


def test_what_fits_no_more_is_told_with_the_reason(store):
    store.add_records([(BEFORE.capture, BEFORE)], READING)
    store.add_judgements([judge("reject", BEFORE, STATEMENT)])
    gone = read(BEFORE.article.text, [hold(BEFORE.article.text, words="“It will not,”")])
    store.add_records([(BEFORE.capture, gone)], NEWER)
    (case,) = export(store)
    assert case["case"] == "unfit"
    assert "no statement of it says" in case["reason"]
    assert case["judgement"]["target"]["statement_id"] == STATEMENT.statement_id


def test_a_statement_that_was_read_anew_is_shown_as_the_newer_reader_has_it(store):
    store.add_records([(BEFORE.capture, BEFORE)], READING)
    store.add_judgements([correct(BEFORE, STATEMENT, "mode", value="wrote")])
    anew = read(BEFORE.article.text, [hold(BEFORE.article.text, source=None)])
    store.add_records([(BEFORE.capture, anew)], NEWER)
    (case,) = export(store)
    assert case["extracted"]["source"] == []
    assert case["right"]["mode"] == "wrote"


def test_text_that_utf_8_cannot_hold_is_escaped(store):
    voice = judging.Voice(by="Ilka Stern", made_at="2031-05-01T10:00:00Z", note="\ud800\x00\u2028")
    (case,) = export(store, judging.reject(lay_over(RECORD, ()), TOLLS.statement_id, voice))
    assert case["judgements"][0]["note"] == "\ud800\x00\u2028"
