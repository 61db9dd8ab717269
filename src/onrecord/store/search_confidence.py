"""The statements that answer a question, the least sure first: what a reviewer looks at."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from onrecord.record.query import Answer, Query
from onrecord.store.index_evidence import read_evidence
from onrecord.store.index_naming import AT_ONCE
from onrecord.store.index_tables import statements
from onrecord.store.search_asked import Asked, find_in_order
from onrecord.store.search_cursor import read_cursor, write_cursor
from onrecord.store.search_hits import HitMaker
from onrecord.store.search_notes import explain_nothing

MOST_SORTED = 2_000


def search_by_confidence(
    connection: Connection, query: Query, asked: Asked, notes: tuple[str, ...]
) -> Answer:
    """The answer, the least sure statement first, the newest of equally sure ones."""
    place = read_cursor(query, (float, int))
    keys = find_in_order(connection, asked, newest_first=True, after=None, limit=MOST_SORTED + 1)
    many = len(keys) > MOST_SORTED
    if many:
        notes = (*notes, f"There are many: the newest {MOST_SORTED:,} were sorted by how sure they are.")
    ranked = sorted((sure, -key) for sure, key in _load_confidence(connection, keys[:MOST_SORTED]))
    rest = [pair for pair in ranked if place is None or pair > (place[0], place[1])]
    shown = rest[: query.limit]
    return Answer(
        hits=HitMaker(connection).hits_of([-key for _, key in shown]),
        total=None if many else len(ranked),
        next=write_cursor(query, list(shown[-1])) if len(rest) > query.limit else None,
        notes=notes if ranked else (*notes, *explain_nothing(connection, asked)),
    )


def _load_confidence(connection: Connection, keys: Sequence[int]) -> list[tuple[float, int]]:
    found: list[tuple[float, int]] = []
    for at in range(0, len(keys), AT_ONCE):
        wanted = select(statements.c.evidence, statements.c.statement_key).where(
            statements.c.statement_key.in_(keys[at : at + AT_ONCE])
        )
        found += [(float(read_evidence(row[0]).confidence), row[1]) for row in connection.execute(wanted)]
    return found
