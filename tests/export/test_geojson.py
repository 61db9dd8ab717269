"""GeoJSON: what RFC 7946 asks of a document, and places that are no more exact than they are known."""

import dataclasses
import json

from onrecord.export.base import ExportContext
from onrecord.export.writing import export_to
from onrecord.record import Judged
from tests.bridge import make_record
from tests.export.entries import make_entries, make_judged, make_silent


def document_of(tmp_path, entries, told=None):
    path = tmp_path / "out.geojson"
    say = (lambda note: None) if told is None else told.append
    export_to(path, None, entries, ExportContext(say=say))
    return json.loads(path.read_text(encoding="utf-8"))


def move(record, **fields):
    """The record with every entry of its places changed."""
    places = (
        dataclasses.replace(one, entry=dataclasses.replace(one.entry, **fields)) if one.entry else one
        for one in record.places
    )
    return Judged(record=dataclasses.replace(record, places=tuple(places)))


def test_the_document_is_what_the_rfc_describes(tmp_path):
    document = document_of(tmp_path, make_entries())
    assert document["type"] == "FeatureCollection"
    assert document["features"]
    for feature in document["features"]:
        assert feature.keys() == {"type", "geometry", "properties"}
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            assert feature["geometry"]["type"] == "Point"
            longitude, latitude = feature["geometry"]["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90


def test_a_feature_tells_where_something_was_said_and_what(tmp_path):
    said, about = document_of(tmp_path, [Judged(record=make_record())])["features"]
    assert said["geometry"] == {"type": "Point", "coordinates": [-0.125, 51.5]}
    expected = {
        "role": "said_in",
        "place": "Beltown",
        "place_id": "geonames:1",
        "country": "TS",
        "radius_km": 6.0,
        "speaker": "Mira Vance",
        "text": "“They never asked us,”",
        "said": "2031-05-01/2031-05-03",
    }
    assert {name: said["properties"][name] for name in expected} == expected
    assert (about["properties"]["role"], about["properties"]["place"]) == ("about", "Port Tessaly")
    assert "radius_km" not in about["properties"]


def test_statements_without_a_place_are_counted_and_told_of(tmp_path):
    told = []
    counts = document_of(tmp_path, [make_judged(), make_silent()], told)["onrecord"]
    assert (counts["statements"], counts["statements_without_place"], counts["features"]) == (9, 8, 1)
    assert told == ["8 of 9 statements name no place, so they are no features."]


def test_a_place_whose_coordinates_nobody_knows_has_no_geometry(tmp_path):
    document = document_of(tmp_path, [move(make_record(), latitude=None)])
    assert [feature["geometry"] for feature in document["features"]] == [None, None]
    assert document["onrecord"]["features_without_coordinates"] == 2


def test_coordinates_that_are_not_on_earth_are_none(tmp_path):
    document = document_of(tmp_path, [move(make_record(), latitude=1e300)])
    assert [feature["geometry"] for feature in document["features"]] == [None, None]


def test_coordinates_have_no_more_digits_than_a_middle_of_a_place_can_have(tmp_path):
    document = document_of(tmp_path, [move(make_record(), latitude=12.3456789, longitude=-7.0)])
    assert document["features"][0]["geometry"]["coordinates"] == [-7.0, 12.3457]
