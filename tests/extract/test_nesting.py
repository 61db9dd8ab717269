"""Statements inside statements: each has the one that holds it, and those that were missed are added."""

import pytest

from onrecord.extract.nesting import CONFIDENCE, nest_statements
from onrecord.extract.page import Page
from onrecord.record import Statement
from tests.factories import make_statement


def nested(text: str, *statements: Statement) -> tuple[Statement, ...]:
    return nest_statements(statements, Page(text, [(0, len(text))]))


def added(text: str, content: str | None = None) -> list[tuple[str, str, str]]:
    """Source, cue and content of what is added inside a content, by default all behind "said"."""
    text = text if content else f"Birch said {text}"
    outer = make_statement(text, [content or text.removeprefix("Birch said ")], cue="said", source="Birch")
    found = [s for s in nested(text, outer) if s.origin.kind == "rule"]
    return [tuple(span[0].of(text) for span in (s.source, s.cue, s.content)) for s in found]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("that Orr had promised that it would end.", "Orr", "had promised", "that it would end"),
        ("that Orr had promised to resign in May.", "Orr", "had promised", "to resign in May"),
        ("that Orr promised a new bridge, which nobody saw.", "Orr", "promised", "a new bridge"),
        ("that she had told reporters that it was over.", "she", "had told", "that it was over"),
        ("that she told him he was too late.", "she", "told", "he was too late"),
        ("the mayor later said he was sorry.", "the mayor", "later said", "he was sorry"),
        ("that the mayor of Beltown claims he won again.", "the mayor of Beltown", "claims", "he won again"),
        ("that officials say the gates are shut.", "officials", "say", "the gates are shut"),
        ("that Tom Orr, the mayor, said that it was over.", "Tom Orr, the mayor", "said", "that it was over"),
        ("that residents who said they saw it were wrong.", "residents", "said", "they saw it were wrong"),
        ("that Orr said it was over, but he had doubts.", "Orr", "said", "it was over"),
        ("Orr’s claim that the gates were open.", "Orr", "claim", "that the gates were open"),
        ("that he doubted her promise to pay them.", "her", "promise", "to pay them"),
        (
            "that the gates were shut, according to Ida Orr.",
            "Ida Orr",
            "according to",
            "that the gates were shut",
        ),
        (
            "that they had accused Tom Orr of lying to them.",
            "they",
            "had accused",
            "Tom Orr of lying to them",
        ),
        ("that the council is saying that it is over.", "the council", "is saying", "that it is over"),
        ("that when Orr said he won, nobody laughed.", "Orr", "said", "he won, nobody laughed"),
    ],
)
def test_an_attribution_inside_a_content_is_added(text, source, cue, content):
    assert added(text) == [(source, cue, content)]


def test_an_attribution_inside_a_quotation_is_added_without_the_mark_that_ends_it():
    text = "“Orr told me that it was over,” Birch said."
    assert added(text, "“Orr told me that it was over,”") == [("Orr", "told", "that it was over")]


def test_who_is_quoted_by_an_outlet_speaks_and_the_outlet_is_the_hop():
    text = "The Velden Courier quoted Ilse Orr as saying: “It is over. It was bad; we go home.”"
    said = "Ilse Orr as saying: “It is over. It was bad; we go home.”"
    outer = make_statement(text, [said], cue="quoted", source="The Velden Courier")
    inner = nested(text, outer)[1]
    assert [span[0].of(text) for span in (inner.source, inner.cue, inner.content)] == [
        "Ilse Orr",
        "saying",
        "“It is over. It was bad; we go home.”",
    ]
    assert inner.form == "direct"
    assert [(hop.kind, hop.text) for hop in inner.chain] == [("quoted_by", "The Velden Courier")]


def test_a_clause_does_not_end_inside_a_quotation():
    text = "that Orr said that it was “cold; wet, but fine” there; nobody laughed."
    assert added(text) == [("Orr", "said", "that it was “cold; wet, but fine” there")]


