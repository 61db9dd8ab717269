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
confidence_column: Any = overviews.c.confidence
key_column: Any = overviews.c.statement_key
Place = tuple[float, int]


def search_by_confidence(
    connection: Connection, query: Query, asked: Asked, notes: tuple[str, ...]
) -> Answer:
    """The answer, the least sure statement first, the newest of equally sure ones."""
    place = read_cursor(query, (float, int))
    after = (place[0], place[1]) if place else None
    total: int | None = None
    if _is_of_all(asked):
        found = _walk(connection, asked, after, query.limit + 1)
    else:
        found, sorted_count = _sort_newest(connection, asked, after, query.limit + 1)
        total = sorted_count if sorted_count < MOST_SORTED and (found or after is None) else None
        if sorted_count >= MOST_SORTED:
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
    wanted = (
        select(confidence_column, key_column)
        .where(overviews.c.judged == judged)
        .order_by(confidence_column, key_column.desc())
    )
    if after is None:
        return _load(connection, wanted.limit(limit))
    # Two walks, for either database goes along the index only where one column is compared.
    found = _load(connection, wanted.where(after[0] == confidence_column, after[1] > key_column).limit(limit))
    return found + _load(connection, wanted.where(after[0] < confidence_column).limit(limit - len(found)))


def _sort_newest(
    connection: Connection, asked: Asked, after: Place | None, limit: int
) -> tuple[list[Place], int]:
    """The first so many, and of how many; `MOST_SORTED` may be more."""
    keys = select_keys(connection, asked, bounds=EVERYTHING, newest_first=True, limit=MOST_SORTED)
    if keys is None:
        return [], 0
    own = keys.cte("own")  # named, so that either database asks the index of words once
    total = select(func.count()).select_from(own).scalar_subquery()
    wanted = select(confidence_column, key_column, total).join_from(own, overviews, key_column == own.c.key)
    if after is not None:
        wanted = wanted.where(
            or_(confidence_column > after[0], and_(confidence_column == after[0], key_column < after[1]))
        )
    rows = connection.execute(wanted.order_by(confidence_column, key_column.desc()).limit(limit)).all()
    return [(float(row[0]), int(row[1])) for row in rows], int(rows[0][2]) if rows else 0


def _load(connection: Connection, wanted: "Select[Any]") -> list[Place]:
    return [(float(sure), int(key)) for sure, key in connection.execute(wanted)]
