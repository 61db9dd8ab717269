"""Search by meaning: statements whose vectors are near a sentence's, on both databases."""

import dataclasses
import math

import pytest

from onrecord.errors import QueryError
from onrecord.record import MEANING_WIDTH, Meanings, Query
from tests.factories import make_small_record, make_statement
from tests.store.conftest import NEWER, READING

WORDS = ("The bridge is shut", "The bridge is closed", "Rain is likely")
DEGREES = (0, 20, 90)


def vector_at(degrees: float) -> bytes:
    """A vector that is turned so far from the first axis to the second."""
    numbers = [math.cos(math.radians(degrees)), math.sin(math.radians(degrees))]
    whole = [round(127 * number) for number in numbers] + [0] * (MEANING_WIDTH - 2)
    return bytes(number % 256 for number in whole)


def sentence_at(degrees: float, model: str = "m-1") -> Meanings:
    return Meanings(model=model, vectors=(("", vector_at(degrees)),))


def make_entry(words: str, degrees: float, model: str = "m-1"):
    """A capture and its record of one statement, whose vector is turned so far."""
    text = f"{words}, said Mira Vance."
    statement = make_statement(text, [words], cue="said", source="Mira Vance")
    record = make_small_record(text, [statement])
    vectors = ((statement.statement_id, vector_at(degrees)),)
    return record.capture, dataclasses.replace(record, meanings=Meanings(model=model, vectors=vectors))


@pytest.fixture
def filled(store):
    """A store with the three statements."""
    store.add_records(list(map(make_entry, WORDS, DEGREES)), READING)
    return store


def contents(answer):
    return [hit.content[0] for hit in answer.hits]


def test_the_nearest_come_first_with_their_cosine(filled):
    answer = filled.search(Query(meaning="closed"), sentence=sentence_at(15))
    assert contents(answer) == [WORDS[1], WORDS[0], WORDS[2]]
    cosines = [math.cos(math.radians(degrees)) for degrees in (5, 15, 75)]
    assert [hit.score for hit in answer.hits] == pytest.approx(cosines, abs=0.02)


def test_words_and_filters_hold_too(filled):
    asked = Query(meaning="closed", words="shut")
    assert contents(filled.search(asked, sentence=sentence_at(15))) == [WORDS[0]]
    nothing = filled.search(Query(meaning="closed", words="absent"), sentence=sentence_at(15))
    assert nothing.hits == ()
    assert "nearest" in nothing.notes[0]


def test_so_many_are_shown_as_were_asked_for(filled):
    assert len(filled.search(Query(meaning="closed", limit=2), sentence=sentence_at(0)).hits) == 2


def test_what_another_model_read_is_not_compared_and_said_to_be_not(filled):
    filled.add_records([make_entry("Snow is likely", 0, model="m-2")], NEWER)
    answer = filled.search(Query(meaning="closed"), sentence=sentence_at(0))
    assert "Snow is likely" not in contents(answer)
    assert any("another model" in note for note in answer.notes)


def test_what_is_added_later_is_found(filled):
    assert len(filled.search(Query(meaning="closed"), sentence=sentence_at(0)).hits) == 3
    filled.add_records([make_entry("The ferry is late", 1)], READING)
    assert contents(filled.search(Query(meaning="closed", limit=2), sentence=sentence_at(1)))[0] == (
        "The ferry is late"
    )


def test_a_store_without_vectors_says_so(store):
    capture, record = make_entry(WORDS[0], 0)
    store.add_records([(capture, dataclasses.replace(record, meanings=None))], READING)
    answer = store.search(Query(meaning="closed"), sentence=sentence_at(0))
    assert (answer.hits, "No statement has a vector" in answer.notes[0]) == ((), True)


def test_nearness_has_no_next_page(filled):
    with pytest.raises(QueryError, match="no next page"):
        filled.search(Query(meaning="closed", after="x"), sentence=sentence_at(0))


def test_nearness_chooses_no_records_and_says_so(filled):
    with pytest.raises(QueryError, match="leaves nothing out"):
        list(filled.iter_judged(Query(meaning="It is shut.", sort="meaning")))
