"""The package's own tables: every row is one that the gazetteer can hold."""

from typing import get_args

import pycountry
import pytest

from onrecord.gazetteer.rows import read_table, split_names
from onrecord.record import PlaceKind

COUNTRIES = {c.alpha_2 for c in pycountry.countries} | {"XK"}
PLACES = list(read_table("places", 8))


@pytest.mark.parametrize("row", PLACES, ids=lambda row: row[0])
def test_a_place_has_a_kind_a_country_and_a_point(row):
    _, name, kind, country, lat, lon, radius, _ = row
    assert name
    assert kind in get_args(PlaceKind)
    assert country in COUNTRIES | {""}
    assert (lat, lon, radius) == ("", "", "") or (
        abs(float(lat)) <= 90 and abs(float(lon)) <= 180 and float(radius) > 0
    )


def test_no_place_is_given_twice():
    keys = [row[0] for row in PLACES]
    assert sorted(set(keys)) == sorted(keys)


def test_every_country_has_a_row_and_a_point():
    rows = {row[0]: row for row in read_table("countries", 5)}
    assert set(rows) == COUNTRIES
    assert all(abs(float(row[1])) <= 90 and abs(float(row[2])) <= 180 for row in rows.values())


def test_an_adjective_belongs_to_one_country():
    owners: dict[str, list[str]] = {}
    for code, _, _, _, people in read_table("countries", 5):
        for word in split_names(people):
            owners.setdefault(word, []).append(code)
    assert {word: codes for word, codes in owners.items() if len(codes) > 1} == {}


def test_every_subdivision_of_the_table_is_one_of_iso():
    known = {s.code for s in pycountry.subdivisions}
    assert [row[0] for row in read_table("subdivisions", 6) if row[0] not in known] == []


def test_no_row_of_the_subdivisions_has_more_fields_than_are_read():
    assert [row for row in read_table("subdivisions", 6) if len(row) != 6] == []


def test_every_county_of_the_table_has_a_town():
    pairs = [pair for _, pairs in read_table("county_seats", 2) for pair in pairs.split("; ")]
    assert len(pairs) > 3_000
    assert [pair for pair in pairs if not all(pair.partition("=")[::2])] == []
