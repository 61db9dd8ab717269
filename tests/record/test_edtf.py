"""Dates as people write them: what each means, and what is refused."""

import pytest

from onrecord.record.edtf import interval_of


@pytest.mark.parametrize(
    ("edtf", "start", "end", "precision"),
    [
        ("2031-05-03", "2031-05-03", "2031-05-03", "day"),
        ("2031-05-03T14:30", "2031-05-03T14:30", "2031-05-03T14:30", "minute"),
        ("2032-02", "2032-02-01", "2032-02-29", "month"),
        ("2031", "2031-01-01", "2031-12-31", "year"),
        ("2031?", "2031-01-01", "2031-12-31", "year"),
        ("203X", "2030-01-01", "2039-12-31", "decade"),
        ("20XX", "2000-01-01", "2099-12-31", "century"),
        ("2031-05-01/2031-05-03", "2031-05-01", "2031-05-03", "part_of_month"),
        ("2031-02/2031-05-03", "2031-02-01", "2031-05-03", "part_of_year"),
        ("2030/2031", "2030-01-01", "2031-12-31", "vague"),
        ("2031-05/2031-05", "2031-05-01", "2031-05-31", "month"),
        ("2031-05-03T10:00/2031-05-03T12:00", "2031-05-03T10:00", "2031-05-03T12:00", "part_of_day"),
        ("2031-05-03T10:00/2031-05-03", "2031-05-03T10:00", "2031-05-03", "part_of_day"),
        ("../2031-05", None, "2031-05-31", "vague"),
        ("2031-05/..", "2031-05-01", None, "vague"),
        ("2031-05/", "2031-05-01", None, "vague"),
    ],
)
def test_an_expression_means_its_first_and_its_last_day(edtf, start, end, precision):
    found = interval_of(edtf)
    assert (found.start, found.end, found.precision) == (start, end, precision)


@pytest.mark.parametrize(
    "edtf",
    [
        "", "/", "../..", "yesterday", "2031-5-3", "31-05-2031", "2031-13", "2031-02-30", "0000", "2XXX",
        "XXXX", "20311", "203XX", "2031-05-03T24:00", "2031-05-03/2031-05-01", "2031/2032/2033", "２０３１",
        "2031\n",
        "2031-21", " 2031", "'; DROP TABLE articles; --",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_its_words(edtf):
    with pytest.raises(ValueError, match=r"no date|no calendar|both ends|before it begins"):
        interval_of(edtf)
