"""The measure of moments: pairs of words and markup, and what counts as the same moment."""

import pytest

from eval.moments import judge_words, read_pairs
from onrecord.ingest.dates import parse_moment


def test_the_words_and_the_attribute_of_time_elements_are_paired_once():
    html = "<p><time datetime='2024-03-20T14:02Z'>20 <b>March</b> 2024</time>" * 2 + "<time>now</time>"
    assert list(read_pairs(html)) == [("20 March 2024", "2024-03-20T14:02Z")]


@pytest.mark.parametrize(
    ("words", "attribute", "judged"),
    [
        ("20 March 2024", "2024-03-20", "right"),
        ("21 March 2024", "2024-03-20T21:00Z", "right"),  # it was the 21st further east
        ("21 March 2024", "2024-03-20T21:00+01:00", "right"),
        ("22 March 2024", "2024-03-20T21:00Z", "WRONG"),
        ("20 March 2024 15:02", "2024-03-20T14:02:31Z", "right"),
        ("20 March 2024 15:12", "2024-03-20T14:02:31Z", "WRONG"),
        ("20 March 2024 15:02 CET", "2024-03-20T14:02Z", "right"),
        ("20 March 2024 15:02 GMT", "2024-03-20T14:02Z", "WRONG"),
        ("March 2024", "2024-03-20", "right"),
        ("2 hours ago", "2024-03-20", "refused: The moment is stated relative to another"),
        ("By Jane Doe 3", "2024-03-20", "unread: words beside it"),
    ],
)
def test_words_are_judged_by_what_both_tell(words, attribute, judged):
    assert judge_words(words, parse_moment(attribute)) == judged
