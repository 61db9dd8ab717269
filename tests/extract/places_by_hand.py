"""A gazetteer of invented places in memory, and articles whose place names are marked, for the tests."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.extract.found import Found, FoundPlace
from onrecord.extract.page import Page
from onrecord.extract.places import make_places
from onrecord.record import GazetteerEntry, PlaceKind, PlaceValue, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A candidate, as the extractor asks for it."""

    entry: GazetteerEntry
    name_kind: str = "name"
    population: int = 0
    admin1: str | None = None
    is_capital: bool = False


def entry(
    name: str,
    kind: PlaceKind,
    where: str,
    *,
    at: tuple[float, float] | None = (0.0, 0.0),
    people: int = 0,
    name_kind: str = "name",
) -> Entry:
    """A candidate; `where` is a country ("OS") or a division ("OS-HA")."""
    country, _, division = where.partition("-")
    code = f"{country}-{division}" if division else None
    key = f"iso3166-2:{code}" if kind == "region" else f"test:{name}/{code or country}/{kind}"
    lat, lon = at or (None, None)
    made = GazetteerEntry(
        entry_id=key, name=name, kind=kind, country=country, subdivision=code, latitude=lat, longitude=lon
    )
    admin1 = f"{country}.{division}" if division else None
    return Entry(entry=made, name_kind=name_kind, population=people, admin1=admin1)


OSTLAND = entry("Ostland", "country", "OS", at=(50.0, 20.0), people=9_000_000)
WESTLAND = entry("Westland", "country", "WE", at=(0.0, -60.0), people=30_000_000)
HARLOW_CITY = entry("Harlow", "settlement", "OS-HA", at=(51.0, 21.0), people=300_000)
HARLOW_REGION = entry(
    "Harlow Province", "region", "OS-HA", at=(51.2, 21.4), people=900_000, name_kind="short"
)
HARLOW_WEST = entry("Harlow", "settlement", "WE-NO", at=(1.0, -61.0), people=2_000_000)
TESSALY_CITY = entry("Tessaly", "settlement", "OS-TE", at=(49.0, 19.0), people=200_000)
TESSALY_REGION = entry(
    "Tessaly Province", "region", "OS-TE", at=(49.2, 19.3), people=800_000, name_kind="short"
)
BELTOWN = entry("Beltown", "settlement", "OS-HA", at=(51.1, 21.1), people=9_000)
BELTOWN_WEST = entry("Beltown", "settlement", "WE-NO", at=(1.2, -61.2), people=40_000)
NORLAND = entry("Norland", "region", "WE-NO", at=(1.0, -61.0), people=3_000_000)
NORLAND_SHORT = entry(
    "Norland", "region", "WE-NO", at=(1.0, -61.0), people=3_000_000, name_kind="abbreviation"
)
OSTISH = entry("Ostland", "country", "OS", at=(50.0, 20.0), people=9_000_000, name_kind="people")
PALACE = entry("Old Palace", "facility", "OS", at=(51.0, 21.0))
UNPLACED = entry("Quarr", "region", "OS-QU", at=None)


class HandGazetteer:
    """Names in lower case to candidates."""

    def __init__(self) -> None:
        self.names: dict[str, list[Entry]] = {
            "ostland": [OSTLAND],
            "westland": [WESTLAND],
            "harlow": [HARLOW_WEST, HARLOW_REGION, HARLOW_CITY],
            "tessaly": [TESSALY_REGION, TESSALY_CITY],
            "beltown": [BELTOWN_WEST, BELTOWN],
            "norland": [NORLAND],
            "nor.": [NORLAND_SHORT],
            "nor": [NORLAND_SHORT],
            "ostish": [OSTISH],
            "old palace": [PALACE],
            "quarr": [UNPLACED],
        }

    def find_candidates(self, name: str) -> Sequence[Entry]:
        """The entries of a name."""
        return self.names.get(name.lower(), [])

    def find_well_known(self, names: Sequence[str]) -> dict[str, Sequence[Entry]]:
        """Those of countries and divisions."""
        known = {name: self.find_candidates(name) for name in names}
        kept = {
            name: [c for c in these if c.entry.kind in ("country", "region")] for name, these in known.items()
        }
        return {name: these for name, these in kept.items() if these}


def read_marked(marked: str, *, home: str | None = None, associative: bool = False) -> list[PlaceValue]:
    """The places of a text whose place names stand in square brackets."""
    text, places = "", []
    for part in marked.split("["):
        name, bracket, rest = part.partition("]")
        if bracket:
            span = Span(start_char=len(text), end_char=len(text) + len(name))
            sense = "associative" if associative else "literal"
            places.append(FoundPlace(span=span, sense=sense, sureness=0.9))  # type: ignore[arg-type]
        text += name + rest
    page = Page(text, [(0, len(text))])
    return list(make_places("article", page, Found(places=tuple(places)), HandGazetteer(), home=home))
