"""What is kept, read back: extractions, captured bytes, failures, runs and counts.

In: a connection in a transaction that reads. Out: the types of the record.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, bindparam, case, exists, func, select

from onrecord.errors import UnknownIdError
from onrecord.record import Failure, Record
from onrecord.store import index
from onrecord.store.base import Counts, Run
from onrecord.store.index_tables import people, shown_articles
from onrecord.store.packing import unpack_body, unpack_record
from onrecord.store.tables import (
    articles,
    bodies,
    captures,
    extractions,
    failures,
    judgements,
    readings,
    runs,
)

if TYPE_CHECKING:
    from onrecord.store.packing import Found

ALL_OF_CAPTURE = (
    select(extractions.c.extraction_id, extractions.c.schema_version, extractions.c.packed)
    .join_from(extractions, articles)
    .where(articles.c.capture_key == bindparam("wanted"))
    .order_by(extractions.c.extraction_key)
)
BODY = select(bodies.c.packed).where(bodies.c.sha256 == bindparam("wanted"))
BATCH = 50


def load_extractions(connection: Connection, capture_key: int, where: str) -> tuple[Record, ...]:
    """All records ever made of a capture, oldest first."""
    rows = connection.execute(ALL_OF_CAPTURE, {"wanted": capture_key}).all()
    return tuple(unpack_record(row, where) for row in rows)


def load_body(connection: Connection, sha256: str, where: str) -> bytes:
    """The captured bytes with this hash."""
    packed = connection.execute(BODY, {"wanted": sha256.lower()}).scalar_one_or_none()
    if packed is None:
        raise UnknownIdError(
            f"No capture has the hash {sha256!r:.120}.",
            where=where,
            cure="Take the hash (SHA-256, 64 digits) from what `onrecord show` tells of the capture.",
        )
    return unpack_body(packed, sha256.lower(), where)


def iter_bodies(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """The hash and the packed bytes of every body."""
    some = select(bodies.c.sha256, bodies.c.packed).where(bodies.c.sha256 > bindparam("after"))
    after = ""
    while rows := connection.execute(some.order_by(bodies.c.sha256).limit(BATCH), {"after": after}).all():
        yield from ((row.sha256, row.packed) for row in rows)
        after = rows[-1].sha256


def iter_extractions(connection: Connection) -> "Iterator[Found]":
    """The row of every extraction, oldest first."""
    key = extractions.c.extraction_key
    told = (key, extractions.c.extraction_id, extractions.c.schema_version, extractions.c.packed)
    some = select(*told).where(key > bindparam("after")).order_by(key).limit(BATCH)
    after = 0
    while rows := connection.execute(some, {"after": after}).all():
        yield from rows
        after = rows[-1].extraction_key


def load_failures(connection: Connection) -> tuple[Failure, ...]:
    """Every failure that still is one, in the order they came."""
    told = (failures.c.stage, failures.c.reason, failures.c.detail, failures.c.subject)
    rows = connection.execute(select(failures.c.failure_key, *told).order_by(failures.c.failure_key)).all()
    mended = _find_mended(connection) if rows else frozenset()
    return tuple(
        Failure(stage=a, reason=b, detail=c, subject=d) for key, a, b, c, d in rows if key not in mended
    )


def _find_mended(connection: Connection) -> frozenset[int]:
    """The failures that are none any more: each capture that failed so was read since in the same way.

    They stay kept. What never became a capture has no reading that could tell, and stays a failure.
    """
    failed, again = readings.alias("failed"), readings.alias("again")
    read = (
        exists()
        .where(again.c.capture_key == failed.c.capture_key, again.c.settings == failed.c.settings)
        .where(again.c.extraction_key.is_not(None), again.c.reading_key >= failed.c.reading_key)
    )
    least = func.min(case((read, 1), else_=0))
    wanted = select(failed.c.failure_key).where(failed.c.failure_key.is_not(None))
    return frozenset(connection.scalars(wanted.group_by(failed.c.failure_key).having(least == 1)))


def load_runs(connection: Connection) -> tuple[Run, ...]:
    """Every run, oldest first."""
    rows = connection.execute(select(runs).order_by(runs.c.run_key)).mappings().all()
    return tuple(Run(**{name: value for name, value in row.items() if name != "run_key"}) for row in rows)


def load_readers(connection: Connection) -> tuple[tuple[str, int], ...]:
    """The readers of the extractions that are shown, and how many each made, most first."""
    made = func.count().label("made")
    shown = captures.c.newest_key == extractions.c.extraction_key
    of_readers = select(extractions.c.reader, made).join_from(extractions, captures, shown)
    rows = connection.execute(of_readers.group_by(extractions.c.reader)).all()
    return tuple(sorted(((row.reader, int(row.made)) for row in rows), key=lambda one: (-one[1], one[0])))


def count(connection: Connection) -> Counts:
    """How much there is; articles are those that are shown."""
    failed = _count(connection, failures)
    return Counts(
        captures=_count(connection, captures),
        articles=_count(connection, shown_articles),
        extractions=_count(connection, extractions),
        statements=index.count_statements(connection),
        people=_count(connection, people),
        judgements=_count(connection, judgements),
        failures=failed - len(_find_mended(connection)) if failed else 0,
    )


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
