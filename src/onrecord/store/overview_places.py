"""Where the statements that answer a question were said, and of where they speak: places with coordinates."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from onrecord.record.overview import PlaceTally, Whereabouts
from onrecord.record.query import Query
from onrecord.store.answering import find_answering
from onrecord.store.index_evidence import read_evidence
from onrecord.store.index_naming import AT_ONCE
from onrecord.store.index_tables import places, statements
from onrecord.store.overview_facets import PLACE, load_rows

MOST_COUNTED = 1_000


@dataclass(slots=True, kw_only=True)
class _Counted:
    """How many statements were said in each place, and how many speak of it; and the places of each."""

    said_in: Counter[int] = field(default_factory=Counter)
    about: Counter[int] = field(default_factory=Counter)
    of_each: list[list[int]] = field(default_factory=list)


def count_places(connection: Connection, query: Query) -> Whereabouts:
    """The places of the first statements that answer; raises `QueryError`."""
    found = find_answering(connection, query, MOST_COUNTED)
    counted = _count(load_rows(connection, found.keys, statements.c.facets, statements.c.evidence))
    known = _find_places(connection, counted.said_in.keys() | counted.about.keys())
    tallies = [_tally(row, counted) for row in known.values()]
    return Whereabouts(
        counted=len(found.keys),
        complete=found.complete,
        placeless=len(found.keys) - sum(any(key in known for key in keys) for keys in counted.of_each),
        places=tuple(sorted(tallies, key=lambda one: (-one.said_in - one.about, one.name, one.place))),
    )


def _count(rows: Iterable[Any]) -> _Counted:
    counted = _Counted()
    for row in rows:
        keys = [int(facet[1:]) for facet in row.facets.split() if facet[0] == PLACE]
        if not keys:
            continue
        counted.of_each.append(keys)
        # The place where it was said stands before those it speaks of; one that is both stands there once.
        said = 1 if read_evidence(row.evidence).said_in is not None else 0
        counted.said_in.update(keys[:said])
        counted.about.update(keys[said:])
    return counted


def _find_places(connection: Connection, wanted: Iterable[int]) -> dict[int, Any]:
    keys = sorted(wanted)
    found: dict[int, Any] = {}
    for at in range(0, len(keys), AT_ONCE):
        some = select(places).where(
            places.c.place_key.in_(keys[at : at + AT_ONCE]),
            places.c.latitude.is_not(None),
            places.c.longitude.is_not(None),
        )
        found.update((row.place_key, row) for row in connection.execute(some))
    return found


def _tally(row: Any, counted: _Counted) -> PlaceTally:
    return PlaceTally(
        place=row.place,
        name=row.name,
        kind=row.kind,
        country=row.country,
        latitude=row.latitude,
        longitude=row.longitude,
        radius_km=row.radius_km,
        said_in=counted.said_in[row.place_key],
        about=counted.about[row.place_key],
    )
