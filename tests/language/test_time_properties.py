"""What holds of every reading: bounds in order, EDTF well formed, the same each time, no error."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language.time_bounds import bounds_of
from onrecord.language.time_calendar import GRAIN_OF, Period, period_of
from onrecord.language.time_expressions import read_expression
from onrecord.language.time_finder import find_expressions
from onrecord.language.time_holidays import easter_of, holiday_in, orthodox_easter_of
from onrecord.language.time_rules import load_rules
from onrecord.language.time_setting import Setting
from onrecord.language.time_words import lexicon, read_line, rows_of
from onrecord.record import Span

DAY = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
EDTF = re.compile(
    rf"{DAY}~?|\d{{3}}X|\d\dXX|\d{{4}}-2[1-4]~?"  # dates, decades, centuries, seasons
    rf"|{DAY}T\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?"  # moments
    rf"|(?:{DAY}(?:T\d\d:\d\d)?)?/(?:{DAY}(?:T\d\d:\d\d)?)?"  # intervals, open or unknown on a side
)
TIMEX = re.compile(
    r"PRESENT_REF|PAST_REF|FUTURE_REF|P(?:T?(?:X|\d+(?:\.\d+)?)(?:[A-Z]|WE))+|PT?\d+[YHM]\d+[MS]"
    r"|(?:\d{2,4}|XXXX)(?:-(?:\d\d|H\d|Q\d|W\d\d|WXX|SP|SU|FA|WI|XX)(?:-(?:\d\d|\d|WE|XX))?)?"
    r"(?:T(?:\d\d:\d\d(?::\d\d)?|[A-Z]{2}))?(?:/\d{4}(?:-\d\d-\d\d)?)?"
)
SOME_WORDS = sorted(word for word in lexicon() if word.strip())
phrases = st.lists(
    st.sampled_from([*SOME_WORDS, "20", "31", "1990", "99", "3:02", "24", "1990s", "20th", "-", ",", "/"]),
    min_size=1,
    max_size=6,
).map(" ".join)
days = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


def read_with_bounds(words: str, base: date) -> tuple[object, object] | None:
    setting = Setting(base=Period(grain="day", first=base), earlier=(period_of("quarter", base),))
    found = read_expression(words, Span(start_char=0, end_char=len(words)), setting)
    if found is None:
        return None
    return found[0], bounds_of(found[0], setting.base, words)


@settings(max_examples=400, deadline=None)
@given(phrases, st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_start_never_lies_after_end_and_forms_are_well_formed(words: str, base: date) -> None:
    made = read_with_bounds(words, base)
    if made is None:
        return
    reading, bounds = made
    if bounds.start and bounds.end:
        assert bounds.start <= bounds.end
    assert bounds.edtf is None or EDTF.fullmatch(bounds.edtf), bounds.edtf
    assert reading.value is None or TIMEX.fullmatch(reading.value), reading.value
    assert reading.value or reading.reason


@settings(max_examples=150, deadline=None)
@given(phrases, days)
def test_any_words_on_any_day_are_read_without_an_error_and_alike_each_time(words: str, base: date) -> None:
    assert read_with_bounds(words, base) == read_with_bounds(words, base)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_searched_without_an_error(text: str) -> None:
    for proposal in find_expressions(read_line(text)):
        assert 0 <= proposal.span.start_char < proposal.span.end_char <= len(text)


@settings(max_examples=200, deadline=None)
@given(
    st.dates(min_value=date(2, 1, 1), max_value=date(9900, 1, 1)), st.sampled_from(sorted(GRAIN_OF.values()))
)
def test_the_period_of_a_day_holds_that_day(day: date, grain: str) -> None:
    period = period_of(grain, day)
    assert grain == "weekend" or period.holds(day)
    assert period.first <= period.last


@settings(max_examples=100, deadline=None)
@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)),
    st.integers(-20, 20),
    st.sampled_from([("M", "month"), ("Q", "quarter"), ("Y", "year"), ("W", "week"), ("D", "day")]),
)
def test_counting_on_and_back_comes_to_the_same_period(day: date, count: int, unit: tuple[str, str]) -> None:
    period = period_of(unit[1], day)
    assert period.shift(count, unit[0]).shift(-count, unit[0]) == period


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [(1999, "1999-04-04", "1999-04-11"), (2016, "2016-03-27", "2016-05-01"),
     (2024, "2024-03-31", "2024-05-05"), (2025, "2025-04-20", "2025-04-20"),
     (2038, "2038-04-25", "2038-04-25")],
)  # fmt: skip
def test_easter_falls_as_the_tables_of_the_churches_have_it(year: int, western: str, orthodox: str) -> None:
    assert easter_of(year).isoformat() == western
    assert orthodox_easter_of(year).isoformat() == orthodox


@pytest.mark.parametrize("row", list(rows_of("time_holidays.tsv")), ids=lambda row: row[0])
def test_every_holiday_of_the_data_falls_on_a_day_of_its_year(row: list[str]) -> None:
    assert holiday_in(2024, row[1]).year == 2024


def test_every_rule_of_the_data_has_a_name_of_its_own_and_can_begin_somewhere() -> None:
    rules = load_rules()
    assert len({rule.name for rule in rules}) == len(rules)
    assert all(rule.first for rule in rules)
