"""One SQLite file as a store: opened so that readers never wait and a commit survives the loss of power.

In: a path. Out: a `Database`; or an error that says what the path is instead.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import QueuePool

from onrecord.store import faults
from onrecord.store.database import WRITES, Database, name_faults
from onrecord.store.file import choose_mode, look_at, watch

APPLICATION_ID = 0x0EC0_5254  # tells our files from other databases (SQLite's application_id)
WAIT_SECONDS = 30.0  # for another writer to end; an article's transaction takes milliseconds
PAGE_BYTES = 8192
CACHE_KIB = 65_536
LOG_BYTES = 67_108_864  # what the write-ahead log is cut back to after a long reader let go
Say = Callable[[str], None]


def open_sqlite(path: Path, *, create: bool, read_only: bool, say: Say | None = None) -> Database:
    """The database in this file, which is a SQLite file or, with `create`, empty or not there."""
    where = str(path)
    look_at(path, create=create)
    mode = choose_mode(path, read_only=read_only, say=say)
    engine = create_engine(
        "sqlite://", creator=lambda: _connect(path, mode, read_only), poolclass=QueuePool, max_overflow=20
    )
    event.listen(engine, "begin", _begin)
    name_faults(engine, faults.name_sqlite_fault, where)
    return Database(
        engine=engine,
        where=where,
        read_only=read_only,
        start_writing=lambda connection: None,
        expect_there=watch(path),
        reading_options={},
    )


def _begin(connection: Connection) -> None:
    # sqlite3 itself begins nothing (isolation_level None): its own way leaves SELECT and DDL outside. A
    # writer takes the lock at once, so that it waits here and never fails halfway.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _connect(path: Path, mode: str, read_only: bool) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{mode}"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=WAIT_SECONDS
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            _set_writer(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_writer(connection: sqlite3.Connection) -> None:
    # FULL: a commit is on the disk when it returns. NORMAL would lose the last ones with the power, and a
    # person's judgement that was said to be kept must be kept; it costs one fsync a transaction.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # of a file that is still empty
    connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
    # Some builds write zeros over all they free, which doubles the writes of the word index.
    connection.execute("PRAGMA secure_delete = OFF")


def mark_file(connection: Connection) -> None:
    """Notes in the file that it is ours, in the transaction that makes its tables."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def read_application(connection: Connection) -> int:
    """Whose file it is: `APPLICATION_ID`, 0 for nobody's, or another program's."""
    return int(connection.exec_driver_sql("PRAGMA application_id").scalar_one())


def use_log(database: Database) -> None:
    """Switches the file to a write-ahead log, with which readers see the last commit and never wait.

    Where the file system cannot do that, the file stays with its rollback journal: as safe, but readers
    wait for a writer.
    """
    connection = database.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
