"""Proper names: what is left of them for comparison, and when two may be one's."""

import pytest

from onrecord.language.names import read_body_name, read_person_name, same_body, same_person, title_before


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Mr Ivo Orr", ("ivo", "orr")),
        ("Ivo Orr’s", ("ivo", "orr")),
        ("Ivo K. Orr Jr.", ("ivo", "orr")),
        ("I. Orr", ("i", "orr")),
        ("Šárka Dvořáčková", ("sarka", "dvorackova")),
    ],
)
def test_a_persons_name_is_compared_without_titles_initials_and_accents(name, words):
    assert read_person_name(name).words == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mira Vance", "Vance"),
        ("Mira Vance", "Mira"),
        ("Mira Vance", "M. Vance"),
        ("Timothy Vance", "Tim Vance"),
        ("Mira Orr Vance", "Mira Vance"),
        ("Ms Vance", "Mira Vance"),
    ],
)
def test_names_that_may_be_one_persons(one, other):
    assert same_person(read_person_name(one), read_person_name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mira Vance", "Ivo Vance"), ("Mira Vance", "Mira Orr"), ("Ms Vance", "Mr Vance"), ("Vance", "Orr")],
)
def test_names_that_are_two_peoples(one, other):
    assert not same_person(read_person_name(one), read_person_name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Quay Audit Ltd", "Quay Audit"), ("the Harbour Safety Board", "HSB"), ("U.S.", "US")],
)
def test_names_of_one_body(one, other):
    assert same_body(read_body_name(one), read_body_name(other))


def test_a_word_in_common_makes_no_body_one():
    assert not same_body(read_body_name("Velden Bank"), read_body_name("Velden Council"))


def test_a_title_before_a_name_tells_its_gender():
    assert title_before("then Mrs. Vance", 10) == (5, "f")


def test_a_word_that_ends_like_a_title_is_none():
    assert title_before("the firms Vance", 10) is None
