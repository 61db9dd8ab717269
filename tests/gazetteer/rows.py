"""A small gazetteer of invented places, for the tests."""

from pathlib import Path

from onrecord.gazetteer.database import write_gazetteer
from onrecord.gazetteer.rows import PlaceRow

BELTOWN = PlaceRow(
    "geonames:1", "Beltown", "settlement", "US", "US-IL", "US.IL", 40.1, -89.2, 2.0, 21_000, 1,
    names=(("Belltown", "alternate"), ("Old Beltown", "alternate")),
)  # fmt: skip
BELTOWN_ABROAD = PlaceRow(
    "geonames:2", "Beltown", "settlement", "GB", "GB-ENG", "GB.ENG", 52.2, -1.1, 9.0, 640_000, 2, True
)
ILLINOIS = PlaceRow(
    "iso3166-2:US-IL", "Illinois", "region", "US", "US-IL", "US.IL", 40.0, -89.25, 300.0, 12_000_000,
    names=(("Ill.", "abbreviation"), ("Illinoisan", "people")),
)  # fmt: skip
ROWS = (BELTOWN, BELTOWN_ABROAD, ILLINOIS)


def make_file(folder: Path) -> Path:
    """A gazetteer file of these rows."""
    path = folder / "places.sqlite"
    write_gazetteer(ROWS, path, source="tests")
    return path
