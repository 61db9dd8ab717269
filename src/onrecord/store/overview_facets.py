"""What the statements that answer a question have in common: a question in, tallies out."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from onrecord.record.overview import Facets, Tally
from onrecord.record.query import Query
from onrecord.store.answering import FACETS, find_answering
from onrecord.store.index_ids import unpack_id
from onrecord.store.index_naming import AT_ONCE
from onrecord.store.index_overviews import FORM, MODE, OUTLET, PERSON, STATUS
from onrecord.store.index_tables import outlets, people, places
from onrecord.store.overview_places import PlaceCounts, count_place_keys
from onrecord.store.search_filters import UNJUDGED

# The newest show what there is; to count a million would take seconds. These take some 6 ms.
MOST_COUNTED = 1_500
MOST_TALLIED = 20  # of each kind


def count_facets(connection: Connection, query: Query) -> Facets:
    """What the first statements that answer have in common; raises `QueryError`."""
    found = find_answering(connection, query, FACETS, most=MOST_COUNTED)
    written = [str(row[-1]) for row in found.rows]
    counted = _count_kinds(written)
    unjudged = len(written) - sum(counted[STATUS].values())
    if unjudged:
        counted[STATUS][UNJUDGED] = unjudged
    return Facets(
        counted=len(written),
        complete=found.complete,
        speakers=_tally_people(connection, counted[PERSON]),
        outlets=_tally_outlets(connection, counted[OUTLET]),
        forms=_tally(counted[FORM]),
        modes=_tally(counted[MODE]),
        places=_tally_places(connection, count_place_keys(written)),
        statuses=_tally(counted[STATUS]),
    )


def _count_kinds(written: Iterable[str]) -> dict[str, Counter[str]]:
    """How many statements have each facet, by the letter of its kind."""
    counted: dict[str, Counter[str]] = {kind: Counter() for kind in (PERSON, OUTLET, FORM, MODE, STATUS)}
    for facet, count in Counter(" ".join(written).split()).items():
        if facet[0] in counted:
            counted[facet[0]][facet[1:]] = count
    return counted


def _tally(counted: Counter[str]) -> tuple[Tally, ...]:
    return tuple(Tally(value=value, name=value, statements=count) for value, count in _most(counted))


def _most(counted: Counter[Any]) -> list[tuple[Any, int]]:
    """The most first, of equals the first that was numbered or named."""
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TALLIED]


def _tally_people(connection: Connection, counted: Counter[str]) -> tuple[Tally, ...]:
    """People who were judged to be one are one."""
    said = Counter({int(key): count for key, count in counted.items()})
    merged = select(people.c.person_key, people.c.canonical_key).where(people.c.canonical_key.is_not(None))
    for key, whole in connection.execute(merged):
        if key != whole and key in said:
            said[whole] += said.pop(key)
    best = _most(said)
    told = _load(connection, people.c.person_key, [key for key, _ in best], people.c.person_id, people.c.name)
    return tuple(
        Tally(value=unpack_id("person", told[key][0]), name=told[key][1], statements=count)
        for key, count in best
    )


def _tally_outlets(connection: Connection, counted: Counter[str]) -> tuple[Tally, ...]:
    """Outlets of one name are one, whatever their hosts: so are they to the filter."""
    keys = sorted(map(int, counted))
    told = _load(connection, outlets.c.outlet_key, keys, outlets.c.folded, outlets.c.name)
    printed: Counter[str] = Counter()
    names: dict[str, str] = {}
    for key, (folded, name) in sorted(told.items()):
        printed[names.setdefault(folded or name, name)] += counted[str(key)]
    return _tally(printed)


def _tally_places(connection: Connection, counted: PlaceCounts) -> tuple[Tally, ...]:
    best = _most(counted.either)
    told = _load(connection, places.c.place_key, [key for key, _ in best], places.c.place, places.c.name)
    return tuple(Tally(value=told[key][0], name=told[key][1], statements=count) for key, count in best)


def _load(connection: Connection, key: Any, wanted: list[int], *columns: Any) -> dict[int, tuple[Any, ...]]:
    """The values of these columns, by key."""
    found: dict[int, tuple[Any, ...]] = {}
    for at in range(0, len(wanted), AT_ONCE):
        rows = connection.execute(select(key, *columns).where(key.in_(wanted[at : at + AT_ONCE])))
        found.update((row[0], tuple(row[1:])) for row in rows)
    return found
