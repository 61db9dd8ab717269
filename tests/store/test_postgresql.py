"""What only a server can do: go away, refuse, hold what is not ours; and no password is ever shown."""

import logging
import traceback
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from onrecord.errors import ForeignStoreError, LostStoreError, NewerStoreError, ReadOnlyStoreError, StoreError
from onrecord.store import open_store, postgresql
from tests.factories import make_record
from tests.store.conftest import READING

RECORD = make_record()
MORE = make_record("One more,")
SECRET = "s3cr3t!"


@pytest.fixture
def backend() -> str:
    return "postgresql"


@pytest.fixture
def admin(server: Any) -> Iterator[psycopg.Connection]:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        yield connection


def schema_of(where: str) -> str:
    return where.rpartition("=")[2]


def test_all_stands_in_one_schema_and_nothing_else_is_touched(where: str, admin: psycopg.Connection):
    admin.execute("CREATE TABLE IF NOT EXISTS public.captures (mine text)")
    try:
        with open_store(where, create=True) as store:
            store.add_records([(RECORD.capture, RECORD)], READING)
        assert admin.execute("SELECT count(*) FROM public.captures").fetchall() == [(0,)]
        found = f"SELECT count(*) FROM {schema_of(where)}.captures"
        assert admin.execute(found).fetchall() == [(1,)]
    finally:
        admin.execute("DROP TABLE public.captures")


def test_two_schemas_of_one_database_are_two_stores(where: str):
    with open_store(where, create=True) as one, open_store(f"{where}_other", create=True) as other:
        one.add_records([(RECORD.capture, RECORD)], READING)
        assert (one.counts().captures, other.counts().captures) == (1, 0)


def test_a_schema_of_another_program_is_left_as_it_is(where: str, admin: psycopg.Connection):
    name = schema_of(where)
    admin.execute(f"CREATE SCHEMA {name}")
    admin.execute(f"CREATE TABLE {name}.captures (mine text)")
    for create in (False, True):
        with pytest.raises(ForeignStoreError, match="another program"):
            open_store(where, create=create)
    tables = admin.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", (name,)).fetchall()
    assert tables == [(1,)]


def test_a_database_without_a_record_is_one_only_where_that_is_asked_for(
    where: str, admin: psycopg.Connection
):
    with pytest.raises(ForeignStoreError, match="nothing in it"):
        open_store(where)
    with pytest.raises(ForeignStoreError, match="nothing in it"):
        open_store(where, create=True, read_only=True)
    found = admin.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema_of(where),)).fetchall()
    assert found == []


@pytest.mark.parametrize("name", ["%22%3B%20DROP%20TABLE%20x%3B", "a" * 64, "pg_catalog", "1st", "na%00me"])
def test_a_schema_that_cannot_be_one_is_an_error(where: str, name: str):
    with pytest.raises(StoreError, match="no name of a schema"):
        open_store(f"{where.rpartition('=')[0]}={name}", create=True)


def test_a_store_of_a_newer_onrecord_is_an_error_with_the_cure(where: str, admin: psycopg.Connection):
    open_store(where, create=True).close()
    admin.execute(f"UPDATE {schema_of(where)}.onrecord_version SET version_num = '9999'")
    with pytest.raises(NewerStoreError, match="pip install --upgrade onrecord"):
        open_store(where)


def test_a_connection_that_breaks_in_a_transaction_leaves_nothing_by_halves(
    where: str, admin: psycopg.Connection
):
    with open_store(where, create=True) as store:
        store.add_records([(RECORD.capture, RECORD)], READING)

        def entries() -> Any:
            yield MORE.capture, MORE
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            )
            yield RECORD.capture, RECORD

        with pytest.raises(LostStoreError, match="run this again"):
            store.add_records(entries(), READING)
        assert store.counts().captures == 1
        store.add_records([(MORE.capture, MORE)], READING)
        assert store.counts().captures == 2


def test_a_server_that_stops_is_lost_and_holds_what_was_kept_when_it_is_back(where: str, server: Any):
    with open_store(where, create=True) as store:
        store.add_records([(RECORD.capture, RECORD)], READING)
        server.stop()
        try:
            with pytest.raises(LostStoreError, match="went away"):
                store.add_records([(MORE.capture, MORE)], READING)
            with pytest.raises(LostStoreError):
                store.counts()
        finally:
            server.start()
        assert store.counts().captures == 1


@pytest.mark.parametrize("query", ["", f"?sslmode=disable&password={SECRET}", "?schema=other"])
def test_a_server_that_is_not_there_is_an_error_without_the_password(
    query: str, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    address = f"postgresql://ada:{SECRET}@127.0.0.1:1/news{query}"
    with pytest.raises(LostStoreError, match="cannot be reached") as caught:
        open_store(address)
    told = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert "127.0.0.1" in str(caught.value)
    assert SECRET not in told


@pytest.mark.parametrize(
    "address",
    [f"postgresql://ada:{SECRET}@[::1/news", f"postgresql://ada:{SECRET}@host:port/news",
     f"mysql://ada:{SECRET}@host/news", f"postgresql://ada:{SECRET}/@host/news", f"://{SECRET}"],
)  # fmt: skip
def test_an_address_that_is_none_is_an_error_without_the_password(address: str):
    with pytest.raises(StoreError) as caught:
        open_store(address)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_the_place_of_a_store_is_told_without_its_password():
    url, schema = postgresql.read_url(f"postgres://ada:{SECRET}@db.example/news?schema=may&password={SECRET}")
    assert postgresql.show_url(url) == "postgresql://ada:***@db.example/news"
    assert (schema, url.password) == ("may", SECRET)


def test_a_database_that_is_not_there_is_an_error_with_the_cure(server: Any):
    with pytest.raises(StoreError, match="createdb"):
        open_store(server.get_uri().replace("/postgres?", "/nowhere?"))


def test_a_user_who_may_only_read_reads_and_does_not_write(
    where: str, server: Any, admin: psycopg.Connection
):
    with open_store(where, create=True) as store:
        store.add_records([(RECORD.capture, RECORD)], READING)
    name = schema_of(where)
    admin.execute("DROP ROLE IF EXISTS reader")
    admin.execute("CREATE ROLE reader LOGIN")
    admin.execute(f"GRANT USAGE ON SCHEMA {name} TO reader")
    admin.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO reader")
    try:
        as_reader = where.replace("//postgres:", "//reader:")
        with open_store(as_reader, read_only=True) as store:
            assert len(list(store.iter_judged())) == 1
        with open_store(as_reader) as store, pytest.raises(ReadOnlyStoreError):
            store.add_records([(MORE.capture, MORE)], READING)
        with pytest.raises(ReadOnlyStoreError):
            open_store(f"{as_reader}_other", create=True)
    finally:
        admin.execute("DROP OWNED BY reader")
        admin.execute("DROP ROLE reader")
