"""Names are compared without what is written at will."""

import pytest

from onrecord.gazetteer.names import normalise_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Elm", "Saint Elm"),
        ("Mt. Elm", "Mount Elm"),
        ("Ft. Elm", "FORT ELM"),
        ("U.S.", "US"),
        ("the Harlows", "Harlows"),
        ("Örsted-by-Sea", "Orsted by Sea"),
        ("Łomna", "Lomna"),
        ("O’Dell", "O'Dell"),
    ],
)
def test_two_writings_of_a_name_are_one(one, other):
    assert normalise_name(one) == normalise_name(other)


def test_a_word_that_is_the_whole_name_stays():
    assert normalise_name("The") == "the"
    assert normalise_name("Saint") == "saint"


def test_marks_alone_are_no_name():
    assert normalise_name(" – ") == ""
