"""What is counted of many statements at once: rows of the index in, their overviews and counts of days out.

Of the facets of a statement an overview has those of who, where published, form, mode, status, and its
places: "h" where it was said, "l" what it speaks of.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from onrecord.store.index_dialects import dialect_of
from onrecord.store.index_evidence import Evidence, read_evidence
from onrecord.store.index_moments import MINUTES_A_DAY, SEQUENCE_BITS
from onrecord.store.index_tables import overviews, statement_days, statements
from onrecord.store.tables import METADATA

PERSON, OUTLET, FORM, MODE, STATUS, ABOUT, HERE = "pofmslh"
DAY_BITS = MINUTES_A_DAY << SEQUENCE_BITS  # how many keys a day has
AT_ONCE = 5_000
TOLD_EVERY = 200_000
_PLAIN = frozenset((PERSON, OUTLET, FORM, MODE, STATUS))
_FINENESS = {0: 0, len("2024"): 1, len("2024-03"): 2, len("2024-03-20"): 3}
BY_MINUTE = 4
Row = dict[str, Any]


def build_overview(
    key: int, evidence: Evidence, facets: Iterable[str], *, said_in: int | None, about: Iterable[int]
) -> Row:
    """The overview of a statement; its places are given by their keys."""
    kept = [facet for facet in facets if facet[0] in _PLAIN]
    kept += [] if said_in is None else [f"{HERE}{said_in}"]
    kept += [f"{ABOUT}{place}" for place in dict.fromkeys(about)]
    return {
        "statement_key": key,
        "judged": 0 if evidence.status is None else 1,
        "confidence": evidence.confidence,
        "fineness": fineness_of(evidence),
        "facets": " ".join(kept),
    }


def fineness_of(evidence: Evidence) -> int:
    """0 undated, then 1 to 4: by the year, month, day or minute."""
    when = evidence.when if evidence.when_is else None
    return _FINENESS.get(len(when or ""), BY_MINUTE)


def add_overviews(connection: Connection, rows: Sequence[Row]) -> None:
    """Puts overviews in, and counts their days."""
    if rows:
        connection.execute(insert(overviews), list(rows))
        _count_days(connection, ((row["statement_key"], row["fineness"]) for row in rows), 1)


def drop_overviews(connection: Connection, keys: Sequence[int]) -> None:
    """Takes the overviews of these statements of one article out, and counts their days no more."""
    made = overviews.c.statement_key.in_(keys)
    rows = connection.execute(select(overviews.c.statement_key, overviews.c.fineness).where(made)).all()
    connection.execute(delete(overviews).where(made))
    _count_days(connection, ((row.statement_key, row.fineness) for row in rows), -1)


def _count_days(connection: Connection, told: Iterable[tuple[int, int]], sign: int) -> None:
    counted = Counter((key // DAY_BITS, fineness) for key, fineness in told)
    rows = [
        {"day": day, "fineness": fineness, "statements": sign * count}
        for (day, fineness), count in sorted(counted.items())
    ]
    if rows:
        put = dialect_of(connection).insert(statement_days)
        more = {"statements": statement_days.c.statements + put.excluded.statements}
        known = put.on_conflict_do_update(index_elements=["day", "fineness"], set_=more)
        connection.execute(known, rows)


def make_overviews(connection: Connection, say: Callable[[str], None] | None) -> None:
    """Makes the overviews of an index that was laid out without them, from the rows that it has."""
    METADATA.create_all(connection, tables=[overviews, statement_days], checkfirst=False)
    done = 0
    for rows in _iter_rows(connection):
        add_overviews(connection, [_read_overview(row) for row in rows])
        done += len(rows)
        if say is not None and done % TOLD_EVERY < len(rows):
            say(f"{done:,} statements are looked over.")


def _iter_rows(connection: Connection) -> Iterator[Sequence[Any]]:
    key = statements.c.statement_key
    wanted = select(key, statements.c.evidence, statements.c.facets).order_by(key).limit(AT_ONCE)
    after = -1
    while rows := connection.execute(wanted.where(key > after)).all():
        yield rows
        after = rows[-1].statement_key


def _read_overview(row: Any) -> Row:
    evidence, facets = read_evidence(row.evidence), row.facets.split()
    # That layout put the place where it was said first; one that the words speak of too stands there once.
    places = [int(facet[1:]) for facet in facets if facet[0] == ABOUT]
    said_in = places[0] if places and evidence.said_in is not None else None
    about = places if said_in is None else places[1:]
    return build_overview(row.statement_key, evidence, facets, said_in=said_in, about=about)
