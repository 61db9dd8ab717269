"""Judgements laid over the record they were made of: what each kind does, and what it leaves alone."""

import dataclasses

import pytest

from onrecord.record import Correction, Target, from_json, lay_over, to_json
from onrecord.record.overlay import NOT_WITHIN, sort_judgements
from onrecord.record.place import spoken_name
from onrecord.record.references import broken_references
from tests.bridge import TEXT, make_record
from tests.record.judging import BELTOWN, correct, judge, split, withdraw

RECORD = make_record()
FROST, CROSSING, SAFE, BELIEVED, BILL, SECOND, TOLLS, RIVER, ASKED, PAY = RECORD.statements


def lay(*judgements):
    judged = lay_over(RECORD, judgements)
    assert list(broken_references(judged.record)) == []
    assert from_json(to_json(judged.record)) == dataclasses.replace(
        judged.record, capture=dataclasses.replace(judged.record.capture, body=None)
    )
    return judged


def find(judged, statement):
    return next((s for s in judged.record.statements if s.statement_id == statement.statement_id), None)


def status_of(judged, statement):
    return next((s for s in judged.statuses if s.statement_id == statement.statement_id), None)


def reasons(judged):
    return [one.reason for one in judged.unfit]


def test_a_record_that_nobody_judged_is_itself():
    judged = lay_over(RECORD, ())
    assert judged.record is RECORD
    assert (judged.statuses, judged.rejected, judged.unfit) == ((), (), ())


def test_an_accepted_statement_is_unchanged_and_says_who_accepted_it():
    judgement = judge("accept", RECORD, FROST)
    judged = lay(judgement)
    assert judged.record == RECORD
    status = status_of(judged, FROST)
    assert (status.kind, status.by, status.judgement_ids) == (
        "accepted",
        "Ilka Stern",
        (judgement.judgement_id,),
    )


def test_a_rejected_statement_is_in_the_record_no_more_but_beside_it():
    judged = lay(judge("reject", RECORD, TOLLS))
    assert find(judged, TOLLS) is None
    assert judged.rejected == (TOLLS,)
    assert status_of(judged, TOLLS) is None


def test_what_stood_within_a_rejected_statement_stands_in_none_and_says_so():
    judged = lay(judge("reject", RECORD, CROSSING))
    inner = find(judged, SAFE)
    assert inner.within is None
    assert [u.reason for u in inner.unknowns if u.field == "within"] == [NOT_WITHIN]


@pytest.mark.parametrize(("kinds", "stays"), [(("accept", "reject"), False), (("reject", "accept"), True)])
def test_the_last_of_accept_and_reject_stands(kinds, stays):
    first, last = kinds
    given = [judge(last, RECORD, FROST, day=2), judge(first, RECORD, FROST, day=1)]
    assert (find(lay(*given), FROST) is not None) is stays


def test_the_time_of_a_judgement_counts_not_how_it_is_written():
    early = judge("reject", RECORD, FROST, made_at="2031-05-01T23:30:00+02:00")
    late = judge("accept", RECORD, FROST, made_at="2031-05-01T22:00:00Z")
    assert sort_judgements([late, early]) == [early, late]


def test_judgements_of_one_moment_count_in_the_order_they_were_given():
    given = [judge("accept", RECORD, FROST), judge("reject", RECORD, FROST)]
    assert find(lay(*given), FROST) is None


def test_a_moment_that_cannot_be_read_counts_as_the_first():
    odd = judge("reject", RECORD, FROST, made_at="last week")
    assert find(lay(judge("accept", RECORD, FROST), odd), FROST) is not None


def test_a_withdrawn_judgement_counts_for_nothing():
    assert lay(withdraw(judge("reject", RECORD, FROST))).record is RECORD


def test_a_corrected_statement_keeps_its_id_and_names_whoever_corrected_it():
    judgement = correct(RECORD, BILL, "mode", value="wrote")
    judged = lay(judgement)
    found = find(judged, BILL)
    assert found.mode == "wrote"
    assert (found.origin.kind, found.origin.name, found.origin.version, found.origin.rules) == (
        "given",
        "Ilka Stern",
        judgement.judgement_id,
        ("corrected/mode",),
    )
    assert status_of(judged, BILL).kind == "corrected"
    assert "mode" not in {unknown.field for unknown in found.unknowns}


