"""A record opened: a path or a PostgreSQL URL in, a store out; made or renewed where that was asked for."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from onrecord.errors import StoreError
from onrecord.store import index, indexing, migrating
from onrecord.store.database import Database
from onrecord.store.file import empty
from onrecord.store.kept import KeptStore
from onrecord.store.postgresql import make_schema, open_postgresql
from onrecord.store.sqlite import mark_file, open_sqlite, use_log

Say = Callable[[str], None]


def open_store(
    where: str | Path, *, create: bool = False, read_only: bool = False, say: Say | None = None
) -> KeptStore:
    """The store at a path, or at a URL postgresql://USER:PASSWORD@HOST/DATABASE[?schema=NAME].

    With `create` it is made where there is none. An older one is renewed when it is opened for writing.
    With `read_only` nothing is changed, and it may stand where nothing can be written. `say` is told in
    a sentence where something takes long or a reader should know. Raises `StoreError`.
    """
    database = _connect(where, create=create and not read_only, read_only=read_only, say=say)
    try:
        if read_only:
            _expect_ready(database)
        else:
            _make_ready(database, create=create, say=say)
    except BaseException:
        database.engine.dispose()
        raise
    return KeptStore(database)


def _connect(where: str | Path, *, create: bool, read_only: bool, say: Say | None) -> Database:
    if isinstance(where, str) and "://" in where:
        return open_postgresql(where, read_only=read_only)
    if not str(where) or "\x00" in str(where):
        raise StoreError("This is no name of a file.", where=repr(str(where)), cure="Name a file.")
    return open_sqlite(Path(where), create=create, read_only=read_only, say=say)


def _expect_ready(database: Database) -> None:
    """Raises where the store cannot be read as it is."""
    with database.reading() as connection:
        version = migrating.find_version(connection, database)
        if version is None:
            raise empty(database.where)
        if version != migrating.REVISIONS[-1]:
            raise migrating.older(database.where)
        if not indexing.is_readable(indexing.read_index_version(connection)):
            raise migrating.older(database.where)


def _make_ready(database: Database, *, create: bool, say: Say | None) -> None:
    """Makes the tables where there are none, and renews older ones, in one transaction or not at all."""
    with database.reading() as connection:
        version = migrating.find_version(connection, database)
        current = version == migrating.REVISIONS[-1] and _is_current(connection)
    if not current:
        if version is None and not create:
            raise empty(database.where)
        _renew(database, say)
    if database.schema is None:
        use_log(database)


def _is_current(connection: Connection) -> bool:
    return indexing.read_index_version(connection) == index.INDEX_VERSION


def _renew(database: Database, say: Say | None) -> None:
    with database.writing() as connection:
        # Looked at again: another program may have been here while this one waited for its turn.
        version = migrating.find_version(connection, database)
        if version is not None and say is not None:
            say(f"{database.where}: another version of onrecord made it; it is renewed now.")
        if database.schema is None:
            mark_file(connection)
        else:
            make_schema(connection, database.schema)
        migrating.migrate(connection, database.schema)
        if not _is_current(connection):
            indexing.renew_index(connection, database.where, say)
