"""Dates are shown as people read them; what is none stays as it stands."""

import pytest

from onrecord.serve.dates import show_moment


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2031", "2031"),
        ("2031-05", "May 2031"),
        ("2031-05-03", "3 May 2031"),
        ("2031-05-03T14:20", "3 May 2031, 14:20"),
        ("2031-05-03T14:20:31.5Z", "3 May 2031, 14:20 (UTC)"),
        ("2031-05-03T14:20:31+02:00", "3 May 2031, 14:20 (+02:00)"),
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
