"""Nouns of people, bodies and documents; and the pronouns."""

import pytest

from onrecord.language.nouns import (
    gender_of_noun,
    is_office,
    is_plural_noun,
    kinds_of_noun,
    offices_meant_by,
    singular_of,
)
from onrecord.language.pronouns import first_person_pattern, pronouns


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("spokeswomen", "person"),
        ("epidemiologists", "person"),
        ("rapper", "person"),
        ("ministries", "organisation"),
        ("newspaper", "outlet"),
        ("report", "document"),
        ("letter", "utterance"),
        ("police", "group"),
    ],
)
def test_what_a_noun_describes(noun, kind):
    assert kind in kinds_of_noun(noun)


@pytest.mark.parametrize("noun", ["weather", "river", "monitor", "coffee", "bridge", "Monday"])
def test_a_noun_of_things_describes_nobody(noun):
    assert "person" not in kinds_of_noun(noun)


def test_a_surname_is_no_office():
    assert [is_office(word) for word in ("Walker", "Sanders", "Major", "president")] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(("plural", "singular"), [("women", "woman"), ("wives", "wife"), ("boss", "boss")])
def test_a_noun_in_the_singular(plural, singular):
    assert singular_of(plural) == singular


@pytest.mark.parametrize(
    ("noun", "gender"), [("chairwoman", "f"), ("policeman", "m"), ("human", None), ("clerk", None)]
)
def test_the_gender_that_a_noun_tells(noun, gender):
    assert gender_of_noun(noun) == gender


def test_people_and_police_are_several():
    assert [is_plural_noun(n) for n in ("people", "police", "boss")] == [True, True, False]


def test_an_office_means_itself_and_what_else_it_is_called():
    assert offices_meant_by("premier") == {"premier", "prime minister"}


def test_it_may_be_no_person():
    assert (pronouns()["it"].gender, pronouns()["they"].plural, pronouns()["i"].person) == ("n", True, 1)


def test_the_first_person_is_not_a_country_nor_a_letter_of_a_list():
    text = "We in the US told (i) them I’d see, and us too."
    assert [m.group() for m in first_person_pattern().finditer(text)] == ["We", "I", "us"]
