"""The chart of a timeline: columns of time, and where their bars and dates stand."""

import itertools
from datetime import date, timedelta

import pytest

from onrecord.record.overview import Bucket
from onrecord.serve.timeline_chart import TOP, Chart, draw_chart, list_lines
from onrecord.serve.timeline_range import (
    MOST_COLUMNS,
    Stretch,
    begin_of,
    choose_stretch,
    list_crumbs,
    name_column,
    name_when,
    number_of,
    read_part,
    read_stretch,
    write_when,
)


def buckets(*pairs: tuple[str, int]) -> tuple[Bucket, ...]:
    return tuple(Bucket(start=start, statements=count) for start, count in pairs)


def chart_of(when: str, *pairs: tuple[str, int], apart: int = 0, complete: bool = True) -> Chart:
    asked = read_stretch(when)
    assert asked is not None
    return draw_chart(buckets(*pairs), choose_stretch(asked), apart=apart, complete=complete)


def total_of(chart: Chart) -> int:
    return sum(bar.statements for bar in chart.bars) + (chart.apart.statements if chart.apart else 0)


def test_every_day_has_one_column_whatever_the_year():
    first, last = date(1896, 1, 1), date(2104, 12, 31)
    numbers = [
        number_of(((day := first + timedelta(days=n)).year, day.month, day.day, 0), "day")
        for n in range((last - first).days + 1)
    ]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


@pytest.mark.parametrize("unit", ["century", "decade", "year", "month", "day", "hour"])
@pytest.mark.parametrize("number", [-20_000_001, -1, 0, 1, 24_289, 739_310, 17_744_207])
def test_a_column_begins_in_itself_and_right_behind_the_one_before(unit, number):
    if unit in {"century", "decade", "year", "month"}:
        number %= 100_000
    assert number_of(begin_of(number, unit), unit) == number
    assert begin_of(number, unit) < begin_of(number + 1, unit)


@pytest.mark.parametrize(
    ("month", "days"), [("2024-02", 29), ("2023-02", 28), ("1900-02", 28), ("2000-02", 29)]
)
def test_february_has_as_many_days_as_its_year_gives_it(month, days):
    stretch = read_stretch(month)
    assert stretch is not None
    assert len(choose_stretch(stretch)) == days


@pytest.mark.parametrize("day", ["2024-03-31", "2024-10-27", "2024-11-03"])
def test_a_day_on_which_clocks_are_changed_has_24_hours_like_any_other(day):
    chart = chart_of(day, (f"{day}T02", 1), (f"{day}T03", 2))
    assert len(chart.shown) == 24
    assert [bar.when for bar in chart.bars] == [f"{day}T02", f"{day}T03"]


@pytest.mark.parametrize(
    ("when", "unit"),
    [
        ("2024-03-20T15", "hour"), ("2024-03-20", "hour"), ("2024-03-20/2024-03-21", "hour"),
        ("2024-03-20/2024-03-22", "day"), ("2024-03", "day"), ("2024-03/2024-05", "month"), ("2024", "month"),
        ("2020/2024", "year"), ("1990/1999", "year"), ("1900/1999", "decade"), ("0001/2024", "century"),
    ],
)  # fmt: skip
def test_the_unit_is_the_finest_of_which_not_too_many_are_in_the_range(when, unit):
    stretch = read_stretch(when)
    assert stretch is not None
    chosen = choose_stretch(stretch)
    assert chosen.unit == unit
    assert len(chosen) <= MOST_COLUMNS


@pytest.mark.parametrize(
    "when", [None, "", "soon", "2024-13", "2024-02-30", "2024-03-20T25", "../2024", "2024/2023"]
)
def test_what_has_no_two_ends_in_order_is_no_range(when):
    assert read_stretch(when) is None


@pytest.mark.parametrize("when", ["2024", "2024-03", "2024-03-20", "2024-03-20T15", "0800-12-25"])
def test_a_column_is_asked_for_as_it_is_read(when):
    column = read_part(when)
    assert column is not None
    assert write_when(column.first, column.unit) == when


@pytest.mark.parametrize(
    ("number", "unit", "when"), [(199, "decade", "1990/1999"), (0, "century", "0001/0099")]
)
def test_a_column_of_many_years_is_asked_for_as_an_interval(number, unit, when):
    assert write_when(number, unit) == when


def test_the_bars_sum_to_the_counts_and_stay_inside():
    chart = chart_of("2024", ("2024-01", 7), ("2024-02", 1_204), ("2024-12", 1))
    assert total_of(chart) == 1_212
    for bar in chart.bars:
        assert 0 <= bar.left <= bar.bar_left
        assert bar.bar_left + bar.bar_wide <= bar.left + bar.wide <= 100.001
        assert TOP <= bar.top <= bar.top + bar.high == pytest.approx(chart.base, abs=0.11)


def test_a_bar_is_as_high_as_its_count_and_one_statement_can_still_be_seen():
    low, half, full = chart_of("2024", ("2024-01", 1), ("2024-02", 500), ("2024-03", 1_000)).bars
    assert full.high == pytest.approx(2 * half.high, abs=0.2)
    assert low.high == 3.0


def test_dates_stand_in_order_each_below_its_column():
    chart = chart_of("2024-02", ("2024-02-29", 3))
    assert [tick.label for tick in chart.ticks] == [str(day) for day in range(1, 30)]
    assert [tick.at for tick in chart.ticks] == sorted(tick.at for tick in chart.ticks)
    assert chart.ticks[-1].at == pytest.approx(chart.bars[0].left + chart.bars[0].wide / 2, abs=0.01)
    assert [tick.label for tick in chart.contexts] == ["February 2024"]


