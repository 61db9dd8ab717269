"""All that is searched, made from what is kept: rows of the index laid, relaid, and made anew.

The tables themselves, and what stands in them, are index.py's.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, delete, insert, inspect, select

from onrecord.record import Judged, Record, lay_over
from onrecord.store import index
from onrecord.store.adding import Shown
from onrecord.store.judging import ALL, Bench, load
from onrecord.store.migrating import VERSION_TABLE
from onrecord.store.packing import unpack_record
from onrecord.store.tables import KEPT_TABLES, METADATA, about, articles, captures, extractions

if TYPE_CHECKING:
    from onrecord.store.packing import Found

VERSION_NAME = "index"
LAYOUT = 1_000_000
WITHOUT_OVERVIEWS = LAYOUT + index.INDEX_VERSION % LAYOUT  # the first layout, with these tables of Unicode
BATCH = 100
TOLD_EVERY = 1000
NEWEST = (
    select(
        captures.c.capture_key,
        captures.c.capture_id,
        articles.c.article_key,
        extractions.c.extraction_key,
        extractions.c.extraction_id,
        extractions.c.schema_version,
        extractions.c.packed,
    )
    .join_from(captures, extractions, extractions.c.extraction_key == captures.c.newest_key)
    .join(articles, articles.c.article_key == extractions.c.article_key)
    .order_by(captures.c.capture_key)
)
NEXT = NEWEST.where(captures.c.capture_key > bindparam("after")).limit(BATCH)
OF_KEY = NEWEST.where(captures.c.capture_key == bindparam("wanted"))
OF_ID = NEWEST.where(captures.c.capture_id == bindparam("wanted"))
Say = Callable[[str], None]


def iter_newest(connection: Connection) -> "Iterator[Found]":
    """The newest extraction of each capture, in the order the captures were added, some at a time."""
    after = 0
    while rows := connection.execute(NEXT, {"after": after}).all():
        yield from rows
        after = rows[-1].capture_key


def unpack_row(row: "Found", where: str) -> Record:
    """The record of a row of `NEWEST`."""
    return unpack_record(row, where)


def lay_shown(connection: Connection, shown: Shown, record: Record, bench: Bench, capture_id: str) -> None:
    """Puts a record that is shown from now on into the index, in place of the one before."""
    if shown.before is not None:
        index.drop_index(connection, shown.capture_key)
    index.put_index(
        connection,
        capture_key=shown.capture_key,
        article_key=shown.article_key,
        extraction_key=shown.extraction_key,
        judged=lay_over(record, bench.of_capture(capture_id)),
    )


def relay(connection: Connection, capture_ids: Sequence[str], where: str) -> None:
    """Puts what is shown of these captures into the index anew, as judged now."""
    bench = Bench(connection, where)
    for capture_id in capture_ids:
        for row in connection.execute(OF_ID, {"wanted": capture_id}):
            index.drop_index(connection, row.capture_key)
            _put(connection, row, bench, where)


def _put(connection: Connection, row: "Found", bench: Bench, where: str) -> None:
    index.put_index(
        connection,
        capture_key=row.capture_key,
        article_key=row.article_key,
        extraction_key=row.extraction_key,
        judged=judge_row(row, bench, where),
    )


def judge_row(row: "Found", bench: Bench, where: str) -> Judged:
    """The record of a row of `NEWEST` as judged."""
    return lay_over(unpack_row(row, where), bench.of_capture(row.capture_id))


def read_index_version(connection: Connection) -> int | None:
    """The version of the index that the store holds, None where it was never made."""
    found = connection.execute(select(about.c.value).where(about.c.name == VERSION_NAME)).scalar_one_or_none()
    return int(found) if found is not None and found.isdecimal() else None


def is_readable(version: int | None) -> bool:
    """Whether an index of this version can be asked; only one of the very same version can be added to.

    Its millions are the layout, the rest Python's tables of Unicode: with others few rare words are missed.
    """
    return version is not None and version // LAYOUT == index.INDEX_VERSION // LAYOUT


def renew_index(connection: Connection, where: str, say: Say | None = None) -> None:
    """Brings an index of another version to this one: by what it lacks, or made wholly anew."""
    if read_index_version(connection) == index.INDEX_VERSION - LAYOUT == WITHOUT_OVERVIEWS:
        index.make_overviews(connection, say)
        _note_version(connection)
    else:
        remake_index(connection, where, say)


def _note_version(connection: Connection) -> None:
    connection.execute(delete(about).where(about.c.name == VERSION_NAME))
    connection.execute(insert(about), {"name": VERSION_NAME, "value": str(index.INDEX_VERSION)})


def remake_index(connection: Connection, where: str, say: Say | None = None) -> None:
    """Throws away every table that is not kept for good, and makes the index anew from what is."""
    _drop_all(connection)
    wanted = [table for table in METADATA.sorted_tables if table not in KEPT_TABLES]
    METADATA.create_all(connection, tables=wanted, checkfirst=False)
    index.create_index(connection)
    _note_version(connection)
    bench = Bench(connection, where)
    done = 0
    for done, row in enumerate(iter_newest(connection), 1):
        _put(connection, row, bench, where)
        if say is not None and done % TOLD_EVERY == 0:
            say(f"{done:,} articles are indexed anew.")
    index.merge_people(connection, load(connection, ALL, where))
    if say is not None and done:
        say(f"All {done:,} articles are indexed anew.")


def _drop_all(connection: Connection) -> None:
    kept = {table.name for table in KEPT_TABLES} | {VERSION_TABLE}
    quote = connection.dialect.identifier_preparer.quote_identifier
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        virtual = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
        # These first: with each go the tables that hold its words.
        for name in connection.exec_driver_sql(virtual).scalars().all():
            connection.exec_driver_sql(f"DROP TABLE {quote(name)}")
    schema = None if connection.dialect.name == "sqlite" else _schema_of(connection)
    ending = "" if schema is None else " CASCADE"
    place = "" if schema is None else f"{quote(schema)}."
    for name in inspect(connection).get_table_names(schema=schema):
        if name not in kept:
            connection.exec_driver_sql(f"DROP TABLE {place}{quote(name)}{ending}")


def _schema_of(connection: Connection) -> str:
    return str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())
