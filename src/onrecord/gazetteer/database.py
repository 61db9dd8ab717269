"""The file of the gazetteer: one SQLite database of places and their names, written whole or not at all.

In: rows. Out: a file that `Gazetteer` opens. Another program's file, a damaged or a newer one is an error
that says so.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from onrecord.errors import GazetteerError
from onrecord.gazetteer.names import normalise_name
from onrecord.gazetteer.rows import NAME_KINDS, PlaceRow

SCHEMA = 1
APPLICATION_ID = 0x0EC0_4D47  # tells our files from other databases (SQLite's application_id)
TABLES = """
CREATE TABLE place (
    place INTEGER PRIMARY KEY, entry_id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    country TEXT, subdivision TEXT, admin1 TEXT, latitude REAL, longitude REAL, radius_km REAL,
    population INTEGER NOT NULL, geonames_id INTEGER, is_capital INTEGER NOT NULL
) STRICT;
CREATE TABLE name (
    name TEXT NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL, PRIMARY KEY (name, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""
STAGING = "CREATE TEMP TABLE staged (name TEXT, place INTEGER, kind INTEGER);"
BATCH = 20_000
KIND_NUMBERS = {kind: number for number, kind in enumerate(NAME_KINDS)}


def write_gazetteer(rows: Iterable[PlaceRow], path: Path, *, source: str) -> int:
    """Writes the rows as a gazetteer and returns how many places it holds.

    It is written beside the path and then put there in one step: who opens the path sees all of it or
    nothing, and of two who write at once the last one's stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        with closing(sqlite3.connect(name, isolation_level=None)) as connection:
            count = _fill(connection, rows, source)
        Path(name).chmod(0o644)  # others may read it: it holds nothing of the user
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return count


def _fill(connection: sqlite3.Connection, rows: Iterable[PlaceRow], source: str) -> int:
    # Nobody else sees the file before it is whole, so it needs no journal.
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")
    connection.executescript(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA};")
    connection.executescript(TABLES + STAGING)
    connection.execute("BEGIN")
    count = 0
    for batch in _batches(rows):
        numbered = list(enumerate(batch, count + 1))
        places = ((number, *row[:-1]) for number, row in numbered)
        connection.executemany(f"INSERT INTO place VALUES ({', '.join('?' * 13)})", places)
        names = ((name, n, kind) for n, row in numbered for name, kind in _names_of(row).items())
        connection.executemany("INSERT INTO staged VALUES (?, ?, ?)", names)
        count += len(batch)
    # In the order of the table: a third of the time of inserting them as they come.
    names_count = connection.execute("INSERT INTO name SELECT * FROM staged ORDER BY 1, 2").rowcount
    about = {"source": source, "places": str(count), "names": str(names_count)}
    connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    connection.execute("COMMIT")
    return count


def _batches(rows: Iterable[PlaceRow]) -> Iterator[list[PlaceRow]]:
    """The rows some at a time: a dump of all countries does not fit into memory."""
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _names_of(row: PlaceRow) -> dict[str, int]:
    """The names as they are looked up, each with the number of the first kind it is given as."""
    found = {normalise_name(row.name): 0}
    for name, kind in row.names:
        found.setdefault(normalise_name(name), KIND_NUMBERS[kind])
    found.pop("", None)
    return found


def connect_gazetteer(path: Path) -> sqlite3.Connection:
    """The open file, read only; raises `GazetteerError`."""
    if not path.is_file():
        raise GazetteerError(
            "There is no gazetteer here.",
            where=str(path),
            cure="Build one with `onrecord gazetteer build`, or take the path out of ONRECORD_GAZETTEER.",
        )
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        _expect_ours(connection, path)
    except sqlite3.Error as error:
        raise damaged(path, error) from error
    return connection


def _expect_ours(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise GazetteerError(
            "The file is a database of another program, not a gazetteer.",
            where=str(path),
            cure="Name a file that `onrecord gazetteer build` wrote.",
        )
    if schema != SCHEMA:
        age = "a newer" if schema > SCHEMA else "an older"
        cure = "Install that version, or build the" if schema > SCHEMA else "Build the"
        raise GazetteerError(
            f"The gazetteer is of {age} version of onrecord: its schema is {schema}, this reads {SCHEMA}.",
            where=str(path),
            cure=f"{cure} file again with `onrecord gazetteer build`.",
        )


def damaged(path: Path, error: sqlite3.Error) -> GazetteerError:
    """The error for a file that SQLite cannot read."""
    return GazetteerError(
        f"The gazetteer cannot be read: {error}.",
        where=str(path),
        cure="Delete the file and build it again with `onrecord gazetteer build`.",
    )
