"""The first statements that answer a question, by their overviews: what is counted of an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Text, select, type_coerce

from onrecord.record.query import Query
from onrecord.store.index_moments import FIRST_DATED
from onrecord.store.index_tables import overviews
from onrecord.store.search import check_query, understand
from onrecord.store.search_articles import find_nearest
from onrecord.store.search_asked import Asked, select_keys, stretches

FACETS = type_coerce(overviews.c.facets, Text())  # of digits and ASCII letters alone, as they are written


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Columns of the overviews of the first statements that answer, in any order; whether these are all."""

    rows: Sequence[Row[Any]]
    complete: bool


def read_question(connection: Connection, query: Query) -> Asked:
    """What the index is asked for; raises `QueryError`."""
    check_query(query)
    return understand(connection, query)


def find_answering(connection: Connection, query: Query, *columns: Any, most: int) -> Answering:
    """At most so many, the newest first unless the oldest were asked for; raises `QueryError`.

    By relevance, meaning and confidence only what is shown is put in order: of these the newest are taken.
    """
    asked, newest = read_question(connection, query), query.sort != "oldest"
    key = overviews.c.statement_key
    if asked.of_articles:
        keys, complete = find_nearest(connection, asked, newest_first=newest, most=most)
        rows = connection.execute(select(key, *columns).where(key.in_(keys))).all()
        return Answering(rows=rows, complete=complete)
    found: list[Row[Any]] = []
    for bounds in stretches(newest):
        limit = most + 1 - len(found)
        keys_wanted = select_keys(connection, asked, bounds=bounds, newest_first=newest, limit=limit)
        if keys_wanted is not None:
            own = keys_wanted.subquery()
            wanted = select(key, *columns).join_from(own, overviews, key == own.c.key)
            found += connection.execute(wanted).all()
    if len(found) > most:
        last = max(range(len(found)), key=lambda at: _place_of(found[at][0], newest))
        del found[last]
        return Answering(rows=found, complete=False)
    return Answering(rows=found, complete=True)


def _place_of(key: int, newest: bool) -> tuple[bool, int]:
    return (key < FIRST_DATED, -key if newest else key)
