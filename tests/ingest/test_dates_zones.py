"""Zones behind times: names, places and offsets, resolved by the date; shared names by the country."""

import subprocess
import sys
from datetime import datetime

import pytest

from onrecord.ingest.dates import MomentHints, parse_moment
from onrecord.ingest.zones import resolve_zone


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("ET", "-05:00", "-04:00"),
        ("a.m. ET", "-05:00", "-04:00"),
        ("Eastern Time", "-05:00", "-04:00"),
        ("Europe/Berlin", "+01:00", "+02:00"),
        ("America/New_York", "-05:00", "-04:00"),
        ("Asia/Kolkata", "+05:30", "+05:30"),
        ("Australia/Sydney", "+11:00", "+10:00"),
        ("Pacific/Auckland", "+13:00", "+12:00"),
        ("Asia/Jerusalem", "+02:00", "+03:00"),
        ("(heure de Paris)", "+01:00", "+02:00"),
        ("Moscow time", "+03:00", "+03:00"),
        ("(мск)", "+03:00", "+03:00"),
        ("GMT+1", "+01:00", "+01:00"),
        ("UTC+05:30", "+05:30", "+05:30"),
        ("(UTC −3)", "-03:00", "-03:00"),
        ("Z", "+00:00", "+00:00"),
        ("+0545", "+05:45", "+05:45"),
    ],
)
def test_a_zone_is_what_it_is_on_the_day(zone, winter, summer):
    assert parse_moment(f"15 January 2024 10:00 {zone}").value == f"2024-01-15T10:00{winter}"
    assert parse_moment(f"15 July 2024 10:00 {zone}").value == f"2024-07-15T10:00{summer}"


@pytest.mark.parametrize(
    ("zone", "country", "offset"),
    [("IST", "IN", "+05:30"), ("IST", "IE", "+01:00"), ("IST", "IL", None), ("CST", "US", None),
     ("CST", "CN", "+08:00"), ("BST", "BD", "+06:00"), ("BST", "GB", "+01:00"), ("AST", "SA", "+03:00")],
)  # fmt: skip
def test_the_country_settles_a_name_that_several_share(zone, country, offset):
    parsed = parse_moment(f"15 July 2024 10:00 {zone}", hints=MomentHints(country=country))
    assert parsed.value == f"2024-07-15T10:00{offset or ''}"
    assert bool(parsed.caveat) is (offset is None)  # standard time was not in force in July


def test_local_time_names_no_zone():
    parsed = parse_moment("15 July 2024 10:00 local time")
    assert (parsed.value, parsed.zone, parsed.caveat) == ("2024-07-15T10:00", None, None)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("15 July 2024 10:00 Nowhere/Beltown", "not known here"),
        ("15 July 2024 10:00 America/Havana", "not known here"),
        ("15 July 2030 10:00 America/Vancouver", "in 2030 are not known"),
        ("7 April 2024 02:30 Australia/Sydney", "twice that day"),
        ("27 October 2024 01:30 Asia/Jerusalem", "twice that day"),
    ],
)
def test_a_place_whose_time_is_not_known_leaves_the_time_without_an_offset(raw, why):
    parsed = parse_moment(raw)
    assert why in parsed.caveat
    assert parsed.zone is None


def test_summer_time_of_the_south_spans_the_new_year():
    assert resolve_zone("AEDT", datetime(2024, 1, 1)) == 660
    assert parse_moment("5 October 2024 12:00 Australia/Sydney").value.endswith("+10:00")
    assert parse_moment("6 October 2024 12:00 Australia/Sydney").value.endswith("+11:00")


def test_the_machines_zone_and_locale_change_nothing():
    code = (
        "from datetime import UTC, datetime;"
        "from onrecord.ingest.dates import MomentHints, parse_moment as p;"
        "hints = MomentHints(anchor=datetime(2024, 3, 20, 15, 2, tzinfo=UTC));"
        "print(p('20 March 2024 15:02').value, p('20 марта 2024 15:02 CET').value,"
        "p('2 hours ago', hints=hints).value, p('March 20'))"
    )
    shown = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            env={"TZ": zone, "LC_ALL": locale, "PYTHONPATH": ":".join(p for p in sys.path if p)},
            capture_output=True, text=True, check=True,
        ).stdout
        for zone, locale in (("UTC", "C"), ("Asia/Tokyo", "ja_JP.UTF-8"), ("America/New_York", "de_DE.UTF-8"))
    }  # fmt: skip
    assert shown == {"2024-03-20T15:02 2024-03-20T15:02+01:00 2024-03-20T13+00:00 None\n"}
