"""Moments of publication: what is read, and what is refused for being a guess."""

import subprocess
import sys
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest import parse_moment
from onrecord.ingest.dates import MomentHints, RefusedMoment, examine_moment, find_moment, find_moments
from onrecord.ingest.moments import read_anchor


@pytest.mark.parametrize(
    ("raw", "value", "precision", "zone"),
    [
        ("2024-03-20T15:02+01:00", "2024-03-20T15:02+01:00", "minute", "+01:00"),
        ("2024-03-20T15:02:33.389000+00:00", "2024-03-20T15:02:33+00:00", "second", "+00:00"),
        ("2024-03-20T15:02Z", "2024-03-20T15:02+00:00", "minute", "Z"),
        ("20240320T150200Z", "2024-03-20T15:02:00+00:00", "second", "Z"),
        ("2024-03-20T15", "2024-03-20T15", "hour", None),
        ("2024-03-20", "2024-03-20", "day", None),
        ("20240320", "2024-03-20", "day", None),
        ("2024-03", "2024-03", "month", None),
        ("2024", "2024", "year", None),
        ("March 2024", "2024-03", "month", None),
        ("Mar.20 - 2024 3:02 PM CET", "2024-03-20T15:02+01:00", "minute", "CET"),
        ("March 3, 2024", "2024-03-03", "day", None),
        ("3 March 2024 14:05 GMT", "2024-03-03T14:05+00:00", "minute", "GMT"),
        ("20th of March 2024 at 3pm", "2024-03-20T15", "hour", None),
        ("Tue, 05 Mar 2024 10:00:00 +0100", "2024-03-05T10:00:00+01:00", "second", "+0100"),
        ("2024年3月20日", "2024-03-20", "day", None),
        ("Published 5 Apr 2024 at 09:15 BST", "2024-04-05T09:15+01:00", "minute", "BST"),
        ("20.03.2024 15:02", "2024-03-20T15:02", "minute", None),
        ("2024/03/20 15:02 (CET)", "2024-03-20T15:02+01:00", "minute", "CET"),
        ("13/04/2024", "2024-04-13", "day", None),
        ("04/13/2024", "2024-04-13", "day", None),
        ("04/04/2024", "2024-04-04", "day", None),
        ("Wed 20 Mar 2024 15.02 GMT", "2024-03-20T15:02+00:00", "minute", "GMT"),
        ("Wednesday, March 20, 2024 - 1502 GMT", "2024-03-20T15:02+00:00", "minute", "GMT"),
        ("Posted: Mar 20, 2024 / 03:02 PM EDT", "2024-03-20T15:02-04:00", "minute", "EDT"),
        ("3:02 p.m. ET on Wednesday, March 20, 2024", "2024-03-20T15:02-04:00", "minute", "ET"),
        ("March 20th, 2024 | 3 min read", "2024-03-20", "day", None),
        ("20 March 2024 15:02 UTC+3", "2024-03-20T15:02+03:00", "minute", "UTC+3"),
        ("12:30 AM, 1 May 2024", "2024-05-01T00:30", "minute", None),
        ("1 May 2024 12 PM", "2024-05-01T12", "hour", None),
        ("03.04.2024", "2024-04-03", "day", None),
        ("20-Mar-2024", "2024-03-20", "day", None),
        ("2024-W12-3", "2024-03-20", "day", None),
        ("2024-080", "2024-03-20", "day", None),
        ("Updated 1502 GMT (2302 HKT) March 20, 2024; published March 20, 2024", "2024-03-20", "day", None),
        ("1502 GMT (2302 HKT) March 20, 2024", "2024-03-20T15:02+00:00", "minute", "GMT"),
        ("Wed Mar 20 2024 15:02:31 GMT+0100 (Central European Standard Time)",
         "2024-03-20T15:02:31+01:00", "second", "GMT+0100"),
        ("Published Mar 20 20243:02 PM EDT", "2024-03-20T15:02-04:00", "minute", "EDT"),
        ("2024-03-20 15:02:00 +0000 UTC", "2024-03-20T15:02:00+00:00", "second", "+0000"),
        ("20.03.2024 01:54 min", "2024-03-20", "day", None),
    ],
)  # fmt: skip
def test_a_stated_moment_is_read_with_its_precision_and_zone(raw, value, precision, zone):
    parsed = parse_moment(raw)
    assert parsed is not None
    assert (parsed.value, parsed.precision, parsed.zone) == (value, precision, zone)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("15 January 2024 12:00 ET", "2024-01-15T12:00-05:00"),
        ("15 July 2024 12:00 ET", "2024-07-15T12:00-04:00"),
        ("9 March 2024 12:00 PT", "2024-03-09T12:00-08:00"),
        ("10 March 2024 12:00 PT", "2024-03-10T12:00-07:00"),
        ("31 March 2024 12:00 CEST", "2024-03-31T12:00+02:00"),
        ("30 March 2024 12:00 CET", "2024-03-30T12:00+01:00"),
        ("27 October 2024 03:30 EET", "2024-10-27T03:30+02:00"),
        ("26 October 2024 12:00 BST", "2024-10-26T12:00+01:00"),
    ],
)
def test_a_zone_is_resolved_by_the_day(raw, value):
    assert parse_moment(raw).value == value


