"""When somebody spoke is drawn in bars, as fine as can be seen."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.overview import Bucket
from onrecord.serve.person_bars import HEIGHT, MOST_YEARS, WIDTH, lay_bars, sum_years

DAYS = st.dictionaries(
    st.dates().map(datetime.date.isoformat), st.integers(1, 3_000), min_size=1, max_size=40
)


def buckets(days: dict[str, int]) -> list[Bucket]:
    return [Bucket(start=day, statements=count) for day, count in days.items()]


@given(DAYS)
def test_every_statement_is_in_a_bar_or_told_of(days: dict[str, int]):
    bars = lay_bars(buckets(days))
    assert bars
    assert sum(bar.statements for bar in bars.bars) + bars.earlier == sum(days.values())


@given(DAYS)
def test_bars_stand_in_the_drawing_in_order(days: dict[str, int]):
    bars = lay_bars(buckets(days))
    assert bars
    places = [bar.x for bar in bars.bars]
    assert places == sorted(set(places))
    for bar in bars.bars:
        assert 0 <= bar.x < WIDTH
        assert 0 <= bar.y <= HEIGHT - 3
        assert bar.y + bar.height == pytest.approx(HEIGHT, abs=0.02)


@pytest.mark.parametrize(
    ("last", "unit", "name"),
    [
        ("2031-05-20", "day", "3 May 2031"),
        ("2033-01-20", "month", "May 2031"),
        ("2060-01-01", "year", "2031"),
    ],
)
def test_the_unit_is_the_finest_that_can_be_seen(last: str, unit: str, name: str):
    bars = lay_bars(buckets({"2031-05-03": 2, last: 5}))
    assert bars
    assert (bars.unit, bars.bars[0].name, bars.most) == (unit, name, 5)


def test_what_is_too_long_ago_to_be_drawn_is_counted():
    bars = lay_bars(buckets({"1650-01-01": 4, "2031-01-01": 1, "2031-02-01": 1}))
    assert bars
    assert bars.earlier == 4
    assert bars.first == str(2031 - MOST_YEARS + 1)


def test_without_a_date_there_are_no_bars():
    assert lay_bars([]) is None


def test_years_are_summed_the_newest_first():
    assert sum_years(buckets({"2031-05-03": 2, "2030-01-01": 1, "2031-06-01": 4})) == [
        ("2031", 6),
        ("2030", 1),
    ]
