"""A PostgreSQL database as a store: all of it in one schema ("onrecord", or ?schema=NAME of the URL).

In: a URL. Out: a `Database` with the same behaviour as a file: one writer at a time, readers who see one
moment and never wait. Whatever else the database holds is never looked at.
"""

import hashlib
import importlib.util
import re
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from onrecord.errors import MissingPartError, StoreError
from onrecord.store import faults
from onrecord.store.database import Database, name_faults
from onrecord.store.sqlite import WAIT_SECONDS

DRIVERS = {"postgresql", "postgres", "postgresql+psycopg"}
SCHEMA = "onrecord"
SCHEMA_NAME = re.compile(r"(?!pg_)[A-Za-z_][A-Za-z0-9_]{0,62}", re.ASCII)
CONNECT_SECONDS = 10
SECRETS = frozenset({"password", "sslpassword"})  # of a URL's query; libpq takes them there too


def open_postgresql(address: str, *, read_only: bool) -> Database:
    """The database at this URL; raises `StoreError` where it cannot be reached."""
    url, schema = read_url(address)
    where = show_url(url)
    if importlib.util.find_spec("psycopg") is None:
        raise MissingPartError(
            "PostgreSQL is spoken to with psycopg, which is not installed.",
            where=where,
            cure="Install it with `pip install 'onrecord[postgresql]'`.",
        )
    engine = create_engine(
        url, pool_pre_ping=True, max_overflow=20, connect_args={"connect_timeout": CONNECT_SECONDS}
    )
    event.listen(engine, "connect", lambda driver, record: _set_up(driver, schema, read_only))
    name_faults(engine, faults.name_postgresql_fault, where)
    return Database(
        engine=engine,
        where=where,
        read_only=read_only,
        schema=schema,
        start_writing=lambda connection: _be_the_writer(connection, schema),
        expect_there=lambda: None,
        reading_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    )


def read_url(address: str) -> tuple[URL, str]:
    """The URL as the driver takes it, and the schema that it names."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise StoreError(  # the address itself is not shown: it may hold a password
            "This is no address of a database.",
            cure="Write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE; in a password, @ is %40, / %2F.",
        ) from None
    if url.drivername not in DRIVERS:
        raise StoreError(
            f"Records are not kept in a database of the kind {url.drivername!r}.",
            cure="Name a file, or postgresql://USER:PASSWORD@HOST:PORT/DATABASE.",
        )
    schema = url.query.get("schema", SCHEMA)
    schema = schema if isinstance(schema, str) else schema[-1]
    if not SCHEMA_NAME.fullmatch(schema):
        raise StoreError(
            f"{schema!r:.80} is no name of a schema that a record can stand in.",
            cure="Use letters, digits and underscores, 63 at most, and begin with a letter: ?schema=news_31.",
        )
    return url.difference_update_query(["schema"]).set(drivername="postgresql+psycopg"), schema


def show_url(url: URL) -> str:
    """The URL without its passwords."""
    return url.difference_update_query(SECRETS).set(drivername="postgresql").render_as_string()


def _set_up(driver: Any, schema: str, read_only: bool) -> None:
    """Makes a new connection work in our schema, and only read where only that is wanted."""
    driver.autocommit = True
    try:
        with driver.cursor() as cursor:
            # Beside ours "public", for the extensions whose types and functions stand there.
            cursor.execute("SELECT set_config('search_path', %s, false)", (f"{_quote(schema)}, public",))
            if read_only:
                cursor.execute("SET default_transaction_read_only = on")
    finally:
        driver.autocommit = False


def _be_the_writer(connection: Connection, schema: str) -> None:
    """Waits until no other transaction writes to this store; the lock goes with the transaction."""
    digest = hashlib.sha256(f"onrecord writer {schema}".encode("utf-8", "surrogatepass")).digest()
    connection.execute(
        text("SELECT set_config('lock_timeout', :wait, true)"), {"wait": f"{int(WAIT_SECONDS * 1000)}ms"}
    )
    number = int.from_bytes(digest[:8], "big", signed=True)
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def make_schema(connection: Connection, schema: str) -> None:
    """Makes the schema where there is none yet."""
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {_quote(schema)}")


def has_schema(connection: Connection, schema: str) -> bool:
    """Whether the database has the schema."""
    found = text("SELECT 1 FROM pg_namespace WHERE nspname = :name")
    return connection.execute(found, {"name": schema}).first() is not None


def _quote(name: str) -> str:
    return f'"{name}"'  # no more than letters, digits and underscores stand in it: see `read_url`
