"""Moments told from another, without a year or without a day: read from an anchor, refused without one."""

from datetime import date

import pytest

from onrecord.errors import DateInputError
from onrecord.ingest.dates import MomentHints, RefusedMoment, examine_moment, find_moments, parse_moment
from onrecord.ingest.moments import read_anchor

ANCHOR = "2024-03-22T09:30:15+00:00"


def at(anchor):
    return MomentHints(anchor=read_anchor(anchor))


@pytest.mark.parametrize(
    ("raw", "value", "precision"),
    [
        ("2 hours ago", "2024-03-22T07+00:00", "hour"),
        ("an hour ago", "2024-03-22T08+00:00", "hour"),
        ("5 minutes ago", "2024-03-22T09:25+00:00", "minute"),
        ("just now", "2024-03-22T09:30+00:00", "minute"),
        ("Published 10 hours ago", "2024-03-21T23+00:00", "hour"),
        ("vor 2 Stunden", "2024-03-22T07+00:00", "hour"),
        ("il y a 3 heures", "2024-03-22T06+00:00", "hour"),
        ("hace 2 días", "2024-03-20", "day"),
        ("há 2 horas", "2024-03-22T07+00:00", "hour"),
        ("2 ore fa", "2024-03-22T07+00:00", "hour"),
        ("2 uur geleden", "2024-03-22T07+00:00", "hour"),
        ("2 timmar sedan", "2024-03-22T07+00:00", "hour"),
        ("2 часа назад", "2024-03-22T07+00:00", "hour"),
        ("2 години тому", "2024-03-22T07+00:00", "hour"),
        ("2 godziny temu", "2024-03-22T07+00:00", "hour"),
        ("před 2 hodinami", "2024-03-22T07+00:00", "hour"),
        ("2 saat önce", "2024-03-22T07+00:00", "hour"),
        ("2 órája", "2024-03-22T07+00:00", "hour"),
        ("πριν από 2 ώρες", "2024-03-22T07+00:00", "hour"),
        ("2小时前", "2024-03-22T07+00:00", "hour"),
        ("2時間前", "2024-03-22T07+00:00", "hour"),
        ("2시간 전", "2024-03-22T07+00:00", "hour"),
        ("2 jam yang lalu", "2024-03-22T07+00:00", "hour"),
        ("2 giờ trước", "2024-03-22T07+00:00", "hour"),
        ("2 ชั่วโมงที่แล้ว", "2024-03-22T07+00:00", "hour"),
        ("منذ 2 ساعات", "2024-03-22T07+00:00", "hour"),
        ("לפני 2 שעות", "2024-03-22T07+00:00", "hour"),
        ("2 घंटे पहले", "2024-03-22T07+00:00", "hour"),
        ("yesterday", "2024-03-21", "day"),
        ("gestern, 15:02 Uhr", "2024-03-21T15:02", "minute"),
        ("Today, 08:02 GMT", "2024-03-22T08:02+00:00", "minute"),
        ("3 months ago", "2023-12", "month"),
        ("2 years ago", "2022", "year"),
    ],
)  # fmt: skip
def test_words_for_a_time_before_are_counted_from_the_anchor_to_their_own_precision(raw, value, precision):
    parsed = parse_moment(raw, hints=at(ANCHOR))
    assert (parsed.value, parsed.precision) == (value, precision)
    assert "anchor" in parsed.rule
    refused = examine_moment(raw)
    assert isinstance(refused, RefusedMoment)
    assert "relative" in refused.reason


def test_the_count_keeps_the_anchors_own_offset():
    assert parse_moment("2 hours ago", hints=at("2024-03-22T01:30:00+05:30")).value == "2024-03-21T23+05:30"


def test_a_count_of_weeks_names_no_day():
    assert "weeks" in examine_moment("2 weeks ago", hints=at(ANCHOR)).reason


@pytest.mark.parametrize(
    ("raw", "anchor", "value"),
    [
        ("March 20", ANCHOR, "2024-03-20"),
        ("20 mars à 15h02", ANCHOR, "2024-03-20T15:02"),
        ("24 March", ANCHOR, "2023-03-24"),
        ("23 March", "2024-03-22T12:00:00+00:00", "2024-03-23"),  # it is the 23rd in Kiritimati
        ("31 December", "2024-01-01T09:00:00+00:00", "2023-12-31"),
        ("1 January", "2023-12-31T23:00:00+00:00", "2024-01-01"),
        ("20-Mar-24", ANCHOR, "2024-03-20"),
        ("04 NOV 25", "2026-02-01T00:00:00+00:00", "2025-11-04"),
        ("3月20日", ANCHOR, "2024-03-20"),
    ],
)
def test_the_year_is_that_of_the_last_such_day_before_the_anchor(raw, anchor, value):
    parsed = parse_moment(raw, hints=at(anchor))
    assert parsed.value == value
    assert parsed.rule == "last such day before the anchor"
    assert isinstance(examine_moment(raw), RefusedMoment)


def test_a_weekday_that_does_not_fit_the_year_refuses_it():
    assert parse_moment("Wednesday, March 20", hints=at(ANCHOR)).value == "2024-03-20"
    assert "Tuesday" in examine_moment("Tuesday, March 20", hints=at(ANCHOR)).reason


def test_a_leap_day_that_was_in_neither_year_is_refused():
    assert "No year" in examine_moment("29 February", hints=at("2023-03-22T00:00:00+00:00")).reason


@pytest.mark.parametrize("raw", ["14:05", "14:05 GMT", "Published 14:05 GMT"])
def test_an_anchor_does_not_tell_the_day_of_a_time(raw):
    assert "without its day" in examine_moment(raw, hints=at(ANCHOR)).reason


@pytest.mark.parametrize(
    ("raw", "kind", "value"),
    [
        ("Updated 14:05 GMT", "updated", "2024-03-22T14:05+00:00"),
        ("Published at 14:05", "published", "2024-03-22T14:05"),
        ("2:05 p.m. ET", "unsaid", "2024-03-22T14:05-04:00"),
    ],
)
def test_a_time_without_a_day_is_on_the_day_that_the_caller_gives(raw, kind, value):
    (stated,) = find_moments(raw, hints=MomentHints(day=date(2024, 3, 22)))
    assert (stated.kind, stated.moment.value, stated.moment.rule) == (kind, value, "the day given")


@pytest.mark.parametrize("anchor", ["2024-03-22T09:30:15", "2024-03-22", "yesterday", ""])
def test_an_anchor_without_an_offset_is_an_error(anchor):
    with pytest.raises(DateInputError, match="offset from UTC"):
        read_anchor(anchor)


def test_an_anchor_of_a_clock_gone_wrong_counts_for_nothing():
    assert MomentHints(anchor=read_anchor("9999-12-31T23:59:59-12:00")).anchor is None
    assert parse_moment("yesterday", hints=at("0001-01-01T00:00:00+14:00")) is None
