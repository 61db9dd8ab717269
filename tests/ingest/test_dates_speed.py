"""Dates of hostile words: long and repeated input is read in bounded time."""

import time

import pytest

from onrecord.ingest.dates import examine_moment, find_moment, find_moments

CHARS = 100_000
# Thrice what was measured at worst on a loaded core; a pattern that backtracks takes seconds.
MOST_SECONDS = 0.05


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1.", "mar ", "1 mar ", " ", "1:02 ", "(", "at ", "p. ", "1 hour ", "2024 ", "年1月",
     "updated ", "1/", "\u0301", "20 W ", "1 de ", "- ", "2024-", "T1", "a 1 h "],
)  # fmt: skip
def test_long_words_are_read_in_bounded_time(piece):
    words = (piece * CHARS)[:CHARS]
    find_moment("1 March 2024")  # the tables are read
    took = []
    for _ in range(3):
        begin = time.process_time()
        find_moment(words)
        find_moments(words)
        find_moment(words, 0, len(words))
        examine_moment(words)
        examine_moment(words[:300])
        took.append(time.process_time() - begin)
    assert min(took) < MOST_SECONDS


def test_a_line_without_a_digit_is_passed_over_at_once():
    line = "The mayor of Beltown said that the bridge would be closed for good and that nobody would be hurt."
    begin = time.process_time()
    for _ in range(1000):
        assert find_moment(line) is None
    assert time.process_time() - begin < 0.1
