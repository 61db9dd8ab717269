"""What expressions of time mean: the value, the interval and the reason where there is none."""

from datetime import date

import pytest

from onrecord.language.time_bounds import bounds_of
from onrecord.language.time_calendar import Period
from onrecord.language.time_expressions import read_expression
from onrecord.language.time_setting import Reading, Setting, Tense
from onrecord.record import Span

BASE = Period(grain="day", first=date(2024, 3, 20))  # a Wednesday
FOCUS = Period(grain="day", first=date(2020, 5, 11))  # a Monday


def read(words: str, *, tense: Tense | None = None, base: Period | None = BASE, **setting: object) -> Reading:
    found = read_expression(
        words, Span(start_char=0, end_char=len(words)), Setting(base=base, tense=tense, **setting)
    )
    assert found is not None, f"no rule knows {words!r}"
    return found[0]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("March 20th", "2024-03-20"),
        ("20 March", "2024-03-20"),
        ("the 20th of March", "2024-03-20"),
        ("Mar. 20, 2024", "2024-03-20"),
        ("20 March 2019", "2019-03-20"),
        ("Wednesday, March 20", "2024-03-20"),
        ("2024-03-20", "2024-03-20"),
        ("03/20/2024", "2024-03-20"),
        ("20/03/2024", "2024-03-20"),
        ("20.03.2024", "2024-03-20"),
        ("10/30/89", "1989-10-30"),
        ("Dec. 30", "2023-12-30"),
        ("the 18th", "2024-03-18"),
        ("9/11", "2001-09-11"),
        ("today", "2024-03-20"),
        ("yesterday", "2024-03-19"),
        ("tomorrow", "2024-03-21"),
        ("the day before yesterday", "2024-03-18"),
        ("last Wednesday", "2024-03-13"),
        ("next Wednesday", "2024-03-27"),
        ("Tuesday of last week", "2024-03-12"),
        ("two days ago", "2024-03-18"),
        ("two weeks from Friday", "2024-03-29"),
        ("the day after Christmas", "2023-12-26"),
        ("year-end", "2024-12-31"),
    ],
)
def test_a_day_is_read_in_every_order_and_wording(words: str, value: str) -> None:
    assert read(words).value == value