def test_a_corrected_content_has_its_form_and_what_it_speaks_of_computed_anew():
    whole = "Three officials, who asked not to be named, said that Port Tessaly would pay"
    found = find(lay(correct(RECORD, FROST, "content", whole)), FROST)
    assert found.form == "indirect"
    officials, port = RECORD.entities[6], RECORD.places
    assert found.about.entity_ids == (officials.entity_id,)
    assert found.about.place_ids == tuple(p.place_id for p in port if p.text == "Port Tessaly")[:1]


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("“a safe crossing”", "direct"),
        ("a safe crossing", "direct"),
        ("had promised “a safe crossing”", "mixed"),
        ("the council believed her", "indirect"),
    ],
)
def test_the_form_is_that_of_the_marks_around_the_new_content(words, form):
    assert find(lay(correct(RECORD, SAFE, "content", words)), SAFE).form == form


def test_what_is_corrected_out_of_the_statement_around_it_stands_in_it_no_more():
    found = find(lay(correct(RECORD, BELIEVED, "content", "The bill has doubled since winter")), BELIEVED)
    assert found.within is None


def test_a_statement_stays_within_one_whose_content_still_holds_it():
    found = find(lay(correct(RECORD, CROSSING, "content", "Vance had promised “a safe crossing”")), SAFE)
    assert found.within == CROSSING.statement_id


def test_the_last_correction_of_a_field_stands_and_other_fields_keep_theirs():
    given = [
        correct(RECORD, BILL, "mode", value="wrote", day=1),
        correct(RECORD, BILL, "cue", "according to a report", day=2),
        correct(RECORD, BILL, "mode", value="thinks", day=3),
    ]
    found = find(lay(*given), BILL)
    assert found.mode == "thinks"
    assert [span.of(TEXT) for span in found.cue] == ["according to a report"]
    assert found.origin.rules == ("corrected/cue", "corrected/mode")
    assert found.origin.version == given[2].judgement_id


def test_withdrawing_the_last_correction_brings_the_one_before_it_back():
    first, last = (correct(RECORD, BILL, "mode", value=v, day=d) for v, d in (("wrote", 1), ("feels", 2)))
    assert find(lay(first, withdraw(last)), BILL).mode == "wrote"


def test_a_correction_that_cannot_be_made_leaves_the_one_before_it():
    good = correct(RECORD, BILL, "mode", value="wrote", day=1)
    judged = lay(good, correct(RECORD, BILL, "mode", value="sang", day=2))
    assert find(judged, BILL).mode == "wrote"
    assert reasons(judged) == ["'sang' is no mode of saying."]


def test_a_speaker_is_corrected_to_another_entity_of_the_article():
    corran = next(e for e in RECORD.entities if e.name == "Ilse Corran")
    found = find(lay(correct(RECORD, TOLLS, "speaker", value=corran.entity_id)), TOLLS)
    assert (found.speaker.entity_id, found.speaker.name) == (corran.entity_id, "Ilse Corran")
    assert found.speaker.origin.kind == "given"
    assert "speaker" not in {unknown.field for unknown in found.unknowns}


def test_the_way_to_a_corrected_speaker_begins_in_the_source():
    vance = next(e for e in RECORD.entities if e.name == "Mira Vance")
    found = find(lay(correct(RECORD, ASKED, "speaker", value=vance.entity_id)), ASKED)
    assert [mention.text for mention in found.speaker.path] == ["the bridge warden", "Mira Vance"]


def test_a_speaker_whom_the_reader_did_not_find_becomes_an_entity():
    judged = lay(correct(RECORD, TOLLS, "speaker", "Ondrej Vale"))
    found = find(judged, TOLLS)
    added = judged.record.entities[-1]
    assert (added.name, added.kind, added.origin.kind) == ("Ondrej Vale", "person", "given")
    assert found.speaker.entity_id == added.entity_id
    assert added.entity_id in dict(judged.person_ids)


def test_the_words_of_an_entity_that_is_there_make_no_second_one():
    judged = lay(correct(RECORD, TOLLS, "speaker", "Ilse Corran"))
    assert judged.record.entities == RECORD.entities


@pytest.mark.parametrize("field", ["speaker", "mode", "said_at", "said_in", "cue", "source"])
def test_a_field_is_corrected_to_unknown(field):
    found = find(lay(correct(RECORD, ASKED, field)), ASKED)
    assert not getattr(found, field)
    assert [u.reason for u in found.unknowns if u.field == field] == ["corrected to unknown"]


def test_a_content_cannot_be_corrected_to_nothing():
    judged = lay(correct(RECORD, ASKED, "content"))
    assert find(judged, ASKED) == ASKED
    assert reasons(judged) == ["A statement without content is none; reject it instead."]


def test_the_kind_of_a_speaker_is_corrected_for_all_its_statements():
    judged = lay(correct(RECORD, FROST, "speaker_kind", value="group"))
    kinds = {e.name: e.kind for e in judged.record.entities}
    assert kinds["Mira Vance"] == "group"
    assert status_of(judged, FROST).kind == "corrected"
    assert status_of(judged, SAFE) is None