@pytest.mark.parametrize(
    "text",
    [
        "that it was over.",
        "that I told them that it was over.",
        "that Orr was told that it was over.",
        "that the 35 states that voted were wrong.",
        "that the attack that happened was hers.",
        "that the reports that come in are wrong.",
        "that nobody said that it was over.",
        "that if Orr says that it is over, it is.",
        "that Orr would say that it was over.",
        "that Orr did not say that it was over.",
        "that the savings that he says the plan brings are gone.",
        "that Orr said this week would be hard.",
        "that the records show that it was over.",
        "that Orr's promise to resign was forgotten by all.",
        "that saying that it is over helps nobody.",
        "that the mayor walked home.",
    ],
)
def test_what_only_looks_like_an_attribution_is_not_added(text):
    assert added(text) == []


def test_what_the_model_found_inside_a_content_is_not_added_again():
    text = "Birch said that Orr had promised that it would end."
    outer = make_statement(text, ["that Orr had promised that it would end"], cue="said", source="Birch")
    inner = make_statement(text, ["that it would end"], cue="had promised", source="Orr")
    assert [s.statement_id for s in nested(text, outer, inner)] == [outer.statement_id, inner.statement_id]


def test_a_statement_is_within_the_one_whose_content_holds_it():
    text = "Birch said that Orr had promised that it would end."
    outer = make_statement(text, ["that Orr had promised that it would end"], cue="said", source="Birch")
    inner = make_statement(text, ["that it would end"], cue="had promised", source="Orr")
    assert [s.within for s in nested(text, outer, inner)] == [None, outer.statement_id]


def test_a_statement_is_within_the_innermost_of_those_that_hold_it():
    text = "Ada said that Birch said that Orr had promised that it would end."
    first = make_statement(text, [text[9:-1]], cue="said", source="Ada")
    second = make_statement(
        text, ["that Orr had promised that it would end"], cue="said", source="Birch", after=14
    )
    third = make_statement(text, ["that it would end"], cue="had promised", source="Orr")
    withins = {s.statement_id: s.within for s in nested(text, third, second, first)}
    assert withins == {
        first.statement_id: None,
        second.statement_id: first.statement_id,
        third.statement_id: second.statement_id,
    }


def test_a_statement_beside_another_is_within_none():
    text = "“Yes,” said Orr. “No,” said Birch."
    one = make_statement(text, ["“Yes,”"], cue="said", source="Orr")
    two = make_statement(text, ["“No,”"], cue="said", source="Birch", after=16)
    assert {s.within for s in nested(text, one, two)} == {None}


def test_a_statement_whose_content_alone_lies_in_another_is_within_none():
    text = "It will end, Orr said, and Birch agreed."
    one = make_statement(text, ["It will end"], cue="said", source="Orr")
    two = make_statement(text, ["It will end, Orr"], cue="agreed", source="Birch")
    assert {s.within for s in nested(text, one, two)} == {None}


def test_what_is_added_says_so_and_has_all_that_a_statement_has():
    text = "Birch said that Orr had told Lumen News that it would end."
    outer = make_statement(text, [text[11:-1]], cue="said", source="Birch")
    inner = nested(text, outer)[1]
    assert (inner.origin.kind, inner.origin.name) == ("rule", "nesting/told")
    assert (inner.form, inner.mode, inner.confidence) == ("indirect", "said", CONFIDENCE)
    assert inner.within == outer.statement_id
    assert [(hop.kind, hop.text) for hop in inner.chain] == [("told", "Lumen News")]


def test_statements_stand_in_the_order_of_their_cues():
    text = "Birch said that Orr had promised that it would end. “No,” said Vance."
    outer = make_statement(text, ["that Orr had promised that it would end"], cue="said", source="Birch")
    last = make_statement(text, ["“No,”"], cue="said", source="Vance", after=45)
    cues = [s.cue[0].start_char for s in nested(text, last, outer)]
    assert len(cues) == 3
    assert cues == sorted(cues)


def test_nesting_what_is_nested_changes_nothing():
    text = "Birch said that Orr had promised that it would end. “No,” said Vance."
    outer = make_statement(text, ["that Orr had promised that it would end"], cue="said", source="Birch")
    once = nested(text, outer)
    assert nested(text, *once) == once


def test_no_statements_nest_nothing():
    assert nested("The gates were shut.") == ()


@pytest.mark.parametrize("line", ["A of " * 200, "the a b " * 150, "Orr, the x, " * 100, "Aa’s " * 200])
def test_a_hostile_content_is_answered(line):
    assert isinstance(added(line + "said that he told them that, according to x's claim that it"), list)
