"""What is kept, read back: extractions, captured bytes, failures, runs and counts.

In: a connection in a transaction that reads. Out: the types of the record.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, bindparam, func, select

from onrecord.errors import UnknownIdError
from onrecord.record import Failure, Record
from onrecord.store import index
from onrecord.store.base import Counts, Run
from onrecord.store.index_tables import people, shown_articles
from onrecord.store.packing import unpack_body, unpack_record
from onrecord.store.tables import articles, bodies, captures, extractions, failures, judgements, runs

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
    """Every failure, in the order they came."""
    told = (failures.c.stage, failures.c.reason, failures.c.detail, failures.c.subject)
    rows = connection.execute(select(*told).order_by(failures.c.failure_key)).all()
    return tuple(Failure(stage=a, reason=b, detail=c, subject=d) for a, b, c, d in rows)


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
    return Counts(
        captures=_count(connection, captures),
        articles=_count(connection, shown_articles),
        extractions=_count(connection, extractions),
        statements=index.count_statements(connection),
        people=_count(connection, people),
        judgements=_count(connection, judgements),
        failures=_count(connection, failures),
    )


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
