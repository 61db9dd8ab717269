"""Places by name: the open gazetteer.

In: names as an article writes them. Out: for each its candidates, the most populous first.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from onrecord.gazetteer.database import connect_gazetteer, damaged
from onrecord.gazetteer.names import normalise_name
from onrecord.gazetteer.rows import NAME_KINDS, NameKind
from onrecord.record import GazetteerEntry, PlaceKind

# "San Antonio" has 1,100 entries, most of them hamlets; no article means one beyond these.
MAX_CANDIDATES = 100
MAX_CACHED = 4096
COLUMNS = """
SELECT name.kind, entry_id, place.name, place.kind, country, subdivision, latitude, longitude, radius_km,
       population, admin1, is_capital{more}
FROM name JOIN place USING (place)
"""
QUERY = f"{COLUMNS.format(more='')} WHERE name.name = ? ORDER BY population DESC, place LIMIT ?"
# Countries and divisions, and large settlements by their own name: what tells where an article is about.
WELL_KNOWN = """
WHERE name.name IN ({marks}) AND (
    place.kind = 'country'
    OR place.kind = 'region' AND name.kind = 0
    OR place.kind = 'settlement' AND name.kind = 0 AND population >= 50000
) ORDER BY population DESC, place
"""
MAX_NAMES = 500  # of one question; SQLite takes no more than 32,766 values, older ones 999
KINDS = frozenset(get_args(PlaceKind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry that goes by a name: how it goes by it, how many live there, and GeoNames' first division."""

    entry: GazetteerEntry
    name_kind: NameKind
    population: int
    admin1: str | None
    is_capital: bool = False


class Gazetteer:
    """An open gazetteer. What was asked is kept, so asking again costs nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = connect_gazetteer(path)
        self._known: dict[str, tuple[Candidate, ...]] = {}
        self._well_known: dict[str, list[Candidate]] = {}

    def find_candidates(self, name: str) -> Sequence[Candidate]:
        """The entries that go by a name, however it is written; empty where there is none."""
        norm = normalise_name(name)
        known = self._known.get(norm)
        if known is None:
            if len(self._known) >= MAX_CACHED:
                self._known.clear()
            known = self._known[norm] = tuple(self._ask(norm))
        return known

    def _ask(self, norm: str) -> list[Candidate]:
        try:
            rows = self._connection.execute(QUERY, (norm, MAX_CANDIDATES)).fetchall()
        except sqlite3.Error as error:
            raise damaged(self.path, error) from error
        made = (_make_candidate(row) for row in rows)
        return [candidate for candidate in made if candidate is not None]

    def find_well_known(self, names: Sequence[str]) -> dict[str, list[Candidate]]:
        """Of many names those that well-known places bear, each with these places.

        They are countries and divisions, and settlements of 50,000 people by their own name.
        """
        norms = {name: normalise_name(name) for name in names[:MAX_NAMES]}
        asked = list(dict.fromkeys(norm for norm in norms.values() if norm not in self._well_known))
        if asked:
            if len(self._well_known) >= MAX_CACHED:
                self._well_known.clear()
                asked = list(dict.fromkeys(norms.values()))
            self._well_known.update(self._ask_well_known(asked))
        return {name: self._well_known[norm] for name, norm in norms.items() if self._well_known[norm]}

    def _ask_well_known(self, norms: Sequence[str]) -> dict[str, list[Candidate]]:
        query = COLUMNS.format(more=", name.name") + WELL_KNOWN.format(marks=", ".join("?" * len(norms)))
        try:
            rows = self._connection.execute(query, norms).fetchall()
        except sqlite3.Error as error:
            raise damaged(self.path, error) from error
        found: dict[str, list[Candidate]] = {norm: [] for norm in norms}
        for *row, norm in rows:
            candidate = _make_candidate(tuple(row))
            if candidate is not None:
                found[norm].append(candidate)
        return found

    def about(self) -> dict[str, str]:
        """What the file says of itself: its source, and how many places and names it holds."""
        try:
            return dict(self._connection.execute("SELECT key, value FROM about"))
        except sqlite3.Error as error:
            raise damaged(self.path, error) from error

    def read_points(self) -> dict[int, tuple[float, float]]:
        """Latitude and longitude by GeoNames id, of every entry that has both."""
        query = (
            "SELECT geonames_id, latitude, longitude FROM place WHERE geonames_id AND latitude IS NOT NULL"
        )
        return {number: (lat, lon) for number, lat, lon in self._connection.execute(query)}

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()


def _make_candidate(row: tuple[object, ...]) -> Candidate | None:
    """The candidate of a row; None for a row that is none: one bad row must not cost the others."""
    kind, *fields, population, admin1, is_capital = row
    number = kind if isinstance(kind, int) and 0 <= kind < len(NAME_KINDS) else 0
    entry_id, name, place_kind, country, subdivision, lat, lon, radius = fields
    if place_kind not in KINDS or not _is_point(lat, lon):
        return None
    entry = GazetteerEntry(
        entry_id=str(entry_id),
        name=str(name),
        kind=cast(PlaceKind, place_kind),
        country=cast(str | None, country),
        subdivision=cast(str | None, subdivision),
        latitude=cast(float | None, lat),
        longitude=cast(float | None, lon),
        radius_km=cast(float | None, radius),
    )
    return Candidate(
        entry=entry,
        name_kind=NAME_KINDS[number],
        population=cast(int, population),
        admin1=cast(str | None, admin1),
        is_capital=bool(is_capital),
    )


def _is_point(lat: object, lon: object) -> bool:
    if lat is None and lon is None:
        return True
    return isinstance(lat, float) and isinstance(lon, float) and abs(lat) <= 90 and abs(lon) <= 180
