"""A store looked through for damage: an open database in, a sentence for each fault out."""

from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import Connection

from onrecord.errors import StoreError
from onrecord.store.database import Database
from onrecord.store.judging import ALL, load
from onrecord.store.looking import iter_bodies, iter_extractions
from onrecord.store.packing import unpack_body, unpack_record

SHOWN = 20


def check(database: Database) -> tuple[str, ...]:
    """What is damaged, at most twenty faults; empty where database, records and bytes are whole."""
    try:
        with database.reading() as connection:
            faults: list[str] = []
            for fault in _find_faults(connection, database):
                faults.append(fault)
                if len(faults) == SHOWN:
                    break
            return tuple(faults)
    except StoreError as error:
        return (error.problem,)


def _find_faults(connection: Connection, database: Database) -> Iterator[str]:
    if database.schema is None:
        for (fault,) in connection.exec_driver_sql(f"PRAGMA quick_check({SHOWN})"):
            if fault != "ok":
                yield f"The file itself is damaged: {fault.strip()}"
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"Row {row} of {table} belongs to a row of {parent} that is not there."
    for sha256, packed in iter_bodies(connection):
        yield from _list_fault(partial(unpack_body, packed, sha256, database.where))
    for row in iter_extractions(connection):
        yield from _list_fault(partial(unpack_record, row, database.where))
    yield from _list_fault(partial(load, connection, ALL, database.where))


def _list_fault(attempt: Callable[[], object]) -> Iterator[str]:
    try:
        attempt()
    except StoreError as error:
        yield error.problem
