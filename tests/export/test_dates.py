"""Dates are shown as people read them; what is none stays as it stands."""

import pytest

from onrecord.export.dates import show_moment, show_said


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2031", "2031"),
        ("2031-05", "May 2031"),
        ("2031-05-03", "3 May 2031"),
        ("2031-05-03T14:20", "3 May 2031, 14:20"),
        ("2031-05-03T14:20:31.5Z", "3 May 2031, 14:20 (UTC)"),
        ("2031-05-03T14:20:31+02:00", "3 May 2031, 14:20 (UTC+2)"),
        ("2031-05-03T14", "3 May 2031, between 14:00 and 14:59"),
        ("2031-05/2031-06", "May 2031 to June 2031"),
        ("../2031", "open to 2031"),
        ("2031/", "2031 to unknown"),
    ],
)
def test_a_date_is_as_fine_as_it_is_given(value: str, shown: str):
    assert show_moment(value) == shown


@pytest.mark.parametrize(
    "value", ["", "/", "yesterday", "2031-13", "2031-05-03x", "<b>", "31/12/2031", "٢٠٣١"]
)
def test_what_is_no_date_stays_as_it_is(value: str):
    assert show_moment(value) == value


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2031-05-03T05:00:00", "2031-05-03T11:59:59", "3 May 2031, 05:00–11:59"),
        ("2031-05-01", "2031-05-31", "May 2031"),
        ("2031-04-28", "2031-05-04", "28 April – 4 May 2031"),
        ("2031-05-03", "2031-05-03", "3 May 2031"),
        (None, "2031-05-03", "by 3 May 2031"),
        ("2031-05-03T14:20", "2031-05-03T14:20", "3 May 2031, 14:20"),
    ],
)
def test_when_something_was_said_is_no_finer_than_it_is_known(start: str | None, end: str, shown: str):
    assert show_said((start or end)[:16], start, end) == shown
