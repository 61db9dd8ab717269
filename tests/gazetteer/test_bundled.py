"""The gazetteer of the installed packages: countries, divisions with their settlements, counties."""

import pytest

from onrecord.gazetteer.location import open_gazetteer
from onrecord.gazetteer.lookup import Gazetteer
from onrecord.gazetteer.subdivisions import iter_stems


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def entries_of(gazetteer: Gazetteer, name: str, kind: str) -> list[str]:
    return [c.entry.entry_id for c in gazetteer.find_candidates(name) if c.entry.kind == kind]


@pytest.mark.parametrize(
    ("name", "entry_id"),
    [
        ("Dutch", "iso3166-1:NL"),
        ("Britain", "iso3166-1:GB"),
        ("U.K.", "iso3166-1:GB"),
        ("UAE", "iso3166-1:AE"),
        ("Côte d'Ivoire", "iso3166-1:CI"),
        ("Kosovo", "iso3166-1:XK"),
        ("North Koreans", "iso3166-1:KP"),
    ],
)
def test_a_country_is_found_by_name_adjective_and_abbreviation(gazetteer, name, entry_id):
    assert entry_id in entries_of(gazetteer, name, "country")


@pytest.mark.parametrize(
    ("name", "entry_id"),
    [
        ("Kursk", "iso3166-2:RU-KRS"),
        ("Belgorod Oblast", "iso3166-2:RU-BEL"),
        ("Penza", "iso3166-2:RU-PNZ"),
        ("Zhytomyr", "iso3166-2:UA-18"),
        ("Bavaria", "iso3166-2:DE-BY"),
        ("Calif.", "iso3166-2:US-CA"),
        ("Ont.", "iso3166-2:CA-ON"),
        ("Tamil Nadu", "iso3166-2:IN-TN"),
    ],
)
def test_a_division_is_found_by_its_english_and_its_short_name(gazetteer, name, entry_id):
    assert entry_id in entries_of(gazetteer, name, "region")


def test_a_settlement_lies_in_the_division_that_iso_names(gazetteer):
    found = [c.entry for c in gazetteer.find_candidates("Kursk") if c.entry.kind == "settlement"]
    assert [e.subdivision for e in found] == ["RU-KRS"]


def test_a_division_stands_in_the_middle_of_its_settlements(gazetteer):
    (region,) = [c.entry for c in gazetteer.find_candidates("Belgorod Oblast")]
    assert region.latitude == pytest.approx(50.6, abs=0.5)
    assert region.longitude == pytest.approx(37.3, abs=0.6)
    assert region.radius_km is not None
    assert 80 < region.radius_km < 250


def test_nearly_every_first_division_has_a_point(gazetteer):
    query = (
        "SELECT count(*), count(latitude) FROM place WHERE entry_id LIKE 'iso3166-2:%' AND country IN "
        "('US', 'CA', 'RU', 'UA', 'IN', 'AU', 'DE')"
    )
    every, placed = gazetteer._connection.execute(query).fetchone()
    assert placed / every > 0.9


def test_a_county_stands_at_its_seat(gazetteer):
    found = [c.entry for c in gazetteer.find_candidates("Coles County")]
    assert [(e.subdivision, round(e.latitude or 0), round(e.longitude or 0)) for e in found] == [
        ("US-IL", 39, -88)
    ]


def test_a_capital_is_marked(gazetteer):
    capital = next(c for c in gazetteer.find_candidates("Washington") if c.entry.subdivision == "US-DC")
    assert capital.is_capital


def test_a_well_known_building_is_found_by_its_short_name(gazetteer):
    (found,) = gazetteer.find_candidates("the Kremlin")
    assert (found.entry.name, found.entry.country, found.entry.kind) == ("Moscow Kremlin", "RU", "facility")


def test_stems_of_names_that_are_adjectives_hold_the_town():
    assert "belgorod" in list(iter_stems("Belgorodskaya oblast'"))
    assert "kursk" in list(iter_stems("Kurskaya oblast'"))
    assert "penza" in list(iter_stems("Penzenskaya oblast'"))