def test_the_kind_of_nobody_cannot_be_corrected():
    assert reasons(lay(correct(RECORD, TOLLS, "speaker_kind", value="person"))) == [
        "The statement has no speaker now whose kind it could be."
    ]


def test_when_it_was_said_is_corrected_to_an_interval():
    said_at = find(lay(correct(RECORD, BILL, "said_at", value="2031-02")), BILL).said_at
    assert (said_at.start, said_at.end, said_at.precision) == ("2031-02-01", "2031-02-28", "month")
    assert said_at.origin.kind == "given"


def test_where_it_was_said_is_corrected_to_another_place_of_the_article():
    port = next(p for p in RECORD.places if p.text == "Port Tessaly")
    assert (
        find(lay(correct(RECORD, BILL, "said_in", value=port.place_id)), BILL).said_in.text == "Port Tessaly"
    )


def test_words_that_the_reader_took_for_no_place_become_one():
    judged = lay(correct(RECORD, BILL, "said_in", "the ferry landing", entry=BELTOWN))
    added = judged.record.places[-1]
    assert (added.text, added.entry, added.kind) == ("the ferry landing", BELTOWN, "settlement")
    assert find(judged, BILL).said_in.place_id == added.place_id


def test_a_gazetteers_place_stands_where_the_article_has_its_name():
    judged = lay(correct(RECORD, BILL, "said_in", entry=BELTOWN))
    place_id = find(judged, BILL).said_in.place_id
    place = next(p for p in judged.record.places if p.place_id == place_id)
    assert (place.text, place.entry) == ("Beltown", BELTOWN)


def test_a_gazetteers_place_that_the_article_does_not_name_stands_at_the_cue():
    elsewhere = dataclasses.replace(BELTOWN, name="Nowhere Ness")
    judged = lay(correct(RECORD, BILL, "said_in", entry=elsewhere))
    assert find(judged, BILL).said_in.text == "according to"
    assert judged.record.places[-1].entry == elsewhere


def test_an_entity_that_was_split_off_is_a_person_of_its_own():
    vance = RECORD.entities[0]
    before, after = lay_over(RECORD, ()).person_ids, lay(split(RECORD, vance)).person_ids
    assert [entity for (entity, one), (_, other) in zip(before, after, strict=True) if one != other] == [
        vance.entity_id
    ]


def test_merges_are_left_to_whoever_holds_the_other_articles():
    judgement = judge("merge", people=("person-a", "person-b"))
    assert lay(judgement) == lay_over(RECORD, ())


def test_judgements_that_say_nothing_come_back_with_the_reason():
    bare = judge("accept")
    hollow = judge("correct", RECORD, BILL)
    lone = dataclasses.replace(split(RECORD, RECORD.entities[0]), people=())
    assert reasons(lay(bare, hollow, lone)) == [
        "It does not say what it is of.",
        "It does not say how it should be.",
        "It does not say who is split from whom.",
    ]


def test_a_judgement_of_another_article_comes_back():
    target = Target(
        statement_id="statement-x", article_id="article-x", capture_id="capture-x", content=(), words=()
    )
    assert reasons(lay(judge("reject", target=target))) == ["It is of another article."]


def test_an_acceptance_is_of_the_speaker_whom_the_statement_had():
    pinned = Correction(field="speaker", value="entity-old", spans=SAFE.source, words=("Ilse Corran",))
    judged = lay(judge("accept", RECORD, SAFE, correction=pinned))
    assert status_of(judged, SAFE) is None
    assert reasons(judged) == ["Its speaker was “Ilse Corran”, and is “Mira Vance” now."]


def test_an_acceptance_of_a_corrected_speaker_goes_when_the_correction_does():
    change = correct(RECORD, SAFE, "speaker", "Ilse Corran")
    pinned = judge("accept", RECORD, SAFE, correction=change.correction, day=2)
    assert status_of(lay(change, pinned), SAFE).kind == "corrected"
    assert len(lay(withdraw(change), pinned).unfit) == 1


def test_an_acceptance_of_a_corrected_content_goes_when_the_correction_does():
    change = correct(RECORD, SAFE, "content", "had promised “a safe crossing”")
    shown = find(lay(change), SAFE)
    accepted = judge("accept", RECORD, shown, day=2)
    assert len(status_of(lay(change, accepted), SAFE).judgement_ids) == 2
    assert reasons(lay(withdraw(change), accepted)) == ["It accepted another content, which stands no more."]


def test_a_place_that_somebody_gave_is_called_as_the_gazetteer_does():
    judged = lay(correct(RECORD, BILL, "said_in", entry=dataclasses.replace(BELTOWN, name="Nowhere Ness")))
    assert [spoken_name(place) for place in judged.record.places] == [
        *(place.text for place in RECORD.places),
        "Nowhere Ness",
    ]
