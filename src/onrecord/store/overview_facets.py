"""What the statements that answer a question have in common: a question in, tallies out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from onrecord.record.overview import Facets, Tally
from onrecord.record.query import Query
from onrecord.store.answering import find_answering
from onrecord.store.index_ids import unpack_id
from onrecord.store.index_naming import AT_ONCE
from onrecord.store.index_tables import outlets, people, places, statements
from onrecord.store.search_filters import UNJUDGED

# The newest thousand show what there is; to count a million would take seconds.
MOST_COUNTED = 1_000
MOST_TALLIED = 20  # of each kind
PERSON, OUTLET, PLACE, FORM, MODE, STATUS = "polfms"


def count_facets(connection: Connection, query: Query) -> Facets:
    """What the first statements that answer have in common; raises `QueryError`."""
    found = find_answering(connection, query, MOST_COUNTED)
    counted = count_kinds(row.facets for row in load_rows(connection, found.keys, statements.c.facets))
    judged = sum(counted[STATUS].values())
    if judged < len(found.keys):
        counted[STATUS][UNJUDGED] = len(found.keys) - judged
    return Facets(
        counted=len(found.keys),
        complete=found.complete,
        speakers=_tally_people(connection, counted[PERSON]),
        outlets=_tally_outlets(connection, counted[OUTLET]),
        forms=_tally(counted[FORM]),
        modes=_tally(counted[MODE]),
        places=_tally_places(connection, counted[PLACE]),
        statuses=_tally(counted[STATUS]),
    )


def load_rows(connection: Connection, keys: Sequence[int], *columns: Any) -> Iterable[Row[Any]]:
    """These columns of statements, in any order."""
    for at in range(0, len(keys), AT_ONCE):
        some = statements.c.statement_key.in_(keys[at : at + AT_ONCE])
        yield from connection.execute(select(*columns).where(some))


def count_kinds(facets: Iterable[str]) -> dict[str, Counter[str]]:
    """How many statements have each facet, by the letter of its kind."""
    counted: dict[str, Counter[str]] = {
        kind: Counter() for kind in (PERSON, OUTLET, PLACE, FORM, MODE, STATUS)
    }
    together = Counter(facet for row in facets for facet in row.split())
    for facet, count in together.items():
        if facet[0] in counted:
            counted[facet[0]][facet[1:]] = count
    return counted


def _tally(counted: Counter[str]) -> tuple[Tally, ...]:
    """Most first, of equals in the order of their names."""
    best = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TALLIED]
    return tuple(Tally(value=value, name=value, statements=count) for value, count in best)


def _name(counted: Counter[str], names: dict[str, str]) -> tuple[Tally, ...]:
    best = sorted(counted.items(), key=lambda pair: (-pair[1], names[pair[0]]))[:MOST_TALLIED]
    return tuple(Tally(value=value, name=names[value], statements=count) for value, count in best)


def _tally_people(connection: Connection, counted: Counter[str]) -> tuple[Tally, ...]:
    """People who were judged to be one are one."""
    whole = func.coalesce(people.c.canonical_key, people.c.person_key)
    wholes = dict(_find(connection, people.c.person_key, counted, whole))
    told = {
        key: (unpack_id("person", own), name)
        for key, own, name in _find(
            connection, people.c.person_key, set(wholes.values()), people.c.person_id, people.c.name
        )
    }
    said: Counter[str] = Counter()
    for key, whole_key in wholes.items():
        said[told[whole_key][0]] += counted[str(key)]
    return _name(said, dict(told.values()))


def _tally_outlets(connection: Connection, counted: Counter[str]) -> tuple[Tally, ...]:
    """Outlets of one name are one, whatever their hosts: so are they by a filter."""
    said: Counter[str] = Counter()
    names: dict[str, str] = {}
    for key, folded, name in sorted(
        _find(connection, outlets.c.outlet_key, counted, outlets.c.folded, outlets.c.name)
    ):
        value = names.setdefault(folded or name, name)
        said[value] += counted[str(key)]
    return _name(said, {name: name for name in names.values()})


def _tally_places(connection: Connection, counted: Counter[str]) -> tuple[Tally, ...]:
    said: Counter[str] = Counter()
    names: dict[str, str] = {}
    for key, place, name in _find(connection, places.c.place_key, counted, places.c.place, places.c.name):
        said[place], names[place] = counted[str(key)], name
    return _name(said, names)


def _find(connection: Connection, key: Any, wanted: Iterable[Any], *columns: Any) -> Iterable[Any]:
    keys = sorted(map(int, wanted))
    for at in range(0, len(keys), AT_ONCE):
        yield from map(
            tuple, connection.execute(select(key, *columns).where(key.in_(keys[at : at + AT_ONCE])))
        )