@pytest.mark.parametrize(
    ("words", "tense", "value"),
    [
        ("Monday", "past", "2024-03-18"),
        ("Monday", "future", "2024-03-25"),
        ("Monday", None, "2024-03-18"),
        ("Wednesday", "past", "2024-03-20"),
        ("December", "past", "2023-12"),
        ("December", "future", "2024-12"),
        ("the third quarter", "past", "2023-Q3"),
        ("the third quarter", "future", "2024-Q3"),
        ("May 5", "future", "2024-05-05"),
        ("September 30", "past", "2023-09-30"),
    ],
)
def test_the_tense_decides_between_the_last_and_the_next(words: str, tense: Tense, value: str) -> None:
    assert read(words, tense=tense).value == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("March", "2024-03"),
        ("March 2023", "2023-03"),
        ("March of last year", "2023-03"),
        ("January this year", "2024-01"),
        ("last June", "2023-06"),
        ("this November", "2024-11"),
        ("this winter", "2023-WI"),
        ("last month", "2024-02"),
        ("three months ago", "2023-12"),
        ("2023", "2023"),
        ("nineteen ninety-seven", "1997"),
        ("the year two thousand", "2000"),
        ("fiscal 2023", "2023"),
        ("last year", "2023"),
        ("two years ago", "2022"),
        ("a decade ago", "2014"),
        ("the 1990s", "199"),
        ("the '80s", "198"),
        ("the eighties", "198"),
        ("the 19th century", "18"),
        ("last week", "2024-W11"),
        ("two weeks ago", "2024-W10"),
        ("the week of March 4", "2024-W10"),
        ("last weekend", "2024-W11-WE"),
        ("last summer", "2023-SU"),
        ("the winter of 1994", "1994-WI"),
        ("Q3 2023", "2023-Q3"),
        ("the first quarter of 2023", "2023-Q1"),
        ("last year's third quarter", "2023-Q3"),
        ("the first half of 2023", "2023-H1"),
    ],
)
def test_a_longer_period_is_as_coarse_as_its_words(words: str, value: str) -> None:
    assert read(words).value == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Tuesday morning", "2024-03-19TMO"),
        ("last night", "2024-03-19TNI"),
        ("this evening", "2024-03-20TEV"),
        ("the morning of March 20", "2024-03-20TMO"),
        ("10 p.m. on Tuesday", "2024-03-19T22:00"),
        ("Tuesday at 9:30 a.m.", "2024-03-19T09:30"),
        ("noon on Friday", "2024-03-15T12:00"),
        ("12 a.m. Tuesday", "2024-03-19T00:00"),
        ("15:02", "2024-03-20T15:02"),
        ("5:30 this afternoon", "2024-03-20T17:30"),
        ("4 in the morning", "2024-03-20T04:00"),
    ],
)
def test_a_time_of_day_stands_on_its_day(words: str, value: str) -> None:
    assert read(words).value == value
    assert read(words).kind == "time"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("six months", "P6M"),
        ("three hours", "PT3H"),
        ("months", "PXM"),
        ("a few days", "PXD"),
        ("nearly a decade", "P10Y"),
        ("2 1/2 years", "P2Y6M"),
        ("two and a half years", "P2Y6M"),
        ("an hour and a half", "PT1H30M"),
        ("half an hour", "PT30M"),
        ("a dozen years", "P12Y"),
        ("a fortnight", "P2W"),
        ("twenty-four hours", "PT24H"),
        ("five-year", "P5Y"),
        ("1,000 years", "P1000Y"),
        ("the last two weeks", "P2W"),
        ("the first nine months", "P9M"),
        ("recent years", "PXY"),
    ],
)
def test_a_length_of_time_is_a_duration(words: str, value: str) -> None:
    assert (read(words).kind, read(words).value) == ("duration", value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("every Friday", "XXXX-WXX-5"),
        ("Mondays", "XXXX-WXX-1"),
        ("Tuesday nights", "XXXX-WXX-2TNI"),
        ("each July", "XXXX-07"),
        ("every morning", "XXXX-XX-XXTMO"),
        ("every two weeks", "P2W"),
        ("annually", "P1Y"),
        ("daily", "P1D"),
    ],
)
def test_what_comes_again_is_a_set(words: str, value: str) -> None:
    assert (read(words).kind, read(words).value) == ("set", value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("a year earlier", "2019-05-11"),
        ("two days later", "2020-05-13"),
        ("the next day", "2020-05-12"),
        ("the following month", "2020-06"),
        ("that year", "2020"),
        ("the previous Friday", "2020-05-08"),
        ("the next morning", "2020-05-12TMO"),
    ],
)
def test_some_words_count_from_the_expression_before(words: str, value: str) -> None:
    reading = read(words, earlier=(FOCUS,))
    assert (reading.value, reading.needs) == (value, "focus")


def test_a_year_ago_compares_quarters_where_a_quarter_is_told_of() -> None:
    quarter = Period(grain="quarter", first=date(2024, 1, 1))
    assert read("a year ago", earlier=(quarter,)).value == "2023-Q1"
    assert read("a year ago").value == "2023"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Christmas 2022", "2022-12-25"),
        ("last Christmas", "2023-12-25"),
        ("Easter", "2024-03-31"),
        ("Good Friday", "2024-03-29"),
        ("Orthodox Easter", "2024-05-05"),
        ("Thanksgiving 2023", "2023-11-23"),
        ("Memorial Day 2023", "2023-05-29"),
        ("Black Friday 2023", "2023-11-24"),
        ("New Year's Eve", "2023-12-31"),
    ],
)
def test_a_holiday_is_computed(words: str, value: str) -> None:
    assert read(words).value == value


