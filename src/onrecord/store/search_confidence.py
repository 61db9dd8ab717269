"""The statements that answer a question, the least sure first: what a reviewer looks at."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, func, or_, select

from onrecord.record.query import Answer, Query
from onrecord.store.index_tables import overviews
from onrecord.store.search_asked import EVERYTHING, Asked, select_keys
from onrecord.store.search_cursor import read_cursor, write_cursor
from onrecord.store.search_hits import HitMaker
from onrecord.store.search_notes import explain_nothing

if TYPE_CHECKING:
    from sqlalchemy import Select

# With words or filters what answers is found by time: so many of the newest are sorted, in some 10 ms.
MOST_SORTED = 5_000
_SURE: Any = overviews.c.confidence
_KEY: Any = overviews.c.statement_key
Place = tuple[float, int]


def search_by_confidence(
    connection: Connection, query: Query, asked: Asked, notes: tuple[str, ...]
) -> Answer:
    """The answer, the least sure statement first, the newest of equally sure ones."""
    place = read_cursor(query, (float, int))
    after = (place[0], place[1]) if place else None
    total = None
    if _is_of_all(asked):
        found = _walk(connection, asked, after, query.limit + 1)
    else:
        found, total = _sort_newest(connection, asked, after, query.limit + 1)
        if total is None:
            notes = (*notes, f"There are many: the newest {MOST_SORTED:,} were sorted by how sure they are.")
    shown = found[: query.limit]
    return Answer(
        hits=HitMaker(connection).hits_of([key for _, key in shown]),
        total=total,
        next=write_cursor(query, list(shown[-1])) if len(found) > query.limit else None,
        notes=notes if shown or after else (*notes, *explain_nothing(connection, asked)),
    )


def _is_of_all(asked: Asked) -> bool:
    """Whether all statements are asked for, or all that nobody judged: these are kept in this order."""
    return not asked.has_words and asked.within == EVERYTHING


def _walk(connection: Connection, asked: Asked, after: Place | None, limit: int) -> list[Place]:
    found: list[Place] = []
    for judged in (0,) if asked.conditions else (0, 1):
        found += _walk_judged(connection, judged, after, limit)
    return sorted(found, key=lambda pair: (pair[0], -pair[1]))[:limit]


def _walk_judged(connection: Connection, judged: int, after: Place | None, limit: int) -> list[Place]:
    wanted = select(_SURE, _KEY).where(overviews.c.judged == judged).order_by(_SURE, _KEY.desc())
    if after is None:
        return _load(connection, wanted.limit(limit))
    # Two walks, for either database goes along the index only where one column is compared.
    found = _load(connection, wanted.where(after[0] == _SURE, after[1] > _KEY).limit(limit))
    return found + _load(connection, wanted.where(after[0] < _SURE).limit(limit - len(found)))


def _sort_newest(
    connection: Connection, asked: Asked, after: Place | None, limit: int
) -> tuple[list[Place], int | None]:
    """The first so many, and how many there are; None where not all were sorted."""
    keys = select_keys(connection, asked, bounds=EVERYTHING, newest_first=True, limit=MOST_SORTED + 1)
    if keys is None:
        return [], 0
    total = int(connection.scalar(select(func.count()).select_from(keys.subquery())) or 0)
    own = keys.limit(MOST_SORTED).subquery()
    wanted = select(_SURE, _KEY).join_from(own, overviews, own.c.key == _KEY)
    if after is not None:
        wanted = wanted.where(or_(after[0] < _SURE, and_(after[0] == _SURE, after[1] > _KEY)))
    first = _load(connection, wanted.order_by(_SURE, _KEY.desc()).limit(limit))
    return first, total if total <= MOST_SORTED else None


def _load(connection: Connection, wanted: "Select[Any]") -> list[Place]:
    return [(float(sure), int(key)) for sure, key in connection.execute(wanted)]
