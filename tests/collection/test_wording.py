"""Words as somebody types them, found in an article near the statement that they are of."""

import dataclasses

import pytest

from onrecord.collection.wording import find_entity, find_place, find_words
from onrecord.errors import JudgementError
from tests.bridge import TEXT, make_record
from tests.factories import make_entity, make_mention, make_small_record, make_statement, span_of

RECORD = make_record()


def find(text, content, words):
    statement = make_statement(text, [content], cue=None, source=None)
    return find_words(make_small_record(text, [statement]), statement, words)


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("held", "held"),
        (" held\n", "held"),
        ("It  “held", "It\n“held"),
        ('It "held', "It\n“held"),
        ("ferry-man's", "ferry–man’s"),
        ("(.*)", "(.*)"),
        ("@0:2", "It"),
    ],
)
def test_words_are_found_but_for_spaces_and_the_shape_of_marks(words, held):
    text = "It\n“held”, the ferry–man’s (.*) said."
    assert find(text, "held", words).of(text) == held


@pytest.mark.parametrize("words", ["", "  ", "HELD", "holds", "\x00", "\ud800", "[a-z]+", "@9:3", "@0:999"])
def test_what_the_article_does_not_say_is_refused(words):
    with pytest.raises(JudgementError):
        find("It held, she said.", "It held", words)


def test_of_several_places_the_nearest_to_the_statement_is_meant():
    text = "No, she said then. Yes, it will hold, she said. No."
    assert find(text, "Yes, it will hold", "she said").start_char == text.index("she said", 20)


def test_two_places_as_near_are_named_with_their_bounds():
    with pytest.raises(JudgementError, match=r"2 times, and none is nearest: @0:3 .* @7:10 ") as error:
        find("yes no yes", "no", "yes")
    assert "one of these places" in str(error.value)


def test_an_entity_is_found_by_id_by_name_and_by_another_mention():
    vance = RECORD.entities[0]
    for name in (vance.entity_id, vance.entity_id[:15], "MIRA  VANCE", "the bridge warden"):
        assert find_entity(RECORD, name) is vance
    assert find_entity(RECORD, "entity-") is None
    assert find_entity(RECORD, "she") is None
    assert find_entity(RECORD, "") is None


def test_a_name_that_several_bear_is_refused_with_their_ids():
    text = "Lee and Lee."
    pair = [make_entity(text, [make_mention(text, span_of(text, "Lee", after=at))]) for at in (0, 4)]
    record = dataclasses.replace(make_small_record(text), entities=tuple(pair))
    with pytest.raises(JudgementError, match=pair[1].entity_id):
        find_entity(record, "lee")
    assert find_entity(record, pair[1].entity_id) is pair[1]


def test_a_place_is_found_by_id_by_name_and_by_its_entry():
    statement = RECORD.statements[0]
    port = next(place for place in RECORD.places if place.text == "Port Tessaly")
    assert find_place(RECORD, statement, port.place_id) is port
    assert find_place(RECORD, statement, "port tessaly") is port
    assert find_place(RECORD, statement, "Nowhere") is None
    known = next(place for place in RECORD.places if place.entry)
    assert find_place(RECORD, statement, known.entry.entry_id).entry == known.entry


def test_every_statement_of_the_article_is_found_by_its_own_words():
    for statement in RECORD.statements:
        for span in statement.content:
            assert find_words(RECORD, statement, span.of(TEXT)) == span
