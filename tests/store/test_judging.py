"""Judgements are kept for good, count in every view from then on, and count no more once withdrawn."""

import dataclasses
from collections.abc import Callable

import pytest

from onrecord.errors import UnknownIdError
from onrecord.record import (
    Correction,
    Judgement,
    Query,
    Record,
    capture_id_of,
    judgement_id_of,
    target_of,
)
from onrecord.store.kept import KeptStore
from tests.factories import make_record
from tests.store.conftest import NEWER
from tests.store.test_adding import UGLY, add, read_anew

AT = "2031-06-01T10:00:00+02:00"


def judge(record: Record, kind: str, *, by: str = "Ada", at: str = AT, **fields: object) -> Judgement:
    """A judgement on the statement of the record."""
    (statement,) = record.statements
    target = target_of(statement, record.article.text, capture_id_of(record.capture))
    judgement_id = judgement_id_of(kind, by, at, statement.statement_id)
    made = {"judgement_id": judgement_id, "kind": kind, "by": by, "made_at": at, "target": target}
    return Judgement(**(made | fields))  # type: ignore[arg-type]


def merge(first: str, second: str) -> Judgement:
    judgement_id = judgement_id_of("merge", "Ada", AT, first, second)
    return Judgement(judgement_id=judgement_id, kind="merge", by="Ada", made_at=AT, people=(first, second))


def person_of(store: KeptStore, record: Record) -> str:
    """The id of the person that the record's speaker is."""
    return store.judged(record.article.article_id).person_ids[0][1]


def test_a_judgement_comes_out_as_it_went_in(store: KeptStore):
    record = make_record()
    add(store, record)
    correction = Correction(field="mode", value="wrote")
    made = judge(record, "correct", correction=correction, score=0.5, note=UGLY, by=UGLY)
    store.add_judgements([made])
    assert store.judgements() == (made,)


def test_a_rejected_statement_is_shown_no_more_and_not_lost(store: KeptStore):
    record = make_record()
    add(store, record)
    store.add_judgements([judge(record, "reject")])
    (judged,) = store.iter_judged()
    assert judged.record.statements == ()
    assert judged.rejected == record.statements
    assert store.counts().statements == 0
    assert store.search(Query(words="frost")).hits == ()
    assert store.extractions(record.article.article_id)[0].statements == record.statements


def test_a_rejected_statement_is_still_found_by_its_id(store: KeptStore):
    record = make_record()
    add(store, record)
    store.add_judgements([judge(record, "reject")])
    assert store.judged(record.statements[0].statement_id).rejected == record.statements


def test_a_withdrawn_judgement_counts_no_more_and_stays(store: KeptStore):
    record = make_record()
    add(store, record)
    made = judge(record, "reject")
    store.add_judgements([made])
    store.withdraw(made.judgement_id, by="Bo", at="2031-06-02T08:00:00+02:00")
    assert store.judged(record.article.article_id).record.statements == record.statements
    assert [h.statement_id for h in store.search(Query(words="frost")).hits] == [
        record.statements[0].statement_id
    ]
    (kept,) = store.judgements()
    assert (kept.withdrawn_by, kept.withdrawn_at) == ("Bo", "2031-06-02T08:00:00+02:00")


def test_the_first_withdrawal_stays(store: KeptStore):
    record = make_record()
    add(store, record)
    made = judge(record, "reject")
    store.add_judgements([made])
    store.withdraw(made.judgement_id[:20], by="Bo", at="2031-06-02")
    store.withdraw(made.judgement_id, by="Cy", at="2031-06-03")
    assert store.judgements()[0].withdrawn_by == "Bo"


def test_the_same_judgement_twice_is_kept_once(store: KeptStore):
    record = make_record()
    add(store, record)
    made = judge(record, "accept")
    store.add_judgements([made, made])
    store.add_judgements([made])
    assert store.judgements() == (made,)


def test_a_judgement_that_comes_withdrawn_is_kept_withdrawn(store: KeptStore):
    record = make_record()
    add(store, record)
    made = dataclasses.replace(judge(record, "reject"), withdrawn_at="2031-07-01", withdrawn_by="Bo")
    store.add_judgements([made])
    assert store.judgements() == (made,)
    assert store.judged(record.article.article_id).record.statements == record.statements


def test_a_judgement_counts_for_a_newer_reading_too(store: KeptStore):
    record = make_record()
    add(store, record)
    store.add_judgements([judge(record, "reject")])
    add(store, read_anew(record, "more was found"), reading=NEWER)
    assert store.judged(record.article.article_id).record.statements == ()
    assert store.counts().statements == 0


def test_a_judgement_that_fits_no_more_is_listed(store: KeptStore):
    record = make_record()
    add(store, record)
    made = judge(record, "accept")
    store.add_judgements([made])
    assert store.unfit() == ()
    add(store, dataclasses.replace(record, statements=(), entities=()), reading=NEWER)
    (unfit,) = store.unfit()
    assert unfit.judgement == made


