"""What the lists of both faces say of an entity, a time and a place."""

import dataclasses

import pytest

from onrecord.export.named import (
    list_people,
    tell_coordinates,
    tell_descriptions,
    tell_kind,
    tell_place,
    tell_time,
)
from onrecord.record import Description, GazetteerEntry, Unknown
from tests.bridge import make_entities, make_places, make_record, make_times
from tests.factories import HEAD

ENTITIES, TIMES, PLACES = make_entities(), make_times(), make_places()
NO_VALUE = {"start": None, "end": None, "edtf": None, "unknowns": ()}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "person"),
        ({"plural": True}, "several persons"),
        ({"plural": True, "count": 3}, "3 persons"),
        ({"kind": "group", "plural": True}, "group"),
        ({"kind": "group", "count": 12}, "group of 12"),
        ({"kind": "organisation", "anonymous": ENTITIES["officials"].anonymous}, "organisation, anonymous"),
    ],
)
def test_a_kind_tells_how_many_and_whether_the_name_is_withheld(change, words):
    assert tell_kind(dataclasses.replace(ENTITIES["master"], **change)) == words


def test_a_description_is_told_once_however_often_it_is_given():
    given = [
        Description(text=text, span=ENTITIES["master"].name_span, origin=HEAD)
        for text in ("the mayor", "a  sailor", "The Mayor")
    ]
    entity = dataclasses.replace(ENTITIES["master"], descriptions=tuple(given))
    assert tell_descriptions(entity) == "the mayor; a sailor"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "duration", "timex_value": "P3D"}, "duration P3D"),
        ({"kind": "set", "timex_value": "XXXX-WXX-1"}, "set XXXX-WXX-1"),
        ({"timex_value": "XXXX-05"}, "XXXX-05"),
        ({"timex_value": "PAST_REF"}, "the past"),
        ({"timex_value": "PAST_REF", "unknowns": (Unknown(field="timex_value", reason="an event"),)}, ""),
        ({"timex_value": None}, ""),
    ],
)
def test_a_time_without_bounds_tells_what_its_value_does(change, words):
    assert tell_time(dataclasses.replace(TIMES["may"], **(NO_VALUE | change))) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "Beltown, settlement, TS-04"),
        ({"use": "modifier"}, "Beltown, settlement, TS-04; stands for what is of it"),
        ({"use": "government", "entry": None}, "stands for its government"),
        ({"entry": None}, ""),
    ],
)
def test_a_place_tells_its_entry_and_what_it_stands_for(change, words):
    assert tell_place(dataclasses.replace(PLACES["beltown"], **change)) == words


@pytest.mark.parametrize(
    ("latitude", "longitude", "radius", "words"),
    [
        (-51.126, -0.004, 2.4, "51.13° S, 0.00° W ± 2 km"),
        (51.126, 30.04, 1250.0, "51.1° N, 30.0° E ± 1,250 km"),
        (51.126, 30.04, None, "51.13° N, 30.04° E"),
        (None, 30.04, 3.0, ""),
    ],
)
def test_coordinates_are_as_exact_as_the_place_is_small(latitude, longitude, radius, words):
    entry = GazetteerEntry(
        entry_id="g:1",
        name="Beltown",
        kind="region",
        latitude=latitude,
        longitude=longitude,
        radius_km=radius,
    )
    assert tell_coordinates(entry) == words


def test_a_thing_is_listed_among_people_only_where_it_says_something():
    shown, others = list_people(make_record())
    assert [one.entity.name for one in others] == ["the flood"]
    assert "Three officials" in [one.entity.name for one in shown]


def test_somebody_without_a_name_who_says_nothing_is_not_listed_among_people():
    record = dataclasses.replace(make_record(), statements=())
    shown, _ = list_people(record)
    named = ["Mira Vance", "the Tessaly Lantern", "Quay Audit", "Ilse Corran", "Three officials"]
    assert [one.entity.name for one in shown] == named