@pytest.mark.parametrize(
    ("words", "start", "end", "precision"),
    [
        ("Earlier in March", "2024-03-01", "2024-03-20", "part_of_month"),
        ("later this year", "2024-03-20", "2024-12-31", "part_of_year"),
        ("early March", "2024-03-01", "2024-03-11", "part_of_month"),
        ("mid-March", "2024-03-11", "2024-03-21", "part_of_month"),
        ("the end of March", "2024-03-21", "2024-03-31", "part_of_month"),
        ("the third week of March", "2024-03-15", "2024-03-21", "week"),
        ("last year", "2023-01-01", "2023-12-31", "year"),
        ("the 1990s", "1990-01-01", "1999-12-31", "decade"),
        ("last week", "2024-03-11", "2024-03-17", "week"),
        ("recent months", None, "2024-03-20", "vague"),
        ("the coming weeks", "2024-03-20", None, "vague"),
        ("the last two weeks", "2024-03-06", "2024-03-20", "vague"),
        ("recently", None, "2024-03-20", "vague"),
        ("Tuesday morning", "2024-03-19T05:00", "2024-03-19T11:59", "part_of_day"),
        ("March 3-5", "2024-03-03", "2024-03-05", "day"),
        ("1990-95", "1990-01-01", "1995-12-31", "year"),
        ("shortly after Christmas", "2023-12-25", None, "vague"),
    ],
)
def test_the_interval_is_what_the_words_bound(
    words: str, start: str | None, end: str | None, precision: str
) -> None:
    bounds = bounds_of(read(words), BASE, words)
    assert (bounds.start, bounds.end, bounds.precision) == (start, end, precision)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("March 20", "2024-03-20"),
        ("last year", "2023"),
        ("about two years ago", "2022~"),
        ("the 1990s", "199X"),
        ("the 19th century", "18XX"),
        ("last summer", "2023-22"),
        ("the first quarter of 2023", "2023-01/2023-03"),
        ("last week", "2024-03-11/2024-03-17"),
        ("recently", "/2024-03-20"),
        ("soon", "2024-03-20/"),
        ("9 a.m. EST on March 20", "2024-03-20T09:00:00-05:00"),
        ("six months", None),
        ("every Friday", None),
    ],
)
def test_edtf_says_what_it_can(words: str, edtf: str | None) -> None:
    assert bounds_of(read(words), BASE, words).edtf == edtf


@pytest.mark.parametrize(
    ("words", "mod"),
    [("early March", "START"), ("mid-1996", "MID"), ("late 2023", "END"), ("nearly a decade", "LESS_THAN"),
     ("at least 30 days", "EQUAL_OR_MORE"), ("about two years", "APPROX"), ("two weeks or so", "APPROX")],
)  # fmt: skip
def test_the_modifier_is_kept_beside_the_value(words: str, mod: str) -> None:
    assert read(words).mod == mod


@pytest.mark.parametrize(
    "words",
    ["Tuesday", "yesterday", "March", "March 20", "last year", "two weeks ago", "noon", "the quarter",
     "Easter", "this morning", "last summer", "the end of the year", "the third quarter",
     "the first half", "year-end"],
)  # fmt: skip
def test_without_an_anchor_what_is_relative_is_unknown_with_the_reason(words: str) -> None:
    reading = read(words, base=None)
    assert reading.value is None
    assert reading.reason


@pytest.mark.parametrize("words", ["March 20, 2024", "2023", "the 1990s", "six months", "every Friday"])
def test_without_an_anchor_what_is_absolute_is_still_read(words: str) -> None:
    assert read(words, base=None).value


@pytest.mark.parametrize("words", ["shortly after the vote", "the second day", "at the time"])
def test_what_only_an_event_dates_says_so(words: str) -> None:
    assert "event" in (read(words).reason or "")


@pytest.mark.parametrize("words", ["February 30", "February 29, 2023", "31 June 2024", "13/13/2024"])
def test_a_day_that_no_calendar_has_is_unknown(words: str) -> None:
    assert read(words).value is None
    assert "calendar" in (read(words).reason or "")


@pytest.mark.parametrize("words", ["the mayor", "10 Downing Street", "24/7", "Ramadan"])
def test_words_that_tell_no_time_have_no_reading(words: str) -> None:
    assert read_expression(words, Span(start_char=0, end_char=len(words)), Setting(base=BASE)) is None
