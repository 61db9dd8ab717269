"""What a record file holds, row by row: a path in, out the rows of every table but the runs of `add`.

Two files with the same contents answer every question alike. Keys count too: the same adds in the same order
give the same ones. Of the full text, every word at every place counts, however the pages lie on the disk.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

# When and how often `add` ran is of the runs, not of the record.
LEFT_OUT = frozenset({"runs"})
Rows = list[tuple[object, ...]]


def read_contents(path: Path) -> dict[str, Rows]:
    """The rows of each table, sorted; also proves that the file is whole."""
    with closing(sqlite3.connect(path)) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise RuntimeError(f"{path}: {verdict}")
        return {name: sorted(rows, key=repr) for name, rows in _iter_tables(connection)}


def _iter_tables(connection: sqlite3.Connection) -> Iterator[tuple[str, Rows]]:
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
    tables = {name: sql or "" for name, sql in found.fetchall()}
    virtual = [name for name, sql in tables.items() if "VIRTUAL TABLE" in sql.upper()]
    for name in tables:
        if name in LEFT_OUT or any(name.startswith(f"{one}_") for one in virtual):
            continue
        if name in virtual:
            connection.execute("DROP TABLE IF EXISTS temp.seen")
            connection.execute(f"CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, '{name}', 'instance')")
            yield name, connection.execute("SELECT * FROM temp.seen").fetchall()
        else:
            yield name, connection.execute(f'SELECT * FROM "{name}"').fetchall()


def list_differences(one: dict[str, Rows], other: dict[str, Rows]) -> list[str]:
    """The tables in which two contents differ, each with a row that one of them lacks."""
    told = []
    for name in sorted(one.keys() | other.keys()):
        first, second = one.get(name, []), other.get(name, [])
        if first != second:
            row = next(iter([row for row in first + second if (row in first) != (row in second)]), None)
            told.append(f"{name}: {len(first)} rows and {len(second)}; {str(row)[:300]}")
    return told
