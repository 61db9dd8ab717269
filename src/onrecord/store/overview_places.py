"""Where the statements that answer a question were said, and of where they speak: places with coordinates."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from onrecord.record.overview import PlaceTally, Whereabouts
from onrecord.record.query import Query
from onrecord.store.answering import FACETS, find_answering
from onrecord.store.index_naming import AT_ONCE
from onrecord.store.index_overviews import ABOUT, HERE
from onrecord.store.index_tables import places

MOST_COUNTED = 2_000  # in some 10 ms

TOLD = ("place", "name", "kind", "country", "latitude", "longitude", "radius_km")
_TOLD = tuple(places.c[name] for name in TOLD)


@dataclass(slots=True, kw_only=True)
class PlaceCounts:
    """How many statements were said in each place, how many speak of it, how many do either.

    `of_each` are the places of every statement that has any.
    """

    said_in: Counter[int] = field(default_factory=Counter)
    about: Counter[int] = field(default_factory=Counter)
    either: Counter[int] = field(default_factory=Counter)
    of_each: list[list[int]] = field(default_factory=list)


def count_places(connection: Connection, query: Query) -> Whereabouts:
    """The places of the first statements that answer; raises `QueryError`."""
    found = find_answering(connection, query, FACETS, most=MOST_COUNTED)
    counted = count_place_keys(str(row[-1]) for row in found.rows)
    known = _load_places(connection, sorted(counted.either))
    tallies = [_tally(key, told, counted) for key, told in known.items()]
    return Whereabouts(
        counted=len(found.rows),
        complete=found.complete,
        placeless=len(found.rows) - sum(any(key in known for key in keys) for keys in counted.of_each),
        places=tuple(sorted(tallies, key=lambda one: (-one.said_in - one.about, one.name, one.place))),
    )


def _tally(key: int, told: Sequence[Any], counted: PlaceCounts) -> PlaceTally:
    named = dict(zip(TOLD, told, strict=True))
    return PlaceTally(**named, said_in=counted.said_in[key], about=counted.about[key])


def count_place_keys(written: Iterable[str]) -> PlaceCounts:
    """The places in the facets of overviews."""
    counted = PlaceCounts()
    for facets in written:
        if not (f" {HERE}" in facets or f" {ABOUT}" in facets):
            continue
        own: list[int] = []
        for facet in facets.split():
            if facet[0] == HERE:
                own.append(int(facet[1:]))
                counted.said_in[own[-1]] += 1
            elif facet[0] == ABOUT:
                own.append(int(facet[1:]))
                counted.about[own[-1]] += 1
        counted.of_each.append(own)
        for place in set(own):
            counted.either[place] += 1
    return counted


def _load_places(connection: Connection, wanted: Sequence[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for at in range(0, len(wanted), AT_ONCE):
        some = select(places.c.place_key, *_TOLD).where(
            places.c.place_key.in_(wanted[at : at + AT_ONCE]),
            places.c.latitude.is_not(None),
            places.c.longitude.is_not(None),
        )
        found.update((row[0], row[1:]) for row in connection.execute(some))
    return found
