"""Treebank tokens become the text that a reader would meet, with the place of each token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.detokenise import detokenise


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("Vale 's dog did n't bark , ever .", "Vale's dog didn't bark, ever."),
        ("`` No , '' she said : `` Go ! ''", "“No,” she said: “Go!”"),
        ("`` He said ` no , ''' she said", "“He said ‘no,’” she said"),
        ("five % -LRB- or $ 5 -RRB- ; fine", "five% (or $5); fine"),
        ("voters ' votes", "voters' votes"),
        ("from the U.S. . Then", "from the U.S. Then"),
        ("she asked : '' Why ? ''", "she asked: “Why?”"),
        ("as before , '' she said", "as before,” she said"),
        ('she said : " Why ? " and " No "', 'she said: "Why?" and "No"'),
        ("more ... or less -- then", "more... or less -- then"),
    ],
)
def test_marks_and_endings_stand_where_print_puts_them(tokens, text):
    assert detokenise(tokens.split())[0] == text


def test_the_place_of_each_token_holds_it():
    tokens = ["``", "No", ",", "''", "she", "did", "n't", "say", "."]
    text, bounds = detokenise(tokens)
    assert [text[a:b] for a, b in bounds] == ["“", "No", ",", "”", "she", "did", "n't", "say", "."]


def test_a_repeated_full_stop_shares_the_place_of_the_first():
    text, bounds = detokenise(["U.S.", "."])
    assert (text, bounds) == ("U.S.", [(0, 4), (3, 4)])


def test_no_token_gives_no_text():
    assert detokenise([]) == ("", [])


@given(
    st.lists(
        st.sampled_from(["``", "''", "'", '"', ".", "...", "-LRB-", ")", "Vale", "'s", "n't", "`", "'''"])
    )
)
def test_every_token_has_a_place_within_the_text(tokens):
    text, bounds = detokenise(tokens)
    assert len(bounds) == len(tokens)
    assert all(0 <= a < b <= len(text) and not text[a:b].isspace() for a, b in bounds)
    assert bounds == sorted(bounds)