@pytest.mark.parametrize(
    ("raw", "value", "why"),
    [
        ("3 March 2024 10:00 IST", "2024-03-03T10:00", "several zones"),
        ("3 March 2024 10:00 CST", "2024-03-03T10:00", "several zones"),
        ("3 July 2024 10:00 EST", "2024-07-03T10:00", "not in force"),
        ("3 January 2024 10:00 BST", "2024-01-03T10:00", "not in force"),
        ("3 November 2024 01:30 ET", "2024-11-03T01:30", "twice that day"),
        ("3 July 1990 10:00 ET", "1990-07-03T10:00", "not known"),
        ("3 July 2024 10:00 +19:00", "2024-07-03T10:00", "no offset"),
    ],
)
def test_a_zone_that_does_not_tell_the_offset_leaves_the_time_without_one(raw, value, why):
    parsed = parse_moment(raw)
    assert parsed.value == value
    assert parsed.zone is None
    assert why in parsed.caveat


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("March 3", "No year"),
        ("Published 3 March, 10:00 GMT", "No year"),
        ("03/04/2024", "which number is the day"),
        ("03-04-2024", "which number is the day"),
        ("20.03.24", "two digits"),
        ("04 NOV 25", "two digits"),
        ("20 listopada 2024", "different months in different languages"),
        ("2024年13月40日", "no such day"),
        ("14:05 GMT", "without its day"),
        ("Updated 14:05 GMT", "Only the moment of an update"),
        ("Posted 3 weeks ago", "relative"),
        ("3/20/24", "two digits"),
        ("2 hours ago", "relative"),
        ("Yesterday", "relative"),
        ("31 February 2024", "no such day"),
        ("2024-13-01", "no such day"),
        ("Updated March 5, 2024", "update is stated, 2024-03-05"),
        ("1066", "not one of publication"),
    ],
)
def test_what_could_only_be_guessed_is_refused_with_the_reason(raw, reason):
    refused = examine_moment(raw)
    assert isinstance(refused, RefusedMoment)
    assert reason in refused.reason
    assert parse_moment(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "Hello",
        "The mayor resigned on March 3, 2024",
        "March 20, 2024 25:99",
        "March 20, 2024 13:00 AM BY",
        "May",
        "x" * 9999,
    ],
)
def test_words_that_are_more_or_other_than_a_moment_are_none(raw):
    assert examine_moment(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        "Published March 3, 2024 | Updated March 5, 2024 3pm",
        "Updated 5 March 2024, first published 3 March 2024",
        "March 3, 2024; last updated on March 5, 2024",
    ],
)
def test_the_publication_is_taken_before_the_update(raw):
    assert parse_moment(raw).value == "2024-03-03"


def test_the_bounds_cover_date_and_time_and_no_more():
    raw = "Published: Mar 20, 2024 at 3:02 PM CET | 3 min read"
    parsed = parse_moment(raw)
    assert raw[parsed.start_char : parsed.end_char] == "Mar 20, 2024 at 3:02 PM CET"


def test_the_kind_of_each_moment_of_a_line_is_told():
    raw = "Published 20 March 2024 10:00, updated 21 March 2024"
    assert [(m.kind, m.moment.value, raw[m.start_char : m.end_char]) for m in find_moments(raw)] == [
        ("published", "2024-03-20T10:00", "20 March 2024 10:00"),
        ("updated", "2024-03-21", "21 March 2024"),
    ]


@pytest.mark.parametrize(
    ("raw", "kinds"),
    [
        ("2024年3月20日公開 2024年3月21日更新", ["published", "updated"]),
        ("公開 2024年3月20日 更新 2024年3月21日", ["published", "updated"]),
        ("20 March 2024; last updated 21 March 2024", ["unsaid", "updated"]),
        ("Publié le 20 mars 2024 à 15h02, mis à jour le 21 mars 2024", ["published", "updated"]),
        ("Aktualisiert am 21.03.2024, 08:00 Uhr", ["updated"]),
        ("The mayor resigned on March 20, 2024", ["unsaid"]),
        ("The mayor resigned", []),
    ],
)
def test_a_label_tells_of_the_moment_it_stands_at(raw, kinds):
    assert [m.kind for m in find_moments(raw)] == kinds


