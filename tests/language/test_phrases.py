"""Heads of noun phrases, and where a description ends."""

import pytest

from onrecord.language.phrases import head_of_phrase, joins_several, without_clause
from onrecord.record import Span


def whole(text: str) -> Span:
    return Span(start_char=0, end_char=len(text))


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("a spokesman for the ministry", "spokesman"),
        ("three people familiar with the matter", "people"),
        ("the board’s lawyer", "lawyer"),
        ("Vance, who lost", "Vance"),
        ("1,200 voters", "voters"),
        ("the company today", "company"),
        ("“residents”", "residents"),
        ("the mayor and a clerk", "mayor"),
    ],
)
def test_the_head_of_a_phrase(phrase, head):
    assert head_of_phrase(phrase, whole(phrase)).of(phrase) == head


def test_a_preposition_inside_a_name_does_not_end_the_phrase():
    phrase = "Bank of Velden chief Ivo Orr"
    names = [Span(start_char=0, end_char=14), Span(start_char=21, end_char=28)]
    assert head_of_phrase(phrase, whole(phrase), names).of(phrase) == "Ivo Orr"


def test_two_roles_of_one_person_lead_to_the_name():
    phrase = "lobbyist and party strategist Ivo Orr"
    assert head_of_phrase(phrase, whole(phrase), [Span(start_char=30, end_char=37)]).of(phrase) == "Ivo Orr"


@pytest.mark.parametrize(
    "phrase", ["friends and foes", "friends, lobbyists and former foes", "the mayor and a clerk"]
)
def test_phrases_that_join_several(phrase):
    assert joins_several(phrase, whole(phrase), head_of_phrase(phrase, whole(phrase)), named=False)


@pytest.mark.parametrize(
    "phrase", ["her friend and colleague", "a clerk, a father of two and a sailor", "residents"]
)
def test_phrases_of_one_head(phrase):
    assert not joins_several(phrase, whole(phrase), head_of_phrase(phrase, whole(phrase)), named=False)


@pytest.mark.parametrize(
    ("phrase", "kept"),
    [
        ("a clerk who left early", "a clerk"),
        ("a clerk, a father of two", "a clerk"),
        ("a clerk of the court", "a clerk of the court"),
        ("friends, lobbyists and former foes", "friends, lobbyists and former foes"),
    ],
)
def test_a_description_ends_before_its_clause(phrase, kept):
    assert without_clause(phrase, whole(phrase), head_of_phrase(phrase, whole(phrase))).of(phrase) == kept
