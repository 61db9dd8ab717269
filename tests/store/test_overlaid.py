"""Judgements over a store that is read anew: they go on counting, come back when withdrawn, or are listed."""

import dataclasses
from collections.abc import Callable

import pytest

from onrecord.errors import UnknownIdError
from onrecord.record import Judged, Record, Statement, judging
from onrecord.store.kept import KeptStore
from tests.record.judging import correct, judge, split
from tests.record.test_overlay_refit import BEFORE, NEW, OLD, STATEMENT, hold, read
from tests.store.conftest import NEWER, READING

VOICE = judging.Voice(by="Ilka Stern", made_at="2031-05-01T10:00:00+00:00")
# What a newer model makes of the same capture: other bounds, and a caption that it leaves in.
ANEW = read(NEW, [hold(NEW, words="It will hold,", source=None)])
GONE = read(OLD, [hold(OLD, words="“It will not,”")])


@pytest.fixture
def kept(store: KeptStore) -> KeptStore:
    """A store with one article, read by the older model."""
    store.add_records([(BEFORE.capture, BEFORE)], READING)
    return store


def read_anew(store: KeptStore, record: Record) -> None:
    store.add_records([(BEFORE.capture, record)], NEWER)


def shown(store: KeptStore) -> Judged:
    (judged,) = store.iter_judged()
    return judged


def only(store: KeptStore) -> Statement:
    (statement,) = shown(store).record.statements
    return statement


def test_a_correction_counts_at_once_and_after_a_newer_model(kept: KeptStore):
    kept.add_judgements([correct(BEFORE, STATEMENT, "speaker", "Ilse Corran")])
    before = only(kept)
    assert before.speaker is not None
    assert before.speaker.name == "Ilse Corran"
    read_anew(kept, ANEW)
    after = only(kept)
    assert after.statement_id != before.statement_id
    assert after.speaker is not None
    assert after.speaker.name == "Ilse Corran"
    assert kept.unfit() == ()


def test_a_rejection_counts_after_a_newer_model(kept: KeptStore):
    kept.add_judgements([judge("reject", BEFORE, STATEMENT)])
    read_anew(kept, ANEW)
    assert shown(kept).record.statements == ()
    assert len(shown(kept).rejected) == 1
    assert kept.counts().statements == 0


def test_withdrawing_gives_back_what_the_reader_found(kept: KeptStore):
    change = correct(BEFORE, STATEMENT, "content", "It will hold")
    kept.add_judgements([change])
    assert only(kept) != STATEMENT
    kept.withdraw(change.judgement_id, by="Bo Lind", at="2031-06-01T00:00:00+00:00")
    assert only(kept) == STATEMENT
    (judgement,) = kept.judgements()
    assert (judgement.by, judgement.withdrawn_by) == ("Ilka Stern", "Bo Lind")


def test_what_fits_no_more_is_listed_and_changes_nothing(kept: KeptStore):
    judgement = judge("reject", BEFORE, STATEMENT)
    kept.add_judgements([judgement])
    read_anew(kept, GONE)
    assert only(kept) == GONE.statements[0]
    assert [one.judgement for one in kept.unfit()] == [judgement]


def test_every_reading_stays_as_it_was_extracted(kept: KeptStore):
    kept.add_judgements([correct(BEFORE, STATEMENT, "mode", value="wrote")])
    read_anew(kept, ANEW)
    records = kept.extractions(ANEW.article.article_id)
    assert [record.statements for record in records] == [BEFORE.statements, ANEW.statements]


def test_a_judgement_stays_when_the_store_is_opened_again(kept: KeptStore, reopen: Callable[..., KeptStore]):
    kept.add_judgements([correct(BEFORE, STATEMENT, "mode", value="wrote")])
    kept.close()
    assert only(reopen(read_only=True)).mode == "wrote"


def test_an_index_made_anew_shows_what_people_judged(kept: KeptStore):
    kept.add_judgements([judge("reject", BEFORE, STATEMENT)])
    kept.rebuild_index()
    assert kept.counts().statements == 0


def test_a_split_counts_after_a_newer_model(kept: KeptStore):
    vance = BEFORE.entities[0]
    before = dict(shown(kept).person_ids)[vance.entity_id]
    kept.add_judgements([split(BEFORE, vance)])
    read_anew(kept, ANEW)
    persons = dict(shown(kept).person_ids)
    (again,) = [e.entity_id for e in shown(kept).record.entities if e.name == "Mira Vance"]
    assert persons[again] != before


def test_what_is_made_against_the_record_can_be_kept(kept: KeptStore):
    judged = kept.judged(STATEMENT.statement_id)
    made = [
        judging.accept(judged, STATEMENT.statement_id, VOICE),
        judging.correct_value(judged, STATEMENT.statement_id, "said_at", "2031-05", VOICE),
    ]
    kept.add_judgements(made)
    assert kept.judgements() == tuple(made)
    (status,) = shown(kept).statuses
    assert (status.kind, len(status.judgement_ids)) == ("corrected", 2)


def test_one_judgement_of_nothing_keeps_none_of_those_beside_it(kept: KeptStore):
    good = judge("reject", BEFORE, STATEMENT)
    assert good.target is not None
    lost = dataclasses.replace(good.target, statement_id="statement-" + "0" * 32)
    bad = dataclasses.replace(judge("reject"), target=lost)
    with pytest.raises(UnknownIdError):
        kept.add_judgements([good, bad])
    assert kept.judgements() == ()
    assert only(kept) == STATEMENT
