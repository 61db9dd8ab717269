"""Intervals in words: as short as the bounds allow, and never more exact than they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.intervals import show_interval


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2031-05-03", "2031-05-03", "3 May 2031"),
        ("2031-05-03T15:02+01:00", "2031-05-03T15:02+01:00", "3 May 2031 15:02"),
        ("2031-05-03T06:00", "2031-05-03T12:00", "3 May 2031 06:00–12:00"),
        ("2031-05-03T22:00", "2031-05-04T04:00", "3 May 2031 22:00 – 4 May 2031 04:00"),
        ("2031-05-01", "2031-05-03", "1–3 May 2031"),
        ("2031-05-01", "2031-05-31", "May 2031"),
        ("2031-02-01", "2031-02-28", "Feb 2031"),
        ("2032-02-01", "2032-02-28", "1–28 Feb 2032"),
        ("2031-04-01", "2031-06-30", "Apr–Jun 2031"),
        ("2031-12-01", "2032-02-29", "Dec 2031–Feb 2032"),
        ("2031-04-28", "2031-05-04", "28 Apr – 4 May 2031"),
        ("2031-12-30", "2032-01-02", "30 Dec 2031 – 2 Jan 2032"),
        ("2031-01-01", "2031-12-31", "2031"),
        ("2030-01-01", "2039-12-31", "2030–2039"),
        (None, "2031-05-03", "by 3 May 2031"),
        ("2031-05-03", None, "from 3 May 2031"),
        (None, None, ""),
    ],
)
def test_an_interval_is_said_in_few_words(start, end, words):
    assert show_interval(start, end) == words


@pytest.mark.parametrize("bound", ["soon", "2031", "2031-13-01", "-0500-01-01", "\x1b[31m", "٢٠٣١-٠٥-٠٣x"])
def test_what_is_no_day_is_shown_as_it_stands(bound):
    assert show_interval(bound, None) == f"{bound}/.."
    assert show_interval(None, bound) == f"../{bound}"


@given(st.none() | st.text(max_size=20), st.none() | st.text(max_size=20))
def test_no_bounds_make_it_fail(start, end):
    assert isinstance(show_interval(start, end), str)


@given(st.dates().map(str), st.dates().map(str))
def test_any_two_days_keep_their_years(start, end):
    words = show_interval(start, end)
    assert str(int(start[:4])) in words
    assert str(int(end[:4])) in words
