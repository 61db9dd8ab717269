"""What every source of the gazetteer gives: rows of places, and the tables that come with the package."""

from collections.abc import Iterator
from importlib.resources import files
from math import sqrt
from typing import Literal, NamedTuple

from onrecord.record import PlaceKind

# How a place goes by a name: its own, another one, short for it ("Calif."), of its people
# ("Californian"), or its name without the word for its kind ("Lamar" for "Lamar County").
NameKind = Literal["name", "alternate", "abbreviation", "people", "short"]
NAME_KINDS: tuple[NameKind, ...] = ("name", "alternate", "abbreviation", "people", "short")


class PlaceRow(NamedTuple):
    """One place. `admin1` is GeoNames' first-order division, "US.TX"; `names` are those besides `name`."""

    entry_id: str
    name: str
    kind: PlaceKind
    country: str | None = None
    subdivision: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None
    population: int = 0
    geonames_id: int | None = None
    is_capital: bool = False
    names: tuple[tuple[str, NameKind], ...] = ()


def read_table(name: str, columns: int) -> Iterator[tuple[str, ...]]:
    """The rows of a table of the package, each with this many fields; missing ones at the end are empty."""
    text = (files("onrecord.gazetteer") / "tables" / f"{name}.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            fields = line.split("\t")
            yield (*fields, *[""] * (columns - len(fields)))


def split_names(field: str) -> list[str]:
    """The names in a field of a table."""
    return [name for name in field.split("|") if name]


def radius_of_settlement(population: int) -> float:
    """About how far a settlement reaches: 1 km for a village, 12 for a million, 38 for ten million."""
    return round(max(1.0, 0.012 * sqrt(population)), 1)


def radius_of_area(area_km2: float) -> float:
    """The radius of a circle of this area."""
    return round(max(1.0, sqrt(area_km2 / 3.1416)), 1)
