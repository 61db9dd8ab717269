"""Judgements made against a record: what each holds, and what cannot be judged."""

import pytest

from onrecord.errors import JudgementError, UnknownIdError
from onrecord.record import Span, judging, lay_over
from tests.bridge import TEXT, make_record
from tests.factories import span_of
from tests.record.judging import BELTOWN, correct, judge

RECORD = make_record()
JUDGED = lay_over(RECORD, ())
FROST, _, SAFE, _, BILL, _, TOLLS, *_ = RECORD.statements
VOICE = judging.Voice(by="Ilka Stern", made_at="2031-05-01T10:00:00+00:00", score=0.5, note="so it is")


def lay(judgement):
    judged = lay_over(RECORD, [judgement])
    assert judged.unfit == ()
    return judged


@pytest.mark.parametrize("make", [judging.accept, judging.reject])
def test_accept_and_reject_hold_the_speaker_that_the_statement_had(make):
    judgement = make(JUDGED, SAFE.statement_id, VOICE)
    assert judgement.correction.words == ("Mira Vance",)
    assert (judgement.by, judgement.score, judgement.note) == ("Ilka Stern", 0.5, "so it is")
    lay(judgement)


def test_accepting_a_statement_without_a_speaker_holds_that_there_was_none():
    judgement = judging.accept(JUDGED, TOLLS.statement_id, VOICE)
    assert (judgement.correction.value, judgement.correction.spans) == (None, ())
    assert lay(judgement).statuses[0].kind == "accepted"


@pytest.mark.parametrize(
    "judgement",
    [
        judging.correct_spans(JUDGED, SAFE.statement_id, "content", [span_of(TEXT, "a safe")], VOICE),
        judging.correct_spans(JUDGED, SAFE.statement_id, "cue", [], VOICE),
        judging.correct_speaker(JUDGED, TOLLS.statement_id, VOICE, entity_id=RECORD.entities[0].entity_id),
        judging.correct_speaker(JUDGED, TOLLS.statement_id, VOICE, spans=[span_of(TEXT, "Ondrej Vale")]),
        judging.correct_speaker(JUDGED, SAFE.statement_id, VOICE),
        judging.correct_value(JUDGED, SAFE.statement_id, "speaker_kind", "group", VOICE),
        judging.correct_value(JUDGED, SAFE.statement_id, "mode", None, VOICE),
        judging.correct_value(JUDGED, SAFE.statement_id, "said_at", "2031-05", VOICE),
        judging.correct_place(JUDGED, BILL.statement_id, VOICE, place_id=RECORD.places[0].place_id),
        judging.correct_place(JUDGED, BILL.statement_id, VOICE, spans=[span_of(TEXT, "landing")]),
        judging.correct_place(JUDGED, BILL.statement_id, VOICE, entry=BELTOWN),
        judging.correct_place(JUDGED, BILL.statement_id, VOICE),
    ],
)
def test_whatever_is_made_can_be_laid_over(judgement):
    assert lay(judgement).statuses[0].judgement_ids == (judgement.judgement_id,)


def test_two_fields_corrected_in_one_moment_are_two_judgements():
    made = [
        judging.correct_value(JUDGED, SAFE.statement_id, field, None, VOICE) for field in ("mode", "said_at")
    ]
    assert made[0].judgement_id != made[1].judgement_id


def test_a_split_names_the_person_the_entity_was():
    entity = RECORD.entities[0]
    judgement = judging.split(JUDGED, entity.entity_id, VOICE)
    assert judgement.people == (dict(JUDGED.person_ids)[entity.entity_id], entity.entity_id)
    assert dict(lay(judgement).person_ids)[entity.entity_id] != judgement.people[0]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda w: judging.correct_spans(JUDGED, w, "content", [], VOICE), "without content"),
        (
            lambda w: judging.correct_spans(JUDGED, w, "cue", [Span(start_char=0, end_char=10**6)], VOICE),
            "lies beyond them",
        ),
        (
            lambda w: judging.correct_spans(
                JUDGED, w, "cue", [span_of(TEXT, "safe"), span_of(TEXT, "a safe")], VOICE
            ),
            "before those before them end",
        ),
        (
            lambda w: judging.correct_spans(
                JUDGED, w, "cue", [Span(start_char=TEXT.index("\n"), end_char=TEXT.index("\n") + 1)], VOICE
            ),
            "There are no words",
        ),
        (lambda w: judging.correct_value(JUDGED, w, "mode", "sang", VOICE), "Give one of said, wrote"),
        (lambda w: judging.correct_value(JUDGED, w, "speaker_kind", "robot", VOICE), "Give one of person"),
        (lambda w: judging.correct_value(JUDGED, w, "said_at", "soon", VOICE), "no date or interval"),
        (lambda w: judging.merge("person-a", "person-a", VOICE), "one person already"),
    ],
)
def test_what_cannot_be_is_refused_with_what_could(make, told):
    with pytest.raises(JudgementError, match=told):
        make(SAFE.statement_id)


@pytest.mark.parametrize(
    "make",
    [
        lambda: judging.accept(JUDGED, "statement-x", VOICE),
        lambda: judging.correct_speaker(JUDGED, SAFE.statement_id, VOICE, entity_id="entity-x"),
        lambda: judging.correct_place(JUDGED, SAFE.statement_id, VOICE, place_id="place-x"),
        lambda: judging.split(JUDGED, "entity-x", VOICE),
    ],
)
def test_an_id_of_nothing_in_the_article_is_refused(make):
    with pytest.raises(UnknownIdError):
        make()


def test_the_kind_of_nobody_is_refused():
    with pytest.raises(JudgementError, match="no speaker"):
        judging.correct_value(JUDGED, TOLLS.statement_id, "speaker_kind", "person", VOICE)


def test_a_rejected_statement_can_be_accepted_and_nothing_else():
    judged = lay_over(RECORD, [judge("reject", RECORD, SAFE)])
    assert judging.accept(judged, SAFE.statement_id, VOICE).kind == "accept"
    with pytest.raises(JudgementError, match="was rejected"):
        judging.reject(judged, SAFE.statement_id, VOICE)


def test_what_cannot_be_laid_over_is_told_before_it_is_kept():
    good, bad = (correct(RECORD, SAFE, "mode", value=value) for value in ("wrote", "sang"))
    judging.expect_fit(JUDGED, [good])
    with pytest.raises(JudgementError, match="no mode of saying"):
        judging.expect_fit(JUDGED, [good, bad])


@pytest.mark.parametrize("fields", [{"by": " "}, {"by": "a\x00b"}, {"score": 2.0}, {"note": "x" * 20_000}])
def test_a_voice_is_a_name_a_score_from_0_to_1_and_a_note_of_some_length(fields):
    with pytest.raises(JudgementError):
        judging.Voice(**({"by": "Ilka Stern", "made_at": "2031-05-01T10:00:00Z"} | fields))
