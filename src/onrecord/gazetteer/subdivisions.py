"""Subdivisions of countries by ISO 3166-2, each with GeoNames' code, a middle and a radius where they can
be told.

ISO gives names without points, settlements have points and GeoNames' codes: the two are brought together by
the chief town that a table names, by codes that are the same letters, or by a settlement with the stem of the
division's name ("Belgorodskaya oblast'", Belgorod).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from onrecord.gazetteer.names import normalise_name
from onrecord.gazetteer.rows import NameKind, PlaceRow, read_table, split_names
from onrecord.gazetteer.settlements import Settlements, Town
from onrecord.gazetteer.sources import load_json

ENDINGS = (
    ("skaya", ""),
    ("skaya", "a"),
    ("skaya", "o"),
    ("aya", ""),
    ("skiy", ""),
    ("iy", ""),
    ("ovskaya", ""),
    ("ska", ""),
    ("ka", "k"),
    ("skyi", ""),
    ("skaja", ""),
    ("skaya", "sk"),
    ("enskaya", "a"),
    ("skaya", "y"),
)
TOWN_RADIUS_KM = 60.0  # a division that is placed by its chief town alone


def map_admin1(settlements: Settlements) -> dict[str, str]:
    """GeoNames' code for each ISO 3166-2 code that one could be found for, one to one."""
    towns = _chief_towns()
    found: dict[str, str] = {}
    taken: set[str] = set()
    for rank in (_by_same_letters, _by_table, _by_name):
        for division in _divisions():
            code = division.code
            if code in found or (rank is not _by_table and division.parent_code and code not in towns):
                continue
            admin1 = rank(division, settlements, towns)
            if admin1 and admin1 not in taken:
                found[code] = admin1
                taken.add(admin1)
    return found


def _divisions() -> list[Any]:
    """Divisions, those of the first order before those inside them."""
    import pycountry

    return sorted(pycountry.subdivisions, key=lambda d: (d.parent_code is not None, d.code))


def _chief_towns() -> dict[str, list[str]]:
    return {code: split_names(towns) for code, _, towns, *_ in read_table("subdivisions", 6)}


def _by_same_letters(division: Any, settlements: Settlements, _: dict[str, list[str]]) -> str | None:
    """Letters that are ISO's are GeoNames' too; figures are counted otherwise by each."""
    country, _, rest = division.code.partition("-")
    admin1 = f"{country}.{rest}"
    return admin1 if rest.isalpha() and admin1 in settlements.by_admin1 else None


def _by_table(division: Any, settlements: Settlements, towns: dict[str, list[str]]) -> str | None:
    town = _chief_town(division, settlements, towns)
    return town.admin1 if town else None


def _by_name(division: Any, settlements: Settlements, _: dict[str, list[str]]) -> str | None:
    town = _namesake(division, settlements)
    return town.admin1 if town else None


def _chief_town(division: Any, settlements: Settlements, towns: dict[str, list[str]]) -> Town | None:
    found = (settlements.find(division.country_code, name) for name in towns.get(division.code, ()))
    return next((town for town in found if town), None)


def _namesake(division: Any, settlements: Settlements) -> Town | None:
    """The settlement that goes by the division's name or its stem."""
    found = (settlements.find(division.country_code, stem) for stem in iter_stems(division.name))
    return next((town for town in found if town), None)


@cache
def _kind_words() -> frozenset[str]:
    return frozenset(word for (word,) in read_table("division_words", 1))


def iter_stems(name: str) -> Iterator[str]:
    """The name without words for its kind, then without the ending that makes a town's name an adjective.

    >>> list(iter_stems("Kurskaya oblast'"))[:4]
    ['kurskaya', 'kur', 'kura', 'kuro']
    """
    plain = re.split(r"[,(\[]", name)[0]
    words = [w for w in normalise_name(plain).split() if w not in _kind_words()]
    stem = " ".join(words)
    if not stem:
        return
    yield stem
    for ending, put in ENDINGS:
        if stem.endswith(ending) and len(stem) - len(ending) >= 3:
            yield stem[: -len(ending)] + put


def iter_subdivisions(settlements: Settlements, admin1: dict[str, str]) -> Iterator[PlaceRow]:
    """A row for each ISO 3166-2 division."""
    table = {row[0]: row for row in read_table("subdivisions", 6)}
    towns = _chief_towns()
    states = _state_ids()
    for division in _divisions():
        code = division.code
        _, names, _, people, lat, lon = table.get(code, (code, "", "", "", "", ""))
        code1 = admin1.get(code)
        box = settlements.box_of(code1) if code1 else None
        town = _chief_town(division, settlements, towns) or _namesake(division, settlements)
        if lat:
            point: tuple[float | None, ...] = (float(lat), float(lon), box[2] if box else 300.0)
        elif box:
            point = box
        else:
            point = (town.latitude, town.longitude, TOWN_RADIUS_KM) if town else (None, None, None)
        usual = split_names(names)
        yield PlaceRow(
            entry_id=f"iso3166-2:{code}",
            name=_display_name(division, usual),
            kind="region",
            country=division.country_code,
            subdivision=code,
            admin1=code1,
            latitude=point[0],
            longitude=point[1],
            radius_km=point[2],
            population=sum(t.population for t in settlements.by_admin1.get(code1 or "", ())),
            geonames_id=states.get(code),
            names=tuple(_names_of(division, usual, town, people)),
        )


COMPASS = frozenset(
    ["western", "eastern", "northern", "southern", "central", "north", "south", "east", "west"]
)


def _shorten(name: str) -> str:
    stem = next(iter_stems(name), name)
    return name if stem in COMPASS else stem


def _display_name(division: Any, usual: list[str]) -> str:
    if usual:
        return usual[0]
    named = division.name.lower() in COMPASS
    return f"{division.name} {division.type}" if named else str(division.name)


def _names_of(
    division: Any, usual: list[str], town: Town | None, people: str
) -> Iterator[tuple[str, NameKind]]:
    country, _, letters = division.code.partition("-")
    if division.name.lower() in COMPASS:  # "Western" alone means no province of Uganda or Ghana
        yield f"{division.name} {division.type}", "name"
        return
    yield division.name, "name"
    for name in usual:
        yield name, "abbreviation" if name.endswith(".") or name.isupper() else "name"
        yield _shorten(name), "short"
    yield _shorten(division.name), "short"
    if town is not None and any(normalise_name(town.name) == s for s in iter_stems(division.name)):
        yield town.name, "short"
    if country in {"US", "CA", "AU"}:
        yield letters, "abbreviation"
    for name in split_names(people):
        yield name, "people"


def _state_ids() -> dict[str, int]:
    return {f"US-{code}": state["geonameid"] for code, state in load_json("us_states.json").items()}