def test_a_weekday_that_is_another_days_is_doubted():
    assert "Tuesday" in parse_moment("Tuesday, 20 March 2024").doubt
    assert parse_moment("Wednesday, 20 March 2024").doubt is None
    assert parse_moment("mar. 19 mars 2024").doubt is None


@pytest.mark.parametrize(
    ("raw", "value"),
    [("Monday 03/06/2024", "2024-06-03"), ("Wed, 03/06/2024 10:00", "2024-03-06T10:00")],
)
def test_the_weekday_tells_the_order_of_day_and_month(raw, value):
    parsed = parse_moment(raw)
    assert (parsed.value, parsed.rule, parsed.doubt) == (value, "order told by the weekday", None)


def test_a_weekday_of_neither_order_leaves_it_unplain():
    assert "which number is the day" in examine_moment("Sunday 03/06/2024").reason


def test_a_span_of_hours_is_no_offset():
    parsed = parse_moment("20 March 2024 10:00-11:00")
    assert (parsed.value, parsed.zone) == ("2024-03-20T10:00", None)
    assert "end of a span" in parsed.caveat
    assert parse_moment("2024-03-20T10:00-11:00").value == "2024-03-20T10:00-11:00"


@pytest.mark.parametrize(
    ("raw", "options", "value"),
    [
        ("03/04/2024", {"day_first": True}, "2024-04-03"),
        ("03/04/2024", {"day_first": False}, "2024-03-04"),
        ("04/13/2024", {"day_first": True}, "2024-04-13"),
        ("03.04.2024", {"day_first": False}, "2024-03-04"),
        ("20 listopada 2024", {"language": "hr"}, "2024-10-20"),
        ("20 listopada 2024", {"language": "pl"}, "2024-11-20"),
        ("1710943320", {"epoch": True}, "2024-03-20T14:02:00+00:00"),
        ("1710943320000", {"epoch": True}, "2024-03-20T14:02:00+00:00"),
    ],
)
def test_what_the_caller_knows_settles_what_the_words_leave_open(raw, options, value):
    assert parse_moment(raw, hints=MomentHints(**options)).value == value
    assert parse_moment(raw) is None or parse_moment(raw).value != value or "day_first" in options


def test_a_number_is_no_moment_unless_the_caller_says_that_it_may_be():
    assert examine_moment("1710943320") is None


@given(st.text(max_size=400))
def test_no_words_make_it_fail(raw):
    parsed = parse_moment(raw)
    assert parsed is None or 0 <= parsed.start_char < parsed.end_char <= len(raw)


PIECES = st.sampled_from(
    (
        "1", "20", "31", "2024", "1402", "2567", "00", "99", "999", "9999", "20240320", "1710943320",
        "2 hours", "ago", "vor", "months", "yesterday", "today", "Updated", "published", "March", "mar",
        "Mo.", "tháng", "年", "月", "日", "時", "午後", "pm", "a.m.", "ora", "um", "de", "พ.ศ.", "فروردین",
        "T", "W12", ":", "-", "/", ".", ",", "(", ")", " ", "  ", "ET", "Z", "UTC", "+02:00",
        "-99", "Europe/Paris",
    )
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14), st.booleans(), st.booleans())
def test_no_heap_of_the_words_of_dates_makes_it_fail(pieces, spaced, known):
    raw = (" " if spaced else "").join(pieces)
    anchor = read_anchor("0001-01-01T00:00:00+14:00" if known else None)
    known_all = MomentHints(anchor=anchor, day_first=known, country="IN", language="hr", epoch=known)
    parsed = parse_moment(raw, hints=known_all)
    assert parsed is None or 0 <= parsed.start_char < parsed.end_char <= len(raw)
    for options in (MomentHints(), MomentHints(anchor=read_anchor("9999-12-31T23:59:59-12:00"))):
        stated = find_moments(raw, hints=options)
        assert all(a.end_char <= b.start_char for a, b in pairwise(stated))
        find_moment(raw, hints=options)


@given(st.datetimes(min_value=datetime(1600, 1, 1), max_value=datetime(2199, 12, 31)))
def test_every_iso_moment_reads_as_itself(moment):
    assert parse_moment(moment.isoformat(timespec="seconds")).value == moment.isoformat(timespec="seconds")


def test_the_reader_of_plain_text_loads_no_heavy_library():
    heavy = "{'trafilatura', 'lxml', 'dateparser', 'charset_normalizer', 'htmldate', 'numpy'}"
    code = (
        "import sys; from onrecord.ingest import make_capture, read_article;"
        "read_article(make_capture('Title\\n\\nBy Jane Doe\\n\\n3 March 2024\\n\\nSo he said.'.encode()));"
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