def test_dates_have_room_where_the_chart_is_narrowest():
    for when in ("1980/2024", "2021/2024", "2024-03", "2024-03-20", "1500/1999", "0001/2024"):
        chart = chart_of(when, (when[:4], 1))
        width = chart.steps * 288
        for px, ticks in (
            (width, [t for t in chart.ticks if not t.is_spare]),
            (max(width, 880), chart.ticks),
        ):
            gaps = [(b.at - a.at) / 100 * px for a, b in itertools.pairwise(ticks)]
            longest = max(len(tick.label) for tick in ticks)
            assert min(gaps) >= 7.0 * longest, when


def test_every_column_is_wide_enough_for_a_finger():
    for when in ("1980/2024", "2021/2024", "2024-03", "2024-03-20", "0001/2024", "2024"):
        chart = chart_of(when, (when[:4], 1))
        assert chart.bars[0].wide / 100 * chart.steps * 288 >= 23.99


def test_one_statement_alone_is_a_chart():
    chart = chart_of("2024-03-20T15", ("2024-03-20T15", 1))
    (bar,) = chart.bars
    assert (bar.name, bar.statements) == ("20 March 2024, 15:00 to 15:59", 1)
    assert [line.label for line in chart.lines] == ["1"]


def test_no_statement_is_a_chart_without_bars():
    assert chart_of("2024").bars == ()


def test_ten_thousand_days_are_put_together_until_they_can_be_drawn():
    first = date(2000, 1, 1)
    many = buckets(*(((first + timedelta(days=n)).isoformat(), 2) for n in range(10_000)))
    start = number_of((2000, 1, 1, 0), "day")
    chart = draw_chart(many, Stretch(unit="day", first=start, last=start + 9_999))
    assert chart.shown.unit == "year"
    assert total_of(chart) == 20_000
    assert [bar.when for bar in chart.bars] == [str(year) for year in range(2000, 2028)]


def test_ancient_years_and_those_before_the_first_are_drawn_and_named():
    chart = draw_chart(
        buckets(("-0043-03-15", 2), ("0079-08-24", 1), ("2024-03-01", 4)),
        Stretch(unit="year", first=79, last=79),
    )
    assert chart.shown.unit == "century"
    assert [(bar.name, bar.statements) for bar in chart.bars] == [
        ("101 BCE to 2 BCE", 2), ("1 BCE to 99 CE", 1), ("2000 to 2099", 4),
    ]  # fmt: skip
    assert name_column(-43, "year") == "44 BCE"


def test_what_lies_outside_of_the_range_widens_it():
    chart = chart_of("2024-03", ("2024-03-31", 1), ("2024-04-02", 5))
    assert total_of(chart) == 6
    assert len(chart.shown) == 33


def test_a_bucket_that_bears_no_date_is_left_out():
    assert total_of(chart_of("2024", ("2024-05", 2), ("soon", 9), ("2024-99", 9), ("", 1))) == 2


def test_what_tells_no_finer_date_stands_apart_and_is_counted_once():
    chart = chart_of("2024-03-20", ("2024-03-20T00", 12), ("2024-03-20T15", 3), apart=10)
    assert chart.apart is not None
    assert (chart.apart.statements, chart.apart.left) == (10, 0)
    assert [(bar.when, bar.statements) for bar in chart.bars] == [("2024-03-20T00", 2), ("2024-03-20T15", 3)]
    assert total_of(chart) == 15
    assert max(bar.left + bar.wide for bar in chart.bars) <= 100


def test_no_more_stand_apart_than_the_first_column_holds():
    chart = chart_of("2024-03-20", ("2024-03-20T00", 3), apart=10)
    assert total_of(chart) == 3
    assert chart.bars == ()


def test_columns_that_were_not_counted_say_so():
    chart = chart_of("2024", ("2024-11", 400), ("2024-12", 4_600), complete=False)
    assert [bar.when for bar in chart.bars if not bar.is_counted] == [f"2024-{n:02}" for n in range(1, 12)]
    assert [bar.statements for bar in chart.bars][-2:] == [400, 4_600]
    assert {bar.high for bar in chart.bars[:10]} == {0.0}


@pytest.mark.parametrize("highest", [0, 1, 2, 3, 4, 5, 9, 10, 11, 99, 101, 128, 4_001, 12_345_678])
def test_numbers_at_the_side_are_few_and_even_and_reach_the_highest(highest):
    lines = list_lines(highest)
    assert 1 <= len(lines) <= 5
    assert lines[-1] >= highest
    assert len({b - a for a, b in zip((0, *lines), lines, strict=False)}) == 1


@pytest.mark.parametrize(
    ("when", "names"),
    [
        (None, []), ("2024-03", ["2024", "March 2024"]),
        ("2024-03/2024-05", ["2024", "March 2024 to May 2024"]),
        ("../2020", ["until 2020"]), ("2020-02/..", ["from February 2020"]), ("1990/1999", ["1990 to 1999"]),
        ("2024-03-20T15", ["2024", "March 2024", "20 March 2024", "20 March 2024, 15:00 to 15:59"]),
    ],
)  # fmt: skip
def test_crumbs_lead_back_out(when, names):
    assert [name for _, name in list_crumbs(when)] == names


def test_what_is_no_date_is_told_as_it_stands():
    assert name_when("<soon>/2024-99") == "<soon> to 2024-99"
