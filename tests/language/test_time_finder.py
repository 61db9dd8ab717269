"""Which words the rules take for expressions of time in running text, and the tense beside them."""

import time

import pytest

from onrecord.language.time_finder import find_event_relations, find_expressions
from onrecord.language.time_tense import tense_at
from onrecord.language.time_words import read_line

# Measured: 0.1 to 1 s on a loaded core; a pattern that reads a run over and over takes minutes.
LONG_RUN_SECONDS = 10


def find(text: str) -> list[str]:
    return [p.span.of(text) for p in find_expressions(read_line(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor of Beltown resigned on Friday.", ["Friday"]),
        ("She moved there in the early 1980s, he said.", ["the early 1980s"]),
        (
            "It rose in the third quarter of 1989 and fell last month.",
            ["the third quarter of 1989", "last month"],
        ),
        ("At 10 p.m. on Wednesday the lights went out.", ["10 p.m. on Wednesday"]),
        ("He has led the council for nearly two years.", ["nearly two years"]),
        ("The Aug. 7 attack shook Beltown.", ["Aug. 7"]),
        ("Its 1996 law on rents was amended on March 5, 2001.", ["1996", "March 5, 2001"]),
        ("Earlier in March, the board met.", ["Earlier in March"]),
        ("They meet every Friday.", ["every Friday"]),
        ("Sales were down from a year earlier.", ["a year earlier"]),
    ],
)
def test_expressions_are_found_with_their_edges(text: str, found: list[str]) -> None:
    assert find(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "May I ask a second question?",
        "The 6-year-old girl and her brother, 12 years old, were safe.",
        "Three-quarters of them may march to the sea.",
        "The crowd of 2000 people fell silent.",
        "Photo: ID1974",
        "He spoke to USA TODAY.",
        "He has read The Daily Courier for a quarter-century.",
        "They paid $1,990 for room 2001b.",
    ],
)
def test_words_that_only_look_like_times_are_left_alone(text: str) -> None:
    assert find(text) == []


def test_a_time_told_only_by_an_event_is_found_to_the_end_of_its_words() -> None:
    text = "Prices rose shortly after the start of the long strike, and fell soon after he left."
    spans = list(find_event_relations(read_line(text)))
    assert [s.of(text) for s in spans] == ["shortly after the start of the long strike"]


@pytest.mark.parametrize(
    ("text", "words", "tense"),
    [
        ("The council met Monday.", "Monday", "past"),
        ("The council will meet Monday.", "Monday", "future"),
        ("The vote is scheduled for Monday.", "Monday", "future"),
        ("The report will be released Monday.", "Monday", "future"),
        ("She plans to leave on Monday.", "Monday", "future"),
        ("On Monday, the council voted.", "Monday", "past"),
        ("They put it off until Monday.", "Monday", "future"),
        ("The council said Monday it would close the bridge.", "Monday", "past"),
    ],
)
def test_the_tense_is_that_of_the_nearest_verb(text: str, words: str, tense: str) -> None:
    start = text.index(words)
    assert tense_at(text, (0, len(text)), start, start + len(words)) == tense


@pytest.mark.parametrize(
    "piece", ["1990 ", "two hundred and ", "the late ", "1/1/", "March ", "’80s-", "a.m.", "12:"]
)
def test_a_long_run_of_words_of_time_takes_no_longer_than_its_length(piece: str) -> None:
    began = time.process_time()
    find(piece * 2000)
    assert time.process_time() - began < LONG_RUN_SECONDS