def test_merged_people_are_one_in_every_view(store: KeptStore):
    here = make_record("One,", speaker="Mira Vance")
    there = make_record("Two,", speaker="Mira Corran")
    add(store, here, there)
    first, second = person_of(store, here), person_of(store, there)
    assert first != second
    store.add_judgements([merge(first, second)])
    assert person_of(store, here) == person_of(store, there)
    assert len(store.find_people("Mira")) == 1
    assert len({dict(j.person_ids).popitem()[1] for j in store.iter_judged()}) == 1


def test_a_withdrawn_merge_makes_two_of_one(store: KeptStore):
    here = make_record("One,", speaker="Mira Vance")
    there = make_record("Two,", speaker="Mira Corran")
    add(store, here, there)
    made = merge(person_of(store, here), person_of(store, there))
    store.add_judgements([made])
    store.withdraw(made.judgement_id, by="Ada", at=AT)
    assert person_of(store, here) != person_of(store, there)
    assert len(store.find_people("Mira")) == 2


def test_an_entity_that_was_split_off_is_a_person_of_its_own(store: KeptStore):
    here, there = make_record("One,"), make_record("Two,")
    add(store, here, there)
    person_id = person_of(store, here)
    entity_id = there.entities[0].entity_id
    store.add_judgements([judge(there, "split", people=(person_id, entity_id))])
    assert person_of(store, here) == person_id
    assert person_of(store, there) != person_id
    assert len(store.find_people("Mira Vance")) == 2


def test_judgements_of_what_is_not_there_are_errors_and_none_is_kept(store: KeptStore):
    known, unknown = make_record("One,"), make_record("Two,")
    add(store, known)
    good, bad = judge(known, "accept"), judge(unknown, "accept")
    with pytest.raises(UnknownIdError, match=capture_id_of(unknown.capture)):
        store.add_judgements([good, bad])
    assert store.judgements() == ()


def test_a_judgement_of_a_statement_that_was_never_read_is_an_error(store: KeptStore):
    record = make_record()
    add(store, record)
    made = judge(record, "accept")
    assert made.target is not None
    target = dataclasses.replace(made.target, statement_id="statement-" + "0" * 32)
    with pytest.raises(UnknownIdError, match="statement-000"):
        store.add_judgements([dataclasses.replace(made, target=target)])


def test_a_judgement_of_a_statement_of_an_older_reading_is_kept(store: KeptStore):
    record = make_record()
    add(store, record)
    add(store, dataclasses.replace(record, statements=(), entities=()), reading=NEWER)
    store.add_judgements([judge(record, "accept")])
    assert len(store.unfit()) == 1


def test_nobody_unknown_is_merged(store: KeptStore):
    record = make_record()
    add(store, record)
    with pytest.raises(UnknownIdError, match="Nobody in the record"):
        store.add_judgements([merge(person_of(store, record), "person-" + "0" * 32)])
    assert store.judgements() == ()


def test_a_judgement_that_is_not_there_cannot_be_withdrawn(store: KeptStore):
    record = make_record()
    add(store, record)
    made = judge(record, "accept")
    store.add_judgements([made])
    with pytest.raises(UnknownIdError, match=f"Near it are {made.judgement_id}"):
        store.withdraw(made.judgement_id[:-4] + "0000", by="Ada", at=AT)
    with pytest.raises(UnknownIdError):
        store.withdraw("statement-00000000", by="Ada", at=AT)


def test_an_index_that_is_made_anew_answers_as_before(store: KeptStore, reopen: Callable[..., KeptStore]):
    records = [
        make_record(f"Day {day} was quiet,", speaker=f"Mira {day % 3}Vance", published=f"2031-05-0{day + 1}")
        for day in range(6)
    ]
    add(store, *records)
    store.add_judgements([judge(records[0], "reject"), judge(records[1], "accept")])
    store.add_judgements([merge(person_of(store, records[1]), person_of(store, records[2]))])

    def look() -> object:
        return (
            store.search(Query(words="quiet")).hits, store.counts(), store.find_people("Mira"),
            list(store.iter_judged()),
        )  # fmt: skip

    before, told = look(), []
    store.rebuild_index(told.append)
    assert look() == before
    assert told == ["All 6 articles are indexed anew."]
    assert store.check_file() == ()


def test_with_a_question_only_what_answers_it_comes_out(store: KeptStore):
    records = [make_record(f"Day {day} was {'loud' if day % 2 else 'quiet'},") for day in range(6)]
    add(store, *records)
    found = [judged.record for judged in store.iter_judged(Query(words="loud", sort="relevance", limit=1))]
    assert [r.article.article_id for r in found] == [r.article.article_id for r in records[1::2]]
    assert all(len(record.statements) == 1 for record in found)
