"""What a database complains of, as errors of ours: the problem, where, and the cure.

In: the exceptions of sqlite3 and psycopg, told apart by their codes wherever these have one. Out: a
`StoreError`, or None where it is none that a user could cure. No password is in any of them.
"""

import re
import sqlite3
from collections.abc import Callable

from onrecord.errors import (
    DamagedStoreError,
    ForeignStoreError,
    FullStoreError,
    LockedStoreError,
    LostStoreError,
    ReadOnlyStoreError,
    StoreError,
)

Fault = Callable[[BaseException, str], StoreError | None]

LOCKED_CURE = (
    "Wait until the other `onrecord add` or `judge` has ended, or stop it; then run this again: what is "
    "kept already is not read twice."
)
FULL_CURE = "Make room there, then run it again: all that was kept before is whole."
DAMAGED_CURE = (
    "Run `onrecord doctor` to see what is damaged. Restore a copy; or save what can be read with "
    "`sqlite3 FILE .recover`."
)
READ_ONLY_CURE = "Ask for the right to write to the file and its folder, or copy it to where you may write."
SIZE_OF_SHARED_MEMORY = (18 << 8) | 10  # SQLITE_IOERR_SHMSIZE: no room for the file beside
SHORT_READ = (2 << 8) | 10  # SQLITE_IOERR_SHORT_READ: the file ends before its pages do
MOVED = (4 << 8) | 8  # SQLITE_READONLY_DBMOVED


def name_sqlite_fault(error: BaseException, where: str) -> StoreError | None:
    """The error that SQLite's code stands for."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    special = {
        SIZE_OF_SHARED_MEMORY: full(where),
        SHORT_READ: damaged(error, where),
        MOVED: lost_file(where),
    }
    named = {
        sqlite3.SQLITE_BUSY: locked(where),
        sqlite3.SQLITE_LOCKED: locked(where),
        sqlite3.SQLITE_READONLY: read_only(where),
        sqlite3.SQLITE_PERM: read_only(where),
        sqlite3.SQLITE_CORRUPT: damaged(error, where),
        sqlite3.SQLITE_NOTADB: damaged(error, where),
        sqlite3.SQLITE_FULL: full(where),
        sqlite3.SQLITE_CANTOPEN: _unopened(where),
        sqlite3.SQLITE_IOERR: _unread(error, where),
    }
    if code == sqlite3.SQLITE_ERROR and str(error).startswith(("no such table", "no such column")):
        return damaged(error, where)
    return special.get(code) or named.get(code & 0xFF)


def name_postgresql_fault(error: BaseException, where: str) -> StoreError | None:
    """The error that the server's code (SQLSTATE) stands for, or the loss of the server."""
    code = getattr(error, "sqlstate", None)
    if code is None:
        # Without a code the driver speaks, not the server: no connection, or one that broke.
        return _unconnected(error, where)
    named = {
        "53100": full(where),
        "55P03": locked(where),
        "25006": read_only(where),
        "42501": read_only(where),
        "3D000": _no_database(where),
        "42P01": damaged(error, where),
        "42703": damaged(error, where),
    }
    classes = {"08": lost_server(where), "57": lost_server(where), "28": _refused(where)}
    classes |= {"53": lost_server(where), "58": damaged(error, where), "XX": damaged(error, where)}
    return named.get(code) or classes.get(code[:2])


def _unconnected(error: BaseException, where: str) -> StoreError | None:
    if type(error).__name__ not in {"OperationalError", "InterfaceError"}:
        return None
    # Of a connection that was refused the server's code is not handed on, only its words.
    said = str(error)
    if re.search(r'database ".*" does not exist', said):
        return _no_database(where)
    if "authentication failed" in said or "no password supplied" in said:
        return _refused(where)
    return lost_server(where)


def locked(where: str) -> LockedStoreError:
    """Another program writes, and did not end in time."""
    return LockedStoreError("Another program is writing to it.", where=where, cure=LOCKED_CURE)


def read_only(where: str) -> ReadOnlyStoreError:
    """It may be read, not written."""
    return ReadOnlyStoreError("It cannot be written to.", where=where, cure=READ_ONLY_CURE)


def full(where: str) -> FullStoreError:
    """There is no room left."""
    return FullStoreError("There is no space left to write.", where=where, cure=FULL_CURE)


def damaged(error: BaseException, where: str) -> DamagedStoreError:
    """The database itself finds that it is broken."""
    first = str(error).strip().split("\n", maxsplit=1)[0]
    return DamagedStoreError(f"It is damaged ({first}).", where=where, cure=DAMAGED_CURE)


def lost_file(where: str) -> LostStoreError:
    """The file was there when it was opened."""
    return LostStoreError(
        "The file was moved or deleted while it was open; nothing more is written.",
        where=where,
        cure="Put it back, or name another, and run this again.",
    )


def lost_server(where: str) -> LostStoreError:
    """No server answers, or it went away."""
    return LostStoreError(
        "The server cannot be reached, or went away; nothing was kept by halves.",
        where=where,
        cure="See that it runs and that the address is right, then run this again: what is kept already "
        "is not read twice.",
    )


def foreign(problem: str, where: str, *, cure: str | None = None) -> ForeignStoreError:
    """It is something, and no record of ours."""
    return ForeignStoreError(
        problem, where=where, cure=cure or "Name a file that `onrecord add --to` made, or a new one."
    )


def _unopened(where: str) -> StoreError:
    return StoreError(
        "The file cannot be opened.", where=where, cure="See that you may read it, and its folder."
    )


def _unread(error: BaseException, where: str) -> StoreError:
    return StoreError(
        f"The disk gave an error ({error}).",
        where=where,
        cure="See that the disk is well and still there; all that was kept before is whole.",
    )


def _no_database(where: str) -> StoreError:
    return StoreError(
        "The server has no such database.", where=where, cure="Make it first, with `createdb NAME`."
    )


def _refused(where: str) -> StoreError:
    return StoreError(
        "The server does not let this user in.", where=where, cure="See that name and password are right."
    )
